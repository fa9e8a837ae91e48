"""Talking to the engine that already runs for a profile, and answering such talk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import Any, cast

from otimo_tray.cli.output import plain
from otimo_tray.desktop import ipc
from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.domain.status import Flow
from otimo_tray.errors import AlreadyRunning, ConfigurationError, OtimoError
from otimo_tray.profile import Profile
from otimo_tray.service.places import pointed
from otimo_tray.sync.engine import EngineApi


@contextlib.contextmanager
def own_engine(profile: Profile) -> Generator[None]:
    """Holds the profile's lock. Raises AlreadyRunning when a tray (or another command) has it."""
    with ProfileLock(profile.paths.lock):
        profile.owns_engine = True
        try:
            yield
        finally:
            profile.owns_engine = False


def is_running(profile: Profile) -> bool:
    """Whether an engine holds the profile's lock just now."""
    try:
        with ProfileLock(profile.paths.lock):
            return False
    except AlreadyRunning:
        return True


def ask(profile: Profile, command: str, **arguments: object) -> dict[str, Any] | None:
    """Asks the running engine; None when none runs. Raises its refusal as an OtimoError."""
    if not is_running(profile):
        return None
    service = pointed(profile.paths)
    if service is None:
        reply = ipc.ask(profile.paths, command, dict(arguments))
    else:
        reply = ipc.ask(service, command, {**arguments, "shop": str(profile.paths.folder)})
    if not reply.ok:
        raise ConfigurationError(reply.code, **reply.params)
    return cast("dict[str, Any]", reply.result)


def nudge(profile: Profile, *flows: str) -> None:
    """Tells a running engine that something became due; without one, or if it doesn't answer, nothing is lost."""
    with contextlib.suppress(OtimoError):
        ask(profile, "wake", flows=list(flows))


def dispatcher(engine: EngineApi, show: Callable[[str], None] | None = None) -> ipc.Dispatch:
    """What a running engine answers: status, sync, wake, pause, resume, show. Input is hostile until checked."""

    def flows_of(arguments: dict[str, Any]) -> list[Flow]:
        given = arguments.get("flows")
        names = cast("list[object]", given) if isinstance(given, list) else []
        known = {flow.value: flow for flow in Flow}
        return [known[name] for name in names if isinstance(name, str) and name in known]

    def dispatch(command: str, arguments: dict[str, Any]) -> Any:
        if command == "status":
            return plain(engine.status())
        if command == "sync":
            engine.sync_now(flows_of(arguments) or None)
            return {}
        if command == "wake":
            for flow in flows_of(arguments):
                engine.wake(flow)
            return {}
        if command == "pause":
            minutes = arguments.get("minutes")
            if minutes is not None and (not isinstance(minutes, int) or not 0 < minutes <= 24 * 60):
                raise ConfigurationError("C-463")
            engine.pause(minutes)
            return {}
        if command == "resume":
            engine.resume()
            return {}
        if command == "show" and show is not None:
            page = arguments.get("page")
            show(page if isinstance(page, str) and len(page) < 20 else "")
            return {}
        raise ipc.UnknownCommandError(command)

    return dispatch
