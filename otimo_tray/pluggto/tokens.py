"""The access token: one log-in at a time, saved to the keyring before it is used, renewed before it dies.

call ── valid? ──▶ use
         │ no / 401
         ▼
   (one thread at a time; the others wait and use its token)
   keyring has another? ──▶ use it
         │ no
   refresh ── refused ──▶ password ── refused ──▶ HubRefusedLogin
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from otimo_tray.errors import ConfigurationError, HubAway, HubRefusedLogin, OtimoError
from otimo_tray.pluggto import guesses, jsontext, wire
from otimo_tray.ports import Clock, Secrets

CREDENTIALS: Final = ("client_id", "client_secret", "username", "password")
TOKEN_NAME: Final = "hub.token"  # noqa: S105 -- the name, not the secret
ADDRESS_NAME: Final = "hub.address"
_RENEW_BEFORE_S: Final = 120.0
_LONGEST_S: Final = 30 * 24 * 3600
EARLY_S: Final = 600.0
"""A token is promised an hour; one refused so soon was ended by somebody else's log-in."""
_FIGHT: Final = 3
"""So many tokens in a row that died early: another PC uses the same credentials."""
PEACE_S: Final = 900.0
"""Then we log in this seldom, so that the other PC can work too and a person has time to switch one of them off."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token; `renew_at` is when we get another by ourselves (aware UTC). Its text never shows in a
    repr."""

    access: str
    refresh: str
    expires_at: datetime
    renew_at: datetime

    def __repr__(self) -> str:
        return f"Token(expires_at={self.expires_at:%Y-%m-%dT%H:%M:%SZ})"


PostForm = Callable[[dict[str, str]], "wire.Json | None"]
"""Posts a form to the token address: the answer's JSON object, None when the hub refused. Raises HubAway,
HubBusy."""


