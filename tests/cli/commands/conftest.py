"""Fixtures: a profile with a real state database, and commands run as the command line would run them."""

from __future__ import annotations

import io
import json
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.cli.main import build_parser
from otimo_tray.cli.output import Output
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import Settings
from otimo_tray.profile import Profile
from tests.sheets.shop import NOW
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets


@dataclass
class Shell:
    """Runs commands over one profile.

    Attributes:
        nudged: what a running engine would have been told, in order.
    """

    profile: Profile
    nudged: list[str] = field(default_factory=list[str])

    def text(self, *words: object) -> tuple[int, str]:
        """Answers the exit code and what people read."""
        return self._run([str(word) for word in words])

    def json(self, *words: object) -> tuple[int, dict[str, Any]]:
        """Answers the exit code and the one JSON object."""
        code, output = self._run([*(str(word) for word in words), "--json"])
        lines = output.splitlines()
        assert len(lines) == 1, output
        found = json.loads(lines[0])
        assert found["version"] == 1
        return code, found

    def _run(self, words: list[str]) -> tuple[int, str]:
        args = build_parser(words[0]).parse_args(words)
        stream = io.StringIO()
        output = Output(as_json=args.json, language=self.profile.settings.shop.language, stream=stream)
        return args.run(args, self.profile, output), stream.getvalue()


@pytest.fixture
def shell(profile_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Shell]:
    profile = Profile(ProfilePaths(profile_dir), Settings(), MemorySecrets(), FakeClock(NOW))
    found = Shell(profile)

    def note(_: Profile, *flows: str) -> None:
        found.nudged.extend(flows)

    for command in ("mapping", "tracking", "orders", "invoices", "held"):
        monkeypatch.setattr(f"otimo_tray.cli.commands.{command}.nudge", note)
    yield found
    profile.close()
