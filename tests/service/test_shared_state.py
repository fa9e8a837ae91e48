"""Shops whose states lie on one server: a schema each, one pool for all, settings that another desk changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from otimo_tray.cli.many import open_shop
from otimo_tray.desktop import settings_file
from otimo_tray.desktop.clock import SystemClock
from otimo_tray.domain.settings import ErpSettings, FlowSettings, HubSettings, Settings, StateSettings
from otimo_tray.profile import load_profile
from otimo_tray.service import shop as shops
from otimo_tray.service.places import service_paths
from otimo_tray.service.secrets import VARIABLE
from otimo_tray.service.supervisor import Supervisor, folders_in
from otimo_tray.sharing import LINKS
from otimo_tray.shop_settings import ShopSettings
from otimo_tray.store.shared.servers import SERVERS
from tests.servers import Server
from tests.servers.server import PASSWORD
from tests.support.memory_secrets import MemorySecrets

SECRETS = {
    **{f"hub.{name}": "x" for name in ("client_id", "client_secret", "username", "password")},
    "state.password": PASSWORD,
}


@pytest.fixture
def address(postgresql_server: Server) -> Generator[str]:
    made = postgresql_server.new_database()
    yield made.replace(f":{PASSWORD}@", "@")
    postgresql_server.drop_database(made)


def _add(tmp_path: Path, name: str, address: str) -> Path:
    folder = tmp_path / "lojas" / name
    folder.mkdir(parents=True)
    (tmp_path / "segredos").mkdir(exist_ok=True)
    for secret, value in SECRETS.items():
        (tmp_path / "segredos" / f"{name}.{secret}").write_text(value)
    settings = replace(
        Settings(),
        state=StateSettings("postgresql", address, f"loja_{name}", "servidor"),
        hub=HubSettings("http://127.0.0.1:9", connect_timeout_s=1),
        erp=ErpSettings("folder", str(tmp_path)),
    )
    settings_file.write(folder / "settings.toml", settings)
    return folder


def _until(ready: Callable[[], bool], supervisor: Supervisor) -> None:
    end = time.monotonic() + 30
    while not ready():
        supervisor.step()
        assert time.monotonic() < end, supervisor.dispatch("status_all", {})
        threading.Event().wait(0.02)


def test_two_shops_on_one_server(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "segredos"))
    monkeypatch.setattr(shops, "LOOK_S", 0.1)
    first, _ = _add(tmp_path, "a", address), _add(tmp_path, "b", address)
    service = service_paths(tmp_path / "lojas")
    service.create()
    opener = partial(open_shop, service=service, service_credentials=True)
    supervisor = Supervisor(lambda: folders_in(tmp_path / "lojas"), opener, SystemClock())
    supervisor.start()
    try:

        def entries() -> list[dict[str, object]]:
            return supervisor.dispatch("status_all", {})["shops"]

        _until(lambda: [entry["leader"] for entry in entries()] == [{"here": True, "desk": "servidor"}] * 2, supervisor)
        _until(lambda: all(entry["condition"] == "away" for entry in entries()), supervisor)
        assert [entry["late"] for entry in entries()] == [[], []]
        assert len(SERVERS._lent) == 1, "one pool of connections for both"
        assert len(LINKS._lent) == 1, "one lease's session and one feed for both"

        # Another desk of the first shop changes its settings; the second shop keeps its own.
        desk = load_profile(tmp_path / "outra mesa")
        desk.settings = settings_file.read(first / "settings.toml")
        desk.secrets = MemorySecrets(SECRETS)
        try:
            mine = ShopSettings(desk)
            mine.take_over()
            assert not mine.save(replace(desk.settings, stock=FlowSettings(interval_s=77)))
        finally:
            desk.close()
        running = {shop.name: shop.opened for shop in supervisor.shops()}
        a, b = running["a"], running["b"]
        assert a is not None
        assert b is not None
        _until(lambda: a.settings().stock.interval_s == 77, supervisor)
        assert b.settings().stock.interval_s == 300
        assert settings_file.read(first / "settings.toml").stock.interval_s == 77

        # Whoever edits the file at the server tells the other desks.
        settings_file.write(first / "settings.toml", replace(a.settings(), retention_days=33))
        _until(lambda: a.settings().retention_days == 33, supervisor)
        other = load_profile(tmp_path / "outra mesa")
        other.settings, other.secrets = replace(desk.settings, retention_days=90), MemorySecrets(SECRETS)
        try:
            assert ShopSettings(other).take_over()
            assert other.settings.retention_days == 33
        finally:
            other.close()
    finally:
        assert supervisor.stop(20)
    assert not SERVERS._lent
    assert not LINKS._lent
