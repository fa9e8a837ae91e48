"""The calls of the interface, each answering what the program understands of it."""

from __future__ import annotations

from typing import Final

from otimo_tray.domain.orders import ErpOrder
from otimo_tray.erp.http import faults
from otimo_tray.erp.http.answer import Answer, mapping, text
from otimo_tray.erp.http.orders import key_of, order_document
from otimo_tray.erp.http.transport import Transport
from otimo_tray.erp.http.wire import Document, Page, page_of
from otimo_tray.errors import ErpAway, ErpRefusedOrder, OtimoError
from otimo_tray.ports import ErpOrderRef

PAGE: Final = 2_000
BATCH: Final = 200
ORDER_UNKNOWN: Final = "urn:otimo:order-unknown"
UNKNOWN_ITEM: Final = "unknown-item"
_POINTER_PARTS: Final = 3


class Api:
    """The interface at one address. Every call raises ErpAway or ErpMisconfigured, see `faults` and `wire`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._target = transport.target

    def health(self) -> Document:
        """`getHealth`."""
        answer = self._transport.exchange("GET", "/health")
        if answer.status != 200:
            raise self._fault(answer, "health")
        return self._document(answer)

    def items(self, updated_since: str, cursor: str = "", etag: str = "") -> tuple[Page | None, str]:
        """`listItems`: (page, its ETag); None when nothing changed since `etag`. Also raises ErpAway E-276: the ERP
        couldn't go on with the reading."""
        query = {"limit": str(PAGE)}
        query |= {"updated_since": updated_since} if updated_since else {}
        query |= {"cursor": cursor} if cursor else {}
        answer = self._transport.exchange("GET", "/items", query=query, etag=etag)
        if answer.status == 304 and etag:
            return None, etag
        if answer.status == 410 and answer.is_problem and cursor:
            raise ErpAway("E-276", raw=faults.redact(answer.text, self._target))
        if answer.status != 200:
            raise self._fault(answer, "items")
        self._document(answer)
        return page_of(answer), answer.header("ETag")

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        """`getOrder`; None when the ERP says that it doesn't have it."""
        answer = self._transport.exchange("GET", f"/orders/{key_of(hub_id)}")
        if answer.status == 404 and text(mapping(answer.json).get("type")) == ORDER_UNKNOWN:
            return None
        if answer.status != 200:
            raise self._fault(answer, "orders")
        return self._receipt(answer, hub_id)

    def put_order(self, order: ErpOrder) -> ErpOrderRef:
        """`putOrder`. Also raises ErpRefusedOrder: E-240, E-243 a code that the ERP doesn't have, E-245 thrown away
        there."""
        hub_id = order.order.hub_id
        answer = self._transport.exchange("PUT", f"/orders/{key_of(hub_id)}", body=order_document(order))
        if answer.status in (200, 201):
            return self._receipt(answer, hub_id)
        if answer.is_problem and answer.status in (400, 409, 413, 422):
            raise self._refusal(answer, order)
        raise self._fault(answer, "orders")

    def invoices(self, cursor: str, etag: str = "") -> tuple[Document | None, str]:
        """`listInvoices`: (its answer, its ETag); None when nothing changed since `etag`. An answer of status 410
        raises KeyError: the ERP doesn't know the cursor."""
        query = {"limit": str(BATCH)} | ({"cursor": cursor} if cursor else {})
        answer = self._transport.exchange("GET", "/invoices", query=query, etag=etag)
        if answer.status == 304 and etag:
            return None, etag
        if answer.status == 410 and answer.is_problem and cursor:
            raise KeyError(cursor)
        if answer.status != 200:
            raise self._fault(answer, "invoices")
        return self._document(answer), answer.header("ETag")

    def _receipt(self, answer: Answer, hub_id: str) -> ErpOrderRef:
        document = self._document(answer)
        if document.text("hub_id") != hub_id:
            raise document.wrong("hub_id", document.text("hub_id"))
        return ErpOrderRef(document.text("reference"))

    def _refusal(self, answer: Answer, order: ErpOrder) -> ErpRefusedOrder:
        number, raw = order.order.original_id, faults.redact(answer.text, self._target)
        for one in faults.field_errors(answer):
            if one.get("code") == UNKNOWN_ITEM:
                parts = text(one.get("pointer")).lstrip("#").split("/")
                place = parts[2] if len(parts) >= _POINTER_PARTS else ""
                if place.isascii() and place.isdigit() and int(place) < len(order.lines):
                    line = order.lines[int(place)]
                    return ErpRefusedOrder("E-243", order=number, code=line.erp_code, sku=line.sku, raw=raw)
        detail = faults.shown_detail(answer, self._target)
        return ErpRefusedOrder("E-245" if answer.status == 409 else "E-240", order=number, detail=detail, raw=raw)

    def _document(self, answer: Answer) -> Document:
        """Raises ErpAway E-274 for what isn't JSON at all: a captive portal, a proxy's page."""
        if not answer.is_json:
            raise ErpAway(
                "E-274",
                host=self._target.place.host,
                status=str(answer.status),
                raw=faults.redact(answer.text, self._target),
            )
        return Document(answer)

    def _fault(self, answer: Answer, right: str) -> OtimoError:
        return faults.from_status(answer, right, self._target)
