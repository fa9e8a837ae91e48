"""Large steps in small ones: one call into Python's C code holds every thread, and with them the window, to its end.

Sorting 50,000 texts takes 40 ms, freeing 50,000 planned values 150 ms; nobody may wait more than 50 ms for a window.
"""

from __future__ import annotations

from collections.abc import Collection
from heapq import merge
from itertools import islice
from typing import Any, Final

STEP: Final = 2_000


def in_order(texts: Collection[str]) -> list[str]:
    """`sorted(texts)`, in runs that are merged."""
    if len(texts) <= STEP:
        return sorted(texts)
    rest = iter(texts)
    runs: list[list[str]] = []
    while run := sorted(islice(rest, STEP)):
        runs.append(run)
    return list(merge(*runs))


def let_go(things: list[Any]) -> None:
    """Empties a long list that nobody else needs, a few things at a time."""
    while things:
        del things[-STEP:]
