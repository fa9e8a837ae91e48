"""The settings file: what is written is read back; every mistake is named; a power cut leaves a whole file."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.desktop import atomic, settings_file, settings_keys
from otimo_tray.domain.rules import PatternRule, SkuRule
from otimo_tray.domain.settings import (
    ErpSettings,
    FlowSettings,
    GuardSettings,
    HubSettings,
    PriceRules,
    Settings,
    ShopSettings,
    StockRules,
)
from otimo_tray.errors import ConfigurationError, OtimoError, StoreAway
from otimo_tray.words import sentence

CONTRACT = Path(__file__).parents[2] / "resources" / "contracts.md"

FLOW_NAMES = ("stock", "price", "orders", "invoices", "tracking")  # shown once for all in the contract
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SKUS = st.lists(TEXT.filter(lambda one: bool(one.strip())), max_size=4).map(tuple)
PERCENT = st.decimals(0, 100, places=2)
FLOWS = st.builds(FlowSettings, st.booleans(), st.integers(1, 86400))
SETTINGS = st.builds(
    Settings,
    hub=st.builds(
        HubSettings,
        base_url=st.sampled_from(["https://api.plugg.to", "http://127.0.0.1:8080"]),
        connect_timeout_s=st.floats(0.1, 300),
        read_timeout_s=st.floats(0.1, 900),
        connections=st.integers(1, 20),
        nets_reservations=st.booleans(),
    ),
    erp=st.builds(
        ErpSettings,
        kind=st.sampled_from(["folder", "demo", "database", "http"]),
        folder=TEXT,
        nfe_folder=TEXT,
        columns=st.dictionaries(st.sampled_from(["codigo", "saldo"]), TEXT.filter(bool)),
        demo_data=TEXT,
        queries=st.dictionaries(st.sampled_from(["items", "invoices"]), TEXT.filter(lambda one: bool(one.strip()))),
        timeout_s=st.floats(1, 900),
        address=st.sampled_from(["", "https://erp.loja.com.br/api", "http://127.0.0.1:8080", "http://[::1]/x"]),
        auth=st.sampled_from(["token", "basic"]),
        watch=st.booleans(),
    ),
    shop=st.builds(
        ShopSettings,
        time_zone=st.sampled_from(["America/Sao_Paulo", "America/Manaus", "America/Rio_Branco"]),
        cnpjs=st.lists(st.from_regex(r"\A[0-9A-Z]{12}[0-9]{2}\Z"), max_size=3).map(tuple),
        booking=st.sampled_from(["on_invoice", "on_import"]),
        support_contact=TEXT,
        language=st.sampled_from(["pt_BR", "en"]),
    ),
    stock=FLOWS,
    price=FLOWS,
    orders=FLOWS,
    invoices=FLOWS,
    tracking=FLOWS,
    stock_rules=st.builds(StockRules, st.integers(0, 10**6), PERCENT, st.none() | st.integers(0, 10**6)),
    price_rules=st.builds(
        PriceRules,
        st.decimals(-90, 1000, places=4),
        st.sampled_from(["none", "90", "99"]),
        st.none() | st.decimals("0.01", 1000, places=2),
        st.decimals(0, 95, places=2),
    ),
    guards=st.builds(GuardSettings, *[st.integers(0, 100)] * 5),
    approve_first_sync=st.booleans(),
    first_orders=st.sampled_from(["ask", "import", "in_erp", "ignore"]),
    import_fulfillment=st.booleans(),
    report_failures_to_hub=st.booleans(),
    pilot_skus=SKUS,
    rules=st.lists(
        st.builds(
            PatternRule,
            TEXT.filter(lambda one: bool(one.strip())),
            st.builds(
                SkuRule,
                st.none() | st.integers(0, 10**6),
                st.none() | PERCENT,
                st.none() | st.integers(0, 10**6),
                st.booleans(),
                st.none() | st.decimals(-90, 1000, places=4),
                st.none() | st.sampled_from(["none", "90", "99"]),
                st.none() | st.decimals("0.01", 1000, places=2),
            ).filter(lambda rule: rule != SkuRule()),
            TEXT.map(str.strip),
        ),
        max_size=3,
    ).map(tuple),
    retention_days=st.integers(1, 3650),
)


def parse(text: str) -> Settings:
    return settings_file.parse(text.encode(), source="setup.toml")


def refused(text: str) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        parse(text)
    return caught.value


@given(SETTINGS)
def test_what_is_written_is_read_back(settings: Settings) -> None:
    assert settings_file.parse(settings_file.dump(settings), source="x") == settings


def test_the_contract_shows_exactly_the_defaults() -> None:
    block = CONTRACT.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    assert parse(block) == Settings()
    shown = tomllib.loads(block)
    for table, (_, keys) in settings_keys.sections().items():
        for name, key in keys.items():
            given_ = shown.get(table, {}) if table else shown
            assert name in given_ or key.optional or table in FLOW_NAMES, key.name
    # The commented examples are right too.
    example = block.replace("# codigo", "codigo").replace("# max_announced", "max_announced")
    parsed = parse(example.replace("# floor", "floor"))
    assert parsed.erp.columns == {"codigo": "SKU interno"}
    assert (parsed.stock_rules.max_announced, parsed.price_rules.floor) == (50, Decimal("1.00"))


def test_the_contracts_rule_for_many_skus_sets_every_key_there_is() -> None:
    block = CONTRACT.read_text("utf-8").split("```toml\n")[2].split("```")[0]
    shown = tomllib.loads(block)["rules"][0]
    assert list(shown) == list(settings_keys.rule_keys())
    [rule] = parse(f"version = 1\n{block}").rules
    assert (rule.pattern, rule.brand) == ("NIKE-*", "Nike")
    assert (rule.rule.safety_stock, rule.rule.stop_selling, rule.rule.floor) == (2, True, Decimal("19.90"))


@pytest.mark.parametrize(
    ("text", "code", "key", "told"),
    [
        ("[[rules]]\npatern = 'A*'", "C-401", "rules[1].patern", "rules.pattern"),
        ("[[rules]]\npattern = 'A*'\nsafty_stock = 1", "C-401", "rules[1].safty_stock", "rules.safety_stock"),
        ("[[rules]]\npattern = 'A*'\nown_price = '1'", "C-401", "rules[1].own_price", None),
        ("[[rule]]\npattern = 'A*'", "C-401", "rule", "rules"),
        ("[[rules]]\npattern = 'A*'\nfloor = '1'\n[[rules]]\npattern = 'A*'", "C-405", "rules[2]", "rule"),
        ("[[rules]]\nsafety_stock = 1", "C-405", "rules[1].pattern", "pattern"),
        ("[[rules]]\npattern = ' '\nsafety_stock = 1", "C-405", "rules[1].pattern", "pattern"),
        ("[[rules]]\npattern = 'A*'\nsafety_stock = -1", "C-405", "rules[1].safety_stock", "0 .. 1000000"),
        ("[[rules]]\npattern = 'A*'\nsafety_stock = '1'", "C-402", "rules[1].safety_stock", "int"),
        ("[[rules]]\npattern = 'A*'\nrounding = '95'", "C-405", "rules[1].rounding", "choice: none, 90, 99"),
        ("[[rules]]\npattern = 'A*'\nmarkup_percent = '5,0'", "C-402", "rules[1].markup_percent", "decimal"),
        ("rules = 3", "C-402", "rules", "table"),
        ("rules = [3]", "C-402", "rules[1]", "table"),
        ("[rules]\npattern = 'A*'", "C-402", "rules", "table"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_place(text: str, code: str, key: str, told: str | None) -> None:
    error = refused(f"version = 1\n{text}")
    assert (error.code, error.params["key"]) == (code, key)
    assert told is None or told in (error.params.get("nearest"), error.params.get("expected"))
    assert key in sentence(error.code, error.params).line


def test_a_brand_alone_is_for_all_of_its_skus() -> None:
    [rule] = parse("version = 1\n[[rules]]\nbrand = ' Nike '\nsafety_stock = 0").rules
    assert rule == PatternRule("*", SkuRule(safety_stock=0), "Nike")


def test_one_key_is_enough() -> None:
    assert parse("version = 1") == Settings()
    found = parse('version = 1\n[shop]\ncnpjs = ["12.abc.345/01DE-35"]\n[invoices]\ninterval_s = 30')
    assert found.shop.cnpjs == ("12ABC34501DE35",)
    assert (found.invoices.interval_s, found.invoices.enabled, found.stock.interval_s) == (30, True, 300)


@pytest.mark.parametrize(("text", "decimal"), [('"12.5"', "12.5"), ("12.5", "12.5"), ("12", "12"), ('"0.10"', "0.10")])
def test_decimals_are_exact_however_written(text: str, decimal: str) -> None:
    assert str(parse(f"version = 1\n[price_rules]\nmarkup_percent = {text}").price_rules.markup_percent) == decimal


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("retention_day = 3", "retention_day", "retention_days"),
        ("[hub]\nbaseurl = 'x'", "hub.baseurl", "hub.base_url"),
        ("[guard]\nzero_percent = 3", "guard", "guards"),
        ("[guards]\nzeropercent = 3", "guards.zeropercent", "guards.zero_percent"),
        ("connections = 3", "connections", "hub.connections"),
        ("[hub]\npassword = 'x'", "hub.password", ""),
        ("xyzzy = 1", "xyzzy", ""),
        ("[erp.colums]\ncodigo = 'x'", "erp.colums", "erp.columns"),
        ("'' = 1", "", ""),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(text: str, key: str, nearest: str) -> None:
    error = refused(f"version = 1\n{text}")
    assert (error.code, error.params["key"], error.params["nearest"]) == ("C-401", key, nearest)


@pytest.mark.parametrize(
    ("text", "code", "key", "expected"),
    [
        ("retention_days = '90'", "C-402", "retention_days", "int"),
        ("retention_days = true", "C-402", "retention_days", "int"),
        ("retention_days = 1.0", "C-402", "retention_days", "int"),
        ("retention_days = 0", "C-405", "retention_days", "1 .. 3650"),
        ("approve_first_sync = 1", "C-402", "approve_first_sync", "bool"),
        ("first_orders = 'later'", "C-405", "first_orders", "choice: ask, import, in_erp, ignore"),
        ("first_orders = 1", "C-402", "first_orders", "choice: ask, import, in_erp, ignore"),
        ("pilot_skus = 'A'", "C-402", "pilot_skus", "texts"),
        ("pilot_skus = ['A', 1]", "C-402", "pilot_skus", "texts"),
        ("pilot_skus = [' ']", "C-405", "pilot_skus", "not_empty"),
        ("hub = 3", "C-402", "hub", "table"),
        ("[hub]\nread_timeout_s = 'x'", "C-402", "hub.read_timeout_s", "number"),
        ("[hub]\nread_timeout_s = nan", "C-402", "hub.read_timeout_s", "number"),
        ("[hub]\nread_timeout_s = 0", "C-405", "hub.read_timeout_s", "0.1 .. 900"),
        ("[hub]\nbase_url = 'api.plugg.to'", "C-405", "hub.base_url", "address"),
        ("[hub]\npanel_order_url = 'javascript:x'", "C-405", "hub.panel_order_url", "panel_address"),
        ("[shop]\ntime_zone = 'Brasilia'", "C-405", "shop.time_zone", "time_zone"),
        ("[shop]\ntime_zone = '../../etc/passwd'", "C-405", "shop.time_zone", "time_zone"),
        ("[shop]\ncnpjs = ['123']", "C-405", "shop.cnpjs", "cnpj"),
        ("[price_rules]\nmarkup_percent = '12,5'", "C-402", "price_rules.markup_percent", "decimal"),
        ("[price_rules]\nmarkup_percent = inf", "C-402", "price_rules.markup_percent", "decimal"),
        ("[price_rules]\nmarkup_percent = true", "C-402", "price_rules.markup_percent", "decimal"),
        ("[price_rules]\nfloor = '0'", "C-405", "price_rules.floor", "0.01 .. 1000000"),
        ("[price_rules]\nrounding = 90", "C-402", "price_rules.rounding", "choice: none, 90, 99"),
        ("[erp.columns]\n'preço' = 'x'", "C-405", "erp.columns", "column"),
        ("[erp.columns]\ncodigo = 1", "C-402", "erp.columns", "table"),
        ("[erp.queries]\norders = 'SELECT 1'", "C-405", "erp.queries", "query"),
        ("[erp.queries]\nitems = ' '", "C-405", "erp.queries", "query"),
        ("[erp]\ntimeout_s = 0", "C-405", "erp.timeout_s", "1 .. 900"),
        ("[erp]\naddress = 'http://erp.loja.com.br'", "C-405", "erp.address", "erp_address"),
        ("[erp]\naddress = 'http://127.0.0.1.loja.com'", "C-405", "erp.address", "erp_address"),
        ("[erp]\naddress = 'https://'", "C-405", "erp.address", "erp_address"),
        ("[stock]\ninterval_s = 0", "C-405", "stock.interval_s", "1 .. 604800"),
        ("[state]\nkind = 'mysql'", "C-405", "state.kind", "choice: sqlite, postgresql"),
        ("[state]\naddress = 'postgresql://servidor/loja'", "C-405", "state.address", "state_address"),
        ("[state]\naddress = 'postgresql://ana@/loja'", "C-405", "state.address", "state_address"),
        ("[state]\naddress = 'postgresql://ana@servidor'", "C-405", "state.address", "state_address"),
        (
            "[state]\naddress = 'postgresql://ana@servidor/loja?sslmode=disable'",
            "C-405",
            "state.address",
            "state_address",
        ),
        ("[state]\naddress = 'mysql://ana@servidor/loja'", "C-405", "state.address", "state_address"),
        ("[state]\nschema = 'Loja'", "C-405", "state.schema", "schema"),
        ("[state]\nschema = ''", "C-405", "state.schema", "schema"),
        ("[state]\nschema = 'a\"b'", "C-405", "state.schema", "schema"),
    ],
)
def test_a_wrong_value_is_named(text: str, code: str, key: str, expected: str) -> None:
    error = refused(f"version = 1\n{text}")
    assert (error.code, error.params["key"], error.params["expected"]) == (code, key, expected)
    assert error.params["file"] == "setup.toml"


def test_a_password_in_the_servers_address_is_refused_and_not_repeated() -> None:
    error = refused("version = 1\n[state]\naddress = 'postgresql://ana:hunter2@servidor/loja'")
    assert (error.code, error.params["key"]) == ("C-405", "state.address")
    assert "hunter2" not in str(error)


@pytest.mark.parametrize(
    "address",
    ["postgresql://ana@servidor/loja", "postgresql://a.b@10.0.0.7:5433/loja_1", "postgresql://u@[::1]:5432/x"],
)
def test_addresses_of_a_server(address: str) -> None:
    text = f"version = 1\n[state]\nkind = 'postgresql'\naddress = '{address}'\nschema = 'loja_2'"
    assert (parse(text).state.address, parse(text).state.schema) == (address, "loja_2")


def test_versions() -> None:
    assert refused("retention_days = 3").code == "C-406"
    newer = refused("version = 2\nsomething_new = 1")
    assert (newer.code, newer.params["version"], newer.params["supported"]) == ("C-403", 2, 1)
    for bad in ("'1'", "true", "0", "1.0"):
        assert refused(f"version = {bad}").code == "C-402"


@pytest.mark.parametrize(
    "data",
    [b"version = ", b"\xff\xfe", b"[[[", b"version = 1\nversion = 1", b"x = 1e999999999999999999", b"a=" + b"[" * 5000],
)
def test_what_is_no_toml_is_said(data: bytes) -> None:
    with pytest.raises(ConfigurationError) as caught:
        settings_file.parse(data, source="f")
    assert caught.value.code in {"C-404", "C-401", "C-406"}


def test_the_line_of_a_mistake_is_told() -> None:
    assert refused("version = 1\nretention_days = \n").params["line"] == 2


@given(st.text() | st.binary().map(lambda one: one.decode("latin-1")))
def test_any_text_is_settings_or_a_sentence(text: str) -> None:
    for head in ("", "version = 1\n"):
        with contextlib.suppress(ConfigurationError):
            settings_file.parse((head + text).encode("utf-8", "replace"), source="f")


def test_a_file_with_a_bom_from_an_editor() -> None:
    assert settings_file.parse(b"\xef\xbb\xbfversion = 1", source="f") == Settings()


def test_writing_keeps_the_one_before(profile_dir: Path) -> None:
    path = profile_dir / "settings.toml"
    first, second = Settings(retention_days=10), Settings(retention_days=20)
    settings_file.write(path, first)
    assert [one.name for one in profile_dir.iterdir()] == ["settings.toml"]
    settings_file.write(path, second)
    assert settings_file.read(path) == second
    assert settings_file.read(profile_dir / "settings.toml.bak") == first
    assert sorted(one.name for one in profile_dir.iterdir()) == ["settings.toml", "settings.toml.bak"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_power_cut_or_full_disk_at_any_step_leaves_a_whole_file(
    profile_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile_dir / "settings.toml"
    before, after = Settings(retention_days=10), Settings(retention_days=20)
    steps = failed = 0
    original: dict[str, Any] = {name: getattr(os, name) for name in ("fsync", "open", "rename", "replace")}
    path_replace = Path.replace

    def failing(at: int) -> Any:
        def step() -> None:
            nonlocal steps
            steps += 1
            if steps == at:
                raise OSError(28, "No space left on device")

        return step

    for at in range(1, 50):
        settings_file.write(path, before)
        steps, step = 0, failing(at)

        def fsync(number: int, step: Any = step) -> None:
            step()
            original["fsync"](number)

        def replace(self: Path, target: Path, step: Any = step) -> Path:
            step()
            return path_replace(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(atomic.os, "fsync", fsync)
            patch.setattr(Path, "replace", replace)
            try:
                settings_file.write(path, after)
            except StoreAway:
                failed += 1
                assert settings_file.read(path) in (before, after)
            else:
                break
        assert not [one for one in profile_dir.iterdir() if one.name.endswith(".tmp")]
    assert failed >= 4
    assert settings_file.read(path) == after


def test_a_missing_or_unreadable_file_is_said(profile_dir: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        settings_file.read(profile_dir / "settings.toml")
    assert caught.value.code == "C-407"
    with pytest.raises(OtimoError) as other:
        settings_file.read(profile_dir)
    assert other.value.code == "C-408"


def test_settings_that_could_not_be_read_back_are_not_written(profile_dir: Path) -> None:
    path = profile_dir / "settings.toml"
    settings_file.write(path, Settings())
    with pytest.raises(ConfigurationError):
        settings_file.write(path, dataclasses.replace(Settings(), retention_days=0))
    assert settings_file.read(path) == Settings()


def test_every_key_of_the_settings_is_in_the_file() -> None:
    names = {key.name for _, keys in settings_keys.sections().values() for key in keys.values()}
    assert {"hub.base_url", "erp.columns", "price_rules.floor", "retention_days"} <= names
    assert len(names) >= 45
