"""Rounds of faults at the leader, and what they cost: nothing lost, nothing twice, nothing under an old lease."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.desks.world import Desk, ThreeDesks, three_desks
from tests.servers.postgresql import PostgreSql

FAULTS = ("kill", "freeze", "cut", "quit")
"""The process dies; it stands still and goes on later; nothing passes its cable any more; a person ends it."""
HANDOVER_S = 30.0
"""The longest that a shop may be without a leader."""
_SETTLE_S = 90.0
_CODES_A_ROUND = 6
"""Each desk types one in the middle of the fault, and one when all is whole again."""


@dataclass
class Round:
    """One fault. `seconds`: from the fault to the next lease; `at_work`: to the first request under it."""

    fault: str
    number: int
    seconds: float = 0.0
    at_work: float | None = None


@dataclass
class Result:
    """`lost`, `twice`, `stale`: one line for each finding."""

    rounds: list[Round] = field(default_factory=list[Round])
    lost: list[str] = field(default_factory=list[str])
    twice: list[str] = field(default_factory=list[str])
    stale: list[str] = field(default_factory=list[str])
    typed: dict[str, int] = field(default_factory=dict[str, int])
    requests: int = 0

    @property
    def slow(self) -> list[str]:
        return [
            f"round {place} ({one.fault}): {one.at_work or one.seconds:.1f} s"
            for place, one in enumerate(self.rounds)
            if (one.at_work or one.seconds) >= HANDOVER_S
        ]

    @property
    def bad(self) -> list[str]:
        return [*self.lost, *self.twice, *self.stale, *self.slow]


def run(
    rounds: int,
    seed: int,
    postgres: PostgreSql,
    *,
    haste: float = 1.0,
    fence: str = "",
    faults: Sequence[str] = FAULTS,
    brief: bool = False,
    until: float = float("inf"),
    told: Callable[[Round], None] = lambda _: None,
) -> Result:
    """Breaks the leader so many times, the faults in turn, while people go on working (`brief`: with fewer codes).

    Ends early at `until`, a monotonic moment. `told` hears of each round.
    """
    result = Result()
    with (
        tempfile.TemporaryDirectory(prefix="otimo-desks-") as folder,
        three_desks(Path(folder), postgres, seed, haste=haste, fence=fence) as world,
    ):
        world.warm_up(_CODES_A_ROUND)
        for place in range(rounds):
            if time.monotonic() > until:
                break
            result.rounds.append(_one(world, faults[place % len(faults)], haste, brief=brief))
            told(result.rounds[-1])
        _settle(world)
        result.lost, result.twice = world.busy.compare()
        result.twice += world.sent_twice()
        result.stale = [*world.under_old_leases(), *world.unsigned()]
        result.typed = world.typed_at
        result.requests = len(world.ears.heard())
        for one in result.rounds:
            began = [heard.left for heard in world.ears.heard() if heard.lease > one.number]
            if began:
                one.at_work = one.seconds + max(0.0, min(began) - _taken(world, one.number))
    return result


def _taken(world: ThreeDesks, number: int) -> float:
    return min((at for other, _, at in world.history() if other > number), default=0.0)


def _one(world: ThreeDesks, fault: str, haste: float, *, brief: bool) -> Round:
    """Work at all desks, the fault in the middle of it, more work, then all is whole again."""
    leader, number = world.leader()
    world.sell(_CODES_A_ROUND)
    world.change_everything()
    time.sleep(world.rng.random() * 2.0 / haste)  # somewhere in the leader's run
    began = time.time()
    _break(leader, fault)
    done = Round(fault, number)
    world.busy.act()
    world.type_codes()
    _, taken = world.led_after(number)
    done.seconds = taken - began
    time.sleep(world.rng.random() * 2.0 / haste)
    leader.thaw()
    if fault == "cut":
        leader.mend()
    if leader.process is None:
        leader.start()
    if not brief:
        world.type_codes()
    return done


def _break(leader: Desk, fault: str) -> None:
    if fault == "kill":
        leader.kill()
    elif fault == "quit":
        leader.end()
    elif fault == "freeze":
        leader.freeze()
    else:
        leader.cut()


def _settle(world: ThreeDesks) -> None:
    """Until both sides agree, or for too long."""
    ends = time.monotonic() + _SETTLE_S
    while time.monotonic() < ends:
        world.busy.take_orders()
        world.busy.write()
        time.sleep(2.0)
        if not any(world.busy.compare()):
            return
