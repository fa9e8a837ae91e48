"""Three real desks, their leader killed, frozen and cut off; the times of the lease are divided, else all is real.

Takes half a minute: three processes of the program, three handovers, a dozen commands. `dev.py desks` is the long form.
"""

from __future__ import annotations

import time

import pytest

from tests.desks.ears import Heard
from tests.desks.rounds import run
from tests.desks.world import ThreeDesks
from tests.servers.postgresql import PostgreSql
from tests.servers.server import Server


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_is_lost_nothing_twice_and_nothing_under_an_old_lease(
    postgresql_server: Server, private_keyring: object
) -> None:
    del private_keyring
    assert isinstance(postgresql_server, PostgreSql)
    result = run(3, 1, postgresql_server, haste=4.0, brief=True)  # kill, freeze, cut
    assert not result.bad, result.bad
    assert len(result.typed) == 3, "codes were typed at every desk"
    assert result.requests > 100
    assert all(one.at_work is not None for one in result.rounds)


class _Ears:
    def __init__(self, *heard: Heard) -> None:
        self._heard = heard

    def heard(self) -> list[Heard]:
        return list(self._heard)


class _Told(ThreeDesks):
    """Only what the hub heard and who led."""

    def __init__(self, *heard: Heard) -> None:
        self.ears = _Ears(*heard)  # pyright: ignore[reportAttributeAccessIssue]

    def history(self) -> list[tuple[int, str, float]]:
        return [(1, "Caixa", 100.0), (2, "Estoque", 150.0), (4, "Caixa", 200.0)]


@pytest.mark.parametrize(
    ("lease", "left", "came", "wrong"),
    [
        (1, 149.0, 149.1, False),
        (1, 150.1, 150.2, True),
        (1, 149.9, 160.0, True),  # it says that it left in time, and came ten seconds later
        (2, 199.0, 199.5, False),
        (2, 200.5, 200.6, True),
        (3, 200.5, 200.6, True),
        pytest.param(4, time.time(), time.time(), False, id="the lease of now"),
        (0, 500.0, 500.0, False),  # no desk's: the test's own look
    ],
)
def test_a_request_under_an_old_lease_is_found(lease: int, left: float, came: float, wrong: bool) -> None:
    found = _Told(Heard("PUT", "/skus/1/stock", lease, left, came, b"")).under_old_leases()
    assert bool(found) is wrong
