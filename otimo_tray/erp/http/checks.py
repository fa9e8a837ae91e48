"""What `otimo-tray check` says of an HTTP interface, without changing anything there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from otimo_tray.erp.http.address import Target
from otimo_tray.erp.http.api import Api
from otimo_tray.errors import ErpMisconfigured, OtimoError
from otimo_tray.ports import CheckResult

CHECKS: Final = ("erp_api", "erp_api_rights", "erp_api_items", "erp_api_invoices")
RIGHTS: Final = ("items", "orders", "invoices")


def check_api(api: Api, target: Target) -> list[CheckResult]:
    """One result for each of `CHECKS`; when the interface can't be had at all, that one only."""
    rights: list[object] = []

    def health() -> str:
        document = api.health()
        document.moment("now")
        rights.extend(document.rows("rights"))
        return f"{target.place.host}: {document.text('system')[:100]}"

    first = _result("erp_api", health)
    if first.error is not None:
        return [first]
    return [
        first,
        _result("erp_api_rights", lambda: _rights(rights)),
        _result("erp_api_items", lambda: _items(api)),
        _result("erp_api_invoices", lambda: _invoices(api)),
    ]


def _result(name: str, look: Callable[[], str]) -> CheckResult:
    try:
        return CheckResult(name, None, look())
    except OtimoError as error:
        return CheckResult(name, error)


def _rights(rights: list[object]) -> str:
    """Whether an order may be put can't be tried without putting one: the ERP says it."""
    for right in RIGHTS:
        if right not in rights:
            raise ErpMisconfigured("E-281", right=right)
    return ", ".join(RIGHTS)


def _items(api: Api) -> str:
    page, _ = api.items("")
    assert page is not None, "nothing was given to compare with"
    return str(page.total)


def _invoices(api: Api) -> str:
    document, _ = api.invoices("")
    assert document is not None, "nothing was given to compare with"
    document.cursor("next")
    return str(len(document.rows("invoices")))
