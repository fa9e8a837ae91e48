"""Every key of the settings file: where its value lives in `Settings`, its type, and what it may be.

Types and defaults are read from the dataclasses, so that a key is declared once; only limits stand here.
"""

from __future__ import annotations

import dataclasses
import re
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from otimo_tray.domain.rules import PATTERN_FIELDS, SkuRule
from otimo_tray.domain.settings import Settings

RULES: Final = "rules"
"""The array of tables `[[rules]]`: one `PatternRule` each."""
MAX_INTERVAL_S: Final = 7 * 24 * 3600
LONGEST_PATTERN: Final = 200

# Lowest and highest value, both allowed; None = no limit.
_LIMITS: Final[dict[str, tuple[str | None, str | None]]] = {
    "retention_days": ("1", "3650"),
    "hub.connect_timeout_s": ("0.1", "300"),
    "hub.read_timeout_s": ("0.1", "900"),
    "hub.connections": ("1", "20"),
    "erp.timeout_s": ("1", "900"),
    "stock_rules.safety_stock": ("0", "1000000"),
    "stock_rules.safety_percent": ("0", "100"),
    "stock_rules.max_announced": ("0", "1000000"),
    "price_rules.markup_percent": ("-90", "1000"),
    "price_rules.margin_percent": ("0", "95"),
    "price_rules.floor": ("0.01", "1000000"),
    "rules.safety_stock": ("0", "1000000"),
    "rules.safety_percent": ("0", "100"),
    "rules.max_announced": ("0", "1000000"),
    "rules.markup_percent": ("-90", "1000"),
    "rules.margin_percent": ("0", "95"),
    "rules.floor": ("0.01", "1000000"),
    "care.heartbeat_interval_s": ("60", "86400"),
    "care.mail_after_min": ("5", "10080"),
    "care.smtp_port": ("1", "65535"),
    "guards.half_read_percent": ("0", "100"),
    "guards.zero_percent": ("0", "100"),
    "guards.price_move_percent": ("0", "10000"),
    "guards.changes_percent": ("0", "100"),
    "guards.far_prices_percent": ("0", "100"),
    "guards.minimum_items": ("0", "1000000"),
    **{f"{flow}.interval_s": ("1", str(MAX_INTERVAL_S)) for flow in ("stock", "price", "orders", "tracking")},
    "invoices.interval_s": ("1", str(MAX_INTERVAL_S)),
}

_COLUMNS: Final = (
    "codigo", "saldo", "preco", "preco_promocional", "promocao_inicio", "promocao_fim", "descricao", "ean",
)  # fmt: skip
_QUERIES: Final = ("items", "invoices")
_MAIL: Final = r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+"
# Without TLS the ERP's token would be anybody's on the way; on this PC there is no way.
_ERP_ADDRESS: Final = r"https://[^\s/?#]\S*|http://(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?(/\S*)?"

# Without a password: that is the keyring's.
_STATE_ADDRESS: Final = r"postgresql://[^\s:/?#@]+@(\[[0-9A-Fa-f:.]+\]|[^\s:/?#@\[\]]+)(:\d{1,5})?/[^\s/?#]+"


def _zone(value: Any) -> bool:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(value)


