"""What monitoring reads of all shops at once (`otimo-tray status --all`): words and numbers, no one's data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from otimo_tray import __version__
from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import State, Status, Trouble
from otimo_tray.service.shop import Shop
from otimo_tray.sync.board import heals

LATE_S: Final = 1800.0
"""A flow that hasn't succeeded for so long (and for three of its intervals) needs somebody's look."""


def report(shops: Iterable[Shop], now: datetime, started: datetime) -> dict[str, Any]:
    """The answer: `condition` of the whole is that of its worst shop ("ok", "away", "attention")."""
    entries = [_entry(shop, now) for shop in shops]
    conditions = [entry["condition"] for entry in entries]
    worst = next((one for one in ("attention", "away") if one in conditions), "ok")
    counts = {one: conditions.count(one) for one in ("ok", "away", "attention")}
    return {
        "program": __version__,
        "at": now.isoformat(),
        "started": started.isoformat(),
        "condition": worst,
        "counts": counts,
        "late": sum(bool(entry["late"]) for entry in entries),
        "shops": entries,
    }


def _entry(shop: Shop, now: datetime) -> dict[str, Any]:
    opened, trouble = shop.opened, shop.trouble()
    status = None if opened is None else opened.engine.status()
    first = trouble or (status.trouble if status is not None else None)
    flows = {} if status is None else _flows(status)
    successes = [flow.last_success for flow in status.flows.values() if flow.last_success] if status else []
    return {
        "name": shop.name,
        "folder": str(shop.folder),
        "id": "" if opened is None else opened.profile_id,
        "condition": condition(status, trouble),
        "state": shop.state if status is None else status.state.value,
        "trouble": None if first is None else {"code": first.code, "params": _plain(first.params)},
        "flows": flows,
        "late": [] if status is None or opened is None else late(status, opened.settings(), shop.since, now),
        "waiting": {} if status is None else asdict(status.waiting),
        "last_cycle_age_s": None if not successes else max(0.0, (now - max(successes)).total_seconds()),
        "leader": None if opened is None else opened.leader(),
    }


def condition(status: Status | None, trouble: Trouble | None) -> str:
    """One word for a shop: "attention" a person is needed, "away" it heals by itself, "ok"."""
    if trouble is not None and not heals(trouble.code):
        return "attention"
    if status is not None and status.state in {State.SETUP, State.ATTENTION}:
        return "attention"
    if trouble is not None or (status is not None and status.state is State.AWAY):
        return "away"
    return "ok"


def late(status: Status, settings: Settings, since: datetime | None, now: datetime) -> list[str]:
    """Flows that haven't gone well for too long, by the shop's own intervals."""
    found: list[str] = []
    if status.state is State.PAUSED:
        return found
    for flow, one in status.flows.items():
        reference = max((moment for moment in (one.last_success, since) if moment is not None), default=None)
        if one.enabled and reference is not None:
            allowed = max(LATE_S, 3.0 * getattr(settings, flow.value).interval_s)
            if (now - reference).total_seconds() > allowed:
                found.append(flow.value)
    return found


def _flows(status: Status) -> dict[str, Any]:
    return {
        flow.value: {
            "enabled": one.enabled,
            "running": one.running,
            "last_success": None if one.last_success is None else one.last_success.isoformat(),
            "trouble": None if one.trouble is None else one.trouble.code,
        }
        for flow, one in status.flows.items()
    }


def _plain(params: dict[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, int | float) else str(value) for key, value in params.items()}
