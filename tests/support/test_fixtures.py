"""The real surroundings: the keyring keeps a secret for one test, the screen is one with a tray."""

from __future__ import annotations

import keyring
import pytest

from tests.support.fixtures import PrivateKeyring


@pytest.mark.parametrize("turn", [1, 2])
def test_keyring_keeps_secrets_and_starts_empty(private_keyring: PrivateKeyring, turn: int) -> None:
    assert keyring.get_password("loja", "usuário") is None, f"turn {turn}"
    keyring.set_password("loja", "usuário", "senha çã")
    assert private_keyring.backend.get_password("loja", "usuário") == "senha çã"


@pytest.mark.tray_host
@pytest.mark.usefixtures("qapp")
def test_desktop_has_a_tray() -> None:
    from PySide6.QtWidgets import QSystemTrayIcon

    assert QSystemTrayIcon.isSystemTrayAvailable()
