"""The real service: several shops in one process, secrets from credentials, and one shop's trouble its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from otimo_tray.desktop import ipc
from otimo_tray.service.places import service_paths
from tests.process.world import HEADER, Hub, settle, start_hub, stop_hub

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process that ends on SIGTERM")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    folder = tmp_path / "hub"
    folder.mkdir()
    made = start_hub(folder, "--products", "5", "--orders", "0")
    yield made
    stop_hub(made)


class _Server:
    """A folder of shops and its service."""

    def __init__(self, folder: Path, hub: Hub) -> None:
        self.folder = folder
        self.profiles, self.credentials = folder / "lojas", folder / "segredos"
        self.profiles.mkdir()
        self.credentials.mkdir()
        self.hub = hub
        self.process: subprocess.Popen[str] | None = None

    def add(self, name: str, *, password: str | None = None) -> Path:
        """A shop with an exchange folder that has one balance for each SKU of the hub."""
        line = cast("dict[str, str]", json.loads(self.hub.first_line))
        secrets = {one: line[one] for one in ("client_id", "client_secret", "username", "password")}
        if password is not None:
            secrets["password"] = password
        for secret, value in secrets.items():
            (self.credentials / f"{name}.hub.{secret}").write_text(value)
        exchange = self.folder / "troca" / name
        exchange.mkdir(parents=True)
        rows = [f"{sku};x;;7;9,90;;;" for sku in self.hub.skus()]
        sheet = exchange / "estoque.csv"
        sheet.write_bytes(("\r\n".join([HEADER, *rows]) + "\r\n").encode("cp1252"))
        settle(sheet)
        fresh = self.folder / f"{name}.new"
        fresh.mkdir()
        (fresh / "settings.toml").write_text(
            f"version = 1\napprove_first_sync = true\nfirst_orders = 'ignore'\n[hub]\nbase_url = '{line['address']}'\n"
            f"[erp]\nkind = 'folder'\nfolder = '{exchange}'\n"
            "[guards]\nminimum_items = 1000\nprice_move_percent = 10000\n"
        )
        return fresh.rename(self.profiles / name)

    def command(self, *words: str) -> tuple[int, dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "otimo_tray", *words, "--json"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, json.loads(done.stdout)

    def status(self) -> tuple[int, dict[str, Any]]:
        return self.command("status", "--all", "--profiles", str(self.profiles))

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "otimo_tray", "run", "--profiles", str(self.profiles), "--json"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "CREDENTIALS_DIRECTORY": str(self.credentials)},
        )
        assert self.process.stdout is not None
        assert json.loads(self.process.stdout.readline())["started"]

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@pytest.fixture
def server(tmp_path: Path, hub: Hub) -> Iterator[_Server]:
    made = _Server(tmp_path, hub)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop()


_Shops = dict[str, dict[str, Any]]


def _until(server: _Server, ready: Callable[[_Shops], bool]) -> _Shops:
    end = time.monotonic() + 60
    while True:
        whole = cast("dict[str, Any]", ipc.ask(service_paths(server.profiles), "status_all", {}).result)
        shops: _Shops = {shop["name"]: shop for shop in whole["shops"]}
        if ready(shops):
            return shops
        assert time.monotonic() < end, whole
        time.sleep(0.1)


def _settled(shops: _Shops) -> bool:
    """The good one is through with every flow, the others have met their trouble."""
    flows = cast("_Shops", shops["boa"]["flows"])
    refused, damaged = shops["recusada"]["trouble"], shops["estragada"]["trouble"]
    through = bool(flows) and all(flow["last_success"] for flow in flows.values())
    return through and damaged is not None and refused is not None and refused["code"] == "P-101"


def test_shops_in_one_process_their_troubles_and_their_commands(server: _Server) -> None:
    assert server.status()[0] == 2
    good = server.add("boa")
    server.add("recusada", password="wrong")
    damaged = server.add("estragada")
    (damaged / "settings.toml").write_text("version = 1\n[hubb]\n")
    server.start()

    _until(server, _settled)
    code, whole = server.status()
    shops: _Shops = {shop["name"]: shop for shop in whole["shops"]}
    assert code == 1
    assert shops["boa"]["condition"] == "ok"
    assert shops["recusada"]["condition"] == shops["estragada"]["condition"] == "attention"
    assert shops["estragada"]["trouble"]["code"] == "C-401"
    assert "hubb" in shops["estragada"]["trouble"]["text"]
    assert {entry["quantity"] for entry in server.hub.skus().values()} == {7}

    # Commands of one shop reach the service; secrets were written nowhere.
    code, one = server.command("status", "--profile-dir", str(good))
    assert (code, one["running"], one["state"]) == (0, True, "ok")
    wrong = [path for path in server.profiles.rglob("*") if path.is_file() and b"client_secret" in path.read_bytes()]
    assert not wrong
    assert server.command("run", "--profiles", str(server.profiles))[0] == 5, "one service a folder"

    assert server.stop() == 0
    assert server.status()[0] == 2
    assert not (good / "service.at").exists()
    code, one = server.command("status", "--profile-dir", str(good))
    assert one["running"] is False
