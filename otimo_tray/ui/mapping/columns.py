"""Columns, tabs and words of the De/Para table."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from otimo_tray.store.readmodels.mapping import (
    AVAILABLE,
    BALANCE,
    CODE,
    COMPONENTS,
    EAN,
    ERP_PRICE,
    ERROR,
    HUB_PRICE,
    NAME,
    SKU,
    STATE,
    UNITS,
    MappingRow,
    MappingState,
)
from otimo_tray.store.readmodels.mapping_rows import MappingRows
from otimo_tray.ui.formats import DASH, decimal_text, number, quantity, raw_decimal
from otimo_tray.ui.look import Tone
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.text import translate

CODE_COLUMN, UNITS_COLUMN, STATE_COLUMN = 2, 3, 8
_CONFLICT = (MappingState.NO_CODE, MappingState.NOT_AT_HUB, MappingState.HAS_TABLE, MappingState.STOPPED)
TAB_STATES: dict[str, tuple[MappingState, ...]] = {
    "all": tuple(MappingState),
    "mapped": tuple(state for state in MappingState if state is not MappingState.UNMAPPED),
    "unmapped": (MappingState.UNMAPPED,),
    "conflict": _CONFLICT,
    "divergent": (MappingState.DIVERGENT,),
    "held": (MappingState.HELD,),
}
_state: itemgetter[int] = itemgetter(STATE)


def tabs() -> list[tuple[str, str]]:
    """Return the tabs in order: key and title."""
    return [
        ("all", translate("Mapping", "Todos")),
        ("mapped", translate("Mapping", "Com De/Para")),
        ("unmapped", translate("Mapping", "Sem De/Para")),
        ("conflict", translate("Mapping", "Em conflito")),
        ("divergent", translate("Mapping", "Divergentes")),
        ("held", translate("Mapping", "Aguardando liberação")),
    ]


def states_of(rows: Sequence[MappingRow]) -> bytes:
    """Return every row's state as a byte."""
    return bytes(rows.states) if isinstance(rows, MappingRows) else bytes(map(_state, rows))


def tab_mask(tab: str) -> bytes:
    """Return a table for `bytes.translate` that turns states into 1 and 0."""
    wanted = TAB_STATES[tab]
    return bytes(1 if number in wanted else 0 for number in range(256))


def tab_counts(states: bytes) -> dict[str, int]:
    """Return how many rows each tab holds."""
    return {tab: sum(states.count(bytes((state,))) for state in wanted) for tab, wanted in TAB_STATES.items()}


def state_words(state: int) -> tuple[str, Tone | None]:
    """Return a state's sign and word, and its tone."""
    return {
        MappingState.OK: (translate("Mapping", "✓ em dia"), Tone.QUIET),
        MappingState.UNMAPPED: (translate("Mapping", "○ sem De/Para"), Tone.NOTE),
        MappingState.NO_CODE: (translate("Mapping", "▲ código não está no ERP"), Tone.BAD),
        MappingState.NOT_AT_HUB: (translate("Mapping", "▲ SKU não está no Plugg.to"), Tone.BAD),
        MappingState.HAS_TABLE: (translate("Mapping", "▲ tem tabela no Plugg.to"), Tone.WARN),
        MappingState.DIVERGENT: (translate("Mapping", "≠ diverge do Plugg.to"), Tone.WARN),
        MappingState.HELD: (translate("Mapping", "■ aguardando liberação"), Tone.WARN),
        MappingState.DUE: (translate("Mapping", "→ a enviar"), Tone.NOTE),
        MappingState.STOPPED: (translate("Mapping", "▲ recusado pelo Plugg.to"), Tone.BAD),
        MappingState.NEW: (translate("Mapping", "○ aguarda o 1º envio"), Tone.QUIET),
    }[MappingState(state)]


def code_text(row: MappingRow) -> str:
    """Return the ERP code, with how many more a kit has."""
    if row[COMPONENTS] > 1:
        return f"{row[CODE]} + {row[COMPONENTS] - 1}"
    return row[CODE]


def units_text(row: MappingRow) -> str:
    """Return *Qtd. por SKU*; "kit" where there are several components."""
    if row[COMPONENTS] == 0:
        return ""
    return translate("Mapping", "kit") if row[COMPONENTS] > 1 else number(row[UNITS])


def search_text(row: MappingRow) -> str:
    """Return what the search looks through."""
    sku, code = row[SKU], row[CODE]
    return f"{sku} {row[NAME]} {'' if code == sku else code} {row[EAN]}"


def _number(text: str | None) -> float:
    """For ordering only: floats compare fast enough for 100,000 rows."""
    value = raw_decimal(text)
    return float("-inf") if value is None else float(value)


def columns() -> list[Column[MappingRow]]:
    """Return the table's columns; the code and the units are the ones to edit."""
    made: list[Column[MappingRow]] = [
        Column(
            "sku", translate("Mapping", "SKU Plugg.to"), lambda row: row[SKU], 18, code=True, sort=lambda row: row[SKU]
        ),
        Column("name", translate("Mapping", "Produto"), lambda row: row[NAME], 0, tip=lambda row: row[NAME]),
        Column(
            "code",
            translate("Mapping", "Código no ERP"),
            code_text,
            14,
            code=True,
            editable=True,
            sort=lambda row: row[CODE],
        ),
        Column(
            "units",
            translate("Mapping", "Qtd. por SKU"),
            units_text,
            8,
            right=True,
            editable=True,
            sort=lambda row: row[UNITS] if row[COMPONENTS] else 0,
        ),
        Column(
            "balance",
            translate("Mapping", "Saldo"),
            lambda row: quantity(row[BALANCE]),
            8,
            right=True,
            sort=lambda row: _number(row[BALANCE]),
        ),
        Column(
            "available",
            translate("Mapping", "Disponível"),
            lambda row: quantity(row[AVAILABLE]),
            8,
            right=True,
            sort=lambda row: _number(row[AVAILABLE]),
        ),
        Column(
            "erp_price",
            translate("Mapping", "Preço ERP"),
            lambda row: decimal_text(raw_decimal(row[ERP_PRICE])),
            10,
            right=True,
            sort=lambda row: _number(row[ERP_PRICE]),
        ),
        Column(
            "hub_price",
            translate("Mapping", "Preço Plugg.to"),
            lambda row: decimal_text(raw_decimal(row[HUB_PRICE])),
            10,
            right=True,
            sort=lambda row: _number(row[HUB_PRICE]),
        ),
        Column(
            "state",
            translate("Mapping", "Situação"),
            lambda row: state_words(row[STATE])[0],
            23,
            tone=lambda row: state_words(row[STATE])[1],
            sort=lambda row: row[STATE],
            copy=lambda row: state_words(row[STATE])[0].partition(" ")[2],
            tip=lambda row: row[ERROR] or "",
        ),
        Column("ean", translate("Mapping", "EAN"), lambda row: row[EAN] or DASH, 15, code=True, hidden=True),
    ]
    return made
