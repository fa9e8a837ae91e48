"""Calls with a token: JSON in, JSON out; logs in by itself and repeats the very same request once after a
401."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from otimo_tray.domain.settings import HubSettings
from otimo_tray.errors import HubAway
from otimo_tray.pluggto import faults, guesses, jsontext, wire
from otimo_tray.pluggto.response import Answer
from otimo_tray.pluggto.tokens import Tokens
from otimo_tray.pluggto.transport import Transport
from otimo_tray.ports import Clock, Secrets


class HubSession:
    """The hub at one address with one shop's credentials, usable from any thread.

    Raises:
        ConfigurationError: C-410, C-411: the base address.
    """

    def __init__(
        self, settings: HubSettings, secrets: Secrets, clock: Clock, gate: Callable[[], None] | None = None
    ) -> None:
        self._clock = clock
        self._transport = Transport(settings, clock, gate)
        self._tokens = Tokens(secrets, clock, self._transport.base.origin, self._post_form)

    @property
    def log_ins(self) -> int:
        """How many tokens were asked for so far."""
        return self._tokens.log_ins

    def clock_difference(self) -> float | None:
        """Seconds that this PC's clock was ahead of the hub's at the last answer; None when the hub didn't say."""
        return self._transport.clock_difference()

    def log_in(self) -> None:
        """Makes sure there is a token. Raises as `call`."""
        self._tokens.current()

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        item: str | None = None,
    ) -> Any:
        """Sends one call and answers its JSON value (None when the body is empty).

        Args:
            method: HTTP method.
            path: below the base address, already encoded.
            query: parameters.
            body: JSON value; Decimals are written exactly.
            item: SKU or order id the call is about; None for lists.

        Raises:
            HubAway, HubBusy: see `faults`. HubRefusedLogin: P-101 credentials, P-102 no right to this list.
            HubRefusedItem, HubUnchanged, HubNotFound: about `item`.
            KeyringAway, ConfigurationError: see `tokens`.
        """
        data = None if body is None else jsontext.dumps(body).encode()
        token = self._tokens.current()
        answer = self._transport.exchange(method, path, token=token, query=query, body=data)
        if answer.status == 401:
            token = self._tokens.after_refusal(token)
            answer = self._transport.exchange(method, path, token=token, query=query, body=data)
            if answer.status == 401:
                # The log-in was accepted, its token isn't: the hub's fault, or another PC's log-in killed it.
                raise HubAway("P-118", raw=self._redacted(answer), after_send=False)
        faults.check(answer, item=item, now=self._clock.now(), secrets=self._tokens.hidden())
        return answer.json

    def _redacted(self, answer: Answer) -> str:
        return faults.redact(answer.text, self._tokens.hidden())

    def _post_form(self, form: dict[str, str]) -> wire.Json | None:
        """The token call, form-encoded (doc); None when the hub refuses the credentials."""
        answer = self._transport.exchange(
            "POST",
            "/oauth/token",
            token=None,
            body=urlencode(form).encode("ascii"),
            content_type="application/x-www-form-urlencoded",
        )
        if _is_refusal(answer):
            return None
        secrets = (*self._tokens.hidden(), *form.values())
        try:
            faults.check(answer, item=None, now=self._clock.now(), secrets=secrets)
        except HubAway as error:
            # A log-in changes nothing of the shop's: the call itself never left.
            error.after_send = False
            raise
        found = wire.mapping(answer.json)
        if not wire.text(found.get("access_token")):
            raise HubAway("P-111", status=answer.status, after_send=False)
        return found

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()


def _is_refusal(answer: Answer) -> bool:
    if answer.status in guesses.LOGIN_REFUSED_STATUSES:
        return True
    if answer.status < 400 and not (answer.is_json and wire.mapping(answer.json).get("error")):
        return False
    words = answer.text[:4000].casefold()
    return answer.status != 429 and any(one in words for one in guesses.LOGIN_REFUSED_WORDS)
