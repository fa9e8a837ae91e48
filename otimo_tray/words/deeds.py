"""A deed of the book of acts in words, for windows and command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, cast

from otimo_tray.domain.desks import Act
from otimo_tray.words import phrase


def deed_text(act: Act, language: str, *, zone: tzinfo | None = None) -> str:
    """`De/Para 123 → 456 × 2`: what was done, without who and when."""
    if act.what != "act.rule":
        return phrase(act.what, act.params, language, zone=zone)
    rule = rule_text(cast("Mapping[str, Any]", act.params.get("after") or {}), language)
    return phrase("act.rule", {"rule": rule}, language) if rule else phrase("act.rule_gone", None, language)


def rule_text(rule: Mapping[str, Any], language: str) -> str:
    """What a SKU's own rule says, as stored: `segurança 2; venda parada`; empty for one that says nothing."""
    told = [(f"rule.{name}", value) for name, value in rule.items() if value not in (None, False, "")]
    said = [(code, phrase(code, {"value": value}, language)) for code, value in told]
    return "; ".join(text for code, text in said if text != code)
