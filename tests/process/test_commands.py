"""The commands as scripts use them: real processes, real keyring; JSON, exit codes and traces left are looked at."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
import secretstorage

from tests.process.conftest import CALM, MakeShop, every_sku
from tests.process.world import Shop, units_of

pytestmark = pytest.mark.timeout(120)
SOME_FAILED, WRONG_USAGE, PERSON_NEEDED, AWAY = 1, 2, 3, 4


def puts(shop: Shop) -> int:
    return sum(number for call, number in shop.hub.requests_made().items() if call.startswith("PUT"))


def files_under(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")} if folder.is_dir() else set()


def all_bytes(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def secrets_of(shop: Shop) -> list[str]:
    """What must never be in a file. Not the client's id: the hub itself puts it into every order (`created_by`)."""
    told = json.loads(shop.hub.first_line)
    return [told[name] for name in ("client_secret", "password", "username")]


def tokens_in_keyring() -> list[str]:
    """The tokens that the program keeps in the real Secret Service."""
    connection = secretstorage.dbus_init()
    try:
        items = secretstorage.get_default_collection(connection).get_all_items()
        kept = [item.get_secret().decode() for item in items]
    finally:
        connection.close()
    told = [cast("dict[str, object]", json.loads(text)) for text in kept if text.startswith("{")]
    return [value for token in told for name, value in token.items() if "token" in name and isinstance(value, str)]


