"""Break everything in turn for a bounded time and print one table: what was tried, lost and twice."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import random
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, cast

from tests.faults import damage, kill, load, loop, network, second_pc, soak, starts, suites
from tests.faults.rows import Row, as_json, as_text

KILLS = 200
SOAK_DAYS = 30
_LOOP_STRIDE_BELOW = 10.0
"""With fewer minutes the fault loop takes every third statement of the database."""

Part = Callable[[int, float, float], list[Row]]
"""Gets seed, the moment (monotonic) its share of the time is over, and the minutes of the whole run."""


def _loop(_seed: int, until: float, minutes: float) -> list[Row]:
    return loop.run(until, stride=1 if minutes >= _LOOP_STRIDE_BELOW else 3)


def _fuzz(seed: int, until: float, _minutes: float) -> list[Row]:
    """The fuzzing of every reader, where this checkout has it: `tests.fuzz.run(seconds, seed)`."""
    if importlib.util.find_spec("tests.fuzz") is None:
        return []
    run = getattr(importlib.import_module("tests.fuzz"), "run", None)
    if run is None:
        return []
    seconds = max(5.0, until - time.monotonic())
    return [_row(given, seed) for given in cast("Sequence[object]", run(seconds, seed))]


def _row(given: object, seed: int) -> Row:
    """A row of ours from an object or mapping with the same five fields."""

    def field(name: str) -> Any:
        return cast("dict[str, Any]", given).get(name) if isinstance(given, dict) else getattr(given, name, None)

    tried, lost, twice = (int(field(name) or 0) for name in ("tried", "lost", "twice"))
    told = [str(line) for line in cast("Sequence[object]", field("told") or ())]
    seconds = float(field("seconds") or 0.0)
    return Row(str(field("what")), tried, lost, twice, int(field("seed") or seed), seconds, told)


#: (name, share of the time it may take, what runs it); in this order, so that the short ones come first.
PARTS: tuple[tuple[str, float, Part], ...] = (
    ("starts", 0.05, lambda seed, _until, _minutes: [starts.run(20, seed)]),
    ("second-pc", 0.02, lambda seed, _until, _minutes: [second_pc.run(seed)]),
    ("network", 0.06, lambda seed, until, _minutes: network.run(seed, until=until)),
    ("store", 0.06, lambda seed, _until, _minutes: damage.run(seed)),
    ("suites", 0.08, lambda _seed, until, _minutes: suites.run(until=until)),
    ("load", 0.10, lambda seed, _until, _minutes: load.run(seed)),
    ("loop", 0.18, _loop),
    ("soak", 0.18, lambda seed, until, _minutes: [soak.run(SOAK_DAYS, seed, until=until)]),
    ("kill", 0.32, lambda seed, until, _minutes: [kill.run_both(KILLS, seed, until=until)]),
    ("fuzz", 0.12, _fuzz),
)


def main(arguments: Sequence[str]) -> int:
    """The table goes to standard output, progress to standard error. 1 when anything was lost or came twice."""
    parser = argparse.ArgumentParser(prog="python3 installer/dev.py faults", description=__doc__)
    parser.add_argument("--seed", type=int, help="repeats a run (random; printed)")
    parser.add_argument("--minutes", type=float, default=15.0, help="how long at most, about (15)")
    parser.add_argument("--json", action="store_true", help="print a list of rows as JSON")
    names = [name for name, _, _ in PARTS]
    parser.add_argument("--only", action="append", choices=names, help="this part alone")
    options = parser.parse_args(arguments)
    seed = random.SystemRandom().randrange(1, 1_000_000) if options.seed is None else options.seed
    started = time.monotonic()
    end = started + options.minutes * 60
    sys.stderr.write(f"seed {seed}\n")
    rows: list[Row] = []
    chosen = [part for part in PARTS if not options.only or part[0] in options.only]
    for place, (name, _, run) in enumerate(chosen):
        # A part that ends early leaves its time to those after it.
        left = sum(share for _, share, _ in chosen[place:])
        until = time.monotonic() + (end - time.monotonic()) * chosen[place][1] / left
        found = run(seed, until, options.minutes)
        rows += found
        sys.stderr.write(f"{time.monotonic() - started:6.1f} s  {name}: {sum(row.tried for row in found)} tried\n")
    sys.stdout.write(as_json(rows) if options.json else as_text(rows))
    return int(any(row.bad for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
