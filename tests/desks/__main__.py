"""`dev.py desks`: breaks the leader of three desks many times and prints one table; 1 when anything was lost."""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys
import time
from collections.abc import Sequence

from tests.desks.rounds import FAULTS, HANDOVER_S, Result, run
from tests.servers.postgresql import PostgreSql

ROUNDS = 50


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py desks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument("--seed", type=int, default=None, metavar="N")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no round after so long")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--haste", type=float, default=1.0, help="divides all times of the lease")
    parser.add_argument("--without-fence", action="store_true", help="the proof that a missing fence is found")
    parser.add_argument("--faults", nargs="+", choices=FAULTS, default=FAULTS)
    given = parser.parse_args(arguments)
    seed = random.SystemRandom().randrange(1_000_000) if given.seed is None else given.seed
    server = PostgreSql()
    server.start()
    try:
        fence = "open" if given.without_fence else ""
        result = run(
            given.rounds,
            seed,
            server,
            haste=given.haste,
            fence=fence,
            faults=given.faults,
            until=time.monotonic() + given.minutes * 60,
            told=lambda one: _say(f"lease {one.number} {one.fault}: {one.seconds:.1f} s"),
        )
    finally:
        server.stop()
    if given.json:
        found = {**dataclasses.asdict(result), "seed": seed, "slow": result.slow}
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write(as_text(result, seed))
    return 1 if result.bad else 0


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def as_text(result: Result, seed: int) -> str:
    """The table of a run."""
    lines = [f"seed {seed}, {result.requests} requests, codes typed: {result.typed}", ""]
    lines.append(f"{'fault':<8} {'rounds':>6} {'median s':>9} {'longest s':>10}   (to the next lease; at work)")
    for fault in FAULTS:
        found = [one for one in result.rounds if one.fault == fault]
        if not found:
            continue
        times, works = sorted(one.seconds for one in found), [one.at_work for one in found if one.at_work is not None]
        middle, longest = times[len(times) // 2], max(times)
        lines.append(f"{fault:<8} {len(found):>6} {middle:>9.1f} {longest:>10.1f}   {max(works, default=0.0):.1f}")
    lines.append("")
    for name, told in (("lost", result.lost), ("twice", result.twice), ("under an old lease", result.stale)):
        lines.append(f"{name}: {len(told)}")
        lines += [f"    {line}" for line in told[:20]]
    lines.append(f"longer than {HANDOVER_S:.0f} s: {len(result.slow)}")
    lines += [f"    {line}" for line in result.slow]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
