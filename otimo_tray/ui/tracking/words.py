"""Columns, tabs and states of the tracking list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.formats import DASH, due_day, near_letters, near_moment, parse_moment
from otimo_tray.ui.look import Tone
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.text import translate

Title = Callable[[str, dict[str, object]], str]


def tabs() -> list[tuple[str, str]]:
    """Return the tabs in order."""
    return [
        ("waiting", translate("Tracking", "Aguardando código")),
        ("late", translate("Tracking", "Atrasados")),
        ("moving", translate("Tracking", "Digitados")),
        ("problem", translate("Tracking", "Com problema")),
        ("all", translate("Tracking", "Todos")),
    ]


def is_waiting(row: ParcelRow) -> bool:
    """Tell whether a code must still be given."""
    return row.is_waiting


def is_late(row: ParcelRow, now: datetime) -> bool:
    """Tell whether it should have left already."""
    due = parse_moment(row.expected_send)
    return is_waiting(row) and due is not None and due < now


def has_problem(row: ParcelRow) -> bool:
    """Tell whether a person must look at it."""
    return row.cancelled or any(code.state == TrackingState.PROBLEM for code in row.codes)


def mask(tab: str, now: Callable[[], datetime]) -> Callable[[Sequence[ParcelRow]], bytes]:
    """Return the rows of a tab."""
    return lambda rows: bytes(map(_tests(now())[tab], rows))


def _tests(at: datetime) -> dict[str, Callable[[ParcelRow], bool]]:
    return {
        "waiting": lambda row: is_waiting(row) or row.cancelled,
        "late": lambda row: is_late(row, at),
        "moving": lambda row: bool(row.codes or row.hub_code),
        "problem": has_problem,
        "all": lambda row: True,
    }


def counts(rows: Sequence[ParcelRow], now: datetime) -> dict[str, int]:
    """Return how many rows each tab holds."""
    return {tab: sum(map(test, rows)) for tab, test in _tests(now).items()}


def change(known: Mapping[str, int], before: ParcelRow, after: ParcelRow, now: datetime) -> dict[str, int]:
    """Return the counts after one row became another."""
    return {tab: known.get(tab, 0) - test(before) + test(after) for tab, test in _tests(now).items()}


def codes_text(row: ParcelRow) -> str:
    """Return the codes of all volumes."""
    return ", ".join(code.code for code in row.codes) or row.hub_code


def state_words(row: ParcelRow, now: datetime, zone: tzinfo, title: Title) -> tuple[str, Tone | None]:
    """Return sign and words of a parcel's state: what really happened, no more."""
    if row.cancelled:
        return translate("Tracking", "✖ NÃO DESPACHAR: cancelado"), Tone.BAD
    if not row.codes:
        if row.hub_code:
            return translate("Tracking", "✓ código já está no Plugg.to"), Tone.QUIET
        if is_late(row, now):
            return translate("Tracking", "▲ atrasado, aguarda código"), Tone.WARN
        return translate("Tracking", "○ aguardando código"), None
    worst = min(row.codes, key=lambda code: _ORDER[TrackingState(code.state)])
    moment = parse_moment(worst.confirmed_at or worst.sent_at or worst.typed_at)
    time = near_moment(moment, now, zone) if moment is not None else ""
    if worst.state == TrackingState.PROBLEM:
        reason = title(worst.error_code, dict(worst.error_params)) if worst.error_code else ""
        return translate("Tracking", "▲ {reason}").format(reason=reason), Tone.BAD
    if worst.state == TrackingState.CONFIRMED:
        return translate("Tracking", "✓ confirmado {time}").format(time=time), Tone.GOOD
    if worst.state == TrackingState.SENT:
        return translate("Tracking", "→ transmitido {time}").format(time=time), Tone.NOTE
    if worst.error_code:
        return "● " + title(worst.error_code, dict(worst.error_params)), Tone.NOTE
    return translate("Tracking", "● digitado {time}").format(time=time), Tone.NOTE


_ORDER = {
    TrackingState.PROBLEM: 0,
    TrackingState.TYPED: 1,
    TrackingState.SENT: 2,
    TrackingState.CONFIRMED: 3,
    TrackingState.REPLACED: 4,
}


def search_text(row: ParcelRow) -> str:
    """Return what the search looks through."""
    return (
        f"{row.original_id} {row.hub_id} {row.buyer} {row.channel} {row.invoice_number} {row.company} {codes_text(row)}"
    )


def columns(now: Callable[[], datetime], zone: tzinfo, title: Title) -> list[Column[ParcelRow]]:
    """Return the list's columns."""

    def due(row: ParcelRow) -> str:
        moment = parse_moment(row.expected_send)
        return DASH if moment is None else due_day(moment, now(), zone)

    def carrier(row: ParcelRow) -> str:
        if row.codes:
            return row.codes[0].carrier
        return " ".join(part for part in (row.company, row.method) if part) or DASH

    return [
        Column(
            "due",
            translate("Tracking", "Despachar até"),
            due,
            near_letters(),
            sort=lambda row: row.expected_send or "9",
            tone=lambda row: Tone.WARN if is_late(row, now()) else None,
        ),
        Column("channel", translate("Tracking", "Canal"), lambda row: row.channel, 13),
        Column("order", translate("Tracking", "Pedido"), lambda row: row.original_id or row.hub_id, 18, code=True),
        Column(
            "invoice", translate("Tracking", "Nota"), lambda row: row.invoice_number or DASH, 8, right=True, code=True
        ),
        Column("buyer", translate("Tracking", "Comprador"), lambda row: row.buyer, 0),
        Column("carrier", translate("Tracking", "Transportadora"), carrier, 16),
        Column("code", translate("Tracking", "Código de rastreio"), codes_text, 20, code=True),
        Column(
            "state",
            translate("Tracking", "Situação"),
            lambda row: state_words(row, now(), zone, title)[0],
            28,
            tone=lambda row: state_words(row, now(), zone, title)[1],
            copy=lambda row: state_words(row, now(), zone, title)[0].partition(" ")[2],
            tip=lambda row: state_words(row, now(), zone, title)[0],
        ),
        Column("key", translate("Tracking", "Chave da nota"), lambda row: row.invoice_key, 46, code=True, hidden=True),
    ]
