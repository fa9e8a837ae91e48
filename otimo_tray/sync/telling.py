"""The status between desks: the leader publishes it, the others read and show it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from otimo_tray.domain.status import FlowStatus, Leader, State, Status, Trouble
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock
from otimo_tray.sync.asking import Ring
from otimo_tray.sync.fence import Holder
from otimo_tray.sync.published import comparable, read_status, status_text
from otimo_tray.sync.storage import Storage

FACT_STATUS: Final = "status"
PUBLISH_S: Final = 1.0
"""The status is published at most so often, and only when it says something else."""
NOBODY_S: Final = 40.0
"""So long without a leader is no handover any more."""


class Telling:
    """Used by the attendant's thread; `known` may be read, and `hear` called, from any thread."""

    def __init__(self, storage: Storage, ring: Ring, clock: Clock) -> None:
        self.known: Status | None = None
        """What the leader last said, whichever desk it was."""
        self._storage, self._ring, self._clock = storage, ring, clock
        self._told = True
        self._said: Status | None = None
        self._said_at: float | None = None

    def hear(self) -> None:
        """The leader may have said something."""
        self._told = True

    def begin(self) -> None:
        """This desk leads from now on: whatever was said before, it says it anew."""
        self._said, self._said_at = None, None

    def wait(self) -> float:
        """Seconds until the leader may say something again."""
        if self._said_at is None:
            return 0.0
        return max(0.0, PUBLISH_S - (self._clock.monotonic() - self._said_at))

    def publish(self, storage: Storage, status: Status) -> None:
        """Says what changed, under the term that `storage` carries. Raises StoreAway, LeaseLost."""
        said = comparable(status)
        if said == self._said:
            return
        with storage.batch():
            storage.facts.set(FACT_STATUS, status_text(status))
            self._ring("status", storage)
        self._said, self._said_at, self.known = said, self._clock.monotonic(), status

    def read(self) -> bool:
        """Reads what the leader said; True when it is something else. Raises StoreAway."""
        if not self._told:
            return False
        self._told = False
        try:
            found = read_status(self._storage.facts.get(FACT_STATUS))
        except BaseException:
            self._told = True
            raise
        if found is None or found == self.known:
            return False
        self.known = found
        return True


def shown_at_a_desk(
    known: Status, holder: Holder | None, trouble: OtimoError | None, missing: Trouble | None, nobody_for: float
) -> Status:
    """What a desk shows that doesn't lead.

    Args:
        known: what the leader last said.
        holder: who leads; None = nobody, for `nobody_for` seconds.
        trouble: why the server isn't reached, or why this desk couldn't lead.
        missing: what this desk lacks to lead.
    """
    if holder is None:
        status = replace(known, flows={flow: _resting(entry) for flow, entry in known.flows.items()}, leader=None)
    elif known.leader is not None and known.leader.desk == holder.desk:
        status = replace(known, leader=replace(known.leader, here=False))
    else:
        status = replace(known, leader=Leader(holder.desk, holder.person, None, here=False))
    if trouble is not None:
        return replace(status, state=State.AWAY, trouble=Trouble(trouble.code, trouble.params))
    if holder is None and nobody_for > NOBODY_S:
        lacking = missing or Trouble("L-351")
        return replace(status, state=State.AWAY if missing is None else State.SETUP, trouble=lacking)
    return status


def _resting(entry: FlowStatus) -> FlowStatus:
    """Nobody runs it now."""
    return replace(entry, running=False, progress=None, next_run=None)
