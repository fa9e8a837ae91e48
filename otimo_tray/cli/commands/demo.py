"""`otimo-tray demo`: the whole program with a made-up shop, on screen or cycle by cycle without one."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Any

from otimo_tray.app import own_work
from otimo_tray.cli import exits
from otimo_tray.cli.commands.sync import enabled_flows, run_once
from otimo_tray.cli.demo_shop import DemoShop, living, start_hub
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import own_engine
from otimo_tray.desktop.paths import profile_paths
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.status import Flow
from otimo_tray.domain.tracking import CORREIOS, s10_check_digit
from otimo_tray.profile import Profile, load_profile
from otimo_tray.sync.decisions import type_tracking
from otimo_tray.sync.engine import FlowReport

_NUMBERS = ("imported", "confirmed", "pushed", "unchanged", "failed", "held")


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("demo", parents=[common], help="show the whole program with a made-up shop")
    parser.add_argument("--headless", action="store_true", help="no window: print what each cycle does")
    parser.add_argument("--cycles", type=int, default=6, metavar="N", help="cycles without a screen (6)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """The demo lives in a profile of its own, never in the shop's."""
    if args.profile_dir is None:
        profile.close()
        with closing(load_profile(profile_paths().folder / "demo")) as own:
            return _run(args, own, output)
    return _run(args, profile, output)


def _run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    hub = start_hub(profile.paths.folder / "demo-hub.db")
    try:
        if args.headless:
            with own_engine(profile):
                return _headless(DemoShop(profile, hub), args.cycles, output)
        shop = DemoShop(profile, hub)
        with living(shop):
            from otimo_tray.tray_start import start_tray

            return start_tray(profile.paths.folder, minimized=False)
    finally:
        hub.stop()


def _headless(shop: DemoShop, cycles: int, output: Output) -> int:
    """Runs cycles one after the other, then compares both sides from outside."""
    profile = shop.profile
    flows = enabled_flows(profile)
    work = own_work(profile)
    portuguese = output.language == "pt_BR"
    totals: dict[str, dict[str, int]] = {}
    output.say("O ERP e o Plugg.to de demonstração estão no ar." if portuguese else "Demo ERP and Plugg.to are up.")
    for cycle in range(1, cycles + 1):
        if cycle > 1:
            shop.live()
        reports = run_once(profile, work, flows)
        typed = _type_codes(shop)
        reports += run_once(profile, work, [Flow.TRACKING]) if typed else []
        output.say(f"{'Ciclo' if portuguese else 'Cycle'} {cycle}: {_line(reports, typed)}")
        for report in reports:
            own = totals.setdefault(report.flow, {})
            for name in _NUMBERS:
                if report.counts.get(name):
                    own[name] = own.get(name, 0) + report.counts[name]
    differences = shop.differences()
    orders = profile.store().orders.counts()
    if differences:
        output.say(f"✗ {len(differences)} SKUs: {differences[:3]}")
    else:
        output.say("✓ Estoque e preço iguais nos dois lados." if portuguese else "✓ Both sides are equal.")
    output.result(cycles=cycles, equal=not differences, differences=differences, totals=totals, orders=orders)
    return exits.OK if not differences else exits.SOME_FAILED


def _type_codes(shop: DemoShop) -> int:
    """The packer types a code for every invoiced order that has none of its own yet."""
    store, typed = shop.profile.store(), 0
    for row in list(store.orders.by_stage((OrderStage.INVOICED,))):
        if row.cancel_open or store.trackings.of_order(row.order.hub_id):
            continue
        serial = f"{int(row.order.hub_id[-6:], 16) % 100_000_000:08d}"
        code = f"AA{serial}{s10_check_digit(serial)}BR"
        type_tracking(store, row.order.hub_id, code, CORREIOS, shop.profile.clock.now(), accept_warnings=True)
        typed += 1
    return typed


def _line(reports: list[FlowReport], typed: int) -> str:
    parts = [
        f"{report.flow} " + " ".join(f"{name}={report.counts[name]}" for name in _NUMBERS if report.counts.get(name))
        for report in reports
        if any(report.counts.get(name) for name in _NUMBERS)
    ]
    return "; ".join([*parts, f"typed={typed}"] if typed else parts) or "–"
