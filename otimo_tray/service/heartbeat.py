"""The heartbeat of a shop: what it says, and how it is sent. Opt-in; counts and times, nobody's data.

The format is `resources/contracts.md`, part 9.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Final

from otimo_tray import __version__
from otimo_tray.domain.settings import CareSettings
from otimo_tray.domain.status import Status
from otimo_tray.service.report import condition

VERSION: Final = 1
_TIMEOUT_S: Final = (5.0, 10.0)


def public_id(profile_id: str) -> str:
    """What stands for a profile towards others: the same for ever, and tells nothing."""
    return hashlib.sha256(f"otimo-tray heartbeat {profile_id}".encode()).hexdigest()[:32]


def content(care: CareSettings, profile_id: str, status: Status, now: datetime) -> dict[str, Any]:
    """One heartbeat."""
    return {
        "version": VERSION,
        "program": __version__,
        "shop": care.shop,
        "id": public_id(profile_id),
        "at": now.isoformat(timespec="seconds"),
        "interval_s": care.heartbeat_interval_s,
        "condition": condition(status, None),
        "state": status.state.value,
        "trouble": None if status.trouble is None else status.trouble.code,
        "flows": {
            flow.value: {
                "enabled": one.enabled,
                "last_success": None if one.last_success is None else one.last_success.isoformat(timespec="seconds"),
                "trouble": None if one.trouble is None else one.trouble.code,
            }
            for flow, one in status.flows.items()
        },
        "waiting": {name: getattr(status.waiting, name) for name in status.waiting.__dataclass_fields__},
        "today": {
            f"{flow.value}.{name}": number for flow, one in status.flows.items() for name, number in one.today.items()
        },
    }


def send(url: str, beat: dict[str, Any]) -> None:
    """POSTs a heartbeat. Raises OSError when it didn't arrive (requests' errors are such), ValueError for a bad URL."""
    from requests.utils import get_environ_proxies

    from otimo_tray.web.address import parse
    from otimo_tray.web.sessions import LogIn, Sessions
    from otimo_tray.web.trust import OsTrustAdapter, os_roots

    base = parse(url.partition("?")[0])
    context = None if base.url.startswith("http://") else os_roots()
    with (
        Sessions(base.origin, lambda: OsTrustAdapter(context)).take() as session,
        session.post(
            url,
            data=json.dumps(beat).encode(),
            headers={"Content-Type": "application/json", "User-Agent": f"otimo-tray/{__version__}"},
            auth=LogIn(None),
            timeout=_TIMEOUT_S,
            allow_redirects=False,
            stream=True,
            proxies={} if base.loopback else get_environ_proxies(base.url),
        ) as answer,
    ):
        if answer.status_code >= 400:
            raise OSError(f"answer {answer.status_code}")
