"""Every guess and unknown about Plugg.to, as a named switch with its standing.

A client must work whichever way each of them turns out, so tests run it both ways. Standings: *doc*,
*official*, *seen*, *guess*, *unknown*, as in the project's notes on the interface. The default is the
likelier reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, cast


class SwitchError(ValueError):
    """A switch that does not exist, or a value it does not take."""


def _switch(default: Any, text: str, *choices: Any) -> Any:
    return field(default=default, metadata={"text": text, "choices": choices})


@dataclass(slots=True)
class Switches:
    """The simulator's switches; `describe()` lists name, value, choices and meaning of each."""

    # Token
    token_lifetime: int = _switch(3600, "doc: seconds an access token lives; also sent as expires_in")
    refresh_lifetime: int = _switch(0, "unknown: seconds a refresh token lives; 0 = until it is used")
    old_access_survives: bool = _switch(True, "unknown: a refresh leaves the access token before it valid")
    one_login_alive: bool = _switch(False, "unknown: a login ends the access tokens of all logins before it")
    bad_login_status: int = _switch(400, "unknown: HTTP status of wrong credentials", 400, 401, 403, 503)
    login_error_form: str = _switch(
        "oauth",
        "unknown: body of a refused login: oauth = code/error/error_description, hub = error/type/…",
        "oauth",
        "hub",
        "empty",
        "html",
    )
    unauthorized_form: str = _switch("hub", "unknown: body of a 401 to a bad token", "hub", "oauth", "empty", "html")
    # Lists
    max_limit: int = _switch(100, "unknown: the most items a page of a list holds; a larger limit is lowered")
    default_limit: int = _switch(100, "guess: items a page when the call names no limit")
    tabledata_max_limit: int = _switch(100, "unknown: the most items a page of /products/tabledata holds")
    newest_first: bool = _switch(False, "unknown: lists start with the newest item instead of the oldest")
    cursor_past_end: str = _switch(
        "empty",
        "seen both: what `next` = the very last id answers: nothing, or the last page again",
        "empty",
        "repeat",
    )
    comma_status: str = _switch(
        "first",
        "seen (orders are lost): status=a,b matches the first status only, or nothing",
        "first",
        "none",
    )
    orders_modified_filter: bool = _switch(True, "guess: GET /orders knows modified=; otherwise it is ignored")
    bare_dates: str = _switch("utc", "unknown: zone of dates and times that name none", "utc", "brasilia")
    bare_end_whole_day: bool = _switch(True, "guess: a bare end date includes that whole day")
    tabledata_delay: float = _switch(300.0, "seen, length a guess: seconds until the light table shows a PUT")
    # Orders
    wrap_write_answers: bool = _switch(True, 'doc for PUT, guess for POST: answers are {"Order":…}, {"Product":…}')
    left_out_shipments: str = _switch(
        "survive", "unknown: what happens to shipments that a PUT leaves out", "survive", "vanish"
    )
    unknown_shipment_id: str = _switch(
        "append", "unknown: a shipment with an id the order doesn't have", "append", "refuse"
    )
    unknown_fields: str = _switch("ignore", "guess: fields that orders and products do not have", "ignore", "keep")
    status_rules: str = _switch(
        "any",
        "unknown: statuses a PUT may set: any text, known ones, or known and never backwards",
        "any",
        "known",
        "forward",
    )
    normalise_dates: bool = _switch(True, "guess: dates in a PUT come back as ISO UTC with milliseconds")
    duplicate_orders: str = _switch(
        "allow", "unknown: a POST with a channel and original_id that exist already", "allow", "refuse"
    )
    # Stock and price
    own_stock_table: bool = _switch(
        False, "unknown: a product of a shop with one stock carries a stock_table with that one entry"
    )
    variation_answer: str = _switch(
        "variation",
        "guess: /skus/{variation sku} answers the variation as a Product of its own, or its parent",
        "variation",
        "parent",
    )
    stock_put_creates: bool = _switch(False, "unknown: PUT /skus/{sku}/stock creates an SKU that isn't there")
    upsert_create_status: int = _switch(200, "unknown: status when PUT /skus/{sku} created a product", 200, 201)
    quantity_net_of_reserved: bool = _switch(False, "unknown: `quantity` is answered less `reserved`")
    lowers_stock_on_approval: bool = _switch(False, "unknown: an approval takes the units from `quantity` itself")
    reserved_until: str = _switch(
        "invoiced", "guess: status from which an order no longer reserves", "approved", "invoiced", "shipped"
    )
    negative_quantity: str = _switch("keep", "unknown: a stock below zero", "keep", "zero", "refuse")
    fractional_quantity: str = _switch("keep", "unknown: a stock of 12.5", "keep", "floor", "refuse")

    def set(self, name: str, value: object) -> None:
        """Set one switch from a text or a JSON value.

        Raises:
            SwitchError: no such switch, or not one of its values.
        """
        spec = {one.name: one for one in fields(self)}.get(name)
        if spec is None:
            raise SwitchError(f"no switch is called {name!r}")
        parsed = _parse(name, value, cast("type[object]", type(spec.default)))
        choices = spec.metadata["choices"]
        if choices and parsed not in choices:
            raise SwitchError(f"{name} takes one of {', '.join(map(str, choices))}, not {value!r}")
        setattr(self, name, parsed)

    def update(self, values: Mapping[str, object]) -> None:
        """Set several switches, all or none.

        Raises:
            SwitchError: as `set`.
        """
        trial = Switches(**self.values())
        for name, value in values.items():
            trial.set(name, value)
        for name in values:
            setattr(self, name, getattr(trial, name))

    def values(self) -> dict[str, Any]:
        """All switches by name."""
        return asdict(self)

    def describe(self) -> list[dict[str, Any]]:
        """Name, value, default, choices and meaning (with its standing) of each switch."""
        return [
            {
                "name": one.name,
                "value": getattr(self, one.name),
                "default": one.default,
                "choices": list(one.metadata["choices"]),
                "meaning": one.metadata["text"],
            }
            for one in fields(self)
        ]


_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def _parse(name: str, value: object, kind: type[object]) -> Any:
    if kind is bool:
        word = str(value).strip().lower()
        if word not in _WORDS:
            raise SwitchError(f"{name} takes true or false, not {value!r}")
        return _WORDS[word]
    if kind in (int, float):
        try:
            number = kind(cast(str, value))
        except (TypeError, ValueError, OverflowError):
            raise SwitchError(f"{name} takes a number, not {value!r}") from None
        # The page limits must let a list advance; `not >=` refuses a NaN too.
        if not number >= (1 if name.endswith("limit") else 0):
            raise SwitchError(f"{name} is too small: {value!r}")
        return number
    return str(value)
