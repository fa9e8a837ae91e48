"""`otimo-tray audit`: every value that went to the hub, why, from which numbers, and what the hub answered."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from otimo_tray.cli import exits
from otimo_tray.cli.listing import add_limit, day_and_time, refuse_file
from otimo_tray.cli.output import Output, plain
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import Profile
from otimo_tray.sync.storage import SentValue
from otimo_tray.words import phrase

_COLUMNS = (
    ("at", 18), ("sku", 24), ("kind", 10), ("value", 16), ("previous", 16), ("reason", 28), ("answer", 18),
    ("basis", 60),
)  # fmt: skip


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("audit", parents=[common], help="every value ever sent, and why")
    parser.add_argument("--sku", metavar="SKU", help="of this SKU alone")
    parser.add_argument("--since", type=_day, metavar="DAY", help="from this day on: YYYY-MM-DD or dd/mm/yyyy")
    parser.add_argument("--kind", choices=("price", "stock"), help="of these values alone")
    parser.add_argument("--find", metavar="TEXT", help="with this text in SKU, value, answer or numbers")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="all of them into this file (.csv or .xlsx)")
    add_limit(parser)
    parser.set_defaults(run=run)


def _day(text: str) -> datetime:
    """A day, or a moment, without a zone unless it has one. Raises ValueError for argparse."""
    for form in ("%d/%m/%Y", "%d/%m/%Y %H:%M"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the shop's zone is laid on it later
        except ValueError:
            continue
    return datetime.fromisoformat(text)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Lists the newest first, or writes a sheet."""
    zone = ZoneInfo(profile.settings.shop.time_zone)
    since: datetime | None = args.since
    if since is not None:
        since = (since if since.tzinfo is not None else since.replace(tzinfo=zone)).astimezone(UTC)
    audit = profile.store().audit
    found = _matching(audit.sent(sku=args.sku, since=since), args.kind, args.find)
    if args.csv is not None:
        return _export(args.csv, found, profile, output)
    rows = list(islice(found, args.limit))
    if args.kind is None and args.find is None:
        total = audit.count(sku=args.sku, since=since)
    else:
        total = len(rows) + sum(1 for _ in found)
    for row in rows:
        told = _told(row, profile, output)
        output.say(f"{told[0]}  {row.sku}  {told[2]}  {row.previous or '–'} → {row.value}  {told[5]}  {told[6]}")
    output.say(phrase("done.listed", {"count": len(rows), "total": total}, output.language))
    output.result(total=total, sent=rows)
    return exits.OK


def _matching(rows: Iterator[SentValue], kind: str | None, text: str | None) -> Iterator[SentValue]:
    """Those of a kind, with a text somewhere in them, upper and lower case alike."""
    wanted = (text or "").casefold()
    for row in rows:
        if kind is not None and row.kind != kind:
            continue
        cells = (row.sku, row.value, row.previous or "", row.reason, row.answer)
        if not wanted or wanted in "\n".join((*cells, json.dumps(plain(row.basis), ensure_ascii=False))).casefold():
            yield row


def _told(row: SentValue, profile: Profile, output: Output) -> tuple[str, ...]:
    """The cells of `_COLUMNS`, in words."""

    def word(group: str, value: str) -> str:
        found = phrase(f"{group}.{value}", None, output.language)
        return value if found == f"{group}.{value}" else found

    basis = json.dumps(plain(row.basis), ensure_ascii=False, separators=(",", ":"))
    return (
        day_and_time(row.at, profile),
        row.sku,
        word("kind", row.kind),
        row.value,
        row.previous or "",
        word("reason", row.reason),
        word("answer", row.answer),
        basis,
    )


def _export(path: Path, rows: Iterator[SentValue], profile: Profile, output: Output) -> int:
    from otimo_tray.sheets.writing import Column, write_sheet

    columns = [Column(phrase(f"audit.{name}", None, output.language), width) for name, width in _COLUMNS]
    name = phrase("audit.sent", None, output.language)
    try:
        count = write_sheet(path, name, columns, (_told(row, profile, output) for row in rows))
    except ConfigurationError as error:
        return refuse_file(error, output)
    output.say(phrase("done.exported", {"count": count, "file": path.name}, output.language))
    output.result(file=str(path), rows=count)
    return exits.OK
