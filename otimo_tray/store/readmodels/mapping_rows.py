"""Many rows of the De/Para window in little memory: each one short text, made a tuple again when it is looked at.

100,000 rows take 18 MB instead of 48; a row is unpacked in about a microsecond, far less than drawing it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableSequence
from typing import Any, Final, overload

MappingRow = tuple[str, str, str, str, int, str | None, str | None, str | None, str | None, int, int, int, str | None]
"""(sku, name, ean, code, units, balance, available, erp_price, hub_price, state, components, version, error_code).

`code` is "" where there is no De/Para and the first component's for a kit of several. Balance and prices are text as
the ERP and the hub gave it; `available` is the value on its way, else the confirmed one.
"""

_GAP: Final = "\x1f"
_NONE: Final = "\x1e"
_SAME: Final = "\x1d"
"""Stands for a code that is the SKU itself, as most are."""
_GAPS: Final = 11
_STATE: Final = 9


def _pack(row: MappingRow) -> str | MappingRow:
    """The row as one text; the row itself where a field holds one of our signs."""
    sku, name, ean, code, units, balance, available, erp_price, hub_price, _state, components, version, error = row
    texts = [sku, name, ean, _SAME if code == sku else code, str(units)]
    texts += [_NONE if text is None else text for text in (balance, available, erp_price, hub_price, error)]
    packed = _GAP.join((*texts, str(components), str(version)))
    return packed if packed.count(_GAP) == _GAPS and _unpack(packed, row[_STATE]) == row else row


def _unpack(packed: str, state: int) -> MappingRow:
    sku, name, ean, code, units, balance, available, erp, hub, error, components, version = packed.split(_GAP)
    return (
        sku,
        name,
        ean,
        sku if code == _SAME else code,
        int(units),
        None if balance == _NONE else balance,
        None if available == _NONE else available,
        None if erp == _NONE else erp,
        None if hub == _NONE else hub,
        state,
        int(components),
        int(version),
        None if error == _NONE else error,
    )


class MappingRows(MutableSequence[MappingRow]):
    """Behaves like a list of rows. States are kept as bytes: tabs count and mask them."""

    def __init__(self, rows: Iterable[MappingRow] = ()) -> None:
        self._packed: list[str | MappingRow] = []
        self.states = bytearray()
        """Each row's `MappingState`."""
        for row in rows:
            self.append(row)

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, place: int, /) -> MappingRow: ...
    @overload
    def __getitem__(self, place: slice, /) -> list[MappingRow]: ...
    def __getitem__(self, place: int | slice, /) -> MappingRow | list[MappingRow]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self._packed)))]
        packed = self._packed[place]
        return _unpack(packed, self.states[place]) if isinstance(packed, str) else packed

    @overload
    def __setitem__(self, place: int, row: MappingRow, /) -> None: ...
    @overload
    def __setitem__(self, place: slice, row: Iterable[MappingRow], /) -> None: ...
    def __setitem__(self, place: int | slice, row: Any, /) -> None:
        rows: list[MappingRow] = list(row) if isinstance(place, slice) else [row]
        packed, states = [_pack(one) for one in rows], bytes(one[_STATE] for one in rows)
        if isinstance(place, slice):
            self._packed[place], self.states[place] = packed, states
        else:
            self._packed[place], self.states[place] = packed[0], states[0]

    def __delitem__(self, place: int | slice, /) -> None:
        del self._packed[place]
        del self.states[place]

    def insert(self, index: int, value: MappingRow) -> None:
        """Put a row before a place."""
        self._packed.insert(index, _pack(value))
        self.states.insert(index, value[_STATE])

    def __iter__(self) -> Iterator[MappingRow]:
        return (self[place] for place in range(len(self._packed)))
