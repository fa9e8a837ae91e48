"""Many simulators in one process of their own: prints a JSON list of their first lines, then serves until killed."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from otimo_tray.demo.simulator.simulator import Simulator


def main(arguments: list[str]) -> None:
    """One simulator for each data file named."""
    simulators = [Simulator(Path(name)).start() for name in arguments]
    lines = [{"address": one.address, **asdict(one.credentials)} for one in simulators]
    sys.stdout.write(json.dumps(lines) + "\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