@contextmanager
def running(shop: Shop) -> Generator[subprocess.Popen[str]]:
    """`otimo-tray run`, from its first line until it is told to end."""
    process = subprocess.Popen(shop.command("run"), stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        assert json.loads(process.stdout.readline())["started"] is True
        yield process
    finally:
        process.terminate()
        assert process.wait(30) == 0
        process.stdout.close()


# --- the first run ---------------------------------------------------------------------------------------------------


def test_the_first_sync_is_held_until_a_person_releases_it(make_shop: MakeShop) -> None:
    shop = make_shop()
    before = shop.hub.skus()
    shop.setup(CALM, approve=False)
    dry = shop.run("sync", "--once", "--dry-run", expect=PERSON_NEEDED)
    planned = dry["flows"]["stock"]["planned"]
    assert {(entry["sku"], entry["value"], entry["guard"]) for entry in planned} == {
        (sku, "40", "G-221") for sku in before if before[sku]["quantity"] != 40
    }
    assert shop.run("held", "list")["plans"] == [], "a dry run writes nothing"
    shop.run("sync", "--once", expect=PERSON_NEEDED)
    assert shop.hub.skus() == before
    assert puts(shop) == 0
    plans = shop.run("held", "list")["plans"]
    assert len(plans) == 1, plans
    [plan] = plans
    assert plan["guard"] == "G-221"
    assert "G-221" in plan["text"]
    values = shop.run("held", "list", str(plan["id"]))["plans"][0]["values"]
    assert len(values) == plan["items"]
    shop.run("held", "release", str(plan["id"]))
    shop.run("sync", "--once")
    after = shop.hub.skus()
    assert {entry["quantity"] for entry in after.values()} == {40}
    assert {float(entry["price"]) for entry in after.values()} == {99.9}
    shop.write_stock([(sku, "41", "99,90") if number < 3 else (sku, "40", "99,90")
                      for number, sku in enumerate(sorted(before))])  # fmt: skip
    shop.run("sync", "--once")
    assert sorted(entry["quantity"] for entry in shop.hub.skus().values())[-3:] == [41] * 3, "asked once"
    assert shop.run("held", "release", str(plan["id"]), expect=PERSON_NEEDED)["error"]["code"] == "G-232"


@pytest.mark.parametrize("answer", ["ask", "in_erp", "ignore"])
def test_orders_there_before_the_first_run(make_shop: MakeShop, answer: str) -> None:
    shop = make_shop(12)
    old = [shop.hub.post("/_sim/sell", {"quantity": 1})["Order"]["id"] for _ in range(2)]
    shop.setup(CALM, first_orders=answer)
    shop.run("sync", "--once", expect=None)
    assert shop.erp_orders() == {}
    listed = {row["id"]: row for row in shop.run("orders", "list")["orders"]}
    stage = {"ask": "first_run", "in_erp": "in_erp", "ignore": "ignored"}[answer]
    assert {row["stage"] for row in listed.values()} == {stage}
    assert set(listed) == set(old)
    new = shop.hub.post("/_sim/sell", {"quantity": 1})["Order"]["id"]
    shop.run("sync", "--once", expect=None)
    assert set(shop.erp_orders()) == {new}, "the answer is for what was there before"
    if answer == "ask":
        assert {row["id"] for row in shop.run("orders", "list", "--waiting")["orders"]} == set(old)
        results = shop.run("orders", "import", "--all")["results"]
        assert len(results) == 2
        shop.run("sync", "--once", "--only", "orders")
        assert set(shop.erp_orders()) == {new, *old}
        assert shop.run("orders", "list", "--waiting")["orders"] == []


# --- keyring and secrets ---------------------------------------------------------------------------------------------


def test_without_a_keyring_nothing_is_kept(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = make_shop(3)
    env = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    env["XDG_RUNTIME_DIR"] = str(tmp_path / "sem barramento")
    file = tmp_path / "loja.toml"
    file.write_text(f"version = 1\n[hub]\nbase_url = '{shop.hub.address}'\n[erp]\nfolder = '{shop.folder}'\n", "utf-8")
    words = ("setup", "--from", str(file), "--secrets-stdin")
    error = shop.run(*words, stdin=shop.hub.first_line, env=env, expect=PERSON_NEEDED)["error"]
    assert error["code"] == "C-431"
    assert error["code"] in shop.told
    kept = all_bytes(shop.profile)
    assert not [secret for secret in secrets_of(shop) if secret.encode() in kept]
    assert not (shop.profile / "settings.toml").exists(), "half a configuration is none"
    checks = shop.run("check", env=env, expect=PERSON_NEEDED)["checks"]
    assert next(check for check in checks if check["name"] == "keyring")["error"]["code"] == "C-431"


def test_everything_is_in_the_profile_and_no_secret_in_any_byte(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = make_shop()
    home = tmp_path / "casa"
    home.mkdir()
    others = tmp_path / "temporário"
    others.mkdir()
    moved = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    env = {**os.environ, **moved, "HOME": str(home), "TMPDIR": str(others)}
    file = tmp_path / "loja.toml"
    file.write_text(
        "version = 1\napprove_first_sync = true\nfirst_orders = 'import'\n"
        f"[hub]\nbase_url = '{shop.hub.address}'\n[erp]\nfolder = '{shop.folder}'\n",
        encoding="utf-8",
    )
    shop.hub.post("/_sim/sell", {"quantity": 1})
    shop.run("setup", "--from", str(file), "--secrets-stdin", stdin=shop.hub.first_line, env=env)
    shop.run("sync", "--once", "--dry-run", env=env, expect=None)
    shop.run("sync", "--once", env=env, expect=None)
    shop.run("status", env=env)
    assert files_under(home) == set(), "nothing outside of the profile"
    assert files_under(others) == set(), "the copy of a dry run is taken away"
    assert (shop.profile / "state.db").is_file()
    kept = all_bytes(shop.profile) + all_bytes(shop.folder) + shop.told.encode()
    tokens = tokens_in_keyring()
    assert len(tokens) >= 2, "an access and a refresh token"
    for secret in (*secrets_of(shop), *tokens):
        for form in (secret.encode(), secret.encode("utf-16-le")):
            assert form not in kept


# --- check and status ------------------------------------------------------------------------------------------------


def test_check_tells_good_from_bad(ready: Shop) -> None:
    good = ready.run("check")
    assert good["ok"] is True
    names = [check["name"] for check in good["checks"]]
    assert {"profile", "keyring", "state", "credentials", "hub_login", "clock"} <= set(names)
    assert len(names) > 6, "the folder's own checks follow"
    (ready.folder / "estoque.csv").unlink()
    ready.folder.rename(ready.folder.with_name("longe"))
    bad = ready.run("check", expect=AWAY)
    assert bad["ok"] is False
    wrong = [check["error"] for check in bad["checks"] if not check["ok"]]
    assert wrong[0]["code"] == "E-210"
    assert wrong[0]["code"] in wrong[0]["text"]
    assert not ready.folder.exists()


def test_a_setup_file_that_cannot_be_used_changes_nothing(ready: Shop, tmp_path: Path) -> None:
    before = (ready.profile / "settings.toml").read_bytes()
    for text in ("version = 1\nfrist_orders = 'import'\n", "version = 2\n", "version = 1\n[hub\n", None):
        file = tmp_path / "ruim.toml"
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_text(text, encoding="utf-8")
        error = ready.run("setup", "--from", str(file), expect=WRONG_USAGE)["error"]
        assert error["code"].startswith("C-40")
        assert (ready.profile / "settings.toml").read_bytes() == before
    good = tmp_path / "boa.toml"
    good.write_text("version = 1\n", encoding="utf-8")
    told = ready.run("setup", "--from", str(good), "--secrets-stdin", stdin="{senha", expect=None)
    assert told["error"]["code"] == "C-433"
    assert "senha" not in ready.told
    assert (ready.profile / "settings.toml").read_bytes() == before


def test_status_with_and_without_a_running_engine(ready: Shop) -> None:
    idle = ready.run("status")
    assert idle["running"] is False
    assert idle["flows"]["stock"]["last_success"]
    with running(ready):
        status = ready.run("status")
        assert status["running"] is True
        assert set(status["flows"]) == {"stock", "price", "orders", "invoices", "tracking"}
        ready.write_stock(every_sku(ready.hub, stock="43"))
        asked = ready.run("sync", "--once")
        assert asked["asked_running"] is True
        for _ in range(200):
            if {entry["quantity"] for entry in ready.hub.skus().values()} == {43}:
                break
            ready.run("status")
        assert {entry["quantity"] for entry in ready.hub.skus().values()} == {43}
    assert ready.run("status")["running"] is False
    assert not (ready.profile / "ipc.sock").exists()


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_tracking_import_takes_the_good_rows_and_names_the_bad_ones(ready: Shop, tmp_path: Path) -> None:
    fields = {"quantity": 1, "delivery_type": "standard"}
    sold = [ready.hub.post("/_sim/sell", fields)["Order"] for _ in range(3)]
    ready.run("sync", "--once")
    sheet = tmp_path / "códigos.csv"
    rows = [
        (sold[0]["id"], "JAD000000001", "Jadlog"),
        ("não existe", "JAD000000002", "Jadlog"),
        (sold[1]["original_id"], "", "Jadlog"),
        (sold[2]["id"], "AA123456780BR", "Correios"),
    ]
    lines = ["Pedido;Código de rastreio;Transportadora", *(";".join(row) for row in rows)]
    sheet.write_bytes("\r\n".join(lines).encode("cp1252"))
    preview = ready.run("tracking", "import", str(sheet), "--dry-run", expect=SOME_FAILED)
    assert preview["applied"] is False
    result = ready.run("tracking", "import", str(sheet), expect=SOME_FAILED)
    assert [row["outcome"] for row in result["rows"]] == ["new", "refused", "refused", "warning"]
    codes = [row["error"]["code"] if row["error"] else "" for row in result["rows"]]
    assert codes == ["", "T-605", "T-604", "T-601"]
    assert all(row["error"]["code"] in row["error"]["text"] for row in result["rows"] if row["error"])
    assert result["written"] == 1
    typed = {parcel["id"]: parcel["codes"] for parcel in ready.run("tracking", "list")["parcels"] if parcel["codes"]}
    assert {hub_id: [code["code"] for code in codes] for hub_id, codes in typed.items()} == {
        sold[0]["id"]: ["JAD000000001"]
    }
    again = ready.run("tracking", "import", str(sheet), expect=SOME_FAILED)
    assert again["written"] == 0
    assert again["rows"][0]["outcome"] == "same"
    assert ready.run("tracking", "import", str(tmp_path / "nada.csv"), expect=WRONG_USAGE)["error"]["code"] == "C-481"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_mapping_goes_out_and_comes_back(ready: Shop, tmp_path: Path, ending: str) -> None:
    skus = sorted(ready.hub.skus())
    sheet = tmp_path / f"depara.{ending}"
    assert ready.run("mapping", "export", str(sheet))["rows"] == len(skus)
    untouched = ready.run("mapping", "import", str(sheet))
    assert untouched["written"] == 0
    assert untouched["counts"]["same"] == len(skus)
    if ending == "csv":
        with sheet.open(encoding="utf-8-sig", newline="") as stream:
            table = list(csv.reader(stream, delimiter=";"))
        code, units = table[0].index("Código no ERP"), table[0].index("Qtd. por SKU")
        table[1][code], table[1][units] = table[2][code], "4"
        with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(table)
        changed = ready.run("mapping", "import", str(sheet))
        assert changed["written"] == 1
        assert changed["counts"]["changed"] == 1
        ready.run("sync", "--once", expect=None)
        assert ready.hub.skus()[table[1][0]]["quantity"] == 10, "a kit of four out of forty"


# --- a sudden end ----------------------------------------------------------------------------------------------------


def test_killed_in_the_middle_of_a_push_and_run_again(make_shop: MakeShop) -> None:
    shop = make_shop(300)
    sold = shop.hub.post("/_sim/sell", {"quantity": 1})["Order"]
    shop.setup(CALM)
    hub = shop.hub
    skus = sorted(hub.skus())
    hub.post("/_sim/latency", {"seconds": 0.05})
    done = 0
    process = subprocess.Popen(shop.command("sync", "--once"), stdout=subprocess.DEVNULL)
    try:
        for _ in range(2_000):
            done = puts(shop)
            if done >= 100:
                break
            hub.get("/_sim/state")
        assert 100 <= done < len(skus), "it isn't in the middle of the push any more"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert process.returncode == -signal.SIGKILL
    hub.post("/_sim/latency", {"seconds": 0.0})
    hub.forget_requests()
    result: dict[str, Any] = shop.run("sync", "--once")
    assert result["ok"] is True
    held = units_of(sold)
    for sku, entry in hub.skus().items():
        assert entry["quantity"] == 40 - held.get(sku, 0), sku
        assert float(entry["price"]) == 99.9, sku
        assert float(entry["special_price"]) == 99.9, sku
    assert set(shop.erp_orders()) == {sold["id"]}
    connections = 5
    assert puts(shop) <= 2 * len(skus) - done + 2 * 40 + connections, "what was confirmed isn't sent again"
    hub.forget_requests()
    shop.run("sync", "--once")
    assert puts(shop) == 0
    assert len(hub.skus()) == len(skus)
    assert len(hub.orders()) == 1
