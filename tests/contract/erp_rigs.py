"""What the contract suite needs of an ERP beside the port: to fill it, look into it, break it and heal it.

A fourth connector joins the suite by a rig of its own in `RIGS`.
"""

from __future__ import annotations

import contextlib
import csv
import os
import sqlite3
from collections.abc import Callable, Generator, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from otimo_tray.demo.erp import DemoErp, database
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.folder import FolderErp, open_folder_erp
from otimo_tray.erp.folder.files import Disk
from otimo_tray.ports import Erp
from tests.support.clock import FakeClock

ZONE = ZoneInfo("America/Sao_Paulo")
HEADER = ("codigo", "saldo", "preco", "preco_promocional", "promocao_inicio", "promocao_fim", "descricao", "ean")
Cells = tuple[str | None, ...]
"""A stock row as an ERP keeps it: eight texts or None, decimal point, ISO dates."""
Line = tuple[str, int, Decimal, Decimal]
"""(code, quantity, unit price, total)"""


class Rig(Protocol):
    clock: FakeClock

    def open(self) -> Erp:
        """The connector, as after a restart of the program."""
        ...

    def put_stock(self, rows: Sequence[Cells]) -> None:
        """The ERP's stock is now exactly this."""
        ...

    def orders(self) -> dict[str, list[list[Line]]]:
        """What the ERP has got: for each hub id the lines of each copy."""
        ...

    def add_invoice(self, xml: bytes) -> None: ...

    def failing(self, step: int, *, after: bool) -> contextlib.AbstractContextManager[list[int]]:
        """Inside, the step with this number fails, before or after its effect; the list tells the steps met."""
        ...

    def away(self) -> contextlib.AbstractContextManager[None]: ...


