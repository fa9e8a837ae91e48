"""What the list commands share: shortened personal data, a result for each item, and the file that can't be used."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.domain import text as formats
from otimo_tray.errors import OtimoError
from otimo_tray.sheets.results import RowResult, SheetResult
from otimo_tray.words import phrase

DEFAULT_LIMIT = 200


def short_name(name: str) -> str:
    """`Maria S.`: enough to tell two orders apart, not enough to know a person."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first


def masked(document: str) -> str:
    """A CPF or CNPJ with its last two characters alone."""
    return "*" * (len(document) - 2) + document[-2:] if len(document) > 2 else "*" * len(document)


def add_limit(parser: argparse.ArgumentParser) -> None:
    """`--limit N`, at least 1."""
    parser.add_argument(
        "--limit", type=_positive, default=DEFAULT_LIMIT, metavar="N", help=f"at most N (default {DEFAULT_LIMIT})"
    )


def add_full(parser: argparse.ArgumentParser) -> None:
    """`--full`."""
    parser.add_argument("--full", action="store_true", help="personal data in full")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def day_and_time(value: datetime | None, profile: Any) -> str:
    """A moment in the shop's zone, for people."""
    from zoneinfo import ZoneInfo

    return formats.moment(value, ZoneInfo(profile.settings.shop.time_zone))


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one item named on the command line. `error` None = done."""

    item: str
    outcome: str
    error: OtimoError | None = None


def tell_items(results: Sequence[ItemResult], output: Output, **more: object) -> int:
    """One line or JSON entry for each; answers the exit code."""
    for result in results:
        told = output.sentence(result.error.code, result.error.params) if result.error else ""
        output.say(
            f"{'✗' if result.error else '✓'} {result.item}  {told or phrase(result.outcome, None, output.language)}"
        )
    output.result(
        ok=not any(result.error for result in results),
        results=[
            {
                "item": result.item,
                "outcome": "refused" if result.error else result.outcome.rpartition(".")[2],
                "error": output.trouble(result.error) if result.error else None,
            }
            for result in results
        ],
        **more,
    )
    return exits.SOME_FAILED if any(result.error for result in results) else exits.OK


def tell_sheet(result: SheetResult, output: Output) -> int:
    """Every row that does something or can't, then the counts; all rows in JSON. Answers the exit code."""
    language = output.language
    for row in result.rows:
        if row.outcome != "same":
            told = output.sentence(row.error.code, row.error.params) if row.error else row.value
            output.say(f"{row.line:>6}  {phrase(f'row.{row.outcome}', None, language):<10}  {row.key}  {told}")
    counts = ", ".join(
        f"{phrase(f'row.{outcome}', None, language)} {number}" for outcome, number in result.counts.items() if number
    )
    code = "done.applied" if result.applied else "done.previewed"
    output.say(phrase(code, {"count": result.written, "counts": counts or "0"}, language))
    output.result(
        applied=result.applied,
        written=result.written,
        counts=result.counts,
        rows=[_row(row, output) for row in result.rows] if output.as_json else [],
    )
    stopped = result.counts["refused"] + result.counts["warning"]
    return exits.SOME_FAILED if stopped else exits.OK


def _row(row: RowResult, output: Output) -> dict[str, Any]:
    return {
        "line": row.line,
        "key": row.key,
        "value": row.value,
        "outcome": row.outcome,
        "error": output.trouble(row.error) if row.error else None,
    }


def refuse_file(error: OtimoError, output: Output) -> int:
    """A file that can't be read or written as a whole: wrong usage, for a script."""
    output.result(error=output.trouble(error))
    print(output.sentence(error.code, error.params), file=sys.stderr)
    return exits.WRONG_USAGE
