"""Who did what, at which desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from otimo_tray.domain.desks import Act, Author


class Acts(Protocol):
    """The book of deeds. A deed is noted in the transaction that does it: neither is there without the other.

    Attributes:
        author: who works in this process, and where; set by whoever opens the state.
    """

    author: Author

    def note(self, what: str, item: str, params: Mapping[str, Any], now: datetime) -> None:
        """Notes a deed of `author`. `params` hold no buyer's data."""
        ...

    def note_all(self, deeds: Iterable[tuple[str, str, Mapping[str, Any]]], now: datetime) -> None:
        """Notes many: (what, item, params)."""
        ...

    def of_item(self, item: str, limit: int = 100) -> list[Act]:
        """Newest first."""
        ...

    def latest(self, items: Sequence[str]) -> dict[str, Act]:
        """The last deed of each of these, by item."""
        ...

    def recent(self, limit: int = 2_000) -> list[Act]:
        """Newest first."""
        ...
