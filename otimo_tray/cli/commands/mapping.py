"""`otimo-tray mapping`: the De/Para to a sheet and back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from otimo_tray.cli import exits
from otimo_tray.cli.listing import refuse_file, tell_sheet
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import nudge
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import Profile
from otimo_tray.sheets.desk import Sheets
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds `mapping export` and `mapping import`."""
    parser = subparsers.add_parser("mapping", help="De/Para: export and import")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", parents=[common], help="write the De/Para to an .xlsx or .csv file")
    export.add_argument("file", type=Path, metavar="FILE")
    what = export.add_mutually_exclusive_group()
    what.add_argument("--unmapped", action="store_true", help="only SKUs without De/Para, to be filled in")
    what.add_argument("--erp-codes", action="store_true", help="the ERP's codes, for a new shop's registration sheet")
    export.set_defaults(run=_export)
    importing = actions.add_parser("import", parents=[common], help="take over a sheet; a result for each row")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--dry-run", action="store_true", help="only say what would change")
    importing.set_defaults(run=_import)


def sheets_of(profile: Profile) -> Sheets:
    """The profile's sheets; opens (and migrates) its database. Away from a shared state's server they read what this PC
    saw last, and keep typed codes here."""
    if profile.is_shared:
        from otimo_tray.shared_desk import SharedDesk

        desk = SharedDesk(profile)
        desk.catch_up()
        return Sheets(desk.store, desk.mirror.path, profile.clock, lambda: profile.settings.shop.language)
    return Sheets(profile.store(), profile.paths.state, profile.clock, lambda: profile.settings.shop.language)


def _export(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    sheets = sheets_of(profile)
    try:
        count = sheets.export_codes(args.file) if args.erp_codes else sheets.export_mapping(args.file, args.unmapped)
    except ConfigurationError as error:
        return refuse_file(error, output)
    output.say(phrase("done.exported", {"count": count, "file": str(args.file)}, output.language))
    output.result(file=str(args.file), rows=count)
    return exits.OK


def _import(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    try:
        result = sheets_of(profile).import_mapping(args.file, not args.dry_run)
    except ConfigurationError as error:
        return refuse_file(error, output)
    if result.written:
        nudge(profile, "stock", "price", "orders")
    return tell_sheet(result, output)
