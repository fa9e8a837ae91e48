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

    def find(self, word: str) -> list[int]:
        """Return the rows of this block that hold `word`, each once."""
        text, starts = self.text, self.starts
        rows: list[int] = []
        count = len(starts)
        position = text.find(word)
        while position >= 0:
            row = bisect_right(starts, position) - 1
            rows.append(row)
            if row + 1 >= count:
                break
            position = text.find(word, starts[row + 1])
        return rows

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

    def build(self, rows: Sequence[R]) -> None:
        """Fold all rows. May run in a worker: it steps in Python, so that no other thread waits long."""
        self._blocks = [self._block(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]

    def replace(self, rows: Sequence[R], changed: Sequence[int]) -> None:
        """Fold anew the blocks of the rows at these places."""
        for block in {place // BLOCK for place in changed}:
            self._blocks[block] = self._block(rows[block * BLOCK : (block + 1) * BLOCK])

    def search(self, query: str) -> Iterator[list[int]]:
        """Yield the places of rows that hold every word of `query`, a list for each block, in order."""
        words = sorted(fold(query).split(), key=len, reverse=True)
        for number, block in enumerate(self._blocks):
            if not words:
                yield list(range(number * BLOCK, number * BLOCK + len(block.starts)))
                continue
            found = block.find(words[0])
            if len(words) > 1:
                found = [row for row in found if all(word in block.row_text(row) for word in words[1:])]
            base = number * BLOCK
            yield [base + row for row in found]

    def _block(self, rows: Sequence[R]) -> _Block:
        return _Block([fold(self._text_of(row)).replace("\n", " ") for row in rows])
