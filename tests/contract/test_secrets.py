"""What every keyring does, the one in memory that tests use and the operating system's own."""

from __future__ import annotations

import pytest

from otimo_tray.desktop.secrets import KeyringSecrets
from otimo_tray.ports import Secrets
from tests.support.memory_secrets import MemorySecrets


@pytest.fixture(params=["memory", "real"])
def secrets(request: pytest.FixtureRequest) -> Secrets:
    if request.param == "memory":
        return MemorySecrets()
    private = request.getfixturevalue("private_keyring")
    return KeyringSecrets("profile", service=private.service)


def test_what_was_never_set_is_none(secrets: Secrets) -> None:
    assert secrets.get("hub.password") is None


@pytest.mark.parametrize("value", ["simple", "", " spaces ", "ção & <ü> 👍", "line\nbreak", "x" * 1200, '{"a": "b"}'])
def test_what_is_set_comes_back(secrets: Secrets, value: str) -> None:
    secrets.set("hub.password", value)
    assert secrets.get("hub.password") == value


def test_the_later_value_wins(secrets: Secrets) -> None:
    secrets.set("hub.token", "one")
    secrets.set("hub.token", "two")
    assert secrets.get("hub.token") == "two"


def test_names_do_not_disturb_each_other(secrets: Secrets) -> None:
    names = ["hub.client_id", "hub.client_secret", "hub.username", "hub.password", "hub.token"]
    for name in names:
        secrets.set(name, f"value of {name}")
    secrets.set("hub.token", "new")
    secrets.delete("hub.username")
    assert [secrets.get(name) for name in names] == [
        "value of hub.client_id",
        "value of hub.client_secret",
        None,
        "value of hub.password",
        "new",
    ]


def test_deleting_twice_is_no_error(secrets: Secrets) -> None:
    secrets.set("hub.token", "one")
    secrets.delete("hub.token")
    secrets.delete("hub.token")
    secrets.delete("never there")
    assert secrets.get("hub.token") is None
