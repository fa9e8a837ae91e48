"""`otimo-tray sync --once`: one run of the flows, by the running engine if there is one."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from otimo_tray.app import Work, missing_part, own_work, working
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import ask, is_running, own_engine
from otimo_tray.domain.plan import Kind
from otimo_tray.domain.status import ALL_FLOWS, Flow
from otimo_tray.errors import AlreadyRunning, ConfigurationError, OtimoError
from otimo_tray.profile import Profile
from otimo_tray.store import open_store
from otimo_tray.store.backup import copy_database
from otimo_tray.sync.asking import Ask
from otimo_tray.sync.board import Board, heals
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.flows import Flows
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("sync", parents=[common], help="one run of the flows")
    parser.add_argument("--once", action="store_true", required=True, help="run once and end")
    parser.add_argument("--dry-run", action="store_true", help="say what would be sent; send and write nothing")
    parser.add_argument("--only", choices=[flow.value for flow in ALL_FLOWS], action="append", help="this flow alone")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Runs, or asks the running engine to; exit codes as in `exit_code`."""
    flows = [Flow(name) for name in args.only] if args.only else enabled_flows(profile)
    if args.dry_run:
        reports = dry_run(profile, flows)
    elif is_running(profile):
        return _ask_running(profile, flows, output)
    else:
        try:
            with own_engine(profile), working(profile) as work:
                reports = run_once(profile, work, flows)
        except AlreadyRunning as error:
            if error.code != "L-352":
                raise
            return _ask_leader(profile, flows, error, output)
    if args.dry_run:
        return tell(reports, output, dry_run=True)
    return tell(reports, output, dry_run=False, unsent=unsent_values(profile, flows))


def enabled_flows(profile: Profile) -> list[Flow]:
    """The flows that the settings switch on."""
    return [flow for flow in ALL_FLOWS if getattr(profile.settings, flow.value).enabled]


def run_once(profile: Profile, work: Work, flows: Sequence[Flow], *, dry_run: bool = False) -> list[FlowReport]:
    """Runs the flows in this thread. Raises ConfigurationError when something isn't set up."""
    trouble = missing_part(profile)(profile.settings)
    if trouble is not None:
        raise ConfigurationError(trouble.code, **trouble.params)
    parts = work.parts(profile.settings)
    runner = Flows(Board(profile.clock, profile.settings), profile.settings.hub.connections)
    try:
        context = FlowContext(
            work.store,
            parts.hub,
            parts.erp,
            profile.settings,
            profile.clock,
            stop=threading.Event(),
            dry_run=dry_run,
        )
        return runner.run_once(context, flows)
    finally:
        runner.close()
        parts.close()


def dry_run(profile: Profile, flows: Sequence[Flow]) -> list[FlowReport]:
    """The same run on a throw-away copy of the state: what it finds is what would be sent."""
    folder = Path(tempfile.mkdtemp(prefix="otimo-tray-"))
    try:
        copy = folder / "state.db"
        copy_database(profile.readable(), copy)
        store = open_store(copy, profile.clock)
        try:
            if profile.is_shared:
                store.values.mark_dirty(profile.store().values.dirty())  # a mirror has no marks
            return run_once(profile, replace(own_work(profile), store=store), flows, dry_run=True)
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Unsent:
    """Values that a sender may take and that didn't go: in back-off after a failure, mostly.

    Attributes:
        oldest: since when the oldest of them waits; None = there is none. `age_s`: how many seconds that is.
    """

    count: int
    oldest: datetime | None
    age_s: int | None


def unsent_values(profile: Profile, flows: Sequence[Flow]) -> Unsent:
    """What a run of these flows has left in the outbox."""
    kinds: list[Kind] = [kind for kind in ("stock", "price") if Flow(kind) in flows]
    waiting = profile.store().values.outbox_counts(kinds) if kinds else None
    if waiting is None or waiting.oldest_due is None:
        return Unsent(0, None, None)
    age = (profile.clock.now() - waiting.oldest_due).total_seconds()
    return Unsent(waiting.due, waiting.oldest_due, max(0, int(age)))


def tell(reports: Sequence[FlowReport], output: Output, *, dry_run: bool, unsent: Unsent | None = None) -> int:
    """Prints the reports and what is left; answers the exit code of the worst."""
    left = unsent.count if unsent is not None else 0
    for report in reports:
        name = phrase(f"flow.{report.flow}", output.language)
        counts = ", ".join(f"{key} {number}" for key, number in report.counts.items()) or "–"
        if report.code is None:
            output.say(f"{'✓' if report.ok else '!'} {name}: {counts}")
        else:
            output.say(f"✗ {name}: {output.sentence(report.code, report.params)}")
    if unsent is not None and left:
        params = {"count": left, "minutes": (unsent.age_s or 0) // 60}
        output.say(f"! {phrase('unsent.values', params, output.language)}")
    rest: dict[str, Any] = {} if dry_run else {"unsent": unsent}
    output.result(
        dry_run=dry_run,
        ok=all(report.ok for report in reports) and not left,
        flows={report.flow: _as_json(report, output, dry_run=dry_run) for report in reports},
        **rest,
    )
    code = exit_code(reports)
    return exits.SOME_FAILED if code == exits.OK and left else code


def _as_json(report: FlowReport, output: Output, *, dry_run: bool) -> dict[str, Any]:
    error = None
    if report.code is not None:
        error = output.trouble(OtimoError(report.code, **report.params))
    result: dict[str, Any] = {"ok": report.ok, "counts": report.counts, "error": error}
    if dry_run:
        result["planned"] = report.planned
    return result


def exit_code(reports: Sequence[FlowReport]) -> int:
    """A person is needed before the environment is, before single items are."""
    codes = [report.code for report in reports if report.code is not None]
    if any(not heals(code) for code in codes):
        return exits.PERSON_NEEDED
    if any(report.counts.get("held") or report.counts.get("held_readings") for report in reports):
        return exits.PERSON_NEEDED
    if codes:
        return exits.AWAY
    return exits.OK if all(report.ok for report in reports) else exits.SOME_FAILED


def _ask_running(profile: Profile, flows: Sequence[Flow], output: Output) -> int:
    """The tray does it; we only ask."""
    answer = ask(profile, "sync", flows=[flow.value for flow in flows])
    output.say("O programa aberto está sincronizando." if output.language == "pt_BR" else "The open program syncs.")
    output.result(asked_running=True, answer=answer)
    return exits.OK


def _ask_leader(profile: Profile, flows: Sequence[Flow], led: AlreadyRunning, output: Output) -> int:
    """Another desk of the shop does it, as for *Sincronizar agora*."""
    from otimo_tray.sharing import ask_leader

    ask_leader(profile, [Ask("sync", tuple(flow.value for flow in flows))])
    output.say(phrase("done.asked_leader", {"desk": led.params.get("desk", "")}, output.language))
    output.result(asked_leader=True, leader=led.params)
    return exits.OK
