"""Guards: what a person must see before it reaches the hub. They only hold; they never change a value.

| code | holds | what |
|---|---|---|
| G-201 | the reading | an empty full read |
| G-202 | the reading | a full read of half the usual size or less |
| G-203 | the reading | a full read with the very content of one before the last: a backup put back, an old export |
| G-211 | one price | it moves by more than `price_move_percent` |
| G-212 | one price | under its floor |
| G-213 | one price | a kit's first price |
| G-214 | one value | the SKU has a price or stock table at the hub |
| G-221 | the plan | the first sync ever |
| G-222 | what goes to zero | more than `zero_percent` of the mapped SKUs would |
| G-223 | what changes | more than `changes_percent` of all values of that kind change at once |
| G-224 | what changes | more than `far_prices_percent` of all prices move too far: columns may have shifted |

G-211, G-222 and for prices G-223 count what was let go within `MASS_WINDOW` before too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from otimo_tray.domain.plan import Kind, PlannedPush, PriceValue, value_from_text
from otimo_tray.domain.settings import GuardSettings

MASS_WINDOW: Final = timedelta(hours=24)
"""The plans of so long count together."""
RETURNED_ROWS: Final = 3
"""So many rows may be back at an earlier picture's values by an order that was returned."""


def judge_reading(
    previous_rows: int | None,
    rows: int,
    full: bool,
    settings: GuardSettings,
    *,
    seen_before: bool = False,
    changed: int | None = None,
) -> str | None:
    """G-201, G-202 or G-203 when a whole read must be held, else None. `previous_rows` counts the last read taken.

    `seen_before`: exactly this content was taken once, and another one since. A shop may well come back to where it was
    (a unit sold and returned): with fewer than `minimum_items` rows, or where no more than `RETURNED_ROWS` of them
    differ from the last read (`changed`; None = unknown), G-203 leaves it alone. An old file undoes all that happened.

    A change-only file may be of any size. "Half" is at most `half_read_percent` of the last read; that
    guard stays silent while the last read had fewer than `minimum_items` rows.
    """
    if not full:
        return None
    if rows <= 0:
        return "G-201"
    if seen_before and rows >= settings.minimum_items and (changed is None or changed > RETURNED_ROWS):
        return "G-203"
    if previous_rows is None or previous_rows < settings.minimum_items or rows >= previous_rows:
        return None
    return "G-202" if rows * 100 <= previous_rows * settings.half_read_percent else None


def price_moves_too_far(old: Decimal, new: Decimal, percent: int) -> bool:
    """Whether a price moves by more than `percent` per cent of the old one; an old price of zero sold nothing.

    A fall can't exceed 100 %: from there on a fall counts as the rise it would take to come back, so that a
    generous threshold still holds a price divided by 100.
    """
    if old <= 0:
        return False
    if abs(new - old) * 100 > old * percent:
        return True
    return percent >= 100 and old * 100 > new * (100 + percent)


def judge_push(
    push: PlannedPush,
    *,
    first_price_of_kit: bool,
    floor: Decimal | None,
    has_table: bool,
    settings: GuardSettings,
    first_sync: bool = False,
) -> str | None:
    """The guard that holds this one push, else None. A fall of stock is never held here: it protects the buyer.

    Args:
        first_price_of_kit: a SKU of several units or codes whose price we never sent before.
        floor: lowest effective price in BRL, None = none.
        has_table: the hub keeps a table of this kind (price or stock) for the SKU.
        first_sync: this plan is the first sync and was approved beforehand; moves away from whatever the hub
            held before us, and first prices of kits, are then what was approved. Floor and tables still hold.
    """
    if has_table:
        return "G-214"
    value = value_from_text(push.kind, push.value)
    if not isinstance(value, PriceValue):
        return None
    if floor is not None and value.effective < floor:
        return "G-212"
    if first_sync:
        return None
    if first_price_of_kit:
        return "G-213"
    if push.previous is None:
        return None
    previous = value_from_text(push.kind, push.previous)
    if isinstance(previous, PriceValue) and price_moves_too_far(
        previous.effective, value.effective, settings.price_move_percent
    ):
        return "G-211"
    return None


@dataclass(frozen=True, slots=True)
class PlanVerdict:
    """A judged plan.

    Attributes:
        pushes: all of them, in the same order, `guard` set on those held.
        held: guard → positions in `pushes`.
        params: guard → numbers for its sentence: count, mapped, percent, limit.
    """

    pushes: tuple[PlannedPush, ...]
    held: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    params: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    @property
    def free(self) -> list[PlannedPush]:
        """Those that may go now."""
        return [push for push in self.pushes if push.guard is None]


def _goes_to_zero(push: PlannedPush) -> bool:
    return push.kind == "stock" and push.value == "0" and push.previous != "0"


def _numbers(count: int, mapped: int, limit: int) -> dict[str, Any]:
    percent = count * 100 // mapped if mapped else 100
    return {"count": count, "mapped": mapped, "percent": percent, "limit": limit}


@dataclass(frozen=True, slots=True)
class Change:
    """A value that was let go not long ago; values as `domain.plan` writes them."""

    sku: str
    kind: Kind
    value: str
    previous: str | None


