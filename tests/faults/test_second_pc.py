"""Another PC that fights for the token is suspected and said, and left in peace."""

from __future__ import annotations

from tests.faults import second_pc


def test_a_second_pc_with_the_same_credentials_is_said_and_not_fought() -> None:
    row = second_pc.run(cycles=10)
    assert row.told == []
