"""What every flow works with: the ports, the settings and the ways to report, in one value."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Flow, Progress
from otimo_tray.ports import Clock, Erp, Hub
from otimo_tray.sync.engine import EventKind
from otimo_tray.sync.storage import Storage


def _no_event(kind: EventKind) -> None:
    del kind


def _no_progress(flow: Flow, progress: Progress | None) -> None:
    del flow, progress


@dataclass(frozen=True, slots=True)
class FlowContext:
    """Attributes:
    stop: set when the program ends or the person cancels; long work looks at it between two items.
    dry_run: read and plan, but write nothing to hub or ERP (the storage is then a throw-away copy).
    """

    storage: Storage
    hub: Hub
    erp: Erp
    settings: Settings
    clock: Clock
    stop: threading.Event = field(default_factory=threading.Event)
    emit: Callable[[EventKind], None] = _no_event
    progress: Callable[[Flow, Progress | None], None] = _no_progress
    dry_run: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone (four in Brazil)."""
        return ZoneInfo(self.settings.shop.time_zone)
