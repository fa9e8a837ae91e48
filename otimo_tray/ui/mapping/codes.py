"""The ERP's codes in memory: is there such a code, and which ones does a person mean while typing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice

from otimo_tray.ui.tables.folding import FoldedIndex, fold


class CodeBook:
    """Every ERP code with its name and EAN. Built in a worker.

    Args:
        codes: (code, name, EAN), in the order of the codes.
    """

    def __init__(self, codes: Iterable[tuple[str, str, str]] = ()) -> None:
        rows = list(codes)
        self._codes = [code for code, _, _ in rows]
        self._names = [name for _, name, _ in rows]
        self._index: FoldedIndex[tuple[str, str, str]] = FoldedIndex(lambda row: f"{row[0]} {row[1]} {row[2]}")
        self._index.build(rows)
        self._stripped: dict[str, str | None] | None = None

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: str) -> bool:
        place = bisect_left(self._codes, code)
        return place < len(self._codes) and self._codes[place] == code

    def name(self, code: str) -> str:
        """Return a code's product name; "" for an unknown code."""
        place = bisect_left(self._codes, code)
        return self._names[place] if place < len(self._codes) and self._codes[place] == code else ""

    def resolve(self, text: str) -> str | None:
        """Return the code a person means: itself, or the only one that differs in case or in zeros Excel ate."""
        if text in self:
            return text
        if self._stripped is None:
            self._stripped = {}
            for code in self._codes:
                key = fold(code).lstrip("0")
                self._stripped[key] = None if key in self._stripped else code
        key = fold(text).lstrip("0")
        return self._stripped.get(key) if key else None

    def suggest(self, text: str, limit: int = 12) -> list[tuple[str, str]]:
        """Return (code, name) of codes that fit what was typed: those that begin so come first."""
        typed = text.strip()
        if not typed:
            return []
        first = bisect_left(self._codes, typed)
        places: dict[int, None] = {}
        for place in range(first, min(first + limit, len(self._codes))):
            if not self._codes[place].startswith(typed):
                break
            places[place] = None
        found = (place for block in self._index.search(typed) for place in block)
        for place in islice(found, limit):
            places.setdefault(place)
        return [(self._codes[place], self._names[place]) for place in list(places)[:limit]]
