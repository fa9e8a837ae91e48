"""Several shops of one process make their databases at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from otimo_tray.store import open_store
from tests.support.clock import FakeClock


def test_databases_made_at_once_are_all_whole(tmp_path: Path) -> None:
    def make(number: int) -> int:
        store = open_store(tmp_path / f"{number}.db", FakeClock())
        try:
            store.facts.set("number", str(number))
            return int(store.facts.get("number") or -1)
        finally:
            store.close()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(make, range(6))) == list(range(6))
