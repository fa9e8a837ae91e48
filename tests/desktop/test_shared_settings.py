"""What of the settings is the shop's and what this PC's own."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from otimo_tray.desktop.shared_settings import changed_entries, entries_of, is_local, overlay, shared_names
from otimo_tray.domain.rules import PatternRule, SkuRule
from otimo_tray.domain.settings import ErpSettings, Settings, ShopSettings, StateSettings, StockRules
from otimo_tray.errors import ConfigurationError

SHOP = Settings(
    state=StateSettings("postgresql", "postgresql://otimo@servidor/lojas", desk="Balcão 1"),
    erp=ErpSettings(kind="folder", folder="C:/um", columns={"codigo": "SKU"}, timeout_s=12.5),
    shop=ShopSettings(language="en", cnpjs=("59431500015755",), support_contact="Zé “do” TI"),
    stock_rules=StockRules(2, Decimal("7.5"), 30),
    rules=(PatternRule("NIKE-*", SkuRule(safety_percent=Decimal("10.5"), stop_selling=True), "Nike"),),
    pilot_skus=("A", "B"),
    check_updates=False,
)
OTHER = Settings(
    state=StateSettings("postgresql", "postgresql://otimo@servidor/lojas", desk="Balcão 2"),
    erp=ErpSettings(folder="/mnt/dois", nfe_folder="/mnt/notas"),
)


def test_another_desk_takes_the_shops_settings_and_keeps_its_own() -> None:
    seen = overlay(OTHER, entries_of(SHOP))
    assert seen == replace(
        SHOP,
        state=OTHER.state,
        erp=replace(SHOP.erp, folder="/mnt/dois", nfe_folder="/mnt/notas"),
        shop=replace(SHOP.shop, language="pt_BR"),
        check_updates=True,
    )


def test_what_one_desk_takes_back_to_nothing_is_nothing_at_the_other() -> None:
    bare = replace(SHOP, rules=(), pilot_skus=(), stock_rules=StockRules())
    assert overlay(SHOP, entries_of(bare)) == bare


def test_an_edit_names_only_what_it_changes_for_the_shop() -> None:
    after = replace(SHOP, retention_days=30, check_updates=True, erp=replace(SHOP.erp, folder="D:/"))
    assert changed_entries(SHOP, after) == {"retention_days": "30"}
    assert changed_entries(SHOP, SHOP) == {}
    assert json.loads(changed_entries(SHOP, replace(SHOP, rules=()))["rules"] or "0") is None


def test_a_setting_of_a_newer_desk_is_passed_over_and_a_missing_one_stays() -> None:
    assert overlay(SHOP, {"telepathy.enabled": "true"}) == SHOP
    assert overlay(SHOP, {}) == SHOP


def test_a_value_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="C-405"):
        overlay(SHOP, {"retention_days": "0"})


def test_nothing_of_this_pc_is_among_the_shops() -> None:
    assert not any(is_local(name) for name in shared_names())
    assert not [name for name in entries_of(SHOP) if name.startswith("state.")]
    assert all(is_local(name) for name in ("state.desk", "erp.folder", "shop.language", "check_updates"))
