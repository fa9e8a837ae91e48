"""What a reading comes to: the order it finds, the code it gives, the alarm it raises. In a worker, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from otimo_tray.domain.status import Flow
from otimo_tray.domain.tracking import CORREIOS, Carrier, looks_like_s10
from otimo_tray.errors import OtimoError
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.sync.decisions import type_tracking
from otimo_tray.ui.desk import Desk
from otimo_tray.ui.tracking.scan import Scan, is_key_form, read_scan


class Outcome(Enum):
    """What a reading came to."""

    ORDER = "order"
    """It found an order: the next reading is its code."""
    SAVED = "saved"
    WARNED = "warned"
    """The code waits for *usar assim mesmo*."""
    ALARM = "alarm"
    """The order is cancelled: must not be shipped."""
    SEVERAL = "several"
    """More than one order has this number."""
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """A reading's outcome.

    Attributes:
        parcel: the order concerned.
        tracking_id: the saved code, to be undone.
        warnings: codes of words.
        error: why it was refused.
    """

    outcome: Outcome
    scan: Scan
    parcel: ParcelRow | None = None
    tracking_id: int | None = None
    warnings: tuple[str, ...] = ()
    error: OtimoError | None = None
    volume: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person set: a fixed carrier, several volumes an order."""

    carrier: Carrier | None = None
    volumes: bool = False
    accept_warnings: bool = False


def read(desk: Desk, raw: str, current: ParcelRow | None, choice: Choice, now: datetime) -> Answer:
    """Deal with one reading.

    Args:
        current: the order chosen by the reading before, or in the list.
    """
    scan = read_scan(raw)
    found = _find(desk, scan, may_be_number=current is None or scan.key is not None or is_key_form(scan.text))
    if current is not None and not found and scan.key is None:
        # An order's own number scanned again means the order, not a code; so does any other order's number.
        found = _find(desk, scan, may_be_number=True) if len(scan.code) != 13 or not looks_like_s10(scan.code) else []
    if len(found) > 1:
        return Answer(Outcome.SEVERAL, scan, found[0])
    if found:
        return Answer(Outcome.ALARM if found[0].cancelled else Outcome.ORDER, scan, found[0])
    if current is None or scan.key is not None:
        return Answer(Outcome.UNKNOWN, scan, current)
    return give(desk, scan, current, choice, now)


def give(desk: Desk, scan: Scan, parcel: ParcelRow, choice: Choice, now: datetime) -> Answer:
    """Give a code to an order: durable when this returns."""
    fresh = desk.reader.tracking.parcel(parcel.hub_id) or parcel
    volume = len(fresh.codes) + 1 if choice.volumes and fresh.codes else 1
    carrier = choice.carrier or propose_carrier(fresh, scan.code, desk.storage.trackings.carriers())
    method = fresh.method if fresh.company and carrier.name.casefold() in fresh.company.casefold() else ""
    try:
        row, warnings = type_tracking(
            desk.storage,
            parcel.hub_id,
            scan.code,
            carrier,
            now,
            method=method,
            volume=volume,
            accept_warnings=choice.accept_warnings,
        )
    except OtimoError as error:
        cancelled = error.code == "T-606"
        return Answer(Outcome.ALARM if cancelled else Outcome.REFUSED, scan, parcel, error=error)
    if row is None:
        return Answer(Outcome.WARNED, scan, parcel, warnings=tuple(warnings))
    desk.engine.wake(Flow.TRACKING)
    return Answer(Outcome.SAVED, scan, parcel, row.id, tuple(warnings), volume=volume)


def propose_carrier(parcel: ParcelRow, code: str, carriers: Sequence[Carrier]) -> Carrier:
    """Return the carrier of a parcel: the channel's own data first, then the code's form."""
    company = parcel.company.strip()
    if company:
        for carrier in carriers:
            if carrier.name.casefold() in company.casefold() or company.casefold() in carrier.name.casefold():
                return carrier
        return Carrier(company, "", parcel.method)
    return (
        next((c for c in carriers if c.name == CORREIOS.name), CORREIOS) if looks_like_s10(code) else _plain(carriers)
    )


def _plain(carriers: Sequence[Carrier]) -> Carrier:
    return carriers[0] if carriers else CORREIOS


def _find(desk: Desk, scan: Scan, *, may_be_number: bool) -> list[ParcelRow]:
    reader = desk.reader.tracking
    if scan.key is not None:
        return reader.scanned(scan.key)
    if may_be_number:
        for number in scan.numbers:
            found = reader.scanned(number)
            if found:
                return found
    return []