class Tokens:
    """Gives a valid token to any number of threads.

    Attributes:
        log_ins: how many times the hub was asked for a token (a second PC that fights for it makes it grow).
    """

    def __init__(self, secrets: Secrets, clock: Clock, origin: str, post: PostForm) -> None:
        self._secrets, self._clock, self._origin, self._post = secrets, clock, origin, post
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._loaded = False
        self._spent_refresh = ""
        self._rounds = 0
        self._failure: OtimoError | None = None
        self._hidden: frozenset[str] = frozenset()
        self._given: tuple[str, float] = ("", 0.0)
        """The last token the hub gave us, and when (monotonic seconds); "" once its end was counted."""
        self._early_deaths = 0
        self.log_ins = 0

    def hidden(self) -> tuple[str, ...]:
        """Every secret text known here, for redaction; the longest first so that none is cut by another."""
        return tuple(sorted(self._hidden, key=len, reverse=True))

    def current(self) -> str:
        """A token that isn't about to expire.

        Raises:
            HubRefusedLogin: the credentials were refused. HubAway, HubBusy: the hub gave none now.
            HubAway P-103: tokens die early over and over, another PC seems to use the same credentials; we wait.
            ConfigurationError: C-420 a credential is missing; C-412 they belong to another address.
            KeyringAway: the keyring can't be read, or the new token not be saved.
        """
        token = self._token
        if token is not None and self._is_fresh(token):
            return token.access
        return self._renew(refused=None)

    def after_refusal(self, refused: str) -> str:
        """Another token, after the hub answered 401 to `refused`. Raises as `current`."""
        return self._renew(refused=refused)

    def _is_fresh(self, token: Token) -> bool:
        now = self._clock.now()
        # A clock set far back would let a token live for ever.
        return now < token.renew_at and token.expires_at - now < timedelta(seconds=_LONGEST_S)

    def _renew(self, refused: str | None) -> str:
        round_before = self._rounds
        with self._lock:
            found = self._usable(self._token, refused)
            if found is None and self._rounds != round_before and self._failure is not None:
                # Who waited shares the outcome: one log-in, not eight.
                raise self._failure.with_traceback(None)
            if found is None and (refused is not None or not self._loaded):
                # Another process of this profile may have renewed it.
                self._token = self._load()
                self._loaded = True
                found = self._usable(self._token, refused)
            if found is not None:
                return found.access
            try:
                self._note_end(refused)
                found = self._log_in()
                self._given = (found.access, self._clock.monotonic())
            except OtimoError as error:
                self._failure = error
                raise
            else:
                self._failure = None
                self._token = found
                return found.access
            finally:
                self._rounds += 1

    def _note_end(self, refused: str | None) -> None:
        """Counts tokens that were refused soon after they were given. Raises HubAway P-103 instead of fighting."""
        token, since = self._given
        age = self._clock.monotonic() - since
        if refused is None or (refused == token and age >= EARLY_S):
            self._early_deaths = 0
        elif refused == token:
            self._early_deaths += 1
            self._given = ("", since)
        if self._early_deaths >= _FIGHT and age < PEACE_S:
            raise HubAway("P-103", after_send=False)

    def _usable(self, token: Token | None, refused: str | None) -> Token | None:
        return token if token is not None and token.access != refused and self._is_fresh(token) else None

    def _load(self) -> Token | None:
        """The saved token, if it is readable and was given by this very address."""
        saved = self._secrets.get(TOKEN_NAME)
        if not saved:
            return None
        try:
            fields = wire.mapping(jsontext.loads(saved))
        except jsontext.NotJsonError:
            return None
        expires = wire.moment(fields.get("expires_at"))
        access, refresh = wire.text(fields.get("access_token")), wire.text(fields.get("refresh_token"))
        if fields.get("address") != self._origin or expires is None or not _is_token(access):
            return None
        self._hidden |= {access, refresh}
        return Token(access, refresh, expires, expires - timedelta(seconds=_RENEW_BEFORE_S))

    def _log_in(self) -> Token:
        names = {name: self._secrets.get(f"hub.{name}") for name in CREDENTIALS}
        missing = [name for name, value in names.items() if not value]
        if missing:
            raise ConfigurationError("C-420", name=missing[0])
        pinned = self._secrets.get(ADDRESS_NAME)
        if pinned and pinned != self._origin:
            raise ConfigurationError("C-412", address=self._origin, pinned=pinned)
        given = {name: value for name, value in names.items() if value}
        self._hidden |= {given["client_secret"], given["password"]}
        client = {"client_id": given["client_id"], "client_secret": given["client_secret"]}
        refresh = self._token.refresh if self._token is not None else ""
        if refresh and refresh != self._spent_refresh:
            # A refresh token works once (doc): also when its answer gets lost it isn't tried again.
            self._spent_refresh = refresh
            answer = self._ask({"grant_type": "refresh_token", **client, "refresh_token": refresh})
            token = self._save(answer)
            if token is not None:
                return token
        answer = self._ask({"grant_type": "password", **given})
        token = self._save(answer)
        if token is None:
            raise HubRefusedLogin()
        return token

    def _ask(self, form: dict[str, str]) -> wire.Json | None:
        self.log_ins += 1
        return self._post(form)

    def _save(self, answer: wire.Json | None) -> Token | None:
        """Keeps a new token in the keyring; only then may it be used."""
        access = wire.text(answer.get("access_token")) if answer else ""
        if answer is None or not _is_token(access):
            return None
        refresh = wire.text(answer.get("refresh_token"))
        given = wire.number(answer.get("expires_in"))
        seconds = float(given) if given is not None and given > 0 else float(guesses.TOKEN_LIFETIME_S)
        seconds = min(seconds, _LONGEST_S / 2)
        now = self._clock.now().astimezone(UTC)
        expires = now + timedelta(seconds=seconds)
        margin = min(_RENEW_BEFORE_S, seconds / 10)
        self._hidden |= {access, refresh} - {""}
        saved = {
            "access_token": access,
            "refresh_token": refresh,
            "expires_at": wire.iso(expires),
            "address": self._origin,
        }
        self._secrets.set(TOKEN_NAME, json.dumps(saved))
        return Token(access, refresh, expires, expires - timedelta(seconds=margin))


def _is_token(text: str) -> bool:
    """Printable ASCII without spaces: anything else can't stand in a header."""
    return text.isascii() and text.isprintable() and bool(text) and " " not in text
