"""Several people at one shop's state: who changed what, and what one does about a change that came in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from otimo_tray.domain.catalogue import Component

Components = tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """Who sits where. Both may be empty: what ran without a person, or was made by an older version."""

    person: str = ""
    desk: str = ""

    @property
    def name(self) -> str:
        """One word for a sentence: the person, with the desk where many desks have the same person."""
        return self.person or self.desk

    @property
    def label(self) -> str:
        """`Ana · Balcão 1`."""
        return " · ".join(part for part in (self.person, self.desk) if part)


@dataclass(frozen=True, slots=True)
class Act:
    """One deed: `what` is a phrase of the words (`act.…`), `item` the SKU, the order's id or the plan's number."""

    id: int
    at: datetime
    author: Author
    what: str
    item: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else made of a row after an edit of it had begun.

    Attributes:
        by, at: who and when, as far as it is known.
        version: the row's number now; an edit on top of it carries this one.
        value: what the row holds now: a SKU's components, or its rule's words.
    """

    by: Author
    at: datetime | None
    version: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Edited:
    """The outcome of an edit, row by row.

    Attributes:
        versions: of every row that now is as it was asked for, by its key; 0 = it is gone.
        refused: rows that somebody else changed meanwhile, and that stayed as they are.
        changed: how many rows became others.
    """

    versions: dict[str, int] = field(default_factory=dict[str, int])
    refused: dict[str, Meanwhile] = field(default_factory=dict[str, Meanwhile])
    changed: int = 0


def components_text(components: Components) -> str:
    """`456 × 2 + 789`; empty without De/Para."""
    return " + ".join(part.erp_code if part.units == 1 else f"{part.erp_code} × {part.units}" for part in components)
