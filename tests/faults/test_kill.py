"""The quick part of the kills: some moments of a busy run."""

from __future__ import annotations

import pytest

from tests.faults import kill


@pytest.mark.timeout(120)
def test_a_program_killed_while_busy_loses_nothing_and_doubles_nothing(private_keyring: object) -> None:
    del private_keyring
    row = kill.run(4, seed=11)
    assert row.told == []
    assert row.tried == 4
