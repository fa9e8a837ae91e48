"""Logging in as the hub's documentation says, and staying logged in."""

from __future__ import annotations

import re

import pytest
import requests

from .conftest import MakeHub, Outsider, Wall


def test_a_password_grant_answers_what_the_sample_shows(hub: Outsider) -> None:
    answer = hub.token()
    body = answer.json()
    assert answer.status_code == 200
    assert set(body) == {"access_token", "expires_in", "token_type", "refresh_token"}
    assert (body["expires_in"], body["token_type"]) == (3600, "bearer")
    assert re.fullmatch("[0-9a-f]{40}", body["access_token"])
    assert re.fullmatch("[0-9a-f]{40}", body["refresh_token"])


def test_both_ways_to_send_a_token_work(hub: Outsider) -> None:
    token = hub.token().json()["access_token"]
    del hub.session.headers["Authorization"]
    assert hub.call("GET", f"/orders?access_token={token}").status_code == 200
    assert hub.call("GET", "/orders", headers={"Authorization": f"bearer {token}"}).status_code == 200


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer nonsense", "Basic QTpC"])
def test_without_a_good_token_the_answer_is_a_401_in_json(hub: Outsider, header: str | None) -> None:
    del hub.session.headers["Authorization"]
    answer = hub.call("GET", "/orders", headers={} if header is None else {"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["error"] is True
    assert hub.call("PUT", "/skus/000001", {"price": 1}).status_code == 401


def test_an_access_token_lives_an_hour(hub: Outsider, wall: Wall) -> None:
    wall.moment += 3599
    assert hub.call("GET", "/orders").status_code == 200
    wall.moment += 1
    assert hub.call("GET", "/orders").status_code == 401


def test_the_lifetime_is_a_switch(make_hub: MakeHub, wall: Wall) -> None:
    hub = make_hub(switches={"token_lifetime": 10})
    assert hub.token().json()["expires_in"] == 10
    hub.login()
    wall.moment += 11
    assert hub.call("GET", "/orders").status_code == 401


def test_a_refresh_token_works_once(hub: Outsider) -> None:
    first = hub.token().json()
    refreshed = hub.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert refreshed.status_code == 200
    assert refreshed.json()["access_token"] != first["access_token"]
    again = hub.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert again.status_code == 400
    second = hub.token(grant_type="refresh_token", refresh_token=refreshed.json()["refresh_token"])
    assert second.status_code == 200


def test_a_refresh_whose_answer_is_lost_leaves_only_the_password(hub: Outsider) -> None:
    refresh = hub.token().json()["refresh_token"]
    hub.fault({"kind": "lost_answer", "path": "/oauth/token", "times": 1})
    with pytest.raises(requests.ConnectionError):
        hub.token(grant_type="refresh_token", refresh_token=refresh)
    assert hub.token(grant_type="refresh_token", refresh_token=refresh).status_code == 400
    assert hub.token().status_code == 200


@pytest.mark.parametrize("survives", [True, False])
def test_whether_the_former_access_token_survives_a_refresh_is_a_switch(hub: Outsider, survives: bool) -> None:
    hub.switch(old_access_survives=survives)
    first = hub.token().json()
    hub.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    answer = hub.call("GET", "/orders", headers={"Authorization": f"Bearer {first['access_token']}"})
    assert answer.status_code == (200 if survives else 401)


def test_a_refresh_tokens_own_lifetime_is_a_switch(hub: Outsider, wall: Wall) -> None:
    hub.switch(refresh_lifetime=7200)
    refresh = hub.token().json()["refresh_token"]
    wall.moment += 7200
    assert hub.token(grant_type="refresh_token", refresh_token=refresh).status_code == 400


@pytest.mark.parametrize("field", ["client_id", "client_secret", "username", "password"])
@pytest.mark.parametrize("value", ["wrong", "çãé", None])
def test_wrong_credentials_have_the_official_words(hub: Outsider, field: str, value: str | None) -> None:
    answer = hub.token(**{field: value})
    assert answer.status_code == 400
    assert answer.json()["error_description"] == "User credentials are invalid"
    assert answer.json()["code"] == 400


@pytest.mark.parametrize("grant", [None, "", "client_credentials"])
def test_a_missing_or_unknown_grant_has_the_official_words(hub: Outsider, grant: str | None) -> None:
    answer = hub.token(grant_type=grant)
    assert answer.status_code == 400
    assert answer.json()["error_description"] == "Invalid or missing grant_type parameter"


def test_only_a_form_is_read(hub: Outsider) -> None:
    answer = hub.call("POST", "/oauth/token", {"grant_type": "password", **hub.credentials})
    assert answer.status_code == 400
    assert "grant_type" in answer.json()["error_description"]


def test_an_authorization_code_is_refused_cleanly(hub: Outsider) -> None:
    answer = hub.token(grant_type="authorization_code", code="abc")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("status", [400, 401, 403, 503])
@pytest.mark.parametrize("form", ["oauth", "hub", "empty", "html"])
def test_status_and_form_of_a_refused_login_are_switches(hub: Outsider, status: int, form: str) -> None:
    hub.switch(bad_login_status=status, login_error_form=form)
    answer = hub.token(password="wrong")
    assert answer.status_code == status
    if form == "hub":
        assert answer.json()["message"] == "User credentials are invalid"
    elif form == "empty":
        assert answer.content == b""
    elif form == "html":
        assert answer.text.startswith("<html>")
    else:
        assert answer.json()["code"] == status