class DemoRig:
    """The embedded demo ERP."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self._path = folder / "erp.sqlite"
        self._erp = DemoErp(self._path, self.clock, ZONE)

    def open(self) -> DemoErp:
        return DemoErp(self._path, self.clock, ZONE)

    def put_stock(self, rows: Sequence[Cells]) -> None:
        self.clock.advance(60)
        with contextlib.closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute("DELETE FROM item")
            connection.executemany(
                "INSERT INTO item (code, balance, price, promo_price, promo_from, promo_until, name, ean)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def orders(self) -> dict[str, list[list[Line]]]:
        found: dict[str, list[list[Line]]] = {}
        with contextlib.closing(sqlite3.connect(self._path)) as connection:
            for (hub_id,) in connection.execute("SELECT hub_id FROM sales_order").fetchall():
                lines = connection.execute(
                    "SELECT code, quantity, unit_price, total FROM sales_line WHERE hub_id = ? ORDER BY line", (hub_id,)
                )
                found[hub_id] = [[(code, n, Decimal(unit), Decimal(total)) for code, n, unit, total in lines]]
        return found

    def add_invoice(self, xml: bytes) -> None:
        self._erp.shop.add_xml(xml)

    @contextlib.contextmanager
    def failing(self, step: int, *, after: bool) -> Generator[list[int]]:
        steps: list[int] = [0]

        class Failing(sqlite3.Connection):
            def execute(self, *arguments: Any) -> sqlite3.Cursor:
                if arguments[0] == "ROLLBACK":
                    return super().execute(*arguments)
                number, steps[0] = steps[0], steps[0] + 1
                if number == step and not after:
                    raise sqlite3.OperationalError("disk I/O error")
                answer = super().execute(*arguments)
                if number == step:
                    raise sqlite3.OperationalError("the answer was lost")
                return answer

        connect = sqlite3.connect

        def failing_connect(*arguments: Any, **keywords: Any) -> sqlite3.Connection:
            return connect(*arguments, factory=Failing, **keywords)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database.sqlite3, "connect", failing_connect)
            yield steps

    @contextlib.contextmanager
    def away(self) -> Generator[None]:
        hidden = self._path.with_suffix(".hidden")
        self._path.rename(hidden)
        try:
            yield
        finally:
            hidden.rename(self._path)


class CountingDisk(Disk):
    """Counts its steps; one of them may fail. With `taken`, the ERP takes each order away as soon as it appears."""

    def __init__(self, taken: Path | None = None) -> None:
        self.steps: list[int] = [0]
        self.fail_at = -1
        self.fail_after = False
        self._taken = taken

    @contextlib.contextmanager
    def _step(self) -> Generator[None]:
        number, self.steps[0] = self.steps[0], self.steps[0] + 1
        if number == self.fail_at and not self.fail_after:
            raise OSError(5, "the network name is no longer available")
        yield
        if number == self.fail_at:
            raise OSError(5, "the answer was lost")

    def write(self, path: Path, data: bytes) -> None:
        if self.steps[0] == self.fail_at and self.fail_after:
            path.write_bytes(data[: len(data) // 2])  # a write may also be torn
        with self._step():
            if self.steps[0] - 1 != self.fail_at:
                super().write(path, data)

    def append(self, path: Path, data: bytes) -> None:
        with self._step():
            super().append(path, data)

    def rename(self, source: Path, target: Path) -> None:
        with self._step():
            super().rename(source, target)
            if self._taken is not None and target.name.startswith("pedido_"):
                target.rename(self._taken / f"{len(list(self._taken.iterdir()))}_{target.name}")

    def make_folder(self, path: Path) -> None:
        with self._step():
            super().make_folder(path)


class FolderRig:
    """The exchange folder; `kind` is the form in which its ERP writes stock. Its ERP takes orders at once."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.clock = FakeClock()
        self.root = folder / "Integração"
        self.cache = folder / "cache"
        self.taken = folder / "tomados"
        self.root.mkdir(parents=True)
        self.taken.mkdir()
        (self.root / "notas").mkdir()
        self._kind = kind
        self._notes = 0
        self.disk = CountingDisk(self.taken)

    def open(self) -> FolderErp:
        return open_folder_erp(
            ErpSettings(folder=str(self.root)),
            ZONE,
            self.clock,
            self.cache,
            pause=self.clock.advance,
            disk=self.disk,
        )

    def put_stock(self, rows: Sequence[Cells]) -> None:
        self.clock.advance(60)
        if self._kind == "csv":
            path = self.root / "estoque.csv"
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, delimiter=";")
                writer.writerow(HEADER)
                writer.writerows(
                    [
                        (cell or "").replace(".", ",") if 1 <= place <= 3 else (cell or "")
                        for place, cell in enumerate(row)
                    ]
                    for row in rows
                )
        else:
            path = self.root / "estoque.xlsx"
            book = openpyxl.Workbook()
            sheet = book.active
            assert sheet is not None
            sheet.append(HEADER)
            for row in rows:
                sheet.append([_excel_cell(place, cell) for place, cell in enumerate(row)])
            book.save(path)
            book.close()
        self.touch(path, 5)

    def touch(self, path: Path, seconds_ago: float) -> None:
        """Gives a file a time by the test's clock."""
        moment = (self.clock.now() - timedelta(seconds=seconds_ago)).timestamp()
        os.utime(path, (moment, moment))

    def orders(self) -> dict[str, list[list[Line]]]:
        found: dict[str, list[list[Line]]] = {}
        for path in [*self.taken.iterdir(), *(self.root / "pedidos").glob("*.csv")]:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file, delimiter=";"))
            lines = [
                (row["codigo"], int(row["quantidade"]), _decimal(row["preco_unitario"]), _decimal(row["total_linha"]))
                for row in rows
            ]
            found.setdefault(rows[0]["id_pluggto"].removeprefix("'"), []).append(lines)
        return found

    def add_invoice(self, xml: bytes) -> None:
        self._notes += 1
        folder = self.root / "notas" / f"2026{self._notes % 3 + 9:02d}"
        folder.mkdir(exist_ok=True)
        path = folder / f"{self._notes:06d}.xml"
        path.write_bytes(xml)
        # As a late copy of an older note: its time says nothing about when it came.
        self.touch(path, 60 + 1000 * (self._notes % 7))
        for changed in (folder, folder.parent):
            self.touch(changed, 0)  # folders keep time by the test's clock too, as coarse as its steps

    @contextlib.contextmanager
    def failing(self, step: int, *, after: bool) -> Generator[list[int]]:
        self.disk.steps[0] = 0
        self.disk.fail_at, self.disk.fail_after = step, after
        try:
            yield self.disk.steps
        finally:
            self.disk.fail_at = -1

    @contextlib.contextmanager
    def away(self) -> Generator[None]:
        hidden = self.root.with_name("fora")
        self.root.rename(hidden)
        try:
            yield
        finally:
            hidden.rename(self.root)


def _excel_cell(place: int, cell: str | None) -> object:
    """Numbers as Excel's own numbers where they are some, everything else as text."""
    if cell is not None and 1 <= place <= 3:
        with contextlib.suppress(ValueError):
            return float(cell)
    return cell


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _csv_rig(folder: Path) -> Rig:
    return FolderRig(folder, "csv")


def _xlsx_rig(folder: Path) -> Rig:
    return FolderRig(folder, "xlsx")


RIGS: dict[str, Callable[[Path], Rig]] = {"demo": DemoRig, "csv": _csv_rig, "xlsx": _xlsx_rig}
