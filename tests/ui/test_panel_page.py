"""The panel: what waits and since when, what happened while nobody was there, and numbers that don't cost a thing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from otimo_tray.domain.status import Flow
from otimo_tray.store.readmodels.panel import Meanwhile
from otimo_tray.sync import absence
from otimo_tray.ui.panel import PanelPage, words
from tests.ui import shop as data
from tests.ui.conftest import Stage
from tests.ui.test_tray import ZONE

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)
NOW = data.NOW


@pytest.fixture
def page(stage: Stage) -> PanelPage:
    stage.shop.engine.shown = data.busy_status()
    absence.note(stage.shop.store.facts, NOW - timedelta(hours=20), NOW - timedelta(hours=6), "off")
    return cast("PanelPage", stage.page("panel"))


def test_what_happened_meanwhile_is_told_until_read(stage: Stage, page: PanelPage) -> None:
    assert page.away.isVisible()
    assert page.away_text.text().startswith("O programa esteve parado de ontem 18:05 a 08:05.")
    QTest.mouseClick(page.understood, Qt.MouseButton.LeftButton)
    stage.rest()
    assert not page.away.isVisible()
    page._read_numbers()
    stage.rest()
    assert not page.away.isVisible()


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((14, 0, 3, 214), " Nesse tempo: 14 pedidos novos, 3 notas emitidas, 214 valores enviados na volta."),
        ((1, 1, 0, 1), " Nesse tempo: 1 pedido cancelado, 1 pedido novo, 1 valor enviado na volta."),
        ((0, 0, 0, 0), " Nada de novo nesse tempo."),
    ],
)
def test_the_sentence_of_an_absence(counts: tuple[int, int, int, int], said: str) -> None:
    away = absence.Absence(NOW - timedelta(hours=3), NOW - timedelta(hours=1), "slept")
    text = words.meanwhile(Meanwhile(away, *counts), NOW, ZONE)
    assert text == "O computador dormiu de 11:05 a 13:05." + said


def test_the_oldest_unsent_value_and_parcel_are_named(stage: Stage, page: PanelPage) -> None:
    del stage
    assert "214 valores a enviar, o mais antigo desde 13:53 (há 12 min)" in page.summary.text()
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert any("aguardam código de rastreio; o mais antigo há" in text for text in texts)


def test_running_work_shows_count_and_time_left_and_can_be_cancelled(stage: Stage, page: PanelPage) -> None:
    assert page.rows[Flow.STOCK].next.text() == "1.480 de 4.812, faltam 1 min"
    assert page.cancel.isVisible()
    QTest.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    assert ("cancel", None) in stage.shop.engine.asked


def test_many_changes_cost_one_reading(stage: Stage, page: PanelPage, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[datetime] = []
    panel = stage.shop.reader.panel
    before = panel.per_hour

    def noting(start: datetime, hours: int) -> dict[str, list[int]]:
        read.append(start)
        return before(start, hours)

    monkeypatch.setattr(panel, "per_hour", noting)
    for _ in range(20):
        page.reload()
    stage.rest()
    assert read == []  # one was just done; the next is due in some seconds
    page._numbers_soon.timeout.emit()
    stage.rest()
    assert len(read) == 1
