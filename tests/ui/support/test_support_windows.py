"""Help and support: diagnostics in one click, log, codes, guide, moving, about; and what leads there."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from otimo_tray import __version__
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.status import State
from otimo_tray.support import transfer
from otimo_tray.ui.look import resource
from otimo_tray.ui.orders.page import OrdersPage
from otimo_tray.ui.rail import PAGES
from otimo_tray.ui.settings.options import put
from otimo_tray.ui.support import SUPPORT, SupportWindows
from otimo_tray.ui.support.about import AboutWindow
from otimo_tray.ui.support.codes import CodesWindow
from otimo_tray.ui.support.diagnostics import DiagnosticsWindow
from otimo_tray.ui.support.guide import OF_PAGE, GuideWindow, chapters
from otimo_tray.ui.support.log import LogWindow, filtered
from otimo_tray.ui.support.transfer import TransferWindow
from otimo_tray.words import codes
from tests.ui.conftest import Stage, watched

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


@pytest.fixture
def support(stage: Stage) -> Generator[SupportWindows]:
    made = SupportWindows(stage.bench)
    yield made
    made.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shiboken6.delete(made)


class TestDiagnostics:
    def test_one_click_previews_what_is_saved(self, stage: Stage, support: SupportWindows, tmp_path: Path) -> None:
        window = cast("DiagnosticsWindow", support.open("diagnostics"))
        stage.rest()
        names = [window.files.item(place).text() for place in range(window.files.count())]
        assert names[0] == "resumo.txt"
        assert __version__ in window.text.toPlainText()
        window.save_to(tmp_path / "d.zip")
        stage.rest()
        assert "✓" in window.said.text()
        with zipfile.ZipFile(tmp_path / "d.zip") as archive:
            assert archive.namelist() == names

    def test_one_order_by_its_number_and_a_wrong_one_is_said(self, stage: Stage, support: SupportWindows) -> None:
        window = cast("DiagnosticsWindow", support.open("diagnostics", "100201"))
        stage.rest()
        assert "pedido.json" in [window.files.item(place).text() for place in range(window.files.count())]
        window.order.setText("0815")
        QTest.keyClick(window.order, Qt.Key.Key_Return)
        stage.rest()
        assert "O-551" in window.said.text()


class TestLog:
    TEXT = (
        "2026-11-23 14:02:11,201 WARNING a: um aviso\n"
        "2026-11-23 14:02:12,201 ERROR a: uma falha\nTraceback\n  conexão\n"
        "2026-11-23 14:02:13,201 INFO a: nada\n"
    )

    def test_filter_by_level_and_words_keeps_a_record_whole(self) -> None:
        assert len(filtered(self.TEXT, "", "")) == 5
        assert filtered(self.TEXT, "conexao", "")[0].endswith("uma falha")
        assert len(filtered(self.TEXT, "", "ERROR")) == 3
        assert len(filtered(self.TEXT, "", "WARNING")) == 4
        assert filtered(self.TEXT, "xyz", "") == []

    def test_it_follows_what_is_written(self, stage: Stage, support: SupportWindows) -> None:
        logs = ProfilePaths(stage.shop.folder).logs
        logs.mkdir()
        (logs / "otimo-tray.log").write_text(self.TEXT, encoding="utf-8")
        window = cast("LogWindow", support.open("log"))
        stage.rest()
        assert "uma falha" in window.lines.toPlainText()
        with (logs / "otimo-tray.log").open("a", encoding="utf-8") as log:
            log.write("2026-11-23 14:02:14,201 ERROR a: mais uma\n")
        window._look()
        stage.rest()
        assert "mais uma" in window.lines.toPlainText()
        window.search.setText("mais")
        assert window.lines.toPlainText().count("\n") == 0


class TestCodes:
    def test_a_code_read_out_on_the_phone_is_explained(self, stage: Stage, support: SupportWindows) -> None:
        window = cast("CodesWindow", support.open("codes", "e253"))
        watch = watched(window.model)
        stage.wait_for(lambda: window.model.rowCount() == 1)
        window.table.selectRow(0)
        assert "(E-253)" in window.said.text()
        window.search.clear()
        stage.wait_for(lambda: window.model.rowCount() == len(codes()))
        del watch


class TestGuide:
    def test_every_page_has_its_chapter_and_every_link_and_picture_is_there(self) -> None:
        keys = {chapter.key for chapter in chapters()}
        assert set(OF_PAGE.values()) <= keys
        assert set(OF_PAGE) == {*PAGES, "wizard"}
        for chapter in chapters():
            for target in re.findall(r"\]\(([^)]+)\)", chapter.text):
                if target.startswith("otimo:"):
                    assert target.removeprefix("otimo:") in SUPPORT
                elif target.startswith("#"):
                    assert target[1:] in keys
                else:
                    assert resource(*target.removeprefix("../").split("/")).exists(), target

    def test_pictures_are_shown_and_nothing_from_outside(self, stage: Stage, support: SupportWindows) -> None:
        window = cast("GuideWindow", support.open("guide", "mapping"))
        stage.rest()
        assert window.list.currentItem().text() == "De/Para"
        kind = int(QTextDocument.ResourceType.ImageResource.value)
        assert window.text.loadResource(kind, QUrl("../screenshots/mapping.png")) is not None
        assert window.text.loadResource(kind, QUrl("../../../etc/passwd")) is None
        assert window.text.loadResource(kind, QUrl("https://example.invalid/x.png")) is None

    def test_search_and_links(self, stage: Stage, support: SupportWindows) -> None:
        window = cast("GuideWindow", support.open("guide"))
        stage.rest()
        window.search.setText("cofre de senhas")
        assert 0 < window.list.count() < len(chapters())
        window.text.anchorClicked.emit(QUrl("#mudar"))
        assert window.list.currentItem().text() == "Mudar para outro PC"
        window.text.anchorClicked.emit(QUrl("otimo:codes"))
        assert "codes" in support._open


class TestTransfer:
    def test_out_of_this_pc_stops_it(self, stage: Stage, support: SupportWindows, tmp_path: Path) -> None:
        stage.shop.starts.on = True
        window = cast("TransferWindow", support.open("transfer"))
        window.export_to(tmp_path / "m.zip")
        stage.rest()
        assert "✓" in window.said.text()
        assert stage.shop.engine.shown.state is State.PAUSED
        assert not stage.shop.starts.on
        new = ProfilePaths(tmp_path / "novo")
        new.create()
        assert transfer.stage(tmp_path / "m.zip", new).orders == 48

    def test_into_this_pc_asks_for_a_restart(self, stage: Stage, support: SupportWindows, tmp_path: Path) -> None:
        window = cast("TransferWindow", support.open("transfer", "import"))
        window.stop.setChecked(False)
        window.export_to(tmp_path / "m.zip")
        stage.rest()
        assert stage.shop.engine.shown.state is not State.PAUSED
        asked: list[None] = []
        support.restart_asked.connect(lambda: asked.append(None))
        (tmp_path / "cut.zip").write_bytes((tmp_path / "m.zip").read_bytes()[:-9000])
        window.import_from(tmp_path / "cut.zip")
        stage.rest()
        assert "C-490" in window.said.text()
        assert not window.restart.isVisible()
        window.import_from(tmp_path / "m.zip")
        stage.rest()
        window.restart.click()
        assert asked == [None]

    def test_a_template(self, stage: Stage, support: SupportWindows, tmp_path: Path) -> None:
        window = cast("TransferWindow", support.open("transfer"))
        window.template_to(tmp_path / "modelo.toml")
        stage.rest()
        assert (tmp_path / "modelo.toml").read_text(encoding="utf-8").startswith("version = 1")
        window.template_to(tmp_path / "nada" / "modelo.toml")
        stage.rest()
        assert "C-483" in window.said.text()


def test_about_says_version_and_whom_to_call(stage: Stage, support: SupportWindows) -> None:
    stage.shop.desk.save_settings(put(stage.shop.desk.settings(), "shop.support_contact", "Ana, (11) 4002-8922"))
    window = cast("AboutWindow", support.open("about"))
    assert __version__ in window.version.text()
    assert "4002-8922" in window.contact.text()
    found = window.findChild(QPushButton, "copy")
    assert found is not None
    found.click()
    assert __version__ in QGuiApplication.clipboard().text()
    limits = window.findChild(QPushButton, "limits")
    assert limits is not None
    limits.click()
    guide = cast("GuideWindow", support._open["guide"])
    assert guide.list.currentItem().text() == "Limites conhecidos"


def test_an_order_leads_to_its_own_diagnostics(stage: Stage) -> None:
    page = cast("OrdersPage", stage.page("orders"))
    page.show_item("6650a1f20004c0ffee000004")
    stage.rest()
    page.table.opened.emit(page.model.rows[4])
    stage.rest()
    asked: list[tuple[str, str]] = []

    def note(name: str, item: str) -> None:
        asked.append((name, item))

    stage.window.support_asked.connect(note)
    page.detail.diagnose.click()
    assert asked == [("diagnostics", page.detail.hub_id)]


def test_the_menu_and_f1_ask_for_every_window(stage: Stage) -> None:
    stage.page("tracking")
    asked: list[tuple[str, str]] = []

    def note(name: str, item: str) -> None:
        asked.append((name, item))

    stage.window.support_asked.connect(note)
    stage.window._help()
    assert asked == [("guide", "tracking")]
    actions = stage.window.findChildren(QAction)
    for action in actions:
        if action.objectName().startswith("help-"):
            action.trigger()
    assert {name for name, _ in asked} == {*SUPPORT, "wizard"}
