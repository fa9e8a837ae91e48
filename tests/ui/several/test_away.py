"""The server that is away: said on every page, what needs it waits, codes go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from otimo_tray.domain.desks import Author
from otimo_tray.ui.link import LinkBanner, leader_words
from otimo_tray.ui.mapping.columns import CODE_COLUMN
from tests.ui.conftest import Stage
from tests.ui.several.desk_looks import SKU, components_of
from tests.ui.shop import NOW


def _banner(stage: Stage) -> str:
    found = stage.window.findChild(LinkBanner)
    assert found is not None
    return found.told.text() if found.isVisible() else ""


def test_every_page_says_calmly_that_the_server_is_away(stage: Stage) -> None:
    stage.page("panel")
    link = stage.shop.link
    link.is_shared = True
    assert _banner(stage) == ""
    link.goes_away(NOW - timedelta(minutes=3), NOW - timedelta(minutes=4), kept=2)
    stage.wait_for(lambda: _banner(stage) != "")
    assert _banner(stage) == (
        "Sem contato com o servidor desde 14:02. Você vê o que havia às 14:01. "
        "Códigos de rastreio digitados ficam guardados aqui e sobem sozinhos. 2 códigos guardados."
    )
    stage.page("orders")
    assert _banner(stage)
    link.comes_back()
    stage.wait_for(lambda: _banner(stage) == "")


@pytest.mark.parametrize(
    ("name", "buttons"),
    [
        ("panel", ["sync", "pause"]),
        ("mapping", ["link", "import"]),
        ("orders", ["import-one"]),
        ("problems", ["retry-all"]),
    ],
)
def test_what_needs_the_server_waits_with_a_reason(stage: Stage, name: str, buttons: list[str]) -> None:
    link = stage.shop.link
    link.is_shared = True
    made: Any = stage.page(name)
    found = [made.findChild(QPushButton, one) for one in buttons]
    before = [(part.isEnabled(), part.toolTip()) for part in found]
    assert all(enabled for enabled, _ in before)
    link.goes_away(NOW - timedelta(minutes=3), NOW - timedelta(minutes=4))
    stage.wait_for(lambda: not any(part.isEnabled() for part in found))
    assert {part.toolTip() for part in found} == {"Sem contato com o servidor desde 14:02: isto espera até ele voltar."}
    for part in found:
        part.setEnabled(True)  # as a page does by itself
        assert not part.isEnabled()
    made.reload()
    stage.rest()
    assert not any(part.isEnabled() for part in found)
    link.comes_back()
    stage.wait_for(lambda: all(part.isEnabled() for part in found))
    assert [(part.isEnabled(), part.toolTip()) for part in found] == before


def test_cells_cannot_be_edited_while_the_server_is_away(stage: Stage) -> None:
    stage.shop.link.is_shared = True
    page: Any = stage.page("mapping")
    index = page.model.index(0, CODE_COLUMN)
    assert page.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    stage.shop.link.goes_away(NOW, NOW)
    stage.wait_for(lambda: not page.model.flags(index) & Qt.ItemFlag.ItemIsEditable)
    before = components_of(stage, SKU)
    page.editing.link("colar", [(SKU, "000130")])
    stage.rest()
    assert components_of(stage, SKU) == before
    assert "espera até ele voltar" in page.messages.text


def test_codes_are_typed_all_the_same(stage: Stage) -> None:
    stage.shop.link.is_shared = True
    made: Any = stage.page("tracking")
    stage.shop.link.goes_away(NOW, NOW)
    stage.rest()
    stage.wait_for(lambda: _banner(stage) != "")
    assert made.pane.field.isEnabled()


def test_a_code_that_waits_for_the_server_says_so_in_its_row(stage: Stage) -> None:
    """As `store.shared.overlay` writes it into the mirror."""
    made: Any = stage.page("tracking")
    row = next(row for row in made.model.rows if row.codes and row.codes[0].state == "typed")
    code = row.codes[0]._replace(error_code="T-634", error_params={"order": "1", "code": "X"})
    kept = row._replace(codes=(code,))
    place = made.model.rows.index(row)
    made.model.replace_rows({place: kept})
    column = next(n for n, column in enumerate(made.model.columns) if column.key == "state")
    assert made.model.columns[column].show(made.model.rows[place]).startswith("● Guardado")


def test_who_leads_is_said_on_the_panel(stage: Stage) -> None:
    link = stage.shop.link
    link.is_shared, link.leader = True, Author("Ana", "Balcão 1")
    made: Any = stage.page("panel")
    assert "Sincronização em: Balcão 1 (Ana)" in made.summary.text()
    link.leads = True
    assert leader_words(link) == "Sincronização em: Balcão 1 (Ana), neste computador"
    link.leader = None
    link.tell()
    stage.wait_for(lambda: "nenhum computador assumiu" in made.summary.text())
    link.is_shared = False
    assert leader_words(link) == ""


def test_nobody_else_no_line(stage: Stage) -> None:
    made: Any = stage.page("panel")
    assert "Sincronização em" not in made.summary.text()
    assert isinstance(made.summary, QLabel)
