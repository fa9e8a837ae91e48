"""When a flow has failed for so long that its owner is written to, and when that is over. Pure; remembered as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from otimo_tray.domain.status import State, Status, Trouble

SETUP = "setup"
"""The "flow" of what must be there before any flow can run."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What is known of the failing flows.

    Attributes:
        since: flow → when it was first found failing. told: since when the owner knows of the incident; None = not.
    """

    since: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    told: datetime | None = None

    def dumps(self) -> str:
        """As text for a fact; "" when there is nothing."""
        if not self.since and self.told is None:
            return ""
        told = None if self.told is None else self.told.isoformat()
        return json.dumps({"since": {flow: at.isoformat() for flow, at in self.since.items()}, "told": told})

    @classmethod
    def loads(cls, text: str | None) -> Incident:
        """What `dumps` wrote; anything else is no incident."""
        try:
            found = cast("dict[str, Any]", json.loads(text or "{}"))
            since = {str(flow): datetime.fromisoformat(at) for flow, at in found.get("since", {}).items()}
            told = datetime.fromisoformat(found["told"]) if found.get("told") else None
        except (ValueError, TypeError, AttributeError, KeyError):
            return cls()
        return cls(since, told)


Word = Literal["failed", "over"]


def failing(status: Status) -> dict[str, Trouble]:
    """The flows that fail now, and why; under `SETUP` what keeps them all from running."""
    found = {flow.value: one.trouble for flow, one in status.flows.items() if one.enabled and one.trouble is not None}
    whole = status.trouble if status.state is State.SETUP else None
    return {SETUP: whole, **found} if whole is not None else found


def step(
    known: Incident, now_failing: Mapping[str, Trouble], now: datetime, after: timedelta
) -> tuple[Incident, Word | None]:
    """What is known from now on, and what is to be told: once when a flow has failed for `after`, once when none does.

    A clock set back makes nothing older: a moment that lies ahead counts as now.
    """
    since = {flow: min(known.since.get(flow, now), now) for flow in now_failing}
    if known.told is None:
        due = any(now - at >= after for at in since.values())
        return Incident(since, now if due else None), "failed" if due else None
    if since:
        return Incident(since, known.told), None
    return Incident(), "over"
