"""One instance, however many starts there are at once."""

from __future__ import annotations

import pytest

from tests.faults import starts


@pytest.mark.timeout(120)
def test_starts_at_the_same_moment_leave_one_instance(private_keyring: object) -> None:
    del private_keyring
    row = starts.run(4)
    assert row.told == []
