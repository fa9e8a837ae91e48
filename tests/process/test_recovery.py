"""A damaged state, seen from outside: the next command finds it, brings the last copy back and says so."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.process.world import Shop


def damage(path: Path) -> bytes:
    """Overwrites the middle of the file; answers what is there now."""
    data = bytearray(path.read_bytes())
    for place in range(4096, len(data), 4096):
        data[place : place + 64] = b"\xff" * 64
    path.write_bytes(data)
    return bytes(data)


def type_code(shop: Shop, hub_id: str, code: str) -> None:
    sheet = shop.profile.parent / "codigos.csv"
    sheet.write_text(f"pedido;codigo;transportadora\n{hub_id};{code};Jadlog\n", encoding="utf-8")
    assert shop.run("tracking", "import", str(sheet))["written"] == 1


@pytest.mark.parametrize("copies", [True, False], ids=["with copies", "without any"])
def test_a_damaged_state_comes_back_with_a_code_typed_after_the_copy(ready: Shop, copies: bool) -> None:
    shop, state = ready, ready.profile / "state.db"
    order = shop.hub.post("/_sim/sell", {"sku": min(shop.hub.skus()), "quantity": 1, "status": "approved"})
    hub_id = str(order["Order"]["id"])
    shop.run("sync", "--once")
    type_code(shop, hub_id, "JAD000000001")
    settings = (shop.profile / "settings.toml").read_bytes()
    if not copies:
        for copy in (shop.profile / "backups").glob("*.db"):
            copy.unlink()
    ruined = damage(state)

    shop.run("sync", "--once")
    assert ("L-323" if copies else "L-324") in shop.told
    kept = [file for file in shop.profile.glob("state-replaced-*.db") if file.read_bytes() == ruined]
    assert len(kept) == 1, "put aside, never deleted"
    assert (shop.profile / "settings.toml").read_bytes() == settings
    assert [row["code"] for row in shop.run("tracking", "list")["parcels"][0]["codes"]] == ["JAD000000001"]
    assert list(shop.erp_orders()) == [hub_id]
    status = shop.run("status")
    assert [notice["code"] for notice in status["notices"]] == ["L-323" if copies else "L-324"]
    assert status["state"] == "attention"


def test_a_copy_can_be_put_back_by_hand(ready: Shop) -> None:
    shop = ready
    (copy,) = shop.run("backup", "list")["copies"]
    assert copy["sound"]
    answer = shop.run("backup", "restore", copy["name"])
    assert answer["restored"] == copy["name"]
    assert (shop.profile / answer["aside"]).exists()
    shop.hub.forget_requests()
    shop.run("sync", "--once")
    assert not [call for call in shop.hub.requests_made() if call.startswith("PUT")], "both sides agreed already"
    assert shop.run("backup", "restore", "nothing.db", expect=3)["error"]["code"] == "L-325"


def test_a_newer_state_is_left_alone_and_said(ready: Shop) -> None:
    state = ready.profile / "state.db"
    with closing(sqlite3.connect(state)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = state.read_bytes()
    assert ready.run("sync", "--once", expect=1)["error"]["code"] == "L-321"
    assert state.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_takes_nothing_is_said_and_nothing_is_sent(
    ready: Shop, make_unwritable: Callable[[Path], None]
) -> None:
    before = ready.hub.skus()
    ready.write_stock([(sku, "7", "50,00") for sku in sorted(before)])
    make_unwritable(ready.profile)
    answer = ready.run("sync", "--once", expect=None)
    assert "L-3" in json.dumps(answer) or "C-4" in json.dumps(answer)
    assert ready.hub.skus() == before


@pytest.fixture
def make_unwritable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path], None]:
    """A disk that takes no byte more, for the processes to come: root may write whatever a mode forbids."""

    def make(profile: Path) -> None:
        del profile
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "sitecustomize.py").write_text(
            "import resource, signal\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))

    return make
