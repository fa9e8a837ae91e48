"""Every setting of the file has its place on the page, with the file's own limits and choices, and is explained."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton

from otimo_tray.desktop import settings_keys
from otimo_tray.domain.settings import Settings
from otimo_tray.support import transfer
from otimo_tray.ui.settings.options import get, key_of, put, sections
from otimo_tray.ui.settings.page import SettingsPage
from tests.ui.conftest import Stage

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)

IN_FORMS = {
    "hub.base_url", "erp.kind", "erp.folder", "erp.nfe_folder", "erp.columns", "erp.demo_data", "erp.queries",
    "erp.address", "erp.auth", "erp.watch", "state.kind", "state.address", "state.schema", "state.desk",
    "state.ca_file",
}  # fmt: skip
"""Settings of the connections' own forms."""
OPTIONS = [option for section in sections() for option in section.options]


def test_every_setting_has_its_place() -> None:
    all_keys = {key.name for _, keys in settings_keys.sections().values() for key in keys.values()}
    placed = [option.path for option in OPTIONS]
    assert len(placed) == len(set(placed))
    assert set(placed) | IN_FORMS == all_keys
    assert set(placed) & IN_FORMS == set()


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.path)
def test_limits_choices_and_words(option: object) -> None:
    found = next(one for one in OPTIONS if one is option)
    key = key_of(found.path)
    if key.lowest is not None:
        assert (found.low, found.high) == (float(key.lowest), float(key.highest or 0))
    if key.choices:
        assert {str(value) for value, _ in found.choices} == set(key.choices)
    assert found.title
    assert found.help or found.kind == "minutes", f"{found.path} isn't explained"
    put(Settings(), found.path, get(Settings(), found.path))


@pytest.fixture
def page(stage: Stage) -> SettingsPage:
    return cast("SettingsPage", stage.page("settings"))


def test_nothing_is_dirty_and_everything_survives_a_save(stage: Stage, page: SettingsPage) -> None:
    assert not page.is_dirty
    before = stage.shop.desk.settings()
    assert {path: field.value() for path, field in page.fields.items()} == {
        path: get(before, path) for path in page.fields
    }


def test_a_cnpj_is_taken_with_its_punctuation(stage: Stage, page: SettingsPage) -> None:
    box = page.fields["shop.cnpjs"].box
    QTest.keyClicks(box, "12.abc.345/01de-35")
    assert page.fields["shop.cnpjs"].reason == ""
    page.save.click()
    stage.rest()
    assert stage.shop.desk.settings().shop.cnpjs == ("12ABC34501DE35",)
    QTest.keyClicks(box, ", 12")
    assert "14" in page.fields["shop.cnpjs"].reason


def test_an_address_is_checked_while_one_types(page: SettingsPage) -> None:
    field = page.fields["hub.panel_order_url"]
    field.box.setText("http://painel")  # type: ignore[attr-defined]
    assert "https://" in field.reason
    assert not page.save.isEnabled()


def test_autostart_shows_and_switches_what_the_system_says(stage: Stage, page: SettingsPage) -> None:
    assert not page.tools.start.isChecked()
    page.tools.start.setFocus()
    QTest.keyClick(page.tools.start, Qt.Key.Key_Space)
    stage.rest()
    assert stage.shop.starts.on
    stage.shop.starts.on = False  # the task manager
    page.tools.reload()
    stage.rest()
    assert not page.tools.start.isChecked()


def test_rules_wizard_and_moving_are_reached_from_here(stage: Stage, page: SettingsPage) -> None:
    del stage
    asked: list[str] = []

    def note(name: str, _item: str) -> None:
        asked.append(name)

    page.go.connect(note)
    for name in ("wizard", "transfer"):
        found = page.findChild(QPushButton, name)
        assert found is not None
        found.click()
    assert asked == ["wizard", "transfer"]
    assert page.findChild(QPushButton, "patterns") is not None
    assert page.findChild(QCheckBox, "autostart") is not None


def test_a_template_is_taken_over(stage: Stage, page: SettingsPage, tmp_path: Path) -> None:
    transfer.save_template(put(Settings(), "guards.zero_percent", 11), tmp_path / "m.toml")
    page.tools.use_template(tmp_path / "m.toml")
    stage.rest()
    assert page.fields["guards.zero_percent"].value() == 11
    assert stage.shop.desk.settings().guards.zero_percent == 11
