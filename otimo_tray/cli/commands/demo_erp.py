"""`otimo-tray demo-erp`: the demo ERP behind its HTTP interface, for ERP vendors to build against and for trials."""

from __future__ import annotations

import argparse
import json
import secrets
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.profile import Profile

_TICK_S = 30.0


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "demo-erp", parents=[common], help="an ERP with the HTTP interface on loopback, to build against and for trials"
    )
    _options(parser)
    parser.set_defaults(run=run)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: any)")
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="file to keep everything in (default: a temporary one)"
    )
    parser.add_argument("--products", type=int, default=100, help="products to make in a new file (100)")
    parser.add_argument("--seed", type=int, default=1, help="what the made products depend on")
    parser.add_argument("--token", help="the token to accept (default: made anew)")
    parser.add_argument("--live", action="store_true", help="the shop lives: sales, new prices, invoices for orders")


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Serves until it is stopped. The profile's own data are left alone."""
    del output
    with tempfile.TemporaryDirectory(prefix="otimo-demo-erp-") as folder:
        data = args.data or Path(folder) / "erp.sqlite"
        return _serve(args, data, profile)


def _serve(args: argparse.Namespace, data: Path, profile: Profile) -> int:
    from otimo_tray.demo.erp import DemoErp, Life
    from otimo_tray.demo.erp.http_server import ErpServer
    from otimo_tray.demo.erp.http_server_routes import USER
    from otimo_tray.demo.simulator import generate_catalogue

    zone = ZoneInfo(profile.settings.shop.time_zone)
    data.parent.mkdir(parents=True, exist_ok=True)
    fresh = not data.exists()
    erp = DemoErp(data, profile.clock, zone)
    if fresh and args.products > 0:
        made = generate_catalogue(args.products, args.seed)
        erp.seed((one.sku, one.name, one.ean, one.price, one.quantity) for one in made)
    token = args.token or secrets.token_urlsafe(24)
    stopped = threading.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    former = {number: signal.signal(number, lambda _number, _frame: stopped.set()) for number in signals}
    try:
        try:
            server = ErpServer(erp, profile.clock, token, args.port)
        except (OSError, OverflowError) as error:
            print(f"otimo-tray demo-erp: {error}", file=sys.stderr)
            return exits.AWAY
        server.start()
        try:
            count = sum(len(chunk) for chunk in erp.read_items().chunks())
            line = {"version": 1, "address": server.address, "token": token, "erp_http": token, "user": USER}
            print(json.dumps(line | {"products": count}), flush=True)
            life = Life(erp.shop, profile.clock, zone, seed=args.seed) if args.live else None
            # A wait without end would not see a signal on Windows.
            waited = 0.0
            while not stopped.wait(0.5):
                waited += 0.5
                if life is not None and waited >= _TICK_S:
                    waited = 0.0
                    life.tick()
        finally:
            server.stop()
    finally:
        erp.close()
        for number, handler in former.items():
            signal.signal(number, handler)
    return exits.OK
