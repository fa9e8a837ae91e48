"""Measure the shipped path, check what it did, print the figures. `python3 installer/dev.py bench` runs this."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks import changed, erp_read, many, outside, processes, quiet, ui
from tests.benchmarks.figures import BOUNDS, Figures
from tests.benchmarks.shop import SOURCES, BenchShop, CheckError, Ground, Source, make_shop

_GROUPS = {
    "quiet": ("quiet_warm_ratio", "quiet_cold_ratio", "quiet_puts"),
    "changed": ("changed_ratio", "changed_puts", "usual_way_ratio"),
    "engine": ("engine_rss_mb",),
    "erp_read": ("erp_read_ratio", "erp_read_peak_ratio"),
    "tray": ("tray_start_s", "tray_rss_mb", "tray_busy_rss_mb", "idle_cpu_percent", "idle_write_bytes"),
    "many": ("many_shops_round_s", "many_shops_mb_per_shop"),
    "ui": ("ui_stall_ms_max", "ui_search_ms_max"),
}
"""What is measured together, by the name that `--only` takes besides those of the figures."""

Say = Callable[[str], None]


def main(arguments: Sequence[str]) -> int:
    """Figures go to standard output, progress to standard error. 0 when all bounds hold, 1 when one is missed, 3 when
    a run did something wrong: then nothing is printed."""
    parser = argparse.ArgumentParser(prog="python3 installer/dev.py bench", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what the shop and its changes are made from (1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--only",
        action="append",
        choices=[*_GROUPS, *BOUNDS],
        metavar="NAME",
        help="a figure, or: " + ", ".join(_GROUPS),
    )
    options = parser.parse_args(arguments)
    wanted = {group for group, names in _GROUPS.items() if not options.only or {group, *names} & set(options.only)}
    began = time.monotonic()

    def say(text: str) -> None:
        sys.stderr.write(f"{time.monotonic() - began:6.1f} s  {text}\n")

    try:
        figures = _measure(options.seed, wanted, say)
    except CheckError as error:
        sys.stderr.write(f"WRONG: {error}\n")
        return 3
    for name, reason in figures.absent.items():
        say(f"{name}: not measured, {reason}")
    sys.stdout.write(figures.as_json() + "\n" if options.json else figures.as_text())
    return int(bool(figures.missed()))


def _measure(seed: int, wanted: set[str], say: Say) -> Figures:
    figures = Figures()
    if "erp_read" in wanted:
        for source, (times, peak, larger) in erp_read.measure(say).items():
            figures.put(source, erp_read_ratio=times, erp_read_peak_ratio=larger / peak)
    if "many" in wanted:
        _many(seed, figures, say)
    if not wanted - {"erp_read", "many"}:
        return figures
    with tempfile.TemporaryDirectory(prefix="otimo-bench-") as folder:
        ground = Ground.make(Path(folder), seed)
        for source in SOURCES:
            if "quiet" in wanted:
                _with_shop(ground, source, "quiet", lambda shop: _quiet(shop, figures, say))
            if "changed" in wanted:
                _with_shop(ground, source, "changed", lambda shop: _changed(shop, seed, figures, say))
            if "ui" in wanted and source == "csv":
                _with_shop(ground, source, "ui", lambda shop: _ui(shop, seed, figures, say))
            if wanted & {"engine", "tray"}:
                _with_shop(ground, source, "processes", lambda shop: _processes(shop, wanted, figures, say))
    return figures


def _with_shop(ground: Ground, source: Source, name: str, measure: Callable[[BenchShop], None]) -> None:
    shop = make_shop(ground, source, f"{source}-{name}")
    try:
        measure(shop)
    finally:
        shop.end()


def _quiet(shop: BenchShop, figures: Figures, say: Say) -> None:
    found = quiet.measure(shop, say)
    figures.put(shop.source, quiet_warm_ratio=found.warm, quiet_cold_ratio=found.cold, quiet_puts=found.puts)
    figures.put(f"({shop.source}_same_bytes)", quiet_warm_ratio=found.same_bytes)


def _changed(shop: BenchShop, seed: int, figures: Figures, say: Say) -> None:
    found = changed.measure(shop, seed, say)
    figures.put(shop.source, changed_ratio=found.ratio, changed_puts=found.puts)
    if shop.source == SOURCES[0]:
        # No ERP takes part in it: once is enough.
        figures.put("both", usual_way_ratio=changed.usual_way(shop, seed, say))


def _ui(shop: BenchShop, seed: int, figures: Figures, say: Say) -> None:
    try:
        processes.need_desktop("display", "tray", "keyring")
    except outside.AbsentError as error:
        figures.absent.update(dict.fromkeys(_GROUPS["ui"], str(error)))
        return
    found = ui.measure(shop, seed, say)
    figures.put(shop.source, ui_stall_ms_max=found.stall_ms_max, ui_search_ms_max=found.search_ms_max)
    figures.put("(of_it_no_processor_free)", ui_stall_ms_max=found.queued_ms)


def _many(seed: int, figures: Figures, say: Say) -> None:
    with tempfile.TemporaryDirectory(prefix="otimo-bench-") as folder:
        try:
            found = many.measure(seed, say, Path(folder))
        except outside.AbsentError as error:
            figures.absent.update(dict.fromkeys(_GROUPS["many"], str(error)))
            return
    figures.put("quiet", many_shops_round_s=found.quiet_s)
    figures.put("changed", many_shops_round_s=found.changed_s)
    figures.put("(first_ever)", many_shops_round_s=found.first_s)
    figures.put("postgresql", many_shops_mb_per_shop=found.mb_per_shop)
    figures.put("(one_shop_alone)", many_shops_mb_per_shop=found.one_mb)


def _processes(shop: BenchShop, wanted: set[str], figures: Figures, say: Say) -> None:
    try:
        processes.need_desktop("keyring")
    except outside.AbsentError as error:
        names = [name for group in wanted & {"engine", "tray"} for name in _GROUPS[group]]
        figures.absent.update(dict.fromkeys(names, str(error)))
        return
    paths = processes.make_profile(shop)
    # The engine's run also fills the state that the tray finds.
    rss, first = processes.engine_rss(shop, paths, say)
    figures.put(shop.source, engine_rss_mb=rss)
    figures.put(f"({shop.source}_first_cycle_ever)", engine_rss_mb=first)
    if "tray" not in wanted:
        return
    try:
        processes.need_desktop("display", "tray", "keyring")
    except outside.AbsentError as error:
        figures.absent.update(dict.fromkeys(_GROUPS["tray"], str(error)))
        return
    found = processes.tray(shop, paths, say)
    figures.put(
        shop.source,
        tray_start_s=found.start_s,
        tray_rss_mb=found.rss_mb,
        tray_busy_rss_mb=found.busy_rss_mb,
        idle_cpu_percent=found.idle_cpu_percent,
        idle_write_bytes=found.idle_write_bytes,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
