"""Documents of the interface read strictly where the program relies on them: the rest is ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Any, Final, cast

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.erp.http.answer import Answer, mapping
from otimo_tray.errors import ErpMisconfigured

VERSION: Final = 1
_FIELDS: Final = ("code", "balance", "price", "promo_price", "promo_from", "promo_until", "name", "ean")
_ALL_FIELDS: Final[Callable[[Any], RawRow]] = itemgetter(*_FIELDS)
_TEXT: Final = frozenset((str, type(None)))
_CURSOR: Final = re.compile(r"[!-~]{1,500}")


class Document:
    """An object of the interface with typed access. Raises ErpMisconfigured: E-283 version, E-284 a wrong field."""

    def __init__(self, answer: Answer) -> None:
        self._path = answer.path
        self._members = mapping(answer.json)
        if not isinstance(answer.json, dict):
            raise self.wrong("", answer.json)
        version: object = self._members.get("version")
        if version != VERSION or isinstance(version, bool):
            raise ErpMisconfigured("E-283", path=self._path, version=_short(version), expected=VERSION)

    def wrong(self, field: str, value: object) -> ErpMisconfigured:
        """The error for a member with this value; None = it isn't there."""
        return ErpMisconfigured("E-284", path=self._path, field=field or "JSON", detail=_short(value))

    def _of(self, field: str, *kinds: type) -> Any:
        value = self._members.get(field)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.wrong(field, value)
        return value

    def text(self, field: str) -> str:
        """A text that isn't empty."""
        value = cast(str, self._of(field, str))
        if not value:
            raise self.wrong(field, value)
        return value

    def number(self, field: str) -> int:
        """A whole number, zero or more."""
        value = cast(int, self._of(field, int))
        if value < 0:
            raise self.wrong(field, value)
        return value

    def flag(self, field: str) -> bool:
        """True or false."""
        return cast(bool, self._of(field, bool))

    def says(self, field: str) -> bool:
        """True or false of a member that needn't be there; false then."""
        return self.has(field) and self.flag(field)

    def moment(self, field: str) -> datetime:
        """A moment with its offset."""
        value = self.text(field)
        found = moment_of(value)
        if found is None:
            raise self.wrong(field, value)
        return found

    def cursor(self, field: str) -> str:
        """A cursor."""
        value = self.text(field)
        if _CURSOR.fullmatch(value) is None:
            raise self.wrong(field, value)
        return value

    def rows(self, field: str) -> list[Any]:
        """A list."""
        return cast("list[Any]", self._of(field, list))

    def has(self, field: str) -> bool:
        """Whether the member is there and not null."""
        return self._members.get(field) is not None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a reading. `rows` keep the items' order; `removed` are codes that went away."""

    snapshot: str
    as_of: str
    age_s: float
    """Seconds from `as_of` to the ERP's clock when it answered; 0 or more."""
    full: bool
    total: int
    rows: list[RawRow]
    removed: list[str]
    next: str

    @property
    def count(self) -> int:
        """Items in it."""
        return len(self.rows) + len(self.removed)


def page_of(answer: Answer) -> Page:
    """Reads a page. Raises ErpMisconfigured E-283, E-284."""
    document = Document(answer)
    items = document.rows("items")
    age = (document.moment("now") - document.moment("as_of")).total_seconds()
    return Page(
        snapshot=document.text("snapshot"),
        as_of=document.text("as_of"),
        age_s=max(0.0, age),
        full=document.flag("full"),
        total=document.number("total"),
        rows=_rows(items, document),
        removed=list(_removed(items, document)),
        next=document.cursor("next") if document.has("next") else "",
    )


def _rows(items: list[Any], document: Document) -> list[RawRow]:
    """The items as raw rows; a code that is missing or no text makes the page useless: whose row would it be?"""
    plain = _plain_rows(items)
    if plain is not None:
        return plain
    for place, item in enumerate(items):
        if not isinstance(item, dict):
            raise document.wrong(f"items/{place}", item)
    rows = [
        (
            get("code"), get("balance"), get("price"), get("promo_price"),
            get("promo_from"), get("promo_until"), get("name"), get("ean"),
        )
        for get in [item.get for item in items if not item.get("removed")]
    ]  # fmt: skip
    for place, row in enumerate(rows):
        code = row[0]
        if not isinstance(code, str) or not code.strip():
            raise document.wrong(f"items/{place}/code", code)
    kinds = set(map(type, chain.from_iterable(rows)))
    if kinds <= _TEXT and not any(row[0][0] <= " " or row[0][-1] <= " " or "" in row for row in rows):
        return rows
    return [tuple(_cell(value, field) for value, field in zip(row, _FIELDS, strict=True)) for row in rows]


def _plain_rows(items: list[Any]) -> list[RawRow] | None:
    """The rows of a usual page, without a step of ours for each: every member is there, as text or null, and nothing
    has to be stripped or is removed. None when the page isn't that plain."""
    try:
        rows = list(map(_ALL_FIELDS, items))
    except (KeyError, TypeError, IndexError):
        return None
    cells = list(chain.from_iterable(rows))
    codes = cells[:: len(_FIELDS)]
    if not set(map(type, cells)) <= _TEXT or "" in cells or None in codes or list(map(str.strip, codes)) != codes:
        return None
    return None if any(item.get("removed") for item in items) else rows


def _cell(value: object, field: str) -> str | None:
    """A value as raw text. A JSON number is taken by its digits; what is neither is left to be refused by row."""
    if value is None or isinstance(value, str):
        shown = value.strip() if value and field == "code" else value
        return shown or None
    return _short(value)


def _removed(items: list[Any], document: Document) -> Iterator[str]:
    for place, item in enumerate(items):
        if item.get("removed"):
            code = item.get("code")
            if not isinstance(code, str) or not code.strip():
                raise document.wrong(f"items/{place}/code", code)
            yield code.strip()


def moment_of(text: str) -> datetime | None:
    """An RFC 3339 moment; None for anything else, also without an offset."""
    try:
        found = datetime.fromisoformat(text.replace("t", "T").replace("z", "Z"))
    except ValueError:
        return None
    return found if found.tzinfo is not None and "T" in text.upper() else None


def _short(value: object) -> str:
    """A value for a message: its JSON form, cut."""
    if value is None:
        return "null"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
