"""`otimo-tray tracking`: codes from a sheet, and the list of what waits for one."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otimo_tray.cli import exits
from otimo_tray.cli.commands.mapping import sheets_of
from otimo_tray.cli.listing import add_full, add_limit, refuse_file, short_name, tell_sheet
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import nudge
from otimo_tray.errors import ConfigurationError, ItemError
from otimo_tray.profile import Profile
from otimo_tray.words import phrase

if TYPE_CHECKING:
    from otimo_tray.store.readmodels.tracking import CodeRow, ParcelRow

_SHOWN_FOR = timedelta(days=1)
"""How long a code that was confirmed stays on the list."""


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds `tracking import` and `tracking list`."""
    parser = subparsers.add_parser("tracking", help="tracking codes: import and list")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    importing = actions.add_parser("import", parents=[common], help="type a sheet's codes; a result for each row")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--accept-warnings", action="store_true", help="type codes that were warned of, too")
    importing.add_argument("--dry-run", action="store_true", help="only say what would be typed")
    importing.set_defaults(run=_import)
    listing = actions.add_parser("list", parents=[common], help="orders that wait for a code, and codes on their way")
    add_limit(listing)
    add_full(listing)
    listing.set_defaults(run=_list)


def _import(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    try:
        result = sheets_of(profile).import_tracking(args.file, not args.dry_run, accept_warnings=args.accept_warnings)
    except ConfigurationError as error:
        return refuse_file(error, output)
    if result.written:
        nudge(profile, "tracking")
    return tell_sheet(result, output)


def _list(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    from otimo_tray.store.readmodels import Reader
    from otimo_tray.store.readmodels.panel import stored

    reader = Reader(profile.readable())
    try:
        parcels = reader.tracking.parcels(stored(profile.clock.now() - _SHOWN_FOR))
    finally:
        reader.close()
    entries = [_entry(parcel, output, full=args.full) for parcel in parcels[: args.limit]]
    for entry in entries:
        codes = ", ".join(
            f"{code['code']} ({phrase('tracking.' + code['state'], None, output.language)})" for code in entry["codes"]
        )
        source = phrase("code_source." + entry["source"], None, output.language)
        what = phrase("stage.cancelled", None, output.language) if entry["cancelled"] else codes or source
        output.say(f"{entry['number']}  {entry['channel']}  {entry['buyer']}  NF-e {entry['invoice'] or '–'}  {what}")
    output.say(phrase("done.listed", {"count": len(entries), "total": len(parcels)}, output.language))
    output.result(total=len(parcels), parcels=entries)
    return exits.OK


def _entry(parcel: ParcelRow, output: Output, *, full: bool) -> dict[str, Any]:
    return {
        "id": parcel.hub_id,
        "number": parcel.original_id,
        "channel": parcel.channel,
        "buyer": parcel.buyer if full else short_name(parcel.buyer),
        "expected_send": parcel.expected_send,
        "company": parcel.company,
        "method": parcel.method,
        "invoice": parcel.invoice_number,
        "stage": parcel.stage,
        "cancelled": parcel.cancelled,
        "source": parcel.source,
        "hub_code": parcel.hub_code,
        "codes": [_code(code, output) for code in parcel.codes],
    }


def _code(code: CodeRow, output: Output) -> dict[str, Any]:
    error = ItemError(code.error_code, **code.error_params) if code.error_code else None
    return {
        "id": code.id,
        "volume": code.volume,
        "code": code.code,
        "carrier": code.carrier,
        "state": code.state,
        "typed_at": code.typed_at,
        "sent_at": code.sent_at,
        "confirmed_at": code.confirmed_at,
        "error": output.trouble(error) if error else None,
    }
