"""What the panel says of one flow. Pure functions, tested by tables."""

from __future__ import annotations

from datetime import datetime, tzinfo

from otimo_tray.domain.status import Flow, FlowStatus, State, Status, Waiting
from otimo_tray.store.readmodels.panel import Meanwhile
from otimo_tray.ui.formats import ago, ahead, near_moment, number, parse_moment, span
from otimo_tray.ui.look import Tone
from otimo_tray.ui.text import translate


def mark(flow: FlowStatus) -> tuple[str, Tone | None]:
    """Return a flow's sign: shape first, colour second."""
    if not flow.enabled:
        return "–", Tone.QUIET
    if flow.running:
        return "⟳", Tone.NOTE
    if flow.trouble is not None:
        return "▲", Tone.BAD
    if flow.last_success is None:
        return "○", Tone.QUIET
    return "✓", Tone.GOOD


def when(flow: FlowStatus, now: datetime) -> str:
    """Return how long ago it last succeeded."""
    if not flow.enabled:
        return translate("Panel", "desligado")
    if flow.last_success is None:
        return translate("Panel", "ainda não")
    return ago(flow.last_success, now)


def following(flow: FlowStatus, now: datetime, paused: bool) -> str:
    """Return when it runs next."""
    if not flow.enabled or paused or flow.next_run is None:
        return ""
    if flow.running:
        return translate("Panel", "em andamento")
    return ahead(flow.next_run, now)


def today(flow: Flow, count: int) -> str:
    """Return today's number in words."""
    one = {
        Flow.STOCK: translate("Panel", "{n} alteração hoje"),
        Flow.PRICE: translate("Panel", "{n} alteração hoje"),
        Flow.ORDERS: translate("Panel", "{n} importado hoje"),
        Flow.INVOICES: translate("Panel", "{n} transmitida hoje"),
        Flow.TRACKING: translate("Panel", "{n} transmitido hoje"),
    }
    many = {
        Flow.STOCK: translate("Panel", "{n} alterações hoje"),
        Flow.PRICE: translate("Panel", "{n} alterações hoje"),
        Flow.ORDERS: translate("Panel", "{n} importados hoje"),
        Flow.INVOICES: translate("Panel", "{n} transmitidas hoje"),
        Flow.TRACKING: translate("Panel", "{n} transmitidos hoje"),
    }
    return (one if count == 1 else many)[flow].format(n=number(count))


def progress(flow: FlowStatus) -> str:
    """Return count and time left of running work; "" when nothing is known."""
    if flow.progress is None:
        return ""
    done = number(flow.progress.done)
    if not flow.progress.total:
        return translate("Panel", "{done} lidos").format(done=done)
    text = translate("Panel", "{done} de {total}").format(done=done, total=number(flow.progress.total))
    if flow.progress.seconds_left is not None:
        text += translate("Panel", ", faltam {span}").format(span=span(max(1, flow.progress.seconds_left)))
    return text


def summary(status: Status, now: datetime, zone: tzinfo) -> str:
    """Return the second line: how fresh it is and when it goes on."""
    from otimo_tray.ui.tray_words import last_success, next_run

    last, following_run = last_success(status), next_run(status)
    parts: list[str] = []
    if last is not None:
        parts.append(translate("Panel", "Última sincronização {ago}").format(ago=ago(last, now)))
    if status.state is State.PAUSED:
        parts.append(translate("Panel", "nada é enviado nem recebido enquanto estiver pausado"))
    elif following_run is not None:
        parts.append(translate("Panel", "próxima {ahead}").format(ahead=ahead(following_run, now)))
    if status.oldest_unsent is not None and status.waiting.unsent_values:
        parts.append(
            translate("Panel", "{n} valores a enviar, o mais antigo desde {time} ({ago})").format(
                n=number(status.waiting.unsent_values),
                time=near_moment(status.oldest_unsent, now, zone),
                ago=ago(status.oldest_unsent, now),
            )
        )
    return "; ".join(parts) + "." if parts else ""


def meanwhile(found: Meanwhile, now: datetime, zone: tzinfo) -> str:
    """Return when the program was away, and what happened meanwhile."""
    absence = found.absence
    away = (
        translate("Panel", "O computador dormiu de {since} a {until}.")
        if absence.why == "slept"
        else translate("Panel", "O programa esteve parado de {since} a {until}.")
    ).format(since=near_moment(absence.since, now, zone), until=near_moment(absence.until, now, zone))
    parts = [
        f"{number(count)} {one if count == 1 else many}"
        for count, one, many in (
            (found.cancelled, translate("Panel", "pedido cancelado"), translate("Panel", "pedidos cancelados")),
            (found.orders, translate("Panel", "pedido novo"), translate("Panel", "pedidos novos")),
            (found.invoices, translate("Panel", "nota emitida"), translate("Panel", "notas emitidas")),
            (
                found.values,
                translate("Panel", "valor enviado na volta"),
                translate("Panel", "valores enviados na volta"),
            ),
        )
        if count
    ]
    if not parts:
        return away + translate("Panel", " Nada de novo nesse tempo.")
    return away + translate("Panel", " Nesse tempo: {what}.").format(what=", ".join(parts))


def oldest(since: str | None, now: datetime) -> str:
    """Return how long the oldest parcel waits for its code; "" when none does."""
    moment = parse_moment(since)
    return "" if moment is None else translate("Panel", "; o mais antigo {ago}").format(ago=ago(moment, now))


def tasks(waiting: Waiting) -> list[tuple[str, str, str, bool]]:
    """Return what waits for a person: (text, button, page, urgent), the most urgent first."""
    many = (
        (
            waiting.cancelled_orders,
            translate("Panel", "pedido cancelado: não despachar"),
            translate("Panel", "pedidos cancelados: não despachar"),
            translate("Panel", "Ver cancelados"),
            "orders:cancelled",
            True,
        ),
        (
            waiting.held,
            translate("Panel", "envio aguarda sua liberação"),
            translate("Panel", "envios aguardam sua liberação"),
            translate("Panel", "Conferir"),
            "problems:held",
            True,
        ),
        (
            waiting.first_run_orders,
            translate("Panel", "pedido já aprovado: importar?"),
            translate("Panel", "pedidos já aprovados: importar?"),
            translate("Panel", "Decidir"),
            "orders:first_run",
            False,
        ),
        (
            waiting.problems,
            translate("Panel", "problema"),
            translate("Panel", "problemas"),
            translate("Panel", "Ver problemas"),
            "problems:",
            True,
        ),
        (
            waiting.orders_waiting,
            translate("Panel", "pedido parado"),
            translate("Panel", "pedidos parados"),
            translate("Panel", "Ver pedidos"),
            "orders:waiting",
            False,
        ),
        (
            waiting.invoices_proposed,
            translate("Panel", "nota a confirmar"),
            translate("Panel", "notas a confirmar"),
            translate("Panel", "Confirmar"),
            "orders:proposals",
            False,
        ),
        (
            waiting.unmapped_skus,
            translate("Panel", "SKU sem De/Para: estoque e preço não são enviados"),
            translate("Panel", "SKUs sem De/Para: estoque e preço não são enviados"),
            translate("Panel", "Vincular"),
            "mapping:unmapped",
            False,
        ),
        (
            waiting.tracking_codes,
            translate("Panel", "pedido aguarda código de rastreio"),
            translate("Panel", "pedidos aguardam código de rastreio"),
            translate("Panel", "Digitar códigos"),
            "tracking:",
            False,
        ),
    )
    return [
        (f"{number(count)} {one if count == 1 else more}", do, place, urgent)
        for count, one, more, do, place, urgent in many
        if count
    ]
