"""What the tray and the panel's first line say about the program's state. Pure functions of a `Status`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from otimo_tray.domain.status import Flow, State, Status, Trouble, Waiting
from otimo_tray.ui.formats import clock_time, near_moment, number
from otimo_tray.ui.text import translate

Sentence = Callable[[Trouble], str]
TOOLTIP_LIMIT = 127
"""Windows cuts a tray tool tip after 127 characters."""

ICONS = {
    State.OK: "tray-ok",
    State.SYNCING: "tray-syncing",
    State.PAUSED: "tray-paused",
    State.ATTENTION: "tray-attention",
    State.AWAY: "tray-away",
    State.SETUP: "tray-setup",
}
"""Icon of each state: another shape each, not only another colour."""


def state_word(state: State) -> str:
    """Return the state in a word or two."""
    return {
        State.SETUP: translate("Tray", "Falta configurar"),
        State.ATTENTION: translate("Tray", "Precisa de você"),
        State.AWAY: translate("Tray", "Sem conexão"),
        State.PAUSED: translate("Tray", "Pausado"),
        State.SYNCING: translate("Tray", "Sincronizando…"),
        State.OK: translate("Tray", "Tudo em dia"),
    }[state]


def flow_word(flow: Flow) -> str:
    """Return a flow's name on the screen."""
    return {
        Flow.STOCK: translate("Flow", "Estoque"),
        Flow.PRICE: translate("Flow", "Preço"),
        Flow.ORDERS: translate("Flow", "Pedidos"),
        Flow.INVOICES: translate("Flow", "Notas"),
        Flow.TRACKING: translate("Flow", "Rastreio"),
    }[flow]


def last_success(status: Status) -> datetime | None:
    """Return the oldest last success of the flows that are on: the program is as fresh as its stalest flow."""
    times = [flow.last_success for flow in status.flows.values() if flow.enabled]
    known = [time for time in times if time is not None]
    return min(known) if known and len(known) == len(times) else None


def next_run(status: Status) -> datetime | None:
    """Return when the next flow runs; None while paused."""
    if status.state is State.PAUSED:
        return None
    return min((f.next_run for f in status.flows.values() if f.enabled and f.next_run is not None), default=None)


def waiting_words(waiting: Waiting) -> list[str]:
    """Return what waits for a person, the most urgent first, each with its count."""
    named = (
        (waiting.cancelled_orders, translate("Tray", "pedido cancelado"), translate("Tray", "pedidos cancelados")),
        (waiting.held, translate("Tray", "envio aguarda liberação"), translate("Tray", "envios aguardam liberação")),
        (waiting.first_run_orders, translate("Tray", "pedido a decidir"), translate("Tray", "pedidos a decidir")),
        (waiting.problems, translate("Tray", "problema"), translate("Tray", "problemas")),
        (waiting.orders_waiting, translate("Tray", "pedido parado"), translate("Tray", "pedidos parados")),
        (waiting.invoices_proposed, translate("Tray", "nota a confirmar"), translate("Tray", "notas a confirmar")),
    )
    return [f"{number(count)} {one if count == 1 else many}" for count, one, many in named if count]


def headline(status: Status, sentence: Sentence, zone: tzinfo) -> str:
    """Return the first line of the panel: what the state is and, where something is wrong, what."""
    word = state_word(status.state)
    if status.state is State.PAUSED:
        if status.paused_until is None:
            return translate("Tray", "Pausado até você retomar")
        return translate("Tray", "Pausado até {time}").format(time=clock_time(status.paused_until, zone))
    if status.state is State.ATTENTION:
        waits = waiting_words(status.waiting)
        if status.trouble is not None:
            return f"{word}. {sentence(status.trouble)}"
        if len(waits) > 1:
            return translate("Tray", "{state}: {first} e mais {n}").format(state=word, first=waits[0], n=len(waits) - 1)
        return f"{word}: {waits[0]}" if waits else word
    if status.state in {State.AWAY, State.SETUP} and status.trouble is not None:
        return f"{word}. {sentence(status.trouble)}"
    return word


def times(status: Status, zone: tzinfo) -> str:
    """Return when all flows last succeeded and when the next runs, by the clock: a time of day never grows stale."""
    last, following = last_success(status), next_run(status)
    parts = [
        translate("Tray", "Última sincronização: {time}").format(time=near_moment(last, status.at, zone))
        if last is not None
        else translate("Tray", "Ainda sem sincronização completa")
    ]
    if following is not None:
        parts.append(translate("Tray", "próxima: {time}").format(time=near_moment(following, status.at, zone)))
    return "; ".join(parts)


def tooltip(status: Status, sentence: Sentence, zone: tzinfo, leader: str = "") -> str:
    """Return the tray's tool tip: state, what is wrong, last success and next run, as long as Windows shows it."""
    tail = "\n" + times(status, zone)
    if leader and len(tail) + len(leader) < TOOLTIP_LIMIT - 32:
        tail += "\n" + leader
    head = "Ótimo Tray: " + headline(status, sentence, zone)
    room = TOOLTIP_LIMIT - len(tail)
    if len(head) > room:
        head = head[: room - 1].rstrip(" ,.;:") + "…"
    return head + tail
