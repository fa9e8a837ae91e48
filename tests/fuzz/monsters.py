"""Inputs built to hurt: each is refused with a sentence, in seconds and with little memory."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from otimo_tray.erp.folder.files import Stamp
from otimo_tray.erp.folder.reading import SheetRows, SourceFile
from otimo_tray.erp.nfe import read_nfe
from otimo_tray.errors import OtimoError
from otimo_tray.pluggto.response import Answer
from otimo_tray.pluggto.wire_orders import order_of
from otimo_tray.sheets.reading import PersonSheet
from tests.fuzz.seeds import parts, workbook

GIGABYTES: Final = 2 * 1024**3


def _sheets(path: Path) -> str:
    said: list[str] = []
    for read in (_export, _person):
        try:
            read(path)
            said.append("")
        except OtimoError as error:
            said.append(error.code)
    return " ".join(said)


def _export(path: Path) -> None:
    for _ in SheetRows(SourceFile(path, Stamp.of(path.stat())), ("codigo",), {}).columns():
        pass


def _person(path: Path) -> None:
    for _ in PersonSheet(path, {"codigo": ("codigo",)}, ("codigo",), "codigo").rows():
        pass


def huge_csv(folder: Path) -> str:
    """A file of 2 GB (with holes: it takes no room on the disk)."""
    path = folder / "estoque.csv"
    with path.open("wb") as file:
        file.write(b"codigo;saldo\r\n1;2\r\n")
        file.truncate(GIGABYTES)
    return _sheets(path)


def huge_xlsx(folder: Path) -> str:
    """2 GB that call themselves a workbook."""
    path = folder / "estoque.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(GIGABYTES)
    return _sheets(path)


def _big_workbook(path: Path, size: int) -> None:
    """A workbook whose sheet ends with `size` bytes of nothing, packed small."""
    block = bytes(8 * 1024**2)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts(workbook()).items():
            with archive.open(name, "w", force_zip64=size > GIGABYTES) as stream:
                stream.write(content)
                if name.startswith("xl/worksheets/"):
                    for _ in range(size // len(block)):
                        stream.write(block)


def zip_bomb(folder: Path) -> str:
    """A workbook whose sheet is 1.5 GB of zeros, packed to 7 MB."""
    path = folder / "estoque.xlsx"
    _big_workbook(path, 1536 * 1024**2)
    return _sheets(path)


def lying_zip(folder: Path) -> str:
    """A workbook whose directory says that its sheet is small, and it isn't."""
    path = folder / "estoque.xlsx"
    _big_workbook(path, 320 * 1024**2)
    with zipfile.ZipFile(path) as archive:
        size = max(entry.file_size for entry in archive.infolist())
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (4_000).to_bytes(4, "little")))
    return _sheets(path)


def one_line(folder: Path) -> str:
    """A sheet of 100 MB in one line."""
    path = folder / "estoque.csv"
    path.write_bytes(b"codigo;saldo\r\n" + b"x" * 100_000_000)
    return _sheets(path)


def _xml(data: bytes) -> str:
    try:
        read_nfe(data, "nota.xml")
    except OtimoError as error:
        return error.code
    return ""


def entity_bomb(folder: Path) -> str:
    """A billion laughs."""
    del folder
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 11)]
    return _xml(b"<!DOCTYPE x [" + b"".join(lines) + b"]><nfeProc>&a10;</nfeProc>")


def deep_xml(folder: Path) -> str:
    """100,000 elements inside of each other."""
    del folder
    return _xml(b"<nfeProc>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</nfeProc>")


def deep_json(folder: Path) -> str:
    """A million brackets."""
    del folder
    answer = Answer(200, {}, b'{"Order":' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}")
    order_of(answer.json)
    return "" if answer.is_json else "not json"


def long_number(folder: Path) -> str:
    """A number of a million digits where a price should be."""
    del folder
    answer = Answer(200, {}, b'{"Order":{"id":"1","total":' + b"9" * 1_000_000 + b"}}")
    order_of(answer.json)
    return "" if answer.is_json else "not json"


MONSTERS: Final[dict[str, Callable[[Path], str]]] = {
    one.__name__: one
    for one in (
        huge_csv, huge_xlsx, zip_bomb, lying_zip, one_line, entity_bomb, deep_xml, deep_json, long_number,
    )
}  # fmt: skip
"""Each answers the codes it was refused with; "" where it was read, which must be as quick."""
