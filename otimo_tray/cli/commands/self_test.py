"""`otimo-tray self-test`: one line for each part of the installation, exit code 1 when one is broken."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

from otimo_tray import __version__
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.profile import Profile
from otimo_tray.support import self_test
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command's options."""
    parser = subparsers.add_parser("self-test", parents=[common], help="test the installation itself")
    parser.add_argument("--only", choices=list(self_test.checks()), action="append", help="this check alone")
    parser.add_argument("--report", type=Path, metavar="FILE", help="what is broken, for the installer (UTF-16)")
    # A folder of its own, whatever else is given: a broken new version must not touch the shop's profile.
    parser.set_defaults(run=run, profile_dir=Path(tempfile.gettempdir()) / f"otimo-tray-{uuid.uuid4().hex}")


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Runs every check, also after a failed one."""
    outcomes: list[self_test.Outcome] = []
    try:
        for outcome in self_test.run(profile.paths.folder / "self-test", args.only):
            outcomes.append(outcome)
            title = phrase(f"self_test.{outcome.name}", output.language)
            output.say(f"{'✓' if outcome.ok else '✗'} {title}: {outcome.detail} ({outcome.seconds:.1f} s)")
            if not output.as_json and sys.stdout is not None:
                sys.stdout.flush()
    finally:
        shutil.rmtree(profile.paths.folder, ignore_errors=True)
    ok = all(outcome.ok for outcome in outcomes)
    if args.report is not None:
        broken = [one for one in outcomes if not one.ok]
        write_report(args.report, [f"{phrase(f'self_test.{one.name}')}: {one.detail}" for one in broken])
    failed = sum(not outcome.ok for outcome in outcomes)
    verdict = "self_test.ok" if ok else "self_test.broken"
    output.say(phrase(verdict, {"failed": failed, "checks": len(outcomes)}, output.language))
    output.result(ok=ok, program=__version__, checks=outcomes)
    return exits.OK if ok else exits.SOME_FAILED


def write_report(path: Path, lines: list[str]) -> None:
    """Writes lines as the installer's language reads them: UTF-16 with a mark. Raises OSError."""
    path.write_bytes("".join(f"{line[:300]}\r\n" for line in lines).encode("utf-16"))
