"""Packed rows are the rows: whatever is in them, read, replaced, cut and counted as in a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.store.readmodels.mapping_rows import MappingRow, MappingRows

_text = st.text(st.characters(codec="utf-8") | st.sampled_from("\x1d\x1e\x1f\n"), max_size=6)
_maybe = st.none() | _text
_rows = st.lists(
    st.tuples(
        _text, _text, _text, _text, st.integers(0, 10**12), _maybe, _maybe, _maybe, _maybe,
        st.integers(0, 9), st.integers(0, 99), st.integers(0, 10**9), _maybe,
    ),
    max_size=6,
)  # fmt: skip


@given(_rows, _rows, st.data())
def test_behaves_like_a_list(rows: list[MappingRow], others: list[MappingRow], data: st.DataObject) -> None:
    packed, plain = MappingRows(rows), list(rows)
    assert list(packed) == plain
    assert packed.states == bytes(row[9] for row in plain)
    for row in others:
        place = data.draw(st.integers(0, len(plain)))
        packed.insert(place, row)
        plain.insert(place, row)
    if plain:
        place = data.draw(st.integers(-len(plain), len(plain) - 1))
        packed[place] = plain[place] = plain[0]
        start, stop = data.draw(st.integers(0, 6)), data.draw(st.integers(0, 12))
        assert packed[start:stop] == plain[start:stop]
        packed[start:stop] = plain[start:stop] = others
        assert list(packed) == plain
    if plain:
        del packed[0], plain[0]
    assert list(packed) == plain
    assert packed.states == bytes(row[9] for row in plain)


def test_a_code_that_is_the_sku_takes_no_place_and_none_is_not_empty() -> None:
    row: MappingRow = ("A-1", "Caneta", "", "A-1", 1, None, "", "1.00", None, 0, 1, 3, None)
    assert MappingRows([row])[0] == row
