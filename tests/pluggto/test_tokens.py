"""The token: one log-in for everybody, saved before it is used, renewed in time, one repeat of the same call."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from otimo_tray.errors import ConfigurationError, HubAway, HubBusy, HubRefusedLogin, KeyringAway, OtimoError
from tests.support.memory_secrets import MemorySecrets
from tests.support_pluggto.doubles import CREDENTIALS, FakeClock, hub_at
from tests.support_pluggto.server import (
    PRODUCT,
    TOKEN,
    Action,
    Reply,
    ScriptedHub,
    Seen,
    always,
    drop,
    listing,
)

INVALID = {"code": 400, "error": "invalid_grant", "error_description": "User credentials are invalid"}


def grants(server: ScriptedHub) -> list[str]:
    return [parse_qs(one)["grant_type"][0] for one in server.logins]


def only(token: str) -> Callable[[Seen], Reply]:
    """Takes this token alone."""
    return lambda seen: Reply(PRODUCT) if seen.token == token else Reply(None, 401)


def test_the_password_grant_is_form_encoded_and_the_token_goes_in_the_header() -> None:
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address)
        hub.product("A")
        hub.product("A")
        hub.close()
    form = {name: values[0] for name, values in parse_qs(server.logins[0]).items()}
    assert form == {"grant_type": "password"} | {k.removeprefix("hub."): v for k, v in CREDENTIALS.items()}
    assert [seen.token for seen in server.seen] == ["token-1", "token-1"]
    assert not any("token" in seen.query for seen in server.seen)
    assert server.connections == 1


def test_a_new_token_is_in_the_keyring_before_it_is_used() -> None:
    secrets = MemorySecrets(CREDENTIALS)
    saved: list[str] = []

    def look(_: Seen) -> Reply:
        saved.append(secrets.values.get("hub.token", ""))
        return Reply(PRODUCT)

    with ScriptedHub(look) as server:
        hub = hub_at(server.address, secrets)
        hub.product("A")
        hub.close()
    fields = json.loads(saved[0])
    assert (fields["access_token"], fields["refresh_token"]) == ("token-1", "refresh-1")
    assert fields["expires_at"] == "2026-03-02T13:00:00.000Z"


def test_a_token_that_cannot_be_saved_is_not_used() -> None:
    secrets = MemorySecrets(CREDENTIALS)

    def lock_away(_: Seen) -> Reply:
        secrets.away = True
        return Reply(TOKEN)

    with ScriptedHub(always(PRODUCT), lock_away) as server:
        hub = hub_at(server.address, secrets)
        with pytest.raises(KeyringAway):
            hub.product("A")
        assert server.seen == []
        assert "hub.token" not in secrets.values
        hub.close()


def test_a_restart_uses_the_saved_token() -> None:
    secrets = MemorySecrets(CREDENTIALS)
    with ScriptedHub(always(PRODUCT)) as server:
        for _ in range(3):
            hub = hub_at(server.address, secrets)
            hub.product("A")
            hub.close()
    assert len(server.logins) == 1


@pytest.mark.parametrize(
    "saved",
    ["no json", "[]", '{"access_token": 5}', '{"access_token":"a b","expires_at":"2030-01-01T00:00:00Z"}'],
)
def test_an_unusable_saved_token_is_replaced(saved: str) -> None:
    secrets = MemorySecrets({**CREDENTIALS, "hub.token": saved})
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address, secrets)
        hub.product("A")
        hub.close()
    assert grants(server) == ["password"]


def test_a_token_of_another_address_is_never_sent() -> None:
    secrets = MemorySecrets(CREDENTIALS)
    with ScriptedHub(always(PRODUCT)) as one, ScriptedHub(always(PRODUCT)) as other:
        for server in (one, other):
            hub = hub_at(server.address, secrets)
            hub.product("A")
            hub.close()
        assert grants(other) == ["password"]


def test_credentials_pinned_to_another_address_are_never_sent() -> None:
    secrets = MemorySecrets({**CREDENTIALS, "hub.address": "https://api.plugg.to"})
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address, secrets)
        with pytest.raises(ConfigurationError) as caught:
            hub.check_login()
        hub.close()
        assert caught.value.code == "C-412"
        assert server.logins == []


def test_it_renews_shortly_before_the_end_by_the_refresh_token() -> None:
    clock = FakeClock()
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address, clock=clock)
        hub.product("A")
        clock.advance(3600 - 130)
        hub.product("A")
        assert grants(server) == ["password"]
        clock.advance(20)
        hub.product("A")
        hub.close()
    assert grants(server) == ["password", "refresh_token"]
    assert parse_qs(server.logins[1])["refresh_token"] == ["refresh-1"]
    assert [seen.token for seen in server.seen] == ["token-1", "token-1", "token-2"]


@pytest.mark.parametrize("expires", [60, "60", None, -1, "soon", 10**40, 1])
def test_any_lifetime_gives_a_usable_token(expires: object) -> None:
    with ScriptedHub(always(PRODUCT), always({**TOKEN, "expires_in": expires})) as server:
        hub = hub_at(server.address)
        hub.product("A")
        hub.product("A")
        hub.close()
        assert len(server.logins) == 1


def test_a_clock_set_far_back_does_not_keep_a_token_for_ever() -> None:
    clock = FakeClock()
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address, clock=clock)
        hub.product("A")
        clock.advance(-100 * 24 * 3600)
        hub.product("A")
        hub.close()
        assert len(server.logins) == 2


def test_after_a_401_the_same_call_is_repeated_once() -> None:
    with ScriptedHub(only("token-2")) as server:
        hub = hub_at(server.address)
        assert hub.put_stock("A", 5).quantity == 2
        hub.close()
    assert grants(server) == ["password", "refresh_token"]
    assert [(one.method, one.path, one.body) for one in server.seen] == [
        ("PUT", "/skus/A/stock", server.seen[0].body)
    ] * 2


def test_a_refused_refresh_falls_back_to_the_password() -> None:
    def login(seen: Seen) -> Reply:
        if b"refresh_token" in seen.body:
            return Reply(INVALID, 400)
        return Reply({**TOKEN, "access_token": f"token-{len(server.logins)}"})

    with ScriptedHub(only("token-3"), login) as server:
        hub = hub_at(server.address)
        hub.product("A")
        hub.close()
    assert grants(server) == ["password", "refresh_token", "password"]


def test_a_lost_refresh_is_not_tried_a_second_time() -> None:
    """A refresh token works once: when its answer got lost, only the password helps."""

    def login(seen: Seen) -> Reply | Action:
        if b"refresh_token" in seen.body:
            return drop
        return Reply({**TOKEN, "access_token": f"token-{len(server.logins)}"})

    with ScriptedHub(only("token-3"), login) as server:
        hub = hub_at(server.address)
        with pytest.raises(HubAway):
            hub.product("A")
        hub.product("A")
        hub.close()
    assert grants(server) == ["password", "refresh_token", "password"]


def test_another_process_may_have_renewed_it() -> None:
    secrets = MemorySecrets(CREDENTIALS)
    with ScriptedHub(only("token-2")) as server:
        first, second = hub_at(server.address, secrets), hub_at(server.address, secrets)
        first.session.log_in()
        second.session.log_in()
        first.product("A")  # renews to token-2
        second.product("A")  # finds it in the keyring
        first.close()
        second.close()
    assert len(server.logins) == 2


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, INVALID, HubRefusedLogin),
        (401, INVALID, HubRefusedLogin),
        (403, None, HubRefusedLogin),
        (401, b"<html>", HubRefusedLogin),
        (503, INVALID, HubRefusedLogin),
        (503, {"error": True, "message": "User credentials are invalid"}, HubRefusedLogin),
        (200, INVALID, HubRefusedLogin),
        (400, {"message": "Invalid or missing grant_type parameter"}, HubRefusedLogin),
        (503, None, HubAway),
        (503, b"<html>Service Unavailable", HubAway),
        (500, {"error": True}, HubAway),
        (429, None, HubBusy),
        (200, b"<html>Wi-Fi", HubAway),
        (200, {}, HubAway),
        (200, None, HubAway),
        (302, None, HubAway),
        (404, b"<html>", HubAway),
    ],
)
def test_a_login_is_refused_or_the_hub_is_away(status: int, body: object, kind: type[OtimoError]) -> None:
    with ScriptedHub(always(PRODUCT), always(body, status)) as server:
        hub = hub_at(server.address)
        with pytest.raises(OtimoError) as caught:
            hub.put_stock("A", 1)
        hub.close()
        assert server.seen == []
    assert type(caught.value) is kind
    assert getattr(caught.value, "after_send", False) is False


@pytest.mark.parametrize("missing", list(CREDENTIALS))
def test_a_missing_credential_is_named(missing: str) -> None:
    secrets = MemorySecrets({name: value for name, value in CREDENTIALS.items() if name != missing})
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address, secrets)
        with pytest.raises(ConfigurationError) as caught:
            hub.check_login()
        hub.close()
        assert server.logins == []
    assert (caught.value.code, caught.value.params) == ("C-420", {"name": missing.removeprefix("hub.")})


def _all_at_once(count: int, work: Callable[[], None]) -> list[BaseException]:
    gate, errors = threading.Barrier(count), list[BaseException]()

    def run() -> None:
        gate.wait(10)
        try:
            work()
        except OtimoError as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return errors


class _CountedLock:
    """A lock that tells when so many threads have come to it."""

    def __init__(self, count: int) -> None:
        self.full = threading.Event()
        self._inner, self._count = threading.Lock(), count
        self._guard = threading.Lock()

    def __enter__(self) -> None:
        with self._guard:
            self._count -= 1
            if self._count == 0:
                self.full.set()
        self._inner.acquire()

    def __exit__(self, *_: object) -> None:
        self._inner.release()


def test_eight_threads_meet_a_401_at_once_and_log_in_once() -> None:
    gate = threading.Barrier(8)

    def together(seen: Seen) -> Reply:
        if seen.token == "token-1":
            gate.wait(10)  # all eight hold a dead token now
            return Reply(None, 401)
        return Reply(PRODUCT)

    with ScriptedHub(together) as server:
        hub = hub_at(server.address)
        hub.session.log_in()
        assert _all_at_once(8, lambda: hub.put_stock("A", 1) and None) == []
        hub.close()
    assert grants(server) == ["password", "refresh_token"]
    assert sorted(one.token for one in server.seen) == ["token-1"] * 8 + ["token-2"] * 8


def test_eight_threads_share_one_refusal() -> None:
    queue = _CountedLock(8)

    def slow_no(_: Seen) -> Reply:
        queue.full.wait(10)  # the other seven stand at the lock now
        return Reply(INVALID, 400)

    with ScriptedHub(always(PRODUCT), slow_no) as server:
        hub = hub_at(server.address)
        hub.session._tokens._lock = queue  # pyright: ignore[reportAttributeAccessIssue]
        errors = _all_at_once(8, lambda: hub.put_stock("A", 1) and None)
        hub.close()
    assert [type(one) for one in errors] == [HubRefusedLogin] * 8
    assert len(server.logins) == 1


def test_check_login_notices_a_token_the_hub_forgot() -> None:
    def orders(seen: Seen) -> Reply:
        return Reply(listing("Order", [])) if seen.token == "token-2" else Reply(None, 401)

    with ScriptedHub(orders) as server:
        hub = hub_at(server.address)
        hub.check_login()
        hub.close()
        assert len(server.logins) == 2


def test_logs_hold_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ScriptedHub(only("token-2")) as server:
        hub = hub_at(server.address)
        hub.product("A")
        hub.close()
    for secret in ("the-client-secret", "api&secret", "token-1", "token-2", "refresh-1"):
        assert secret not in caplog.text
    assert "PUT" in caplog.text or "GET" in caplog.text  # urllib3's own lines were there to look at
