"""What a reading comes to: the order it finds, the code it gives, the alarm it raises. In a worker, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from otimo_tray.domain.carriers import Carriers
from otimo_tray.domain.desks import Act
from otimo_tray.domain.labels import Kind, Scan, is_key_form, read_scan
from otimo_tray.domain.status import Flow
from otimo_tray.domain.tracking import Carrier
from otimo_tray.errors import ItemError, OtimoError
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.sync.decisions import type_tracking, typed_elsewhere
from otimo_tray.ui.desk import Desk


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
    CARRIER = "carrier"
    """Nothing says who carries it: the person chooses, and scans again."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """A reading's outcome.

    Attributes:
        parcel: the order concerned.
        tracking_id: the saved code, to be undone.
        warnings: codes of words.
        error: why it was refused.
        used_by: the order that has this code already.
        carrier: whom it was saved for.
        typed: another person's code of a moment ago that this one would replace.
    """

    outcome: Outcome
    scan: Scan
    parcel: ParcelRow | None = None
    tracking_id: int | None = None
    warnings: tuple[str, ...] = ()
    error: OtimoError | None = None
    volume: int = 1
    used_by: ParcelRow | None = None
    carrier: str = ""
    typed: Act | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person set: a fixed carrier, several volumes an order."""

    carrier: Carrier | None = None
    volumes: bool = False
    accept_warnings: bool = False


def read(desk: Desk, raw: str, current: ParcelRow | None, choice: Choice, now: datetime) -> Answer:
    """Deal with one reading.

    An order's number or its NF-e key always means the order, also while another one waits for its code. With an order
    chosen all else is its code; without one, the code of a parcel that has one shows that parcel, and raises the alarm
    when it is cancelled.

    Args:
        current: the order chosen by the reading before, or in the list.
    """
    scan = read_scan(raw)
    found = _find(desk, scan)
    if not found and (current is None or _alarming(desk, scan)):
        found = desk.reader.tracking.with_code(scan.code)
    if len(found) > 1:
        return Answer(Outcome.SEVERAL, scan, found[0])
    if found:
        return Answer(Outcome.ALARM if found[0].cancelled else Outcome.ORDER, scan, found[0])
    if current is None or scan.key is not None:
        return Answer(Outcome.UNKNOWN, scan, current)
    answer = give(desk, scan, current, choice, now)
    if answer.outcome is Outcome.SAVED:
        desk.engine.wake(Flow.TRACKING)
    return answer


def give(desk: Desk, scan: Scan, parcel: ParcelRow, choice: Choice, now: datetime) -> Answer:
    """Give a code to an order: durable when this returns. That it goes out at once is the caller's matter."""
    fresh = desk.reader.tracking.parcel(parcel.hub_id) or parcel
    volume = _volume(fresh, scan.code) if choice.volumes else 1
    if choice.carrier is not None:
        carrier, method = choice.carrier, ""
    else:
        carriers = Carriers(desk.storage.trackings.carriers())
        proposed = carriers.proposed(scan.code, fresh.company, fresh.method)
        if proposed is None:
            return Answer(Outcome.CARRIER, scan, parcel, error=ItemError("T-627", order=parcel.name, code=scan.code))
        carrier, method = proposed
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
        used_by = next((other for other in desk.reader.tracking.with_code(scan.code)), None)
        typed = typed_elsewhere(desk.storage, parcel.hub_id, scan.code, now, volume=volume)
        return Answer(Outcome.WARNED, scan, parcel, warnings=tuple(warnings), used_by=used_by, typed=typed)
    return Answer(Outcome.SAVED, scan, parcel, row.id, tuple(warnings), volume=volume, carrier=carrier.name)


def _volume(parcel: ParcelRow, code: str) -> int:
    """The next free volume; a code that the parcel has already (a scanner's double reading) keeps its own."""
    own = next((typed.volume for typed in parcel.codes if typed.code == code), None)
    return own or max((typed.volume for typed in parcel.codes), default=0) + 1


def _find(desk: Desk, scan: Scan) -> list[ParcelRow]:
    """The orders that a reading names by number or key."""
    reader = desk.reader.tracking
    if scan.key is not None:
        return reader.scanned(scan.key)
    if scan.kind is Kind.S10 or is_key_form(scan.text):
        return []
    for number in scan.numbers:
        found = reader.scanned(number)
        if found:
            return found
    return []


def _alarming(desk: Desk, scan: Scan) -> bool:
    """Whether the parcel in hand is one that must not leave: its code is known, and its order cancelled."""
    return any(parcel.cancelled for parcel in desk.reader.tracking.with_code(scan.code))
