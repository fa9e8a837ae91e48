"""The keyring's edges: none there, locked, failing, one that keeps plain text."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from installer.session import Parts, Session, SessionError
from otimo_tray.desktop import secrets as module
from otimo_tray.desktop.secrets import KeyringSecrets
from otimo_tray.errors import ConfigurationError, KeyringAway, OtimoError
from tests.support import surroundings


class Backend(KeyringBackend):
    """A backend whose calls do what the test says; counts deletions."""

    priority = 1  # pyright: ignore[reportAssignmentType]

    def __init__(self, act: Callable[[], Any] = lambda: None) -> None:
        super().__init__()
        self.act = act
        self.deleted = 0

    def get_password(self, service: str, username: str) -> str | None:
        return self.act()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.act()

    def delete_password(self, service: str, username: str) -> None:
        self.deleted += 1


# As the real ones are told: by the module their class comes from.
Backend.__module__ = "keyring.backends.SecretService"


def calls(secrets: KeyringSecrets) -> list[Callable[[], object]]:
    return [lambda: secrets.get("a"), lambda: secrets.set("a", "b"), lambda: secrets.delete("a")]


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring])
def test_a_backend_that_keeps_nothing_is_refused(backend: type[KeyringBackend]) -> None:
    for call in calls(KeyringSecrets("p", opener=backend)):
        with pytest.raises(ConfigurationError) as caught:
            call()
        assert caught.value.code == "C-431"


def test_a_plain_text_backend_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    class PlaintextKeyring(KeyringBackend):
        priority = 9  # pyright: ignore[reportAssignmentType]

        def get_password(self, service: str, username: str) -> str | None:
            return (tmp_path / "passwords").read_text()

        def set_password(self, service: str, username: str, password: str) -> None:
            (tmp_path / "passwords").write_text(password)

    with pytest.raises(ConfigurationError):
        KeyringSecrets("p", opener=PlaintextKeyring).set("hub.password", "secret")
    assert list(tmp_path.iterdir()) == []


def test_keyrings_own_choice_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """`PYTHON_KEYRING_BACKEND` or a configuration file may name a backend that writes a file."""
    before = keyring.get_keyring()
    chosen = Backend()
    keyring.set_keyring(chosen)
    monkeypatch.setattr(module, "open_backend", keyring.backends.fail.Keyring)
    try:
        with pytest.raises(ConfigurationError):
            KeyringSecrets("p", opener=module.open_backend).get("a")
    finally:
        keyring.set_keyring(before)


def _raise(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


class _PyWinError(Exception):
    """pywin32's error is no OSError."""


@pytest.mark.parametrize(
    "error",
    [
        keyring.errors.KeyringLocked("locked"),
        keyring.errors.InitError("no"),
        keyring.errors.PasswordSetError("no"),
        OSError("bus"),
        _PyWinError(1312, "CredRead", "no logon session"),
        UnicodeDecodeError("utf-8", b"x", 0, 1, "no"),
        TimeoutError(),
        ValueError("secret inside"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_fails_is_away_and_nothing_is_deleted(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    backend = Backend(_raise(error))
    for call in calls(KeyringSecrets("p", opener=lambda: backend)):
        with pytest.raises(KeyringAway) as caught:
            call()
        assert caught.value.code == "C-430"
        assert "secret inside" not in str(caught.value)
        assert caught.value.__context__ is None  # a crash report must not find the secret behind it
    assert backend.deleted == 0
    assert "secret inside" not in caplog.text


def test_our_own_mistakes_are_not_called_a_locked_keyring() -> None:
    with pytest.raises(TypeError):
        KeyringSecrets("p", opener=lambda: Backend(_raise(TypeError("bug")))).get("a")


def test_a_keyring_that_comes_later_is_found() -> None:
    ready: list[bool] = []

    def opener() -> KeyringBackend:
        if not ready:
            raise ConfigurationError("C-431")
        return Backend(lambda: "value")

    secrets = KeyringSecrets("p", opener=opener)
    with pytest.raises(OtimoError):
        secrets.get("a")
    ready.append(True)
    assert secrets.get("a") == "value"


def test_a_value_too_long_for_windows_is_refused_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    backend = Backend(_raise(AssertionError("it was tried")))
    secrets = KeyringSecrets("p", opener=lambda: backend)
    with pytest.raises(ConfigurationError) as caught:
        secrets.set("hub.token", "x" * 1281)
    assert (caught.value.code, caught.value.params["size"]) == ("C-432", 2562)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has its Credential Manager")
def test_no_session_bus_means_no_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    with pytest.raises(ConfigurationError) as caught:
        KeyringSecrets("p").get("a")
    assert caught.value.code == "C-431"


LOCKED = """
import sys, secretstorage
from otimo_tray.desktop.secrets import KeyringSecrets
from otimo_tray.errors import OtimoError
secrets = KeyringSecrets("p")
secrets.set("hub.token", "value")
bus = secretstorage.dbus_init()
collection = secretstorage.get_default_collection(bus)
collection.lock()
for call in (secrets.get, lambda name: secrets.set(name, "other"), secrets.delete):
    try:
        print("answered", call("hub.token"))
    except OtimoError as error:
        print(error.code)
print(len(list(collection.search_items({"username": "hub.token"}))), "kept")
bus.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lock of its own on credentials")
def test_a_locked_secret_service_is_away_and_keeps_its_secret() -> None:
    """Locked for real, with nobody there to ask for the password: in a session of its own, for it stays locked."""
    session = Session(Parts(display=False, tray=False))
    try:
        session.start()
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", LOCKED],
            env=session.env, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    except SessionError as error:
        surroundings.turn_away(str(error))
    finally:
        session.stop()
    assert done.stdout.splitlines() == ["C-430", "C-430", "C-430", "1 kept"], done.stderr
    assert "ResourceWarning" not in done.stderr


def test_profiles_do_not_see_each_other(private_keyring: Any) -> None:
    one = KeyringSecrets("one", service=private_keyring.service)
    other = KeyringSecrets("other", service=private_keyring.service)
    one.set("hub.password", "of one")
    assert other.get("hub.password") is None
    other.delete("hub.password")
    assert one.get("hub.password") == "of one"


@pytest.mark.skipif(sys.platform != "win32", reason="other keyrings replace a secret by themselves")
def test_a_secret_written_anew_leaves_no_copy_of_the_one_before(private_keyring: Any) -> None:
    manager: Any = importlib.import_module("win32ctypes.pywin32.win32cred")

    def entries() -> list[str]:
        found: list[dict[str, str]] = manager.CredEnumerate(None, 0)
        return [one["TargetName"] for one in found if private_keyring.service in one["TargetName"]]

    secrets = KeyringSecrets("p", service=private_keyring.service)
    for value in ("old", "new", "newest"):
        secrets.set("hub.password", value)
    assert secrets.get("hub.password") == "newest"
    assert len(entries()) == 1
    secrets.delete("hub.password")
    assert entries() == []
