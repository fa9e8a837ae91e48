"""What is fed: each target takes bytes and returns, or raises one of the program's own errors. All else is a find."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from otimo_tray.desktop import ipc_wire, settings_file
from otimo_tray.erp.folder.files import Stamp
from otimo_tray.erp.folder.notes_csv import read_notes
from otimo_tray.erp.folder.reading import SheetRows, SourceFile
from otimo_tray.erp.http.answer import Answer as ErpAnswer
from otimo_tray.erp.http.notes import read_entries
from otimo_tray.erp.http.wire import page_of
from otimo_tray.erp.nfe import read_nfe
from otimo_tray.errors import OtimoError
from otimo_tray.pluggto.response import Answer
from otimo_tray.pluggto.wire_orders import order_of
from otimo_tray.pluggto.wire_products import find_sku, products_of
from otimo_tray.sheets.reading import PersonSheet
from tests.fuzz.seeds import parts, workbook

ZONE: Final = ZoneInfo("America/Sao_Paulo")
_FOLDER: Final = Path(tempfile.gettempdir()) / f"otimo-fuzz-{os.getpid()}"
_PERSON: Final = {"sku": ("sku",), "codigo": ("codigo",), "saldo": ("saldo",)}
MOST_DIGITS: Final = 60


def _check_number(value: Decimal | None) -> None:
    """A number that came through is finite and of a size that can be written out."""
    if value is not None:
        assert value.is_finite(), value
        assert len(format(value, "f")) <= MOST_DIGITS, value


def hub_json(data: bytes) -> None:
    """An answer of the hub."""
    answer = Answer(200, {}, data)
    assert answer.is_html in (True, False)
    value = answer.json
    order = order_of(value)
    if order is not None:
        for item in order.items:
            _check_number(item.price)
    for product in products_of(value):
        _check_number(product.price)
        product.sku.encode()
    found = find_sku(value, "A-1")
    assert found is None or isinstance(found.sku, str)


def _with_file(data: bytes, suffix: str, read: Callable[[Path], None]) -> None:
    _FOLDER.mkdir(exist_ok=True)
    path = _FOLDER / f"dados{suffix}"
    path.write_bytes(data)
    try:
        read(path)
    finally:
        path.unlink()


def _sheet(path: Path) -> None:
    file = SourceFile(path, Stamp.of(path.stat()))
    with suppress(OtimoError):
        for columns in SheetRows(file, ("codigo",), {}).columns():
            assert len({len(column) for column in columns}) == 1
    with suppress(OtimoError):
        for _, cells in PersonSheet(path, _PERSON, ("codigo",), "codigo").rows():
            assert len(cells) == len(_PERSON)
            "".join(cells).encode()
    with suppress(OtimoError):
        read_notes(file, ZONE, {})


def csv(data: bytes) -> None:
    """A sheet of the exchange folder, of a person, and a list of invoices."""
    _with_file(data, ".csv", _sheet)


def xlsx(data: bytes) -> None:
    """A workbook with any bytes."""
    _with_file(data, ".xlsx", _sheet)


def xlsx_parts(data: bytes) -> None:
    """A whole workbook in which one of the files inside, named by the first byte, has any bytes."""
    inside = parts(workbook())
    names = list(inside)
    if data:
        inside[names[data[0] % len(names)]] = data[1:]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    xlsx(out.getvalue())


def nfe(data: bytes) -> None:
    """An invoice's XML."""
    record = read_nfe(data, "nota.xml")
    if record is not None:
        _check_number(record.total)


def settings(data: bytes) -> None:
    """A settings file: what is read can be written and read again."""
    found = settings_file.parse(data, source="ajustes.toml")
    assert settings_file.parse(settings_file.dump(found), source="ajustes.toml") == found


def ipc(data: bytes) -> None:
    """A message of another process."""
    with suppress(ipc_wire.BadMessageError):
        ipc_wire.read_request(data)
    with suppress(ipc_wire.BadMessageError):
        ipc_wire.read_reply(data)


def erp_http(data: bytes) -> None:
    """An answer of the ERP's HTTP API."""
    answer = ErpAnswer("/items", 200, {}, data)
    with suppress(OtimoError):
        for row in page_of(answer).rows:
            assert isinstance(row[0], str)
    if isinstance(answer.json, list):
        read_entries(cast("list[Any]", answer.json), ZONE)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "hub_json": hub_json,
    "csv": csv,
    "xlsx": xlsx,
    "xlsx_parts": xlsx_parts,
    "nfe": nfe,
    "settings": settings,
    "ipc": ipc,
    "erp_http": erp_http,
}


def feed(target: str, data: bytes) -> None:
    """Feeds one input; a refusal with a sentence is as good as an answer."""
    with suppress(OtimoError):
        TARGETS[target](data)
