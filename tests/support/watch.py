"""The pytest plug-in that watches every test: leftovers, the network, error records in the log.

It looks before a test's fixtures are set up and after they are torn down. What a fixture of a wider
scope starts belongs to that fixture, and is looked at when the session ends.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Generator
from typing import Any

import pytest

from tests.support import leftovers, network


class ErrorRecords(logging.Handler):
    """Keeps the log records of level ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.lines.append(f"{record.name}: {record.getMessage()}")


_before = pytest.StashKey[leftovers.Present]()
_errors = pytest.StashKey[ErrorRecords]()
_of_fixtures = leftovers.Present()
_knowingly_left = leftovers.Present()


def pytest_configure(config: pytest.Config) -> None:
    """Put the guards in place before anything is collected."""
    del config
    network.guard()
    leftovers.remember_starts()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """Count what a fixture of a wider scope starts as that fixture's, not as a test's."""
    if fixturedef.scope == "function":
        return (yield)
    before = leftovers.look()
    try:
        return (yield)
    finally:
        after = leftovers.look()
        _of_fixtures.add(
            leftovers.Present(
                after.threads - before.threads,
                after.processes - before.processes,
                {timer: where for timer, where in after.timers.items() if timer not in before.timers},
                {key: name for key, name in after.windows.items() if key not in before.windows},
            )
        )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Look before the test."""
    item.stash[_before] = leftovers.look()
    item.stash[_errors] = handler = ErrorRecords()
    network.attempts.clear()
    logging.getLogger().addHandler(handler)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Look after the test and fail it, with a line for each thing that is wrong."""
    try:
        return (yield)
    finally:
        faults = _faults(item)
        if faults:
            pytest.fail("\n".join(faults), pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if a fixture of a wider scope left something behind."""
    kept = leftovers.left_since(_knowingly_left)
    if kept:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        for line in kept:
            if reporter is not None:
                reporter.write_line(f"left behind at the end of the run: {line}", red=True)
        if session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _faults(item: pytest.Item) -> list[str]:
    handler = item.stash[_errors]
    logging.getLogger().removeHandler(handler)
    before = item.stash[_before]
    before.add(_of_fixtures)
    may_stay = _pattern(item, "leaves_threads")
    faults = [f"left behind: {line}" for line in leftovers.left_since(before, may_stay)]
    if may_stay is not None:
        _knowingly_left.threads |= {thread for thread in leftovers.look().threads if re.search(may_stay, thread.name)}
    faults += [f"reached outside of loopback: {host}" for host in dict.fromkeys(network.attempts)]
    network.attempts.clear()
    pattern = _pattern(item, "logs_errors")
    expected = [line for line in handler.lines if pattern is not None and re.search(pattern, line)]
    faults += [f"unexpected error in the log: {line}" for line in handler.lines if line not in expected]
    if pattern is not None and not expected:
        faults.append(f"no error record matched the logs_errors pattern {pattern!r}")
    return faults


def _pattern(item: pytest.Item, marker: str) -> str | None:
    found = item.get_closest_marker(marker)
    return None if found is None else str(found.args[0])
