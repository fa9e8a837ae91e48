"""A value read from the database and kept in memory until a commit changes what it was read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from otimo_tray.store.transactions import StateDatabase

_T = TypeVar("_T")


class Kept(Generic[_T]):
    """`read` is asked again only after a commit that said it changes `what`. A transaction of this thread is never
    answered from memory: it sees its own writes."""

    def __init__(self, database: StateDatabase, what: str, read: Callable[[], _T]) -> None:
        self._database = database
        self._what = what
        self._read = read
        self._held: tuple[int, _T] | None = None

    def get(self) -> _T:
        if self._database.in_transaction:
            return self._read()
        # The number first: a commit during the read makes this value old at once, never the other way round.
        generation = self._database.generation(self._what)
        held = self._held
        if held is None or held[0] != generation:
            held = (generation, self._read())
            self._held = held
        return held[1]
