"""Clear buyer data is kept: what a channel shows as `***` later on doesn't replace it (PRODUCT.md, *Orders*)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Final, cast

from otimo_tray.domain.orders import Order, Party

MASK: Final = "***"


def _is_clear(text: object) -> bool:
    return isinstance(text, str) and text.strip() != "" and MASK not in text


def _party(before: Party, now: Party) -> Party:
    kept = {
        entry.name: getattr(before, entry.name)
        for entry in fields(Party)
        if MASK in getattr(now, entry.name) and _is_clear(getattr(before, entry.name))
    }
    return replace(now, **kept) if kept else now


def _raw(before: Any, now: Any) -> Any:
    """The new JSON, with the old text wherever the new one is masked and the old one isn't."""
    if isinstance(now, str):
        return before if MASK in now and _is_clear(before) else now
    if isinstance(now, dict) and isinstance(before, dict):
        old = cast("dict[str, Any]", before)
        return {key: _raw(old.get(key), value) for key, value in cast("dict[str, Any]", now).items()}
    if isinstance(now, list) and isinstance(before, list):
        old_list, new_list = cast("list[Any]", before), cast("list[Any]", now)
        if len(old_list) == len(new_list):
            return [_raw(old, value) for old, value in zip(old_list, new_list, strict=True)]
    return cast("Any", now)


def unmasked(before: Order, now: Order) -> Order:
    """What the hub says now, with the clear buyer data we had. Lines that a thin answer lacks are kept too."""
    return replace(
        now,
        payer=_party(before.payer, now.payer),
        receiver=_party(before.receiver, now.receiver),
        items=now.items or before.items,
        raw=_raw(before.raw, now.raw),
    )