_CHECKS: Final[dict[str, tuple[str, Callable[[Any], bool]]]] = {
    "hub.base_url": ("address", lambda value: re.fullmatch(r"https?://\S+", value) is not None),
    "hub.panel_order_url": ("panel_address", lambda value: re.fullmatch(r"https://\S+", value) is not None),
    "shop.time_zone": ("time_zone", _zone),
    "shop.cnpjs": ("cnpj", lambda value: all(re.fullmatch(r"[0-9A-Z]{12}\d{2}", one) for one in value)),
    "rules.pattern": ("pattern", lambda value: bool(value.strip()) and len(value) <= LONGEST_PATTERN),
    "rules.brand": ("brand", lambda value: len(value) <= LONGEST_PATTERN),
    "pilot_skus": ("not_empty", lambda value: all(one.strip() for one in value)),
    "erp.queries": ("query", lambda value: all(name in _QUERIES and value[name].strip() for name in value)),
    "erp.address": ("erp_address", lambda value: not value or re.fullmatch(_ERP_ADDRESS, value) is not None),
    "state.address": ("state_address", lambda value: not value or re.fullmatch(_STATE_ADDRESS, value) is not None),
    "state.schema": ("schema", lambda value: re.fullmatch("[a-z][a-z0-9_]{0,40}", value) is not None),
    "care.heartbeat_url": ("erp_address", lambda value: not value or re.fullmatch(_ERP_ADDRESS, value) is not None),
    "care.mail_to": ("mail", lambda value: not value or re.fullmatch(rf"{_MAIL}(\s*,\s*{_MAIL})*", value) is not None),
    "care.mail_from": ("mail", lambda value: not value or re.fullmatch(_MAIL, value) is not None),
    "care.smtp_server": ("server", lambda value: re.fullmatch(r"[A-Za-z0-9.:-]*", value) is not None),
    "erp.columns": ("column", lambda value: all(name in _COLUMNS and value[name] for name in value)),
}
"""Expectation (a word for the sentence) and test, for what a type and two limits can't say."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key.

    Attributes:
        name: dotted, as a person would say it: `hub.base_url`.
        kind: "bool", "int", "number" (float), "decimal", "text", "choice", "texts" (list), "table" (texts by
        name). optional: None is a value too: the key is left out.
        choices: what a "choice" may be.
        lowest, highest: limits of a number, both allowed.
        expects, test: a further check.
    """

    name: str
    kind: str
    optional: bool = False
    choices: tuple[str, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    expects: str = ""
    test: Callable[[Any], bool] | None = None


_KINDS: Final[dict[object, str]] = {
    bool: "bool",
    int: "int",
    float: "number",
    Decimal: "decimal",
    str: "text",
    tuple[str, ...]: "texts",
    dict[str, str]: "table",
}


def _key(name: str, hint: Any) -> Key:
    parts = [one for one in get_args(hint) if one is not type(None)]
    optional = get_origin(hint) is not Literal and type(None) in get_args(hint)
    inner = parts[0] if optional else hint
    choices = tuple(str(one) for one in get_args(inner)) if get_origin(inner) is Literal else ()
    low, high = _LIMITS.get(name, (None, None))
    expects, test = _CHECKS.get(name, ("", None))
    return Key(
        name,
        "choice" if choices else _KINDS[inner],
        optional,
        choices,
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        expects,
        test,
    )


@cache
def sections() -> dict[str, tuple[type[Any], dict[str, Key]]]:
    """The tables of the file (the file itself is "") with their dataclass and keys, in the file's order."""
    found: dict[str, tuple[type[Any], dict[str, Key]]] = {"": (Settings, {})}
    hints = get_type_hints(Settings)
    for field in dataclasses.fields(Settings):
        hint = hints[field.name]
        if field.name == RULES:
            continue
        if dataclasses.is_dataclass(hint):
            inner = get_type_hints(hint)
            keys = {one.name: _key(f"{field.name}.{one.name}", inner[one.name]) for one in dataclasses.fields(hint)}
            found[field.name] = (hint, keys)  # pyright: ignore[reportArgumentType]
        else:
            found[""][1][field.name] = _key(field.name, hint)
    return found


@cache
def rule_keys() -> dict[str, Key]:
    """The keys of one table of `[[rules]]`."""
    hints = get_type_hints(SkuRule)
    names = {"pattern": str, "brand": str, **{name: hints[name] for name in PATTERN_FIELDS}}
    return {name: _key(f"{RULES}.{name}", hint) for name, hint in names.items()}


def all_names() -> list[str]:
    """Every dotted name, tables included, for *did you mean*."""
    names = ["version"]
    for table, (_, keys) in sections().items():
        names += [table] if table else []
        names += [key.name for key in keys.values()]
    return [*names, RULES, *(key.name for key in rule_keys().values())]
