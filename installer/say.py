"""What the set-up tells the person: progress lines on stderr, and the one kind of error that ends it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence


class SetupError(Exception):
    """The set-up can't go on.

    Args:
        message: one sentence, what is wrong.
        command: what to type to put it right, where there is such a command.
    """

    def __init__(self, message: str, command: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.command = command

    def __str__(self) -> str:
        """The sentence, and on a line of its own the command to type."""
        return self.message if self.command is None else f"{self.message}\nType:  {self.command}"


def say(text: str) -> None:
    """Write one progress line to stderr; stdout belongs to the command that runs."""
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(f"[dev] {text}\n".encode(encoding, "replace").decode(encoding))
    sys.stderr.flush()


def typed(command: Sequence[str]) -> str:
    """Return `command` as a person would type it on this system."""
    return subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)
