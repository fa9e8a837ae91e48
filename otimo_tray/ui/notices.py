"""When the tray speaks up: only for what needs a person, once, summed up, and not while it may heal by itself.

The rules: nothing in the first seconds after a start or a wake; nothing for what heals itself (no connection, a busy
hub); nothing told or seen before; many things in one balloon, which leads to the most urgent; then silence for a
while, except for a cancelled order, whose parcel may be leaving right now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from otimo_tray.domain.status import State, Status, Trouble
from otimo_tray.sync.board import heals
from otimo_tray.ui.formats import number
from otimo_tray.ui.text import translate

QUIET_START = timedelta(seconds=15)
"""After a start and after a wake: what is found wrong then is often right again a moment later."""
GAP = timedelta(minutes=3)
"""A silence this long between two looks means that the PC slept."""
SNOOZE = timedelta(minutes=10)
KINDS = (
    ("cancelled_orders", "orders"),
    ("held", "problems"),
    ("first_run_orders", "orders"),
    ("problems", "problems"),
    ("invoices_proposed", "orders"),
    ("orders_waiting", "orders"),
)
"""What is told, the most urgent first, and the page where it can be handled. Codes to type and SKUs without De/Para are
everyday work: the badge says so, no balloon."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One balloon: the page that a click leads to, and what it says."""

    text: str
    place: str


class Notices:
    """Remembers what was told. `look` is called with every status."""

    def __init__(self) -> None:
        self._told: dict[str, int] = {}
        self._trouble = ""
        self._quiet_until: datetime | None = None
        self._snoozed_until: datetime | None = None
        self._last_look: datetime | None = None

    def look(self, status: Status, sentence: str, *, seen: bool = False) -> Notice | None:
        """Return what to say now, if anything.

        Args:
            sentence: the status's trouble in words.
            seen: the person has the window before them: what it shows counts as told.
        """
        now = status.at
        if self._last_look is None or now - self._last_look > GAP:
            self._quiet_until = now + QUIET_START
        self._last_look = now
        counts = {name: int(getattr(status.waiting, name)) for name, _ in KINDS}
        trouble = _for_a_person(status.trouble) if status.state in {State.ATTENTION, State.SETUP} else ""
        if seen:
            self._remember(counts, trouble)
            return None
        for name, count in counts.items():  # what was handled may be told again when it comes back
            self._told[name] = min(self._told.get(name, 0), count)
        if not trouble:
            self._trouble = ""
        if self._quiet_until is not None and now < self._quiet_until:
            return None
        grown = [(name, place) for name, place in KINDS if counts[name] > self._told.get(name, 0)]
        new_trouble = bool(trouble) and trouble != self._trouble
        if not grown and not new_trouble:
            return None
        urgent = bool(grown) and grown[0][0] == "cancelled_orders"
        if self._snoozed_until is not None and now < self._snoozed_until and not urgent:
            return None
        self._snoozed_until = now + SNOOZE
        self._remember(counts, trouble)
        words = [_words(name, counts[name]) for name, _ in grown]
        if new_trouble:
            words.append(sentence)
        return Notice("\n".join(words[:4]), grown[0][1] if grown else _place_of(trouble))

    def _remember(self, counts: dict[str, int], trouble: str) -> None:
        self._told = dict(counts)
        self._trouble = trouble


def _for_a_person(trouble: Trouble | None) -> str:
    """The code of a trouble that doesn't heal by itself; "" else."""
    return "" if trouble is None or heals(trouble.code) else trouble.code


def _place_of(code: str) -> str:
    """Credentials and settings are put right in the settings, the rest is explained on the panel."""
    return "settings" if code.startswith(("P-1", "C-4")) else "panel"


def _words(name: str, count: int) -> str:
    one, many = {
        "cancelled_orders": (
            translate("Notices", "pedido cancelado: não despache"),
            translate("Notices", "pedidos cancelados: não despache"),
        ),
        "held": (
            translate("Notices", "envio aguarda sua liberação"),
            translate("Notices", "envios aguardam sua liberação"),
        ),
        "first_run_orders": (
            translate("Notices", "pedido espera sua decisão"),
            translate("Notices", "pedidos esperam sua decisão"),
        ),
        "problems": (translate("Notices", "problema novo"), translate("Notices", "problemas")),
        "invoices_proposed": (
            translate("Notices", "nota a confirmar"),
            translate("Notices", "notas a confirmar"),
        ),
        "orders_waiting": (
            translate("Notices", "pedido parado, falta De/Para"),
            translate("Notices", "pedidos parados, falta De/Para"),
        ),
    }[name]
    return f"{number(count)} {one if count == 1 else many}"
