"""Exit codes of the command line (resources/contracts.md, part 5)."""

from __future__ import annotations

from typing import Final

from otimo_tray.errors import (
    AlreadyRunning,
    ConfigurationError,
    EnvironmentFault,
    OtimoError,
    PersonNeeded,
)

OK: Final = 0
SOME_FAILED: Final = 1
WRONG_USAGE: Final = 2
PERSON_NEEDED: Final = 3
AWAY: Final = 4
RUNNING: Final = 5


def exit_code_of(error: OtimoError) -> int:
    """The exit code that tells a script what kind of trouble it was."""
    if isinstance(error, AlreadyRunning):
        return RUNNING
    if isinstance(error, EnvironmentFault):
        return AWAY
    if isinstance(error, ConfigurationError) and error.code.startswith("C-40"):
        return WRONG_USAGE
    if isinstance(error, PersonNeeded):
        return PERSON_NEEDED
    return SOME_FAILED
