"""Reads a sheet of tracking codes: finds each row's order, judges it, and types exactly the good ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from otimo_tray.domain.carriers import Carriers
from otimo_tray.domain.orders import OrderStage, Shipment
from otimo_tray.domain.tracking import Carrier, TrackingState, code_warnings, normalise_code
from otimo_tray.errors import ItemError
from otimo_tray.sheets.guard import lost_digits
from otimo_tray.sheets.reading import PersonSheet
from otimo_tray.sheets.results import Outcome, RowResult, SheetResult
from otimo_tray.sheets.state import SheetState
from otimo_tray.sync.decisions import type_tracking, typed_elsewhere
from otimo_tray.sync.storage import OrderRow, Storage, TrackingRow

COLUMNS: Final = {
    "order": (
        "pedido", "numero_do_pedido", "numero_pedido", "n_pedido", "pedido_canal", "id_pluggto", "chave", "chave_nfe",
        "chave_da_nota", "nota", "nota_fiscal", "nf", "nfe", "nf_e",
    ),
    "code": (
        "codigo_de_rastreio", "codigo_rastreio", "cod_rastreio", "codigo_de_rastreamento", "rastreio", "rastreamento",
        "codigo", "objeto",
    ),
    "carrier": ("transportadora", "transportador", "empresa"),
    "method": ("metodo", "metodo_de_envio", "servico", "modalidade"),
    "volume": ("volume", "vol"),
}  # fmt: skip
EXPECTED: Final = "Pedido; Código de rastreio; Transportadora (Método; Volume)"
_LONGEST_CODE: Final = 60
_MOST_VOLUMES: Final = 99
_NOBODY: Final[list[tuple[str, str]]] = []
_BLOCK: Final = 100
"""Codes typed in one transaction."""


@dataclass(slots=True)
class _Line:
    line: int
    reference: str
    code: str
    carrier_text: str
    method: str
    volume_text: str
    hub_id: str = ""
    carrier: Carrier | None = None
    shipment_id: str | None = None
    volume: int = 1
    outcome: Outcome = "new"
    error: ItemError | None = None

    def refuse(self, code: str, /, **params: str | int) -> None:
        self.outcome, self.error = "refused", ItemError(code, raw="", **{"line": self.line, **params})

    def result(self) -> RowResult:
        return RowResult(self.line, self.reference, self.outcome, self.error, self.code)


def import_tracking(
    storage: Storage,
    state: SheetState,
    path: Path,
    now: datetime,
    *,
    apply: bool,
    accept_warnings: bool = False,
) -> SheetResult:
    """Judges the sheet, and with `apply` types the good rows' codes. Rows without a volume count up within their order.

    A row warned of (T-601 digit, T-602 used elsewhere, T-603 an NF-e key, T-607 over another person's code of a moment
    ago) is only typed with `accept_warnings`. Refused
    rows carry T-604 (no code, too long), T-605 (order unknown), T-606 (cancelled: do not dispatch), T-620 (several
    orders), T-621 (no order), T-622 (carrier not said), T-623 (carrier unknown), T-624 (volume), T-625 (the same order
    and volume twice), T-626 (Excel took the digits away).

    Raises:
        ConfigurationError: C-480, C-481, C-482: the file can't be used as a whole.
        StoreAway: the blocks of 100 codes before stay typed; the same sheet can be imported again.
    """
    sheet = PersonSheet(path, COLUMNS, ("order", "code"), EXPECTED)
    lines = [
        _Line(number, order.strip(), code, carrier.strip(), method.strip(), volume.strip())
        for number, (order, code, carrier, method, volume) in sheet.rows()
    ]
    _Judge(storage, state, now, accept_warnings=accept_warnings).judge(lines)
    good = [line for line in lines if line.outcome in ("new", "changed")]
    if apply:
        _type(storage, good, now)
    written = sum(1 for line in good if line.outcome != "refused") if apply else 0
    return SheetResult([line.result() for line in lines], apply, written)


class _Judge:
    """What earlier rows of the sheet say counts for the later ones."""

    def __init__(self, storage: Storage, state: SheetState, now: datetime, *, accept_warnings: bool) -> None:
        self._storage = storage
        self._state = state
        self._now = now
        self._accept = accept_warnings
        self._carriers = Carriers(storage.trackings.carriers())
        self._places: dict[tuple[str, int], int] = {}
        """(hub id, volume) → row."""
        self._used: dict[str, str] = {}
        """code → hub id of the row that has it."""

    def judge(self, lines: Sequence[_Line]) -> None:
        orders = self._state.orders(_spellings(lines))
        for line in lines:
            line.code = normalise_code(line.code)
            found = next((orders[text] for text in _spellings([line]) if text in orders), _NOBODY)
            if not line.reference:
                line.refuse("T-621")
            elif lost_digits(line.reference) or lost_digits(line.code):
                lost = line.reference if lost_digits(line.reference) else line.code
                line.refuse("T-626", value=lost)
            elif not line.code or len(line.code) > _LONGEST_CODE:
                line.refuse("T-604", code=line.code[:_LONGEST_CODE])
            elif not found:
                line.refuse("T-605", order=line.reference)
            elif len(found) > 1:
                line.refuse("T-620", order=line.reference, orders=", ".join(number for _, number in found))
            else:
                self._judge_of_order(line, found[0][0])

    def _judge_of_order(self, line: _Line, hub_id: str) -> None:
        row = self._storage.orders.get(hub_id)
        if row is None:
            line.refuse("T-605", order=line.reference)
            return
        if row.cancel_open or row.stage is OrderStage.CANCELLED:
            line.refuse("T-606", order=row.order.original_id)
            return
        line.hub_id = hub_id
        if self._take_carrier(line, row) and self._take_volume(line, row):
            self._compare(line, row)

    def _take_carrier(self, line: _Line, row: OrderRow) -> bool:
        if line.carrier_text:
            named = self._carriers.named(line.carrier_text)
            if named is None:
                names = ", ".join(self._carriers.names)
                line.refuse("T-623", carrier=line.carrier_text, carriers=names)
                return False
            line.carrier, service = named
            line.method = line.method or service
            return True
        filled = next((s for s in row.order.shipments if s.company or s.method), Shipment(""))
        proposed = self._carriers.proposed(line.code, filled.company, filled.method)
        if proposed is None:
            line.refuse("T-622", order=row.order.original_id, code=line.code)
            return False
        line.carrier, service = proposed
        line.method = line.method or service
        return True

    def _take_volume(self, line: _Line, row: OrderRow) -> bool:
        if line.volume_text:
            text = line.volume_text
            line.volume = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
            if not 1 <= line.volume <= _MOST_VOLUMES:
                line.refuse("T-624", value=text)
                return False
        else:
            line.volume = 1
            while (line.hub_id, line.volume) in self._places:
                line.volume += 1
        other = self._places.setdefault((line.hub_id, line.volume), line.line)
        if other != line.line:
            line.refuse("T-625", order=row.order.original_id, volume=line.volume, other=other)
        return other == line.line

    def _compare(self, line: _Line, row: OrderRow) -> None:
        """New, a correction, or there already; a code there already is warned of no more."""
        typed = [
            code for code in self._storage.trackings.of_order(line.hub_id) if code.state is not TrackingState.REPLACED
        ]
        of_volume = [code for code in typed if code.volume == line.volume]
        if any(_same(code, line) for code in of_volume):
            line.outcome = "same"
            self._used.setdefault(line.code, line.hub_id)
            return
        if len(of_volume) == 1:
            line.shipment_id = of_volume[0].shipment_id  # so that it is replaced, wherever it was typed
        line.outcome = "changed" if of_volume else "new"
        used_by = self._storage.trackings.used_by(line.code)
        if used_by in (None, line.hub_id):
            used_by = self._used.get(line.code)
        keys = frozenset(invoice.record.key for invoice in self._storage.invoices.of_order(line.hub_id))
        elsewhere = None if used_by == line.hub_id else used_by
        warnings = code_warnings(line.code, used_by=elsewhere, nfe_keys=keys)
        self._used.setdefault(line.code, line.hub_id)
        other = typed_elsewhere(
            self._storage, line.hub_id, line.code, self._now, shipment_id=line.shipment_id, volume=line.volume
        )
        told: dict[str, Any] = {}
        if other is not None:
            warnings.append("T-607")
            told = {"person": other.author.name, "typed": other.params.get("code", ""), "time": other.at}
        if warnings and not self._accept:
            line.outcome = "warning"
            line.error = ItemError(
                warnings[0], line=line.line, code=line.code, order=self._number(elsewhere), warnings=warnings, **told
            )

    def _number(self, hub_id: str | None) -> str:
        row = self._storage.orders.get(hub_id) if hub_id is not None else None
        return row.order.original_id if row is not None else ""


def _spellings(lines: Sequence[_Line]) -> Iterator[str]:
    """What a row may mean by its order: as it stands, else without the # that channels print before a number."""
    for line in lines:
        yield line.reference
        bare = line.reference.lstrip("#").strip()
        if bare and bare != line.reference:
            yield bare


def _same(code: TrackingRow, line: _Line) -> bool:
    carrier = line.carrier.name if line.carrier is not None else code.carrier
    return code.code == line.code and code.carrier == carrier and line.method in ("", code.method)


def _type(storage: Storage, lines: Sequence[_Line], now: datetime) -> None:
    for start in range(0, len(lines), _BLOCK):
        with storage.batch():
            for line in lines[start : start + _BLOCK]:
                assert line.carrier is not None
                try:
                    type_tracking(
                        storage, line.hub_id, line.code, line.carrier, now, method=line.method,
                        shipment_id=line.shipment_id, volume=line.volume, accept_warnings=True,
                    )  # fmt: skip
                except ItemError as error:  # the order changed since it was judged
                    line.outcome, line.error = "refused", error
