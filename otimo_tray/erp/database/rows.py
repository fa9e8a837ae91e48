"""Turns a driver's values into the eight texts of a raw row, a column at a time: thrice as quick as by row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, cast

from otimo_tray.domain.catalogue import RawRow

Column = Sequence[Any]
Texts = Sequence[str | None]
"""One field of a block of rows."""


def number_text(value: object) -> str | None:
    """A number as canonical text; what is none stays as it is, for `parse_raw` to refuse with its row."""
    if value is None or isinstance(value, str):
        text = value.strip() if value else ""
        return text or None
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else str(value)
    if isinstance(value, float):
        # Fifteen digits are what a double surely holds: 0.1 + 0.2 is 0.3 again.
        text = format(value, ".15g")
        return text if text.lstrip("-")[:1].isdigit() and "e" not in text else number_text(Decimal(text))
    if isinstance(value, int):
        return str(int(value))
    return plain_text(value)


def code_text(value: object) -> str | None:
    """A code: text without the padding of CHAR; numbers without decimals that say nothing."""
    if isinstance(value, float | Decimal):
        number = Decimal(format(value, ".15g")) if isinstance(value, float) else value
        if number.is_finite() and number == number.to_integral_value():
            return str(int(number))
    return plain_text(value)


def plain_text(value: object) -> str | None:
    """Any value as text, without trailing blanks; None when nothing is left."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.rstrip() or None
    if isinstance(value, bytes | bytearray | memoryview):
        return decoded(bytes(cast("bytes | bytearray | memoryview[int]", value))).rstrip() or None
    return str(value).rstrip() or None


def moment_text(value: object) -> str | None:
    """A date or moment as ISO text; midnight of a database without a bare date type is a bare date."""
    if isinstance(value, datetime):
        if value.tzinfo is None and value.time() == time():
            return value.date().isoformat()
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return plain_text(value)


def decoded(data: bytes) -> str:
    """UTF-8, or else Windows-1252: what old Brazilian databases hold under no charset at all."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


_BY_FIELD: Final[tuple[Callable[[object], str | None], ...]] = (
    code_text, number_text, number_text, number_text, moment_text, moment_text, plain_text, code_text,
)  # fmt: skip

_MOST_KNOWN: Final = 20_000
_SHARING: Final[tuple[tuple[type, frozenset[type]], ...]] = (
    (float, frozenset({int, float, type(None)})),
    (Decimal, frozenset({Decimal, type(None)})),
    (str, frozenset({str, type(None)})),
)


def _floats(values: Sequence[Any]) -> list[str | None]:
    """`number_text` of whole and broken numbers, all at once: half the time of one by one."""
    text = "%.15g\n" * len(values) % tuple(values)
    if "e" in text or "n" in text:  # an exponent, inf or nan
        return list(map(number_text, values))
    return cast("list[str | None]", text.split("\n")[:-1])


class _Known:
    """Balances and prices repeat: each is written as text once, as long as there aren't too many."""

    def __init__(self, kind: type) -> None:
        self._texts: dict[Any, str | None] = {None: None}
        self._make: Callable[[Sequence[Any]], list[str | None]] = _floats if kind is float else _one_by_one

    def column(self, column: Column) -> Texts:
        """The texts of a column."""
        texts = self._texts
        try:
            return list(map(texts.__getitem__, column))
        except KeyError:
            new = set(column).difference(texts)
        if len(texts) + len(new) > _MOST_KNOWN:
            texts.clear()
            texts[None] = None
            new = set(column).difference(texts)
        values = list(new)
        texts.update(zip(values, self._make(values), strict=True))
        return list(map(texts.__getitem__, column))


def _one_by_one(values: Sequence[Any]) -> list[str | None]:
    return list(map(number_text, values))


class RowMaker:
    """Makes raw rows of one reading.

    Args:
        places: for each of the eight fields the column's place in the driver's row, None when it isn't there.
        numbers: places of columns that hold numbers though the driver gives them as text.
    """

    def __init__(self, places: Sequence[int | None], numbers: Collection[int] = ()) -> None:
        self._places = tuple(places)
        self._numbers = frozenset(numbers)
        self._known: list[dict[type, _Known]] = [{} for _ in places]

    def columns(self, block: Sequence[Sequence[Any]]) -> list[Texts]:
        """The eight fields of one block of the driver's rows, each as a column."""
        columns: list[Column] = list(zip(*block, strict=True))
        empty: Texts = (None,) * len(block)
        return [
            empty if place is None or not block else self._texts(field, columns[place], place in self._numbers)
            for field, place in enumerate(self._places)
        ]

    def rows(self, block: Sequence[Sequence[Any]]) -> list[RawRow]:
        """One block of the driver's rows."""
        return list(zip(*self.columns(block), strict=True))

    def _texts(self, field: int, column: Column, is_number: bool) -> Texts:
        types = set(map(type, column))
        if types == {type(None)}:
            return column
        make = _BY_FIELD[field]
        if field in {1, 2, 3}:
            # Equal whole and broken numbers have the same text, so they may share; Decimal's keeps its zeros.
            kind = next((one for one, others in _SHARING if types <= others), None)
            if kind is not None:
                known = self._known[field].get(kind)
                if known is None:
                    known = self._known[field][kind] = _Known(kind)
                return known.column(column)
        elif is_number and field in {0, 7}:
            return [None if value is None else make(Decimal(value)) for value in column]
        if types == {str}:
            # The usual case without a call of ours for each cell.
            stripped = list(map(str.rstrip, column)) if field in {0, 6, 7} else column
            if field in {0, 6, 7} and "" not in set(stripped):
                return stripped
        return list(map(make, column))
