"""Whether what the hub shows is what it confirmed to us, or what known sales and returns make of that."""

from __future__ import annotations

from dataclasses import dataclass

from otimo_tray.domain.plan import Kind

FEWER = "S-331"
"""Fewer units than known sales explain: a sale not seen yet, or a change in the hub's panel."""
EDITED = "S-332"
"""Nothing of ours and no sale makes such a value: somebody may have edited it in the hub's panel."""
CODES = (FEWER, EDITED)


@dataclass(frozen=True, slots=True)
class Movement:
    """Units of a SKU since its last confirmed push: `sold` by orders seen, `back` by orders cancelled."""

    sold: int = 0
    back: int = 0


def divergence(kind: Kind, confirmed: str, found: str, moved: Movement, reserved: int | None) -> str | None:
    """The code of a divergence, None where there is none; values as `domain.plan` writes them.

    A hub that lowers its stock itself shows any number between confirmed − sold and confirmed + back; one that
    publishes net of its own reservation shows those `reserved` units less. A price moves by nobody's hand but a
    person's.
    """
    if found == confirmed:
        return None
    if kind == "price":
        return EDITED
    shown, expected = int(found), int(confirmed)
    lowest, highest = expected - moved.sold, expected + moved.back
    if any(lowest <= number <= highest for number in (shown, shown + max(reserved or 0, 0))):
        return None
    return FEWER if shown < lowest else EDITED