class _Recent:
    """What the plans before this one did to the SKUs that aren't in it; and where the prices of those in it began."""

    def __init__(self, recent: Sequence[Change], pushes: Sequence[PlannedPush]) -> None:
        first: dict[tuple[str, Kind], str] = {}
        last: dict[tuple[str, Kind], str] = {}
        for change in recent:
            if change.previous is not None:
                first.setdefault((change.sku, change.kind), change.previous)
                last[change.sku, change.kind] = change.value
        now = {(push.sku, push.kind) for push in pushes}
        moved = {key for key, value in last.items() if value != first[key] and key not in now}
        self.zeros = sum(1 for key in moved if key[1] == "stock" and last[key] == "0")
        self.prices = sum(1 for _, kind in moved if kind == "price")
        self._first = first

    def drifts_too_far(self, push: PlannedPush, percent: int) -> bool:
        """Whether a price has gone too far from where it began, in however many steps. Back to there is never far."""
        began = self._first.get((push.sku, push.kind)) if push.kind == "price" else None
        if began is None:
            return False
        old, new = value_from_text("price", began), value_from_text("price", push.value)
        return (
            isinstance(old, PriceValue)
            and isinstance(new, PriceValue)
            and price_moves_too_far(old.effective, new.effective, percent)
        )


def judge_plan(
    pushes: Sequence[PlannedPush],
    mapped: int,
    first_sync_approved: bool,
    settings: GuardSettings,
    *,
    first_sync: bool = False,
    recent: Sequence[Change] = (),
) -> PlanVerdict:
    """Judges a plan as a whole; `pushes` come with the guard of `judge_push` already set.

    A push held on its own keeps its guard, and counts in the masses: what looks wrong in a hundred rows
    looks wrong whoever holds them. Values never confirmed before (`previous` None) count as going to zero,
    but not as changes. Stock and price are counted apart: all prices changing is no half of anything. With
    fewer than `minimum_items` mapped SKUs only the first sync is held.

    Args:
        mapped: number of mapped SKUs, the base of all percentages.
        first_sync_approved: a person or the set-up file said yes to the first sync, now or long ago.
        first_sync: this very plan is that first sync: everything changes, so G-223 has nothing to say;
            G-222 has.
        recent: what was let go since `MASS_WINDOW` ago, or since a person last released a plan, oldest first. It counts
            with this plan, or a bad export that comes row by row would pass: SKUs gone to zero and changed prices
            beyond `minimum_items` of them (a few sold-out SKUs are a good day), and each price's move, which is
            measured from what it was at the beginning.
    """
    guards = [push.guard for push in pushes]
    before = _Recent(recent, pushes)
    for position, push in enumerate(pushes) if not first_sync else ():
        if guards[position] is None and before.drifts_too_far(push, settings.price_move_percent):
            guards[position] = "G-211"
    params: dict[str, dict[str, Any]] = {}

    def hold(guard: str, positions: Sequence[int]) -> None:
        for position in positions:
            guards[position] = guards[position] or guard

    if pushes and not first_sync_approved:
        params["G-221"] = _numbers(len(pushes), mapped, 0)
        hold("G-221", range(len(pushes)))
    elif mapped >= settings.minimum_items:
        zeros = [position for position, push in enumerate(pushes) if _goes_to_zero(push)]
        for gone in (len(zeros), len(zeros) + before.zeros):
            # Alone, or with those of the plans before, where that is more than a few.
            counts = gone == len(zeros) or gone > settings.minimum_items
            if zeros and counts and gone * 100 > mapped * settings.zero_percent:
                params["G-222"] = _numbers(gone, mapped, settings.zero_percent)
                hold("G-222", zeros)
                break
        for kind in () if first_sync else ("stock", "price"):
            changed = [
                position
                for position, push in enumerate(pushes)
                if push.kind == kind and push.previous is not None and push.value != push.previous
            ]
            # Stock changes by sales, and to hold what they lower would oversell: only one plan's changes count.
            all_changed = len(changed) + (before.prices if kind == "price" else 0)
            if all_changed <= settings.minimum_items:
                all_changed = len(changed)
            if changed and all_changed * 100 > mapped * settings.changes_percent:
                params.setdefault("G-223", _numbers(all_changed, mapped, settings.changes_percent))
                hold("G-223", changed)
        far = sum(1 for guard in guards if guard == "G-211")
        if far * 100 > mapped * settings.far_prices_percent:
            # One price too far is one price; many of them say that the columns are wrong, and then so is what looks
            # right beside them. A person sees all of it.
            params["G-224"] = _numbers(far, mapped, settings.far_prices_percent)
            hold("G-224", [position for position, push in enumerate(pushes) if push.value != push.previous])
    held: dict[str, list[int]] = {}
    judged: list[PlannedPush] = []
    for position, (push, guard) in enumerate(zip(pushes, guards, strict=True)):
        judged.append(push if push.guard == guard else replace(push, guard=guard))
        if guard is not None:
            held.setdefault(guard, []).append(position)
    return PlanVerdict(tuple(judged), held, {code: params[code] for code in params if code in held})
