"""The wizard and the windows of help in their scenes, for the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from otimo_tray.ui.page import Bench
from otimo_tray.ui.settings.columns import ColumnsDialog
from otimo_tray.ui.support import SUPPORT, SupportWindows
from otimo_tray.ui.wizard import Wizard
from tests.ui.desk_scenes import desk_scenes
from tests.ui.desks import Shop

WINDOWS = ("wizard", *SUPPORT, "desks")
"""Names for the command line, beside the pages."""
_SHEET = "SKU interno;Estoque atual;Preço venda;Descrição\n000123;14;49,90;Camiseta azul M\n000124;3;199,00;Tênis 42\n"


def scenes(name: str, bench: Bench, shop: Shop, place: Path) -> Iterator[tuple[str, float, QWidget]]:
    """Yield scene, seconds until it is at rest, and the window to photograph."""
    if name == "wizard":
        yield from _wizard(bench, shop, place)
        return
    if name == "desks":
        yield from desk_scenes(bench, shop)
        return
    windows = SupportWindows(bench)
    item = {"guide": "ativar", "codes": "E-25", "diagnostics": ""}.get(name, "")
    if name == "log":
        logs = shop.folder / "logs"
        logs.mkdir(exist_ok=True)
        lines = (
            "2026-11-23 14:02:11,201 WARNING values hub: P-110 Não foi possível falar com o Plugg.to",
            "2026-11-23 14:02:36,118 WARNING values hub: P-120 O Plugg.to pediu calma por 20 s",
            "2026-11-23 14:04:02,007 ERROR papers notas: I-702 O dígito da chave não confere (NFe-3127.xml)",
        )
        (logs / "otimo-tray.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
    window = windows.open(name, item)
    yield "", 1.0, window
    if name == "guide":
        windows.open("guide", "mapping")
        yield "-mapping", 0.4, window
    if name == "diagnostics":
        windows.open("diagnostics", "100201")
        window.files.setCurrentRow(2)  # type: ignore[attr-defined]
        yield "-order", 1.0, window
    windows.close()
    windows.deleteLater()


def _wizard(bench: Bench, shop: Shop, place: Path) -> Iterator[tuple[str, float, QWidget]]:
    (place / "integracao").mkdir(exist_ok=True)
    (place / "integracao" / "estoque.csv").write_text(_SHEET, encoding="utf-8")
    wizard = Wizard(bench)
    steps: list[Any] = list(wizard.steps)
    for number, step in enumerate(steps):
        wizard.show_step(number)
        wizard.open()
        yield f"-{step.key}", 0.8, wizard
        if step.key == "hub":
            for box in step.form.boxes.values():
                box.setText("errado")
            step.form.test()
            yield "-hub-wrong", 0.5, wizard
        if step.key == "erp":
            form = step.form
            form.folder.folder.setText(str(place / "integracao"))
            form.test()
            form.folder.folder.setText("C:\\Otimo\\integracao")
            yield "-erp-tested", 0.8, wizard
            form.folder.folder.setText(str(place / "integracao"))
            form.map_columns()
            yield "-erp-columns", 0.8, form
            dialog = form.findChild(ColumnsDialog)
            assert dialog is not None
            yield "-columns", 0.3, dialog
            dialog.reject()
            for kind in ("database", "http"):
                form.kind.setCurrentIndex(form.kind.findData(kind))
                yield f"-erp-{kind}", 0.4, wizard
    del shop
    wizard.hide()
    wizard.deleteLater()
