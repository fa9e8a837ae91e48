"""What each call of the HTTP interface does in the demo ERP (contract: `resources/erp/openapi.yaml`)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Final

from otimo_tray import __version__
from otimo_tray.demo.erp.demo_erp import DemoErp
from otimo_tray.demo.erp.http_server_items import Items
from otimo_tray.demo.erp.http_server_orders import order_of
from otimo_tray.demo.erp.http_server_wire import VERSION, Answer, Problem, Request, limit_of, matches
from otimo_tray.errors import EnvironmentFault, ErpRefusedOrder
from otimo_tray.ports import Clock

USER: Final = "otimo"
RIGHTS: Final = ("items", "orders", "invoices")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,128}|~[A-Za-z0-9_-]{1,2000}")
_REALM: Final = 'Bearer realm="Otimo", Basic realm="Otimo", charset="UTF-8"'


class Routes:
    """The interface over one demo ERP.

    Attributes:
        rights: what the log-in may do; what isn't there is refused with 403.
    """

    def __init__(self, erp: DemoErp, clock: Clock, token: str) -> None:
        self.rights: tuple[str, ...] = RIGHTS
        self._erp = erp
        self._clock = clock
        packed = base64.b64encode(f"{USER}:{token}".encode()).decode("ascii")
        self._log_ins = (f"bearer {token}".encode(), f"basic {packed}".encode())
        self._items = Items(erp, clock)

    def answer(self, request: Request) -> Answer:
        """The answer, whatever was asked."""
        try:
            return self._answer(request)
        except Problem as problem:
            return problem.answer()
        except EnvironmentFault:
            return Problem(503, "O ERP não responde agora", headers={"Retry-After": "5"}).answer()

    def _answer(self, request: Request) -> Answer:
        calls: dict[str, tuple[str, Callable[[Request], Answer]]]
        if request.path == "/health":
            calls = {"GET": ("", self._health)}
        elif request.path == "/items":
            calls = {"GET": ("items", self._items.answer)}
        elif request.path == "/invoices":
            calls = {"GET": ("invoices", self._invoices)}
        elif request.path.startswith("/orders/"):
            calls = {"GET": ("orders", self._order), "PUT": ("orders", self._put)}
        else:
            raise Problem(404, "Não existe")
        if request.method not in calls:
            raise Problem(405, "Método não permitido", headers={"Allow": ", ".join(calls)})
        if not self._known(request.headers.get("Authorization", "")):
            raise Problem(401, "Não autorizado", headers={"WWW-Authenticate": _REALM})
        right, call = calls[request.method]
        if right and right not in self.rights:
            raise Problem(403, "Sem permissão", detail=f"O usuário não tem a permissão {right}.")
        return call(request)

    def _known(self, header: str) -> bool:
        scheme, _, value = header.strip().partition(" ")
        given = f"{scheme.lower()} {value.strip()}".encode("utf-8", "replace")
        return any(hmac.compare_digest(given, one) for one in self._log_ins)

    def _health(self, request: Request) -> Answer:
        del request
        now = self._clock.now().isoformat()
        system = f"Ótimo Demo {__version__}"
        return Answer(200, {"version": VERSION, "system": system, "now": now, "rights": list(self.rights)})

    @staticmethod
    def _key(request: Request) -> str:
        key = request.path.removeprefix("/orders/")
        if _KEY.fullmatch(key) is None:
            raise Problem(400, "Chave inválida", errors=[("key", "", "letras, números, _ e -")])
        return key

    def _hub_id(self, key: str) -> str:
        """The id that a key stands for. Raises Problem 400."""
        if not key.startswith("~"):
            return key
        try:
            packed = key[1:] + "=" * (-len(key[1:]) % 4)
            return base64.urlsafe_b64decode(packed).decode("utf-8")
        except ValueError:
            raise Problem(400, "Chave inválida", errors=[("key", "", "~ e base64url")]) from None

    def _order(self, request: Request) -> Answer:
        hub_id = self._hub_id(self._key(request))
        found = self._erp.find_order(hub_id)
        if found is None:
            raise Problem(404, "O ERP não tem esse pedido", kind="urn:otimo:order-unknown")
        return Answer(200, {"version": VERSION, "hub_id": hub_id, "reference": found.reference})

    def _put(self, request: Request) -> Answer:
        hub_id = self._hub_id(self._key(request))
        kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Problem(415, "O corpo deve ser application/json")
        order = order_of(request.body)
        if order.order.hub_id != hub_id:
            raise Problem(422, "O pedido tem campos errados", errors=[("/hub_id", "", "não é o da chave")])
        known = self._erp.find_order(hub_id)
        try:
            reference = self._erp.import_order(order).reference
        except ErpRefusedOrder as error:
            raise self._refusal(error, [line.erp_code for line in order.lines]) from error
        receipt = {"version": VERSION, "hub_id": hub_id, "reference": reference}
        return Answer(201 if known is None else 200, receipt)

    @staticmethod
    def _refusal(error: ErpRefusedOrder, codes: list[str]) -> Problem:
        code = str(error.params.get("code", ""))
        if error.code != "E-243" or code not in codes:
            return Problem(422, "O ERP recusou o pedido", errors=[("/hub_id", "", "não serve")])
        told = f"O ERP não tem o código {code}."
        errors = [(f"/lines/{place}/erp_code", "unknown-item", told) for place, one in enumerate(codes) if one == code]
        return Problem(422, "Código desconhecido", errors=errors)

    def _invoices(self, request: Request) -> Answer:
        limit = limit_of(request, 200, 500)
        cursor = request.one("cursor")
        if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
            raise Problem(410, "Cursor desconhecido", detail="Comece do início.")
        place = int(cursor or 0)
        rows, more, last = self._erp.documents(place, limit)
        if place > last:
            raise Problem(410, "Cursor desconhecido", detail="Comece do início.")
        entries = [
            {"id": str(number), "order": order or None, "xml": xml.decode("utf-8", "replace")}
            for number, order, xml in rows
        ]
        after = str(rows[-1][0] if rows else place)
        etag = f'"{hashlib.sha256(f"{place}.{after}.{more}".encode()).hexdigest()[:32]}"'
        if matches(request, etag):
            return Answer(304, headers={"ETag": etag})
        content = {"version": VERSION, "invoices": entries, "next": after, "more": more, "complete": not more}
        return Answer(200, content, {"ETag": etag})
