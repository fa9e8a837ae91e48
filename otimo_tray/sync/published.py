"""The status as the leading desk publishes it for the others: JSON of `domain.status.Status`, tolerant when read."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Final

from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, Leader, Progress, State, Status, Trouble, Waiting

VERSION: Final = 1
_NO_TIME: Final = datetime.min.replace(tzinfo=UTC)


def status_text(status: Status) -> str:
    """The status as JSON text; parameters of troubles that JSON has no type for become text."""
    return json.dumps({"version": VERSION, **asdict(status)}, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def comparable(status: Status) -> Status:
    """The status without what only time changes: two that are equal then say the same to a person."""
    flows = {
        flow: replace(entry, next_run=None if entry.next_run is None else _rounded(entry.next_run))
        for flow, entry in status.flows.items()
    }
    return replace(status, at=_NO_TIME, flows=flows)


def _rounded(moment: datetime) -> datetime:
    """To ten seconds: a timer's next moment is computed from two clocks and trembles."""
    return moment.fromtimestamp(round(moment.timestamp() / 10) * 10, moment.tzinfo)


def read_status(text: str | None) -> Status | None:
    """Inverse of `status_text`; None for what isn't one, or is of a later version."""
    try:
        found: Any = json.loads(text) if text else None
        if found is None or found["version"] != VERSION:
            return None
        flows = {Flow(name): _flow(entry) for name, entry in found["flows"].items()}
        return Status(
            State(found["state"]),
            datetime.fromisoformat(found["at"]),
            {flow: flows[flow] for flow in ALL_FLOWS},
            Waiting(**{name: int(number) for name, number in found["waiting"].items()}),
            _moment(found["paused_until"]),
            _trouble(found["trouble"]),
            _moment(found["oldest_unsent"]),
            _leader(found["leader"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _flow(entry: Any) -> FlowStatus:
    progress = entry["progress"]
    return FlowStatus(
        Flow(entry["flow"]),
        bool(entry["enabled"]),
        bool(entry["running"]),
        _moment(entry["last_success"]),
        _moment(entry["last_run"]),
        _moment(entry["next_run"]),
        _trouble(entry["trouble"]),
        None if progress is None else Progress(progress["done"], progress["total"], progress["seconds_left"]),
        {str(name): int(number) for name, number in entry["today"].items()},
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _trouble(found: Any) -> Trouble | None:
    return None if found is None else Trouble(str(found["code"]), dict(found["params"]))


def _leader(found: Any) -> Leader | None:
    return None if found is None else Leader(found["desk"], found["person"], _moment(found["since"]), False)
