"""The ERP's codes in memory: is there such a code, and which ones does a person mean while typing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice

from otimo_tray.ui.tables.folding import BLOCK, FoldedIndex, fold

_MARK = "\x1f"
"""Stands between code and name in a block's text; no ERP writes it."""


class CodeBook:
    """Every ERP code with its name. Built in a worker; kept as a few long texts: 100,000 short ones cost much more.

    Args:
        codes: (code, name, EAN), in the order of the codes.
    """

    def __init__(self, codes: Iterable[tuple[str, str, str]] = ()) -> None:
        self._count = 0
        self._index: FoldedIndex[tuple[str, str, str]] = FoldedIndex(lambda row: f"{row[0]} {row[1]} {row[2]}")
        self._firsts: list[str] = []
        self._texts: list[str] = []
        more = iter(codes)
        while rows := list(islice(more, BLOCK)):
            self._index.append(rows)
            self._firsts.append(rows[0][0])
            lines = (f"{code}{_MARK}{' '.join(name.split())}" for code, name, _ in rows)
            self._texts.append("\n" + "\n".join(lines) + "\n")
            self._count += len(rows)
        self._stripped: dict[str, str | None] | None = None

    def __len__(self) -> int:
        return self._count

    def __contains__(self, code: str) -> bool:
        return self._find(code) is not None

    def name(self, code: str) -> str:
        """Return a code's product name; "" for an unknown code."""
        found = self._find(code)
        if found is None:
            return ""
        text, start = found
        return text[start : text.index("\n", start)]

    def resolve(self, text: str) -> str | None:
        """Return the code a person means: itself, or the only one that differs in case or in zeros Excel ate."""
        if text in self:
            return text
        if self._stripped is None:
            self._stripped = self._strip()
        key = fold(text).lstrip("0")
        return self._stripped.get(key) if key else None

    def suggest(self, text: str, limit: int = 12) -> list[tuple[str, str]]:
        """Return (code, name) of codes that fit what was typed: those that begin so come first."""
        typed = text.strip()
        if not typed:
            return []
        places: dict[int, None] = {}
        block = max(0, bisect_right(self._firsts, typed) - 1)
        for number in range(block, min(block + 2, len(self._texts))):
            lines = self._texts[number][1:-1].split("\n")
            first = bisect_left(lines, typed)
            for place in range(first, min(first + limit, len(lines))):
                if not lines[place].startswith(typed):
                    break
                places[number * BLOCK + place] = None
        found = (place for places_ in self._index.search(typed) for place in places_)
        for place in islice(found, limit):
            places.setdefault(place)
        return [self._row(place) for place in list(places)[:limit]]

    def _row(self, place: int) -> tuple[str, str]:
        code, _, name = self._texts[place // BLOCK][1:-1].split("\n")[place % BLOCK].partition(_MARK)
        return code, name

    def _find(self, code: str) -> tuple[str, int] | None:
        block = bisect_right(self._firsts, code) - 1
        if block < 0 or not code or "\n" in code:
            return None
        text = self._texts[block]
        start = text.find(f"\n{code}{_MARK}")
        return None if start < 0 else (text, start + len(code) + 2)

    def _strip(self) -> dict[str, str | None]:
        """Codes by their form without zeros at the left, only those that such a form doesn't spell itself."""
        stripped: dict[str, str | None] = {}
        for text in self._texts:
            for line in text[1:-1].split("\n"):
                code = line.partition(_MARK)[0]
                key = fold(code).lstrip("0")
                stripped[key] = None if key in stripped else code
        return stripped
