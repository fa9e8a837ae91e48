"""Simulate a shop and print what three ways of announcing oversell and lose."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.oversell.chart import draw
from tests.oversell.report import as_json, as_markdown, as_text
from tests.oversell.runs import run


def main(arguments: Sequence[str]) -> int:
    """Figures go to standard output, progress to standard error. 1 when ours isn't at the bound."""
    parser = argparse.ArgumentParser(prog="python3 installer/dev.py oversell", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skus", type=int, default=2_000, help="size of the shop, at least 10 (2,000)")
    parser.add_argument("--days", type=int, default=365, help="length of the run (365)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--chart", type=Path, metavar="FILE.svg", help="write the chart of what safety stock buys")
    parser.add_argument("--table", type=Path, metavar="FILE.md", help="write the page of the docs")
    options = parser.parse_args(arguments)
    if options.skus < 10 or options.days < 1:
        parser.error("at least 10 SKUs and one day")
    started = time.monotonic()

    def report(done: str) -> None:
        sys.stderr.write(f"{time.monotonic() - started:6.1f} s  {done}\n")

    document = as_json(run(options.seed, options.skus, options.days, report))
    if options.chart is not None:
        options.chart.write_text(draw(document), encoding="utf-8", newline="\n")
    if options.table is not None:
        chart = options.chart.name if options.chart is not None else "oversell.svg"
        options.table.write_text(as_markdown(document, chart), encoding="utf-8", newline="\n")
    sys.stdout.write(json.dumps(document, indent=2) + "\n" if options.json else as_text(document))
    hubs = document["hubs"].values()
    return int(any((h["ours"], h["ours_lost"]) != (h["bound"], h["bound_lost"]) for h in hubs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
