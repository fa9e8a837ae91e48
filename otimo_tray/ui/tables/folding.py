"""Search over many rows as you type: text folded once, kept in blocks, found by the C library's own search."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

R = TypeVar("R")
BLOCK = 2048
"""Rows a block: a search of one takes well under a millisecond, an edit folds only its own block anew."""
DENSE = 48
"""From so many matches in a block on its rows are looked at one by one."""


def fold(text: str) -> str:
    """Return a text without case and accents: what a person types finds what is written."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


class _Block:
    __slots__ = ("starts", "text")

    def __init__(self, texts: list[str]) -> None:
        self.starts = array("I")
        position = 0
        for text in texts:
            self.starts.append(position)
            position += len(text) + 1
        self.text = "\n".join(texts)

    def find(self, words: list[str]) -> list[int]:
        """Return the rows of this block that hold every word, each once."""
        first = words[0]
        if self.text.count(first) > DENSE:  # most rows match: one pass over all of them is cheaper than many jumps
            if len(words) == 1:
                return [row for row, text in enumerate(self.text.split("\n")) if first in text]
            return [row for row, text in enumerate(self.text.split("\n")) if all(word in text for word in words)]
        return [row for row in self._jumps(first) if all(word in self.row_text(row) for word in words[1:])]

    def _jumps(self, word: str) -> Iterator[int]:
        text, starts = self.text, self.starts
        position = text.find(word)
        while position >= 0:
            row = bisect_right(starts, position) - 1
            yield row
            if row + 1 >= len(starts):
                return
            position = text.find(word, starts[row + 1])

    def row_text(self, row: int) -> str:
        end = self.starts[row + 1] - 1 if row + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[row] : end]


class FoldedIndex(Generic[R]):
    """Finds rows by words, all of which must occur.

    Args:
        text_of: the searched text of a row, unfolded.
    """

    def __init__(self, text_of: Callable[[R], str]) -> None:
        self._text_of = text_of
        self._blocks: list[_Block] = []
        self._rows: Sequence[R] = ()
        self._stale: set[int] = set()

    def build(self, rows: Sequence[R]) -> None:
        """Fold all rows. May run in a worker: it steps in Python, so that no other thread waits long."""
        self._rows = rows
        self._stale.clear()
        self._blocks = [self._block(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]

    def replace(self, rows: Sequence[R], changed: Sequence[int]) -> None:
        """Note that the rows at these places are others now; their blocks are folded anew by the next search."""
        self._rows = rows
        self._stale.update(place // BLOCK for place in changed)

    def append(self, rows: Sequence[R]) -> None:
        """Add one whole block of rows that will never be replaced."""
        self._blocks.append(self._block(rows))

    def search(self, query: str) -> Iterator[list[int]]:
        """Yield the places of rows that hold every word of `query`, a list for each block, in order."""
        words = sorted(fold(query).split(), key=len, reverse=True)
        for number in range(len(self._blocks)):
            if number in self._stale:
                self._stale.discard(number)
                self._blocks[number] = self._block(self._rows[number * BLOCK : (number + 1) * BLOCK])
            block, base = self._blocks[number], number * BLOCK
            if words:
                yield [base + row for row in block.find(words)]
            else:
                yield list(range(base, base + len(block.starts)))

    def _block(self, rows: Sequence[R]) -> _Block:
        return _Block([fold(self._text_of(row)).replace("\n", " ") for row in rows])
