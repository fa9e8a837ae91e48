"""The thread that steps a desk's engine."""

from __future__ import annotations

from otimo_tray.sync.attending import Attendant


class _Once:
    def __init__(self) -> None:
        self.stepped = 0
        self.attendant: Attendant | None = None

    def step(self) -> float:
        self.stepped += 1
        if self.stepped == 2 and self.attendant is not None:
            self.attendant.stop(0.0)
        return 3600.0


def test_an_attendant_steps_when_stirred_and_ends() -> None:
    steps = _Once()
    attendant = steps.attendant = Attendant(steps)
    attendant.start()
    attendant.stir()
    assert attendant.stop(5.0)
    assert 1 <= steps.stepped <= 2
