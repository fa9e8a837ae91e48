"""The exchange folder as an ERP: sheets of stock and price in, orders out, invoices in (contracts.md, section 4)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.orders import ErpOrder
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.folder.checks import check_folder
from otimo_tray.erp.folder.files import Disk
from otimo_tray.erp.folder.glance import FolderGlance
from otimo_tray.erp.folder.invoices import Invoices
from otimo_tray.erp.folder.layout import Layout, StockFiles, find_stock_files, root_of
from otimo_tray.erp.folder.memory import MemoryFile, moment_of
from otimo_tray.erp.folder.orders_out import OrdersOut
from otimo_tray.erp.folder.reading import FolderReading, SourceFile
from otimo_tray.erp.folder.seen import SeenFiles
from otimo_tray.erp.folder.shelf import Explain, Shelf, plain_explanation
from otimo_tray.erp.rows import parse_raw
from otimo_tray.errors import ErpAway, OtimoError, ReadRefused
from otimo_tray.ports import CheckResult, Clock, ErpOrderRef, Glance, InvoiceBatch

SETTLED_S: Final = 1.0
"""A sheet must have kept size and time for so long before it is read: half of it may still be on its way."""
UNFINISHED_S: Final = 120.0
"""A half-written sheet younger than this is left where it is: the ERP may only be slow."""


def open_folder_erp(
    settings: ErpSettings,
    zone: ZoneInfo,
    clock: Clock,
    cache_dir: Path,
    *,
    pause: Callable[[float], object] = time.sleep,
    explain: Explain = plain_explanation,
    disk: Disk | None = None,
) -> FolderErp:
    """Opens the connector; touches nothing yet.

    Args:
        zone: the shop's zone, for dates without an offset.
        cache_dir: the profile's folder for what can be rebuilt: which files were read.
        pause: waits so many seconds (at most `SETTLED_S`) for a sheet that was written this moment; an engine gives
            its stop event's `wait`, a test a clock's.
        explain: an error in sentences, for the `.motivo.txt` beside a refused file.

    Raises:
        ErpMisconfigured: E-220, no folder is set.
    """
    return FolderErp(
        settings, zone, clock, cache_dir, pause=pause, explain=explain, disk=Disk() if disk is None else disk
    )


class FolderErp:
    """Implements `otimo_tray.ports.Erp`. Stock, orders and invoices may each be used by a thread of their own."""

    name = "folder"

    def __init__(
        self,
        settings: ErpSettings,
        zone: ZoneInfo,
        clock: Clock,
        cache_dir: Path,
        *,
        pause: Callable[[float], object],
        explain: Explain,
        disk: Disk,
    ) -> None:
        root = root_of(settings.folder)
        own = not settings.nfe_folder.strip()
        notes = root / "notas" if own else Path(settings.nfe_folder).expanduser()
        self._layout = Layout(root, notes, own)
        self._glance = FolderGlance(self._layout)
        self._zone = zone
        self._clock = clock
        self._pause = pause
        self._overrides: Mapping[str, str] = settings.columns
        self._memory = MemoryFile(cache_dir / "pasta.json", disk)
        self._shelf = Shelf(self._layout, clock, zone, disk, explain)
        self._orders = OrdersOut(self._layout.orders, zone, disk)
        seen = SeenFiles(cache_dir / "notas-lidas.sqlite")
        self._invoices = Invoices(self._layout, zone, clock, seen, self._shelf, disk, self._overrides)
        self._looks: dict[Path, tuple[object, float]] = {}
        self._answered: str | None = None
        """The full picture that the engine has answered for in this run of the program."""

    def check(self) -> list[CheckResult]:
        """Looks at the folder, its rights, the stock sheet's header and the invoice folder."""
        return check_folder(self._layout, self._overrides)

    # --- stock and price -----------------------------------------------------------------------------------------

    def read_items(self) -> FolderReading | None:
        """The oldest reading that wasn't answered for: a changed full picture, or a change-only file.

        A sheet written this moment is waited for, `SETTLED_S` at most. If it still changes it is nothing new this time,
        unless there was never another: then ErpAway E-212 says so.

        A full picture that waits for a person (neither accepted nor refused) is offered again each time, and newer
        change-only files wait behind it.

        Raises:
            ErpAway: E-210 … E-213.
            ReadRefused: E-257 two files at once; or why the last full picture was refused, while there is no new one.
        """
        files = find_stock_files(self._layout.root)
        waiting = self._memory.get().waiting
        self._clear_away(files)
        files = self._settled(files)
        changes = [file for file in files.changes if _signature_of(file) not in waiting]
        if files.stock is None:
            self._repeat_refusal()
        picture = self._new_picture(files, bool(changes))
        if picture is not None and changes and changes[0].stamp.mtime_ns < picture.stamp.mtime_ns:
            return self._reading(changes[0], None, full=False)
        if picture is not None:
            return self._reading(picture, files.prices, full=True)
        if changes:
            return self._reading(changes[0], None, full=False)
        return None

    def parse_row(self, row: RawRow) -> ErpItem:
        """See the port."""
        return parse_raw(row, self._zone)

    def _settled(self, files: StockFiles) -> StockFiles:
        """The files that have kept still; waits once if one hasn't."""
        everything = [file for file in (files.stock, files.prices, *files.changes) if file is not None]
        known = {file for file in everything if self._is_answered(file, files)}
        fresh = [file for file in everything if file not in known and not self._is_still(file)]
        if fresh:
            self._pause(SETTLED_S)
            again = find_stock_files(self._layout.root)
            now = {file for file in (again.stock, again.prices, *again.changes) if file is not None}
            fresh = [file for file in fresh if file not in now]
        if not fresh:
            return files
        if files.stock in fresh or files.prices in fresh:
            if not self._memory.get().accepted:
                raise ErpAway("E-212", source=(files.stock or fresh[0]).path.name)
            return StockFiles(None, None, ())
        return StockFiles(files.stock, files.prices, [file for file in files.changes if file not in fresh])

    def _is_answered(self, file: SourceFile, files: StockFiles) -> bool:
        return file in (files.stock, files.prices) and self._answered == _signature(files)

    def _is_still(self, file: SourceFile) -> bool:
        """The same for `SETTLED_S`, by the file's own time or, where clocks differ, between two looks."""
        now = self._clock.monotonic()
        stamp, since = self._looks.get(file.path, (None, now))
        if stamp != file.stamp:
            since = now
            self._looks[file.path] = (file.stamp, now)
        written = datetime.fromtimestamp(file.stamp.mtime_ns / 1e9, UTC)
        return now - since >= SETTLED_S or (self._clock.now() - written).total_seconds() >= SETTLED_S

    def _new_picture(self, files: StockFiles, changes: bool) -> SourceFile | None:
        """The stock file unless the engine has answered for it, with the price file, as they are now."""
        if files.stock is None:
            return None
        signature = _signature(files)
        if signature == self._answered:
            return None
        memory = self._memory.get()
        if signature == memory.accepted:
            # Stored by an earlier run: offered once more, for a state database that lost it, unless newer changes
            # were stored on top of it or wait for it.
            self._answered = signature
            if changes or memory.latest > memory.as_of:
                return None
        return files.stock

    def _reading(self, file: SourceFile, prices: SourceFile | None, *, full: bool) -> FolderReading:
        memory = self._memory.get()
        signature = _signature(StockFiles(file, prices, ()))
        known = moment_of(memory.as_of) if full and signature == memory.accepted else None
        written = datetime.fromtimestamp(file.stamp.mtime_ns / 1e9, UTC)
        required = ("codigo", "saldo")
        if not full:
            # A column left out would wipe what the picture said in it.
            required = tuple(name for name in memory.fields if name not in ("descricao", "ean")) or required
        return FolderReading(
            file,
            prices,
            full=full,
            as_of=known or min(written, self._clock.now()),
            required=required,
            overrides=self._overrides,
            on_accepted=self._accepted,
            on_refused=self._refused,
        )

    def _accepted(self, reading: FolderReading) -> None:
        memory = self._memory.get()
        latest = max(memory.latest, reading.as_of.isoformat())
        if not reading.full:
            self._memory.change(latest=latest)
            self._finish_change(reading.stock, None)
            return
        signature = _signature(StockFiles(reading.stock, reading.prices, ()))
        self._answered = signature
        self._memory.change(
            accepted=signature,
            as_of=reading.as_of.isoformat(),
            latest=latest,
            fields=reading.fields or memory.fields,
            refused_code="",
            refused_params={},
        )

    def _refused(self, reading: FolderReading, error: OtimoError) -> None:
        if not isinstance(error, ReadRefused):
            return  # a setting is wrong, not the file
        age = (self._clock.now() - reading.as_of).total_seconds()
        if error.code == "E-252" and age < UNFINISHED_S:
            return
        if not reading.full:
            self._finish_change(reading.stock, error)
            return
        self._memory.change(refused_code=error.code, refused_params=_texts(error))
        guilty = [file for file in reading.files if file.path.name == error.params.get("source")]
        for file in guilty or reading.files:
            self._move(file, error)

    def _repeat_refusal(self) -> None:
        """Says again why the last picture was refused until a new one comes: silence would look like health."""
        memory = self._memory.get()
        if memory.refused_code:
            raise ReadRefused(memory.refused_code, **memory.refused_params)

    def _move(self, file: SourceFile, error: OtimoError | None) -> bool:
        """Moves the version that was read; a newer one of the same name stays. False when it couldn't be moved now."""
        try:
            file.check()
        except ErpAway:
            return True
        return self._shelf.put_away(file.path, error)

    def _finish_change(self, file: SourceFile, error: OtimoError | None) -> None:
        """Moves a change-only file; if somebody holds it open, remembers that it was answered for."""
        if not self._move(file, error):
            answer = ("" if error is None else error.code, {} if error is None else _texts(error))
            self._memory.change(waiting={**self._memory.get().waiting, _signature_of(file): answer})

    def _clear_away(self, files: StockFiles) -> None:
        """Tries again to move what was answered for while somebody held it open."""
        waiting = self._memory.get().waiting
        if not waiting:
            return
        left: dict[str, tuple[str, dict[str, str]]] = {}
        for file in files.changes:
            answer = waiting.get(_signature_of(file))
            if answer is not None:
                code, params = answer
                if not self._move(file, ReadRefused(code, **params) if code else None):
                    left[_signature_of(file)] = answer
        self._memory.change(waiting=left)

    def glance(self) -> Glance:
        """See `ports.Watchable`."""
        return self._glance.look()

    # --- orders and invoices -------------------------------------------------------------------------------------

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        """See the port."""
        return self._orders.find(hub_id)

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        """See the port; also E-241 (no lines), E-242 (no id)."""
        return self._orders.put(order)

    def invoices(self, cursor: str) -> InvoiceBatch:
        """See the port."""
        return self._invoices.since(cursor)

    def close(self) -> None:
        """Nothing is held open between calls."""


def _signature(files: StockFiles) -> str:
    """The stock and price files in the versions found, as text."""
    return ";".join(
        f"{file.path.name}:{':'.join(str(part) for part in asdict(file.stamp).values())}"
        for file in (files.stock, files.prices)
        if file is not None
    )


def _signature_of(file: SourceFile) -> str:
    return _signature(StockFiles(file, None, ()))


def _texts(error: OtimoError) -> dict[str, str]:
    return {key: str(value) for key, value in error.params.items()}
