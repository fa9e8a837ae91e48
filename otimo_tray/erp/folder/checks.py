"""What `otimo-tray check` says of an exchange folder, without leaving anything behind in it."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from otimo_tray.erp.folder.columns import STOCK_COLUMNS, find_columns
from otimo_tray.erp.folder.files import reading, writing
from otimo_tray.erp.folder.layout import Layout, find_stock_files
from otimo_tray.erp.folder.reading import SourceFile
from otimo_tray.erp.folder.sheets import open_sheet
from otimo_tray.errors import ErpAway, ErpMisconfigured, OtimoError
from otimo_tray.ports import CheckResult

CHECKS: Final = ("erp_folder", "erp_stock_file", "erp_orders_folder", "erp_notes_folder")


def check_folder(layout: Layout, overrides: Mapping[str, str]) -> list[CheckResult]:
    """One result for each of `CHECKS`; when the folder itself is away, that one only."""
    first = _result("erp_folder", lambda: _check_root(layout))
    if first.error is not None:
        return [first]
    return [
        first,
        _result("erp_stock_file", lambda: _check_stock(layout, overrides)),
        _result("erp_orders_folder", lambda: _check_writable(layout.orders)),
        _result("erp_notes_folder", lambda: _check_notes(layout)),
    ]


def _result(name: str, look: Callable[[], str]) -> CheckResult:
    try:
        return CheckResult(name, None, look())
    except OtimoError as error:
        return CheckResult(name, error)


def _check_root(layout: Layout) -> str:
    if not layout.root.is_dir():
        raise ErpAway("E-210", folder=str(layout.root))
    with reading(layout.root / "estoque"), os.scandir(layout.root) as entries:
        next(entries, None)
    _check_writable(layout.root)
    return str(layout.root)


def _check_stock(layout: Layout, overrides: Mapping[str, str]) -> str:
    files = find_stock_files(layout.root)
    if files.stock is None:
        raise ErpMisconfigured("E-224", folder=str(layout.root))
    names = [_check_header(files.stock, ("codigo", "saldo"), overrides)]
    if files.prices is not None:
        names.append(_check_header(files.prices, ("codigo", "preco"), overrides))
    return "; ".join(names)


def _check_header(file: SourceFile, required: tuple[str, ...], overrides: Mapping[str, str]) -> str:
    sheet = open_sheet(file.path, file.stamp.size, STOCK_COLUMNS, overrides)
    places = find_columns(sheet.header, STOCK_COLUMNS, required, overrides, sheet.source)
    return f"{file.path.name}: {', '.join(places)}"


def _check_writable(folder: Path) -> str:
    """Writes and removes a file of our own; a folder that isn't there yet is judged by the one above it."""
    target = folder if folder.is_dir() else folder.parent
    probe = target / f".otimo-{uuid.uuid4().hex}.tmp"
    with writing(probe):
        try:
            probe.write_bytes(b"")
        finally:
            with contextlib.suppress(OSError):
                probe.unlink()
    return str(folder)


def _check_notes(layout: Layout) -> str:
    if not layout.notes.is_dir():
        if layout.own_notes:
            return str(layout.notes)
        raise ErpMisconfigured("E-225", folder=str(layout.notes))
    with reading(layout.notes / "notas"), os.scandir(layout.notes) as entries:
        next(entries, None)
    return str(layout.notes)
