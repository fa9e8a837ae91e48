"""Invoices of the exchange folder: NF-e XML files, also in sub-folders, and the CSV lists `notas*.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.erp.folder.files import Disk, Stamp, reading
from otimo_tray.erp.folder.layout import Layout
from otimo_tray.erp.folder.notes_csv import read_notes
from otimo_tray.erp.folder.reading import SourceFile
from otimo_tray.erp.folder.scan import FolderScan, FoundFile
from otimo_tray.erp.folder.seen import SeenFiles, Version
from otimo_tray.erp.folder.shelf import Shelf
from otimo_tray.erp.nfe import SIZE_LIMIT, read_nfe
from otimo_tray.errors import ErpAway, ErpMisconfigured, OtimoError, ReadRefused, RowRefused
from otimo_tray.ports import Clock, InvoiceBatch

BATCH: Final = 2_000
"""Files read at one call; the rest comes with the next one."""
UNFINISHED_S: Final = 30.0
"""Seconds for which a damaged XML may still be a half-written one."""
_SETTLED_S: Final = 1.0


def _is_note(name: str, top: bool) -> bool:
    lower = name.lower()
    if lower.endswith(".xml"):
        return not lower.startswith(".")
    return top and lower.startswith("notas") and lower.endswith(".csv")


class Invoices:
    """Reads what is new since the cursor. One thread at a time."""

    def __init__(
        self,
        layout: Layout,
        zone: ZoneInfo,
        clock: Clock,
        seen: SeenFiles,
        shelf: Shelf,
        disk: Disk,
        overrides: Mapping[str, str],
    ) -> None:
        self._layout = layout
        self._zone = zone
        self._clock = clock
        self._seen = seen
        self._shelf = shelf
        self._disk = disk
        self._overrides = overrides
        self._scans = [FolderScan(layout.notes, _is_note, seen, clock.monotonic)]
        if not layout.own_notes:
            # The XMLs lie where the ERP keeps them; lists keep coming through the exchange folder.
            own = layout.root / "notas"
            self._scans.append(FolderScan(own, lambda name, top: top and _is_note(name, top), seen, clock.monotonic))
        self._rest: list[tuple[FolderScan, FoundFile]] = []
        self._lists: dict[tuple[str, str], OtimoError | None] = {}
        """CSV lists handed over and why they were refused, until they may be moved."""
        self._damaged: dict[tuple[str, str], tuple[Version, float]] = {}

    def since(self, cursor: str) -> InvoiceBatch:
        """See `ports.Erp.invoices`: oldest files first, a file again when its content changed."""
        stored, back = self._seen.settle(cursor)
        if back:
            self._rest.clear()
            for scan in self._scans:
                scan.reset()
        self._move_lists(stored)
        if not self._rest:
            self._rest = [(scan, file) for scan in self._scans for file in self._changed(scan)]
        invoices: list[InvoiceRecord] = []
        refused: list[tuple[str, OtimoError]] = []
        done: list[tuple[str, str, Version]] = []
        take, self._rest = self._rest[:BATCH], self._rest[BATCH:]
        for scan, file in take:
            if self._read(scan, file, invoices, refused):
                done.append((file.folder, file.name, file.version))
        if not done:
            return InvoiceBatch((), (), cursor)
        return InvoiceBatch(tuple(invoices), tuple(refused), self._seen.offer(done))

    def _changed(self, scan: FolderScan) -> list[FoundFile]:
        try:
            return scan.changed()
        except ErpAway:
            if not self._layout.root.is_dir():
                raise
            if scan is self._scans[0] and not self._layout.own_notes:
                raise ErpMisconfigured("E-225", folder=str(self._layout.notes)) from None
            return []  # `notas` isn't made yet: nothing new

    def _read(
        self,
        scan: FolderScan,
        file: FoundFile,
        invoices: list[InvoiceRecord],
        refused: list[tuple[str, OtimoError]],
    ) -> bool:
        """Reads one file; False when it isn't whole yet and must be looked at again."""
        scan.watch(file)
        try:
            if file.name.lower().endswith(".csv"):
                return self._read_list(scan, file, invoices, refused)
            if file.version[0] > SIZE_LIMIT:
                raise RowRefused("I-713", source=file.name, size=file.version[0], limit=SIZE_LIMIT)
            with reading(file.path):
                data = file.path.read_bytes()
            record = read_nfe(data, file.name)
        except ErpAway:
            return False  # locked or gone just now; it stays watched, and the others go on
        except RowRefused as error:
            if error.code == "I-711" and not self._old_enough(file, UNFINISHED_S):
                return False
            refused.append((file.name, error))
            return True
        if record is not None:
            invoices.append(record)
        if record is None or record.authorised:
            scan.unwatch(file)
        return True

    def _read_list(
        self,
        scan: FolderScan,
        file: FoundFile,
        invoices: list[InvoiceRecord],
        refused: list[tuple[str, OtimoError]],
    ) -> bool:
        key = (file.folder, file.name)
        if not self._old_enough(file, _SETTLED_S):
            return False
        with reading(file.path):
            stamp = Stamp.of(file.path.stat())
        if (stamp.size, stamp.mtime_ns) != file.version:
            return False
        try:
            found, wrong = read_notes(SourceFile(file.path, stamp), self._zone, self._overrides)
            invoices += found
            refused += wrong
            self._lists[key] = None
        except (ReadRefused, ErpMisconfigured) as error:
            if error.code == "E-252" and not self._old_enough(file, UNFINISHED_S):
                return False
            refused.append((file.name, error))
            self._lists[key] = error
        scan.unwatch(file)
        return True

    def _old_enough(self, file: FoundFile, seconds: float) -> bool:
        """This version of the file has been the same for so long, by its own time or by ours."""
        written = datetime.fromtimestamp(file.version[1] / 1e9, UTC)
        now = self._clock.monotonic()
        version, since = self._damaged.get((file.folder, file.name), (file.version, now))
        if version != file.version:
            since = now
        self._damaged[file.folder, file.name] = (file.version, since)
        if now - since >= seconds or (self._clock.now() - written).total_seconds() >= seconds:
            del self._damaged[file.folder, file.name]
            return True
        return False

    def _move_lists(self, stored: list[tuple[str, str, Version]]) -> None:
        """Lists whose rows are proved stored go to *processados*, refused ones to *recusados*."""
        moved: list[tuple[str, str, Version]] = []
        for folder, name, version in stored:
            if (folder, name) not in self._lists:
                continue
            error = self._lists.pop((folder, name))
            path = Path(folder, name)
            try:
                stamp = Stamp.of(path.stat())
            except OSError:
                continue
            if (stamp.size, stamp.mtime_ns) == version and self._shelf.put_away(path, error):
                moved.append((folder, name, version))
        if moved:
            self._seen.forget(moved)
