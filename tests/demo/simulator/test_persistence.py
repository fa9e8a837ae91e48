"""What a restart keeps, also after the process was killed, and files that aren't the simulator's."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.demo.simulator import Simulator
from otimo_tray.demo.simulator.storage import DataFileError

from .conftest import MakeHub, Outsider, Wall


def run(simulator: Simulator, work: Callable[[Outsider], None], token: str | None = None) -> None:
    """Start, work, stop."""
    with simulator:
        client = Outsider(simulator.address, asdict(simulator.credentials))
        try:
            if token is not None:
                client.session.headers["Authorization"] = token
            work(client)
        finally:
            client.session.close()


def test_everything_is_there_after_a_restart(tmp_path: Path, wall: Wall) -> None:
    kept: dict[str, Any] = {}

    def first(hub: Outsider) -> None:
        kept["refresh"] = hub.token().json()["refresh_token"]
        hub.login()
        kept["credentials"] = hub.credentials
        kept["order"] = hub.order(channel="Teste")
        kept["product"] = hub.put("/skus/000001/stock", {"action": "update", "quantity": 901})["Product"]
        kept["light"] = hub.get("/products/tabledata")
        hub.switch(max_limit=7)
        hub.post("/_sim/clock", {"advance": 60})
        kept["token"] = str(hub.session.headers["Authorization"])

    def second(hub: Outsider) -> None:
        assert hub.credentials == kept["credentials"]
        assert hub.get(f"/orders/{kept['order']['id']}")["Order"] == kept["order"]
        assert hub.get("/skus/000001")["Product"] == kept["product"]
        assert hub.get("/products?limit=50")["limit"] == 7
        assert hub.get("/products/tabledata")["Products"][0] == kept["light"]["Products"][0]
        state = hub.get("/_sim/state")
        assert (state["products"], state["orders"], state["clock"]) == (5, 1, "2025-10-09T08:54:20.000Z")
        assert hub.token(grant_type="refresh_token", refresh_token=kept["refresh"]).status_code == 200

    def third(hub: Outsider) -> None:
        assert hub.token(grant_type="refresh_token", refresh_token=kept["refresh"]).status_code == 400
        assert hub.get("/products?limit=50")["limit"] == 3

    data = tmp_path / "hub.sqlite"
    run(Simulator(data, products=5, wall=wall), first)
    run(Simulator(data, products=99, orders=99, wall=wall), second, kept["token"])
    run(Simulator(data, switches={"max_limit": 3}, wall=wall), third, kept["token"])


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    data = tmp_path / "hub.sqlite"
    command = [
        sys.executable,
        "-m",
        "otimo_tray.demo.simulator",
        "--data",
        str(data),
        "--products",
        "3",
        "--orders",
        "2",
    ]
    orders: list[Any] = []
    token = ""
    for round_number in range(2):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            line = json.loads(process.stdout.readline())
            names = ("client_id", "client_secret", "username", "password")
            hub = Outsider(line["address"], {name: line[name] for name in names})
            try:
                if round_number == 0:
                    hub.login()
                    token = str(hub.session.headers["Authorization"])
                    orders += [hub.order(external=number) for number in range(20)]
                else:
                    hub.session.headers["Authorization"] = token
                    assert line["orders"] == 22
                    assert hub.get("/orders")["total"] == 22
                    assert [hub.get(f"/orders/{one['id']}")["Order"] for one in orders] == orders
            finally:
                hub.session.close()
                process.kill()


def test_a_filling_that_was_cut_short_is_done_again(tmp_path: Path, wall: Wall) -> None:
    data = tmp_path / "hub.sqlite"
    Simulator(data, products=5, wall=wall).start().stop()
    with sqlite3.connect(data) as db:
        db.execute("DELETE FROM meta WHERE name = 'filled'")
    db.close()
    with Simulator(data, products=3, wall=wall) as simulator:
        assert simulator.counts() == (3, 0)


def test_one_file_has_one_simulator(tmp_path: Path) -> None:
    with Simulator(tmp_path / "hub.sqlite"), pytest.raises(DataFileError, match="locked"):
        Simulator(tmp_path / "hub.sqlite").start()


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE purse (coin)")
    db.close()
    with pytest.raises(DataFileError, match="not a simulator's"):
        Simulator(other).start()
    text = tmp_path / "notes.txt"
    text.write_text("Não é um banco de dados, mas é um texto bem longo." * 50, encoding="utf-8")
    before = text.read_bytes()
    with pytest.raises(DataFileError):
        Simulator(text).start()
    assert text.read_bytes() == before
    with pytest.raises(DataFileError):
        Simulator(tmp_path / "no" / "such" / "folder").start()


def test_a_refused_write_leaves_nothing_behind(make_hub: MakeHub) -> None:
    hub = make_hub(products=1).login()
    body = {"sku": "NOVO", "variations": [{"sku": "NOVO-1"}, {"sku": ""}]}
    assert hub.call("POST", "/products", body).status_code == 400
    assert hub.get("/_sim/state")["skus"] == 1
