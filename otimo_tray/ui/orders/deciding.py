"""What a person decides about orders and invoices: saved in a worker, told at the page's foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.status import Flow
from otimo_tray.store.readmodels.orders import OrderRow
from otimo_tray.sync.decisions import confirm_invoice, erase_order, handle_cancelled
from otimo_tray.ui.desk import Desk, FirstOrdersChoice
from otimo_tray.ui.parts import count_words

if TYPE_CHECKING:
    from otimo_tray.ui.orders.page import OrdersPage


class Deciding(QObject):
    """Does it for the orders page."""

    def __init__(self, page: OrdersPage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk

    def decide(self, hub_ids: Sequence[str] | None, choice: FirstOrdersChoice) -> None:
        """Answer the first run's question for these orders, or for all that wait."""
        storage = self._desk.storage

        def save() -> int:
            # All means all, also those that the list doesn't show.
            waiting = storage.orders.by_stage((OrderStage.FIRST_RUN,)) if hub_ids is None else ()
            chosen = list(hub_ids or ()) or [row.order.hub_id for row in waiting]
            self._desk.decide_first_orders(chosen, choice)
            return len(chosen)

        def done(count: int) -> None:
            said = {
                "import": self.tr("{orders} vão para o ERP"),
                "in_erp": self.tr("{orders} marcados como já no ERP"),
                "ignore": self.tr("{orders} ignorados"),
            }[choice]
            self._page.messages.say(said.format(orders=count_words(count, self.tr("pedido"), self.tr("pedidos"))))
            self._page.reload()

        self._save(save, done, Flow.ORDERS)

    def asked(self, hub_id: str, what: str) -> None:
        """Do what the details were asked for; see `OrderDetail.asked`."""
        storage, now = self._desk.storage, self._desk.clock.now()
        kind, _, choice = what.partition(":")
        if kind == "diagnose":
            self._page.go.emit("diagnostics", hub_id)
        elif kind == "first":
            self.decide([hub_id], cast("FirstOrdersChoice", choice))
        elif kind == "handled":
            self._save(lambda: handle_cancelled(storage, hub_id, now), self._read_again, Flow.ORDERS)
        elif kind == "retry":
            self._save(lambda: storage.orders.retry_now([hub_id]), self._retried, Flow.ORDERS)

    def _read_again(self, _result: object) -> None:
        self._page.reload()

    def _retried(self, _count: int) -> None:
        self._page.messages.say(self.tr("Tentando de novo…"))

    def confirm(self, pairs: list[tuple[str, str]]) -> None:
        """These invoices (keys) are those of these orders (hub ids)."""
        storage, now = self._desk.storage, self._desk.clock.now()

        def save() -> int:
            for key, hub_id in pairs:
                confirm_invoice(storage, key, hub_id, now)
            return len(pairs)

        def done(count: int) -> None:
            self._page.messages.say(
                self.tr("{n} a transmitir").format(n=count_words(count, self.tr("nota"), self.tr("notas"))),
            )
            self._page.reload()

        self._save(save, done, Flow.INVOICES)

    def refuse(self, keys: list[str]) -> None:
        """These invoices aren't those that were proposed."""
        storage, now = self._desk.storage, self._desk.clock.now()
        kept = {found.key: found for found in self._page.proposals.model.rows if found.key in set(keys)}

        def save() -> int:
            for key in keys:
                storage.invoices.set_state(key, InvoiceState.UNMATCHED, now, matched_by="refused")
            return len(keys)

        def undo() -> None:
            def again() -> int:
                for key, found in kept.items():
                    storage.invoices.set_state(
                        key, InvoiceState.PROPOSED, now, hub_id=found.hub_id, matched_by="document_total"
                    )
                return len(kept)

            self._save(again, self._read_again, Flow.INVOICES)

        def done(count: int) -> None:
            said = self.tr("{n} deixadas de lado").format(n=count_words(count, self.tr("nota"), self.tr("notas")))
            self._page.messages.say(said, action=self.tr("&Desfazer"), todo=undo)
            self._page.reload()

        self._save(save, done, Flow.INVOICES)

    def _save(self, op: Callable[[], object], done: Callable[..., None], flow: Flow) -> None:
        def both() -> object:
            result = op()
            self._desk.engine.wake(flow)
            return result

        self._page.work.save(self, both, done, self._page.failed)

    def ask_to_erase(self, found: OrderRow) -> None:
        """Ask, then forget an ended order's buyer, as the buyer may demand (LGPD)."""
        storage, hub_id = self._desk.storage, found.hub_id

        def erased(_result: object) -> None:
            self._page.detail.hide()
            self._page.messages.say(self.tr("Os dados do pedido {number} foram apagados.").format(number=name))
            self._page.reload()

        def erase() -> None:
            erase_order(storage, hub_id, self._desk.clock.now())

        name = found.original_id or hub_id
        self._page.messages.say(
            self.tr(
                "Apagar deste computador tudo sobre o pedido {number}? Não há volta; só o número fica, para que não "
                "seja importado de novo."
            ).format(number=name),
            action=self.tr("&Apagar"),
            todo=lambda: self._page.work.save(self, erase, erased, self._page.failed),
            seconds=60,
        )
