"""Shops for the service's tests: a real engine's board and lanes over made-up work, moved by a clock of the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow, Status
from otimo_tray.errors import OtimoError
from otimo_tray.service.opened import Opened, Threads
from otimo_tray.service.supervisor import Supervisor, folders_in
from otimo_tray.sync.board import Board
from otimo_tray.sync.engine import EventKind, FlowReport
from otimo_tray.sync.lane import LaneApi
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets


class MemoryFacts:
    """Facts in a dictionary."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.values.get(key)

    def set(self, key: str, value: str) -> None:
        self.values[key] = value


class FakeEngine:
    """One lane over all flows; `work` is called for each run and may raise."""

    def __init__(self, world: World, name: str, settings: Settings, threads: Threads) -> None:
        self.world, self.name = world, name
        self.board = Board(world.clock, settings)
        self.board.set_setup(None)
        self.settings = settings
        self.stopped = False
        self._lane: LaneApi = threads.lanes(
            "values",
            world.clock,
            dict.fromkeys(ALL_FLOWS, 300.0),
            self._run,
            lambda _gap: None,
            start_after=threads.start_after,
        )

    def start(self) -> None:
        self._lane.start()

    def stop(self, timeout: float = 10.0) -> bool:
        self._lane.stop()
        self.stopped = self._lane.join(timeout) and not self.world.hangs_at_stop.get(self.name)
        return self.stopped

    def change_settings(self, settings: Settings) -> None:
        self.settings = settings

    def _run(self, flows: Sequence[Flow]) -> None:
        self.world.ran.append((self.name, self.world.clock.monotonic()))
        error = self.world.work(self.name)
        for flow in flows:
            code = error.code if error else None
            self.board.end(FlowReport(flow, error is None, {}, code, dict(error.params) if error else {}))

    def status(self) -> Status:
        return self.board.status(lambda _flow: None)

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        self._lane.ask(list(flows or ALL_FLOWS), even_paused=True)

    def wake(self, flow: Flow) -> None:
        self._lane.ask([flow], even_paused=False)

    def pause(self, minutes: int | None = None) -> None:
        self._lane.set_paused(True)

    def resume(self) -> None:
        self._lane.set_paused(False)

    def woke(self) -> None:
        self._lane.look()

    def cancel(self) -> None:
        pass

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        return self.board.subscribe(callback)


def _well(name: str) -> OtimoError | None:
    del name
    return None


@dataclass
class World:
    """A folder of profiles and what happens in them."""

    parent: Path
    clock: FakeClock = field(default_factory=FakeClock)
    work: Callable[[str], OtimoError | None] = _well
    refuse: dict[str, OtimoError] = field(default_factory=dict[str, OtimoError])
    """By shop: why it can't be opened."""
    hangs_at_stop: dict[str, bool] = field(default_factory=dict[str, bool])
    tried: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    ran: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    engines: dict[str, FakeEngine] = field(default_factory=dict[str, FakeEngine])
    closed: list[str] = field(default_factory=list[str])
    settings: dict[str, Settings | OtimoError] = field(default_factory=dict[str, Settings | OtimoError])
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    facts: dict[str, MemoryFacts] = field(default_factory=dict[str, MemoryFacts])

    def add(self, name: str) -> Path:
        """A new profile."""
        folder = self.parent / name
        folder.mkdir()
        (folder / "settings.toml").write_text("version = 1\n")
        return folder

    def remove(self, name: str) -> None:
        (self.parent / name / "settings.toml").unlink()
        (self.parent / name).rmdir()

    def open(self, folder: Path, threads: Threads) -> Opened:
        name = folder.name
        self.tried.append((name, self.clock.monotonic()))
        if name in self.refuse:
            raise self.refuse[name]
        engine = self.engines[name] = FakeEngine(self, name, self._settings(name), threads)
        return Opened(
            profile_id=f"id of {name}",
            settings=lambda: engine.settings,
            engine=engine,
            secrets=MemorySecrets(self.secrets),
            facts=self.facts.setdefault(name, MemoryFacts()),
            read_settings=lambda: self._settings(name),
            dispatch=lambda command, arguments: {"shop": name, "command": command, **arguments},
            close=lambda: self.closed.append(name),
        )

    def _settings(self, name: str) -> Settings:
        found = self.settings.get(name, Settings())
        if isinstance(found, OtimoError):
            raise found
        return found

    def supervisor(self, **more: Any) -> Supervisor:
        """Not started: the test's own thread is the worker."""
        return Supervisor(lambda: folders_in(self.parent), self.open, self.clock, **more)

    def play(self, supervisor: Supervisor, seconds: float = 0.0) -> None:
        """Lets time pass, a second at a time; whatever is due runs at once."""
        end = self.clock.monotonic() + seconds
        while True:
            supervisor.step()
            for workers in (supervisor.workers, supervisor.aside, supervisor.leads):
                while (job := workers.take()) is not None:
                    workers.run(job)
            if self.clock.monotonic() >= end:
                return
            self.clock.advance(1)

    def entry(self, supervisor: Supervisor, name: str) -> dict[str, Any]:
        """One shop as monitoring sees it."""
        whole = supervisor.dispatch("status_all", {})
        return next(one for one in whole["shops"] if one["name"] == name)
