"""`otimo-tray reconcile`: one pass over the hub's real values, and what isn't as it was confirmed."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Any

from otimo_tray.app import missing_part, working
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import nudge
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import Profile
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.reconcile import Diverging, Reconciler
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("reconcile", parents=[common], help="compare Plugg.to's values with ours, now")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Reads every mapped SKU at the hub; writes nothing there. Divergences make the exit code 1."""
    del args
    trouble = missing_part(profile)(profile.settings)
    if trouble is not None:
        raise ConfigurationError(trouble.code, **trouble.params)
    with working(profile) as work, closing(work.parts(profile.settings)) as parts:
        context = FlowContext(work.store, parts.hub, parts.erp, profile.settings, profile.clock)
        found = Reconciler().whole(context)
    for entry in found.diverging:
        output.say(output.sentence(entry.code, entry.error().params))
    params = {"looked": found.looked, "count": len(found.diverging), "repaired": found.repaired}
    output.say(phrase("done.reconciled", params, output.language))
    if found.repaired:
        nudge(profile, "stock", "price")
    output.result(
        looked=found.looked,
        repaired=found.repaired,
        diverging=[_entry(entry, output) for entry in found.diverging],
        error=output.trouble(found.error) if found.error else None,
    )
    if found.error is not None:
        output.say(output.sentence(found.error.code, found.error.params))
        return exits.exit_code_of(found.error)
    return exits.SOME_FAILED if found.diverging else exits.OK


def _entry(entry: Diverging, output: Output) -> dict[str, Any]:
    return {
        "sku": entry.sku,
        "kind": entry.kind,
        "confirmed": entry.confirmed,
        "found": entry.found,
        "repaired": entry.repaired,
        "code": entry.code,
        "text": output.sentence(entry.code, entry.error().params),
    }
