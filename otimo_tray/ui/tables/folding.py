"""Search over many rows as you type: text folded once, kept in blocks, found by the C library's own search."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import compress, repeat
from operator import contains
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


def narrows(query: str, before: str) -> bool:
    """Tell whether what `query` finds is surely among what `before` found: each word of that one is in one of this."""
    words = fold(query).split()
    return all(any(old in word for word in words) for old in fold(before).split())


class _Block:
    __slots__ = ("starts", "text")

    def __init__(self, texts: list[str]) -> None:
        self.starts = array("I")
        position = 0
        for text in texts:
            self.starts.append(position)
            position += len(text) + 1
        self.text = "\n".join(texts)

    def find(self, words: list[str], among: list[int] | None = None) -> list[int]:
        """Return the rows of this block (or those `among` them) that hold every word, each once."""
        first = words[0]
        if among is not None and len(among) <= DENSE:
            return [row for row in among if all(word in self.row_text(row) for word in words)]
        if self.text.count(first) <= DENSE:
            found = self._jumps(first) if among is None else sorted(set(self._jumps(first)) & set(among))
            return [row for row in found if all(word in self.row_text(row) for word in words[1:])]
        # Most rows match: one pass over all of them is cheaper than many jumps.
        texts = self.text.split("\n")
        rows = list(compress(range(len(texts)), map(contains, texts, repeat(first)))) if among is None else among
        for word in words if among is not None else words[1:]:
            rows = [row for row in rows if word in texts[row]]
        return rows

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

    def search(self, query: str, within: bytes | bytearray | None = None) -> Iterator[list[int]]:
        """Yield the places of rows that hold every word of `query`, a list for each block, in order.

        Args:
            within: 1 for each row that may match, as found by a search that this one narrows; None = all may.
        """
        words = sorted(fold(query).split(), key=len, reverse=True)
        for number in range(len(self._blocks)):
            if number in self._stale:
                self._stale.discard(number)
                self._blocks[number] = self._block(self._rows[number * BLOCK : (number + 1) * BLOCK])
            block, base = self._blocks[number], number * BLOCK
            among: list[int] | None = None
            if within is not None:
                mask = within[base : base + len(block.starts)]
                count = mask.count(1)
                if count == 0:
                    continue
                if count < len(block.starts):
                    among = list(compress(range(len(mask)), mask))
            if words:
                yield [base + row for row in block.find(words, among)]
            else:
                yield list(range(base, base + len(block.starts)))

    def _block(self, rows: Sequence[R]) -> _Block:
        return _Block([fold(self._text_of(row)).replace("\n", " ") for row in rows])
