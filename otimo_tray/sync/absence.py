"""When the program was away (switched off, or the PC slept), so that it can say what happened meanwhile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from otimo_tray.domain.status import ALL_FLOWS
from otimo_tray.sync.storage import Facts, Storage

FACT_ABSENCE: Final = "absence"
"""JSON: `since`, `until` (ISO), `why` ("off" or "slept")."""
FACT_ABSENCE_READ: Final = "absence_read"
"""`until` of the absence a person has taken note of."""
SHORTEST: Final = timedelta(minutes=15)
"""Less is no news: a cycle or two."""
Why = Literal["off", "slept"]


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from `since` until `until`, both aware."""

    since: datetime
    until: datetime
    why: Why


def note(facts: Facts, since: datetime, until: datetime, why: Why) -> bool:
    """Remembers an absence; False (and nothing written) when it was too short to be told."""
    if until - since < SHORTEST:
        return False
    facts.set(FACT_ABSENCE, json.dumps({"since": since.isoformat(), "until": until.isoformat(), "why": why}))
    return True


def note_start(storage: Storage, now: datetime) -> bool:
    """At a start: the ledger's last run says until when the program worked before."""
    ends = [run.ended_at or run.started_at for flow in ALL_FLOWS if (run := storage.runs.last(flow)) is not None]
    return bool(ends) and note(storage.facts, max(ends), now, "off")


def read_absence(text: str | None) -> Absence | None:
    """The absence of a fact's text; None when there is none."""
    try:
        found: Any = json.loads(text) if text else None
        if found is None:
            return None
        why: Why = "slept" if found["why"] == "slept" else "off"
        return Absence(datetime.fromisoformat(found["since"]), datetime.fromisoformat(found["until"]), why)
    except (ValueError, KeyError, TypeError):
        return None


def mark_read(facts: Facts, absence: Absence) -> None:
    """A person has taken note of it."""
    facts.set(FACT_ABSENCE_READ, absence.until.isoformat())
