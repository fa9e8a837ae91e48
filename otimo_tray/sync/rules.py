"""Rules for many SKUs at once: which SKUs a change of them concerns, and what it would do before it is made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final

from otimo_tray.domain.rule_book import RuleBook
from otimo_tray.domain.rules import PatternRule, SkuRule
from otimo_tray.domain.settings import Settings
from otimo_tray.sync.storage import Storage

FACT_PATTERNS: Final = "pattern_rules"
"""The pattern rules that the values were last computed with, as `rules_text` writes them."""
_BLOCK: Final = 5_000
_DECIMALS: Final = ("safety_percent", "markup_percent", "margin_percent", "floor")


def rules_text(rules: Sequence[PatternRule]) -> str:
    """Pattern rules as text, to be compared and read back; "" = none."""
    if not rules:
        return ""
    entries: list[dict[str, Any]] = []
    for entry in rules:
        told = {field.name: getattr(entry.rule, field.name) for field in fields(SkuRule)}
        said = {name: value for name, value in told.items() if value is not None and value is not False}
        entries.append({"pattern": entry.pattern, "brand": entry.brand, **said})
    return json.dumps(entries, default=str)


def rules_of(text: str | None) -> tuple[PatternRule, ...]:
    """Inverse of `rules_text`. Raises ValueError, TypeError or KeyError for what it never wrote."""
    found: list[PatternRule] = []
    entries: list[dict[str, Any]] = json.loads(text) if text else []
    for entry in entries:
        pattern, brand = str(entry.pop("pattern")), str(entry.pop("brand"))
        typed: dict[str, Any] = {name: _typed(name, value) for name, value in entry.items()}
        found.append(PatternRule(pattern, SkuRule(**typed), brand))
    return tuple(found)


def _typed(name: str, value: Any) -> Any:
    return Decimal(value) if name in _DECIMALS else value


def mark_changed_patterns(storage: Storage, settings: Settings) -> int:
    """Marks exactly the mapped SKUs for which changed pattern rules make a difference, whoever changed them.

    Costs one look at a fact while nothing changed. Answers how many SKUs were marked.
    """
    now, before = rules_text(settings.rules), storage.facts.get(FACT_PATTERNS) or ""
    if now == before:
        return 0
    try:
        old = rules_of(before)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        marks = [("all", "")]
    else:
        marks = [("sku", sku) for sku in concerned(storage, old, settings.rules)]
    with storage.batch():
        storage.values.mark_dirty(marks)
        storage.facts.set(FACT_PATTERNS, now)
    return len(marks)


def concerned(storage: Storage, old: Sequence[PatternRule], new: Sequence[PatternRule]) -> Iterator[str]:
    """Mapped SKUs that these two lists of rules give different numbers."""
    before, after = RuleBook(Settings(rules=tuple(old))), RuleBook(Settings(rules=tuple(new)))
    by_brand = any(entry.brand for entry in (*old, *new))
    for sku, brand in _branded(storage) if by_brand else ((sku, "") for sku in _mapped(storage)):
        if before.of(sku, brand=brand).rule != after.of(sku, brand=brand).rule:
            yield sku


@dataclass(frozen=True, slots=True)
class Fitting:
    """How many mapped SKUs fit a rule; `some` are the first of them."""

    count: int
    some: tuple[str, ...]


def fitting(storage: Storage, rule: PatternRule, limit: int = 20) -> Fitting:
    """The mapped SKUs that a pattern rule is for; for a window, in a worker."""
    some: list[str] = []
    count = 0
    for sku, brand in _branded(storage) if rule.brand else ((sku, "") for sku in _mapped(storage)):
        if rule.fits(sku, brand):
            count += 1
            if len(some) < limit:
                some.append(sku)
    return Fitting(count, tuple(some))


def brands(storage: Storage) -> list[str]:
    """The brands of mapped SKUs as the hub writes them, for a list to choose from."""
    return sorted({brand for _, brand in _branded(storage) if brand}, key=str.casefold)


def _mapped(storage: Storage) -> Iterator[str]:
    last = ""
    while block := storage.audit.mapped_after(last, _BLOCK):
        yield from block
        last = block[-1]


def _branded(storage: Storage) -> Iterator[tuple[str, str]]:
    """Each mapped SKU with its brand at the hub."""
    for block in storage.values.contexts(None):
        for context in block:
            yield context.mapping.sku, "" if context.product is None else context.product.brand
