"""Twenty starts at the same moment leave one instance; a second PC with the same credentials is told, not fought."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path

from tests.faults.rows import Row
from tests.process.conftest import CALM, every_sku
from tests.process.world import Shop, start_hub, stop_hub

LONGEST_S = 60.0


def run(starts: int = 20, seed: int = 0) -> Row:
    """Starts the engine so many times at once; `lost`: none runs; `twice`: more than one does."""
    row = Row(f"{starts} starts at the same moment", seed=seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="otimo-starts-") as name:
        folder = Path(name)
        hub = start_hub(folder, "--products", "3", "--orders", "0", "--seed", "5")
        try:
            shop = Shop(hub, folder / "perfil", folder / "pasta")
            shop.folder.mkdir()
            shop.write_stock(every_sku(hub))
            shop.setup(CALM)
            processes = [
                subprocess.Popen(shop.command("run"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
                for _ in range(starts)
            ]
            try:
                _judge(row, processes)
            finally:
                for process in processes:
                    process.kill()
                    process.communicate()
        finally:
            stop_hub(hub)
    row.seconds = time.monotonic() - started
    return row


def _judge(row: Row, processes: list[subprocess.Popen[str]]) -> None:
    """All but one end with the code of "already running"; that one says that it started."""
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline and sum(process.poll() is None for process in processes) > 1:
        time.sleep(0.05)
    alive = [process for process in processes if process.poll() is None]
    row.tried = len(processes)
    if not alive:
        row.add(["none of them runs"])
    if len(alive) > 1:
        row.add([], [f"{len(alive)} of them run"])
    for process in alive[:1]:
        assert process.stdout is not None
        if not json.loads(process.stdout.readline()).get("started"):
            row.add(["the one that runs never said so"])
    wrong = [process.returncode for process in processes if process.returncode not in (None, 5)]
    if wrong:
        row.add([f"ended with {wrong} instead of saying that another one runs"])
