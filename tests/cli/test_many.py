"""What the service makes of a settings file that a person edited while another desk changed the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from otimo_tray.cli.many import Following
from otimo_tray.desktop import settings_file
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.desks import Author, Meanwhile
from otimo_tray.domain.settings import Settings
from otimo_tray.profile import Profile
from otimo_tray.shop_settings import ShopSettings


class _Profile:
    is_shared = True

    def __init__(self, folder: Path) -> None:
        self.paths = ProfilePaths(folder)
        self.settings = Settings()


def test_an_edit_that_came_second_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    theirs = Meanwhile(Author("Bia", "Balcão 2"), datetime(2026, 11, 24, 12, tzinfo=UTC), 7, 50)
    refused: dict[str, Meanwhile] = {}

    def save(self: ShopSettings, settings: Settings) -> dict[str, Meanwhile]:
        del self, settings
        return refused

    monkeypatch.setattr(ShopSettings, "save", save)
    following = Following(cast("Profile", cast("Any", _Profile(tmp_path))))
    settings_file.write(tmp_path / "settings.toml", replace(Settings(), retention_days=33))
    following.read()
    assert not caplog.records, "an edit that is taken is nobody's trouble"
    refused["retention_days"] = theirs
    following.read()
    assert "C-465" in caplog.text
    assert "retention_days" in caplog.text
