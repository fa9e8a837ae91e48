"""A shop moves to another PC whole, or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from otimo_tray.desktop import settings_file
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import ErpSettings, GuardSettings, HubSettings, Settings, ShopSettings
from otimo_tray.errors import ConfigurationError
from otimo_tray.store import open_store
from otimo_tray.support import transfer
from tests.support.clock import FakeClock
from tests.ui import shop

NOW = shop.NOW
SETTINGS = Settings(
    hub=HubSettings(base_url="http://127.0.0.1:9"),
    erp=ErpSettings(folder="/loja"),
    shop=ShopSettings(cnpjs=("59431500015755",), support_contact="(11) 4002-8922"),
    guards=GuardSettings(zero_percent=12),
    pilot_skus=("CAM",),
)


@pytest.fixture
def old(tmp_path: Path) -> ProfilePaths:
    made = ProfilePaths(tmp_path / "velho")
    made.create()
    open_store(made.state, FakeClock(NOW)).close()
    shop.fill_orders(made.state, shop.fill_catalogue(made.state, 30))
    settings_file.write(made.settings, SETTINGS)
    return made


@pytest.fixture
def new(tmp_path: Path) -> ProfilePaths:
    made = ProfilePaths(tmp_path / "novo")
    made.create()
    return made


def test_a_shop_arrives_whole(old: ProfilePaths, new: ProfilePaths, tmp_path: Path) -> None:
    target = tmp_path / "mudança.zip"
    transfer.export(old, SETTINGS, target, NOW)
    contents = transfer.stage(target, new)
    assert (contents.orders, contents.settings) == (48, SETTINGS)
    assert not new.state.exists()  # nothing is in place before the next start
    assert transfer.take_over(new, NOW)
    assert not transfer.take_over(new, NOW)
    assert settings_file.read(new.settings) == SETTINGS
    store = open_store(new.state, FakeClock(NOW))
    before = open_store(old.state, FakeClock(NOW))
    assert store.orders.counts() == before.orders.counts()
    store.close()
    before.close()
    assert {path.name for path in old.folder.iterdir()} & {"transfer.db", "mudança.zip.part"} == set()


def test_the_former_state_is_kept_aside(old: ProfilePaths, new: ProfilePaths, tmp_path: Path) -> None:
    open_store(new.state, FakeClock(NOW)).close()
    transfer.export(old, SETTINGS, tmp_path / "m.zip", NOW)
    transfer.stage(tmp_path / "m.zip", new)
    transfer.take_over(new, NOW)
    assert len(list(new.folder.glob("state-replaced-*.db"))) == 1


def _edited(source: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    with zipfile.ZipFile(source) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    source.write_bytes(data.getvalue())
    return source


def _newer(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps({**manifest, "version": 2}).encode()


def _flip(files: dict[str, bytes]) -> None:
    data = bytearray(files["state.db"])
    data[len(data) // 2] ^= 1
    files["state.db"] = bytes(data)


def _lie(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["state.db"]["size"] -= 1
    files["manifest.json"] = json.dumps(manifest).encode()


def _same_size(files: dict[str, bytes]) -> None:
    files["settings.toml"] = files["settings.toml"].replace(b"zero_percent = 12", b"zero_percent = 99")


Change = Callable[[dict[str, bytes]], object]


def _without(name: str) -> Change:
    return lambda files: files.pop(name)


def _with(name: str, data: bytes) -> Change:
    return lambda files: files.update({name: data})


_CHANGES: list[tuple[Change, str]] = [
    (_newer, "C-491"),
    (_flip, "C-490"),
    (_lie, "C-490"),
    (_same_size, "C-490"),
    (_without("state.db"), "C-490"),
    (_without("manifest.json"), "C-490"),
    (_with("manifest.json", b"[]"), "C-490"),
    (_with("settings.toml", b"version = 1\n"), "C-490"),
]


@pytest.mark.parametrize(("change", "code"), _CHANGES)
def test_a_file_that_was_changed_is_refused(
    old: ProfilePaths,
    new: ProfilePaths,
    tmp_path: Path,
    change: Change,
    code: str,
) -> None:
    transfer.export(old, SETTINGS, tmp_path / "m.zip", NOW)
    with pytest.raises(ConfigurationError, match=code):
        transfer.stage(_edited(tmp_path / "m.zip", change), new)
    assert not transfer.take_over(new, NOW)
    assert sorted(path.name for path in new.folder.iterdir()) == ["logs"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"no zip at all" * 1000])
def test_what_is_no_transfer_file_is_refused(new: ProfilePaths, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.zip").write_bytes(data)
    with pytest.raises(ConfigurationError, match="C-490"):
        transfer.stage(tmp_path / "m.zip", new)


def test_a_file_that_is_not_there_is_said(new: ProfilePaths, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="C-408"):
        transfer.stage(tmp_path / "nada.zip", new)


def test_a_template_has_the_rules_and_nothing_of_the_shop(tmp_path: Path) -> None:
    transfer.save_template(SETTINGS, tmp_path / "modelo.toml")
    text = (tmp_path / "modelo.toml").read_text(encoding="utf-8")
    assert "59431500015755" not in text
    assert "/loja" not in text
    own = Settings(erp=ErpSettings(folder="/outra"), shop=ShopSettings(cnpjs=("12ABC34501DE35",)), pilot_skus=("X",))
    found = transfer.with_template(own, tmp_path / "modelo.toml")
    assert found.guards.zero_percent == 12
    assert (found.erp.folder, found.shop.cnpjs, found.pilot_skus) == ("/outra", ("12ABC34501DE35",), ("X",))
    assert found.shop.support_contact == "(11) 4002-8922"
