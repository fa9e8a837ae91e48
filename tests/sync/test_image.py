"""The picture in memory tells exactly what differs from the stored one, whatever was read before."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.errors import OtimoError
from otimo_tray.sync.image import ErpImage
from otimo_tray.sync.storage import Values


@dataclass
class Reading:
    rows: list[RawRow]
    full: bool
    as_of: datetime = datetime(2026, 7, 1, tzinfo=UTC)
    digest: str = ""
    source: str = "teste"
    more: bool = True

    def chunks(self) -> Iterator[list[RawRow]]:
        for start in range(0, len(self.rows), 3):
            yield self.rows[start : start + 3]

    def accepted(self) -> None: ...

    def refused(self, error: OtimoError) -> None: ...


class Stored:
    """The part of the store that the picture asks."""

    def __init__(self) -> None:
        self.rows: dict[str, RawRow] = {}
        self.asked = 0

    def erp_rows(self, codes: Sequence[str] | None = None) -> Iterator[list[RawRow]]:
        self.asked += 1
        yield list(self.rows.values()) if codes is None else [self.rows[code] for code in codes if code in self.rows]


def row(code: str, balance: str | None) -> RawRow:
    return (code, balance, "1,00", None, None, None, "Nome", None)


_rows = st.dictionaries(st.sampled_from("ABCDEFG"), st.sampled_from(["1", "2", "3", None]), max_size=7).map(
    lambda found: [row(code, balance) for code, balance in found.items()]
)


@given(readings=st.lists(st.tuples(_rows, st.booleans(), st.booleans(), st.booleans()), max_size=8))
def test_differences_are_those_of_the_stored_rows(readings: list[tuple[list[RawRow], bool, bool, bool]]) -> None:
    stored, image = Stored(), ErpImage()
    values = cast(Values, stored)
    for rows, full, forgets, folds in readings:
        if folds:
            count = image.count
            image.fold()
            assert image.count == count
        if forgets:
            image.forget()
        image.load(values)
        before = dict(stored.rows)
        found = image.difference(Reading(rows, full), values)
        assert found.changed == [one for one in rows if before.get(str(one[0])) != one]
        assert found.fresh == sum(1 for one in rows if one[0] not in before)
        assert found.count == len(rows)
        gone = before.keys() - {one[0] for one in rows} if full else set[str]()
        assert set(found.gone) == gone
        stored.rows.update({str(one[0]): one for one in found.changed})
        for code in found.gone:
            del stored.rows[code]
        image.apply(found)


def test_a_quiet_reading_asks_the_store_for_nothing() -> None:
    stored, image = Stored(), ErpImage()
    values = cast(Values, stored)
    rows = [row(code, "1") for code in "ABCDEFGH"]
    stored.rows = {str(one[0]): one for one in rows}
    image.load(values)
    image.fold()
    asked = stored.asked
    found = image.difference(Reading(rows, full=True), values)
    assert (found.changed, found.gone, stored.asked) == ([], [], asked)


def test_of_a_code_that_came_twice_the_last_row_counts() -> None:
    stored, image = Stored(), ErpImage()
    values = cast(Values, stored)
    image.load(values)
    first = image.difference(Reading([row("A", "1"), row("A", "2")], full=False), values)
    image.apply(first)
    stored.rows["A"] = row("A", "2")
    assert image.difference(Reading([row("A", "2")], full=False), values).changed == []
    assert image.difference(Reading([row("A", "1")], full=False), values).changed == [row("A", "1")]


def test_a_small_picture_takes_eight_bytes_a_row_between_cycles() -> None:
    stored, image = Stored(), ErpImage()
    stored.rows = {str(number): row(str(number), "1") for number in range(2_000)}
    image.load(cast(Values, stored))
    image.fold()
    assert image.count == 2_000
    assert sys.getsizeof(image._prints) < 20_000
