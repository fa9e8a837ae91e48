"""Our entries in Windows' Credential Manager, over the library's real backend and a made-up Windows."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from keyring.backends import Windows

from otimo_tray.desktop.credential_manager import OneEntryVault


class _WindowsError(Exception):
    """`pywintypes.error`."""

    def __init__(self, winerror: int, funcname: str) -> None:
        super().__init__(winerror, funcname)
        self.winerror, self.funcname = winerror, funcname


class _Credentials:
    """`win32cred` over a dictionary; `names` are the entries after each call that changes something."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_LOCAL_MACHINE = 2
    CRED_PERSIST_ENTERPRISE = 3

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        self.names: list[set[str]] = []

    def _found(self, name: str, call: str) -> dict[str, Any]:
        if name not in self.entries:
            raise _WindowsError(1168, call)
        return self.entries[name]

    def CredRead(self, Type: int, TargetName: str) -> dict[str, Any]:
        assert Type == self.CRED_TYPE_GENERIC
        return self._found(TargetName, "CredRead")

    def CredWrite(self, credential: Mapping[str, Any], flags: int) -> None:
        assert flags == 0
        blob = str(credential["CredentialBlob"]).encode("utf-16-le")
        self.entries[credential["TargetName"]] = {**credential, "CredentialBlob": blob}
        self.names.append(set(self.entries))

    def CredDelete(self, Type: int, TargetName: str) -> None:
        assert Type == self.CRED_TYPE_GENERIC
        self._found(TargetName, "CredDelete")
        del self.entries[TargetName]
        self.names.append(set(self.entries))


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> _Credentials:
    made = _Credentials()
    monkeypatch.setattr(Windows, "win32cred", made, raising=False)
    monkeypatch.setattr(Windows, "pywintypes", SimpleNamespace(error=_WindowsError), raising=False)
    return made


def test_a_changed_secret_has_one_entry_and_is_there_all_the_time(windows: _Credentials) -> None:
    vault: Any = OneEntryVault()
    vault.persist = "local machine"
    vault.set_password("shop", "hub.token", "first")
    vault.set_password("shop", "hub.token", "segredo é")
    assert windows.names == [{"shop"}] * 2, "never deleted, never kept under a second name"
    assert windows.entries["shop"]["Persist"] == windows.CRED_PERSIST_LOCAL_MACHINE
    assert vault.get_password("shop", "hub.token") == "segredo é"
    vault.delete_password("shop", "hub.token")
    assert not windows.entries
    assert vault.get_password("shop", "hub.token") is None


def test_the_copy_that_an_earlier_version_left_goes_with_the_next_change(windows: _Credentials) -> None:
    earlier: Any = Windows.WinVaultKeyring()
    earlier.set_password("shop", "hub.token", "first")
    earlier.set_password("shop", "hub.token", "second")
    assert set(windows.entries) == {"shop", "hub.token@shop"}, "what the library does by itself"
    vault: Any = OneEntryVault()
    vault.set_password("shop", "hub.token", "third")
    assert set(windows.entries) == {"shop"}
    assert vault.get_password("shop", "hub.token") == "third"
