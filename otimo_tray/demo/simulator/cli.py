"""`otimo-tray simulator`: one JSON line with address and credentials, then serve until stopped."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict

from .simulator import Simulator
from .storage import DataFileError
from .switches import SwitchError, Switches


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    made = argparse.ArgumentParser(prog="otimo-tray simulator", description="A Plugg.to on this machine's loopback.")
    made.add_argument("--port", type=int, default=0, help="port to listen on (default: any)")
    made.add_argument("--data", metavar="FILE", help="file to keep everything in (default: a temporary one)")
    made.add_argument("--products", type=int, default=100, help="products to make in a new file")
    made.add_argument("--orders", type=int, default=30, help="orders to make in a new file")
    made.add_argument("--latency", type=float, default=0.0, help="seconds each call takes at least")
    made.add_argument("--seed", type=int, default=1, help="what the made products and orders depend on")
    made.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="set a switch (repeatable)")
    made.add_argument("--list-switches", action="store_true", help="print the switches as JSON and end")
    return made


def main(argv: Sequence[str]) -> int:
    """Run the simulator; 0 after SIGTERM or SIGINT, 1 when it can't start, 2 for wrong options (by
    argparse)."""
    made = parser()
    options = made.parse_args(argv)
    if options.list_switches:
        print(json.dumps(Switches().describe(), ensure_ascii=False, indent=1))
        return 0
    switches: dict[str, object] = {}
    for text in options.switch:
        name, separator, value = text.partition("=")
        if not separator:
            made.error(f"--switch takes NAME=VALUE, not {text!r}")
        switches[name] = value
    simulator = Simulator(
        options.data,
        products=max(0, options.products),
        orders=max(0, options.orders),
        seed=options.seed,
        latency=max(0.0, options.latency),
        port=options.port,
        switches=switches,
    )
    stopped = threading.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    former = {number: signal.signal(number, lambda _number, _frame: stopped.set()) for number in signals}
    try:
        simulator.start()
        return _serve(simulator, stopped)
    except SwitchError as error:
        made.error(str(error))
    except (DataFileError, OSError, OverflowError) as error:
        print(f"otimo-tray simulator: {error}", file=sys.stderr)
        return 1
    finally:
        simulator.stop()
        for number, handler in former.items():
            signal.signal(number, handler)


def _serve(simulator: Simulator, stopped: threading.Event) -> int:
    """Say where the simulator is, and wait for the end."""
    products, orders = simulator.counts()
    line = {
        "version": 1,
        "address": simulator.address,
        **asdict(simulator.credentials),
        "products": products,
        "orders": orders,
    }
    print(json.dumps(line), flush=True)
    # A wait without end would not see a signal on Windows.
    while not stopped.wait(0.5):
        pass
    return 0
