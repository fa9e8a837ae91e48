"""Columns, tabs and stages of the orders list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from otimo_tray.domain.orders import OrderStage
from otimo_tray.store.readmodels.orders import OrderRow
from otimo_tray.ui.formats import DASH, decimal_text, due_day, near_letters, near_moment, parse_moment, raw_decimal
from otimo_tray.ui.look import Tone
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.text import translate

Title = Callable[[str, dict[str, object]], str]


def tabs() -> list[tuple[str, str]]:
    """Return the tabs in order."""
    return [
        ("all", translate("Orders", "Todos")),
        ("first_run", translate("Orders", "A decidir")),
        ("waiting", translate("Orders", "Parados")),
        ("cancelled", translate("Orders", "Cancelados a tratar")),
        ("open", translate("Orders", "Em andamento")),
        ("proposals", translate("Orders", "Notas a confirmar")),
    ]


def stage_word(stage: str) -> str:
    """Return a stage in words."""
    known = {
        OrderStage.FIRST_RUN: translate("Orders", "a decidir"),
        OrderStage.PENDING: translate("Orders", "aguarda pagamento"),
        OrderStage.SEEN: translate("Orders", "aprovado"),
        OrderStage.IMPORTING: translate("Orders", "indo para o ERP"),
        OrderStage.IMPORTED: translate("Orders", "no ERP"),
        OrderStage.IN_ERP: translate("Orders", "já estava no ERP"),
        OrderStage.INVOICED: translate("Orders", "nota transmitida"),
        OrderStage.TRACKED: translate("Orders", "rastreio informado"),
        OrderStage.IGNORED: translate("Orders", "ignorado"),
        OrderStage.CANCELLED: translate("Orders", "cancelado"),
    }
    return known.get(OrderStage(stage), stage) if stage in set(OrderStage) else stage


_SIGNS = {
    OrderStage.FIRST_RUN: "?",
    OrderStage.PENDING: "○",
    OrderStage.SEEN: "●",
    OrderStage.IMPORTING: "→",
    OrderStage.IMPORTED: "✓",
    OrderStage.IN_ERP: "✓",
    OrderStage.INVOICED: "✓",
    OrderStage.TRACKED: "✓",
    OrderStage.IGNORED: "–",
    OrderStage.CANCELLED: "✖",
}


def state_words(row: OrderRow, title: Title) -> tuple[str, Tone | None]:
    """Return an order's sign and words: what is wrong with it, else its stage."""
    if row.cancel_open:
        return translate("Orders", "✖ cancelado: não despachar"), Tone.BAD
    if row.error_code:
        return "▲ " + title(row.error_code, dict(row.error_params)), Tone.WARN
    stage = OrderStage(row.stage)
    tone = {
        OrderStage.FIRST_RUN: Tone.NOTE,
        OrderStage.TRACKED: Tone.QUIET,
        OrderStage.IGNORED: Tone.QUIET,
        OrderStage.CANCELLED: Tone.QUIET,
        OrderStage.PENDING: Tone.QUIET,
    }.get(stage)
    return f"{_SIGNS[stage]} {stage_word(row.stage)}", tone


def columns(now: Callable[[], datetime], zone: tzinfo, title: Title) -> list[Column[OrderRow]]:
    """Return the list's columns."""

    def time(text: str | None) -> str:
        moment = parse_moment(text)
        return DASH if moment is None else near_moment(moment, now(), zone)

    def due(row: OrderRow) -> str:
        moment = parse_moment(row.expected_send)
        return DASH if moment is None else due_day(moment, now(), zone)

    def amount(row: OrderRow) -> str:
        return decimal_text(raw_decimal(row.total))

    return [
        Column(
            "approved",
            translate("Orders", "Aprovado"),
            lambda row: time(row.approved),
            near_letters(),
            sort=lambda row: row.approved or "",
        ),
        Column("order", translate("Orders", "Pedido"), lambda row: row.original_id or row.hub_id, 18, code=True),
        Column(
            "state",
            translate("Orders", "Situação"),
            lambda row: state_words(row, title)[0],
            26,
            tone=lambda row: state_words(row, title)[1],
            copy=lambda row: state_words(row, title)[0].partition(" ")[2],
            tip=lambda row: state_words(row, title)[0],
        ),
        Column("channel", translate("Orders", "Canal"), lambda row: row.channel, 13),
        Column("buyer", translate("Orders", "Comprador"), lambda row: row.buyer or DASH, 0),
        Column(
            "total", translate("Orders", "Total"), amount, 10, right=True, sort=lambda row: raw_decimal(row.total) or 0
        ),
        Column(
            "due",
            translate("Orders", "Despachar até"),
            due,
            near_letters(13),
            sort=lambda row: row.expected_send or "9",
        ),
        Column(
            "invoice", translate("Orders", "Nota"), lambda row: row.invoice_number or DASH, 8, right=True, code=True
        ),
        Column("tracking", translate("Orders", "Rastreio"), lambda row: row.tracking_code or DASH, 15, code=True),
        Column(
            "document", translate("Orders", "CPF/CNPJ"), lambda row: row.document or DASH, 16, code=True, hidden=True
        ),
        Column("hub_id", translate("Orders", "Id no Plugg.to"), lambda row: row.hub_id, 26, code=True, hidden=True),
        Column("erp", translate("Orders", "No ERP como"), lambda row: row.erp_ref or DASH, 16, code=True, hidden=True),
    ]
