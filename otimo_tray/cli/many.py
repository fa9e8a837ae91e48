"""`otimo-tray run` for many profiles: opens each shop with the shared threads, until it is told to stop."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from otimo_tray.app import make_engine
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import dispatcher, own_engine
from otimo_tray.desktop import memory, settings_file
from otimo_tray.desktop.clock import SystemClock
from otimo_tray.desktop.ipc import IpcServer
from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ConfigurationError, StoreAway
from otimo_tray.profile import Profile, load_profile
from otimo_tray.service.care import care_of
from otimo_tray.service.notify import Notify
from otimo_tray.service.opened import Opened, Threads, alone
from otimo_tray.service.places import point_to, service_paths, unpoint
from otimo_tray.service.secrets import credentials_of
from otimo_tray.service.supervisor import WORKERS, Supervisor, folders_in
from otimo_tray.shop_settings import ShopSettings, refusal
from otimo_tray.support import transfer
from otimo_tray.sync.engine import RunningEngine

_log = logging.getLogger(__name__)
_STEP_S: Final = 1.0
_STOP_S: Final = 20.0
_TRIM_EVERY_S: Final = 20.0
_MORE_CONNECTIONS: Final = 8


def open_shop(folder: Path, threads: Threads, *, service: ProfilePaths, service_credentials: bool) -> Opened:
    """Opens one shop of the service (`service.opened.Opener`). Raises OtimoError; then nothing stays open."""
    with contextlib.ExitStack() as closing:
        profile = load_profile(folder)
        closing.enter_context(own_engine(profile))
        closing.callback(profile.close)
        own = credentials_of(os.environ, (profile.paths.profile_id(), folder.name), demanded=service_credentials)
        if own is not None:
            profile.secrets = own
        if transfer.take_over(profile.paths, profile.clock.now()):
            profile.settings = settings_file.read(profile.paths.settings)
        if profile.is_shared:
            _widen_pool()
        following = Following(profile)
        following.begin()
        closing.callback(following.end)
        engine = make_engine(profile, threads=threads)
        try:
            point_to(service, profile.paths)
        except OSError as error:
            raise StoreAway("L-314", detail=type(error).__name__) from error
        closing.callback(unpoint, profile.paths)
        return Opened(
            profile_id=profile.paths.profile_id(),
            settings=lambda: profile.settings,
            engine=engine,
            secrets=profile.secrets,
            facts=profile.store().facts,
            read_settings=following.read,
            stirred=following.stirred,
            dispatch=dispatcher(engine),
            leader=partial(_leader, engine) if profile.is_shared else alone,
            close=closing.pop_all().close,
        )


def _leader(engine: RunningEngine) -> dict[str, Any]:
    leader = engine.status().leader
    return {"here": False, "desk": ""} if leader is None else {"here": leader.here, "desk": leader.desk}


class Following:
    """The settings of one shop: its file, and where several desks share its state, what they have made of them."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._shop = ShopSettings(profile)
        self._stirred = False
        self.end: Callable[[], None] = lambda: None

    def begin(self) -> None:
        """Takes over what the shop's settings have become, and hears of changes from now on. Raises OtimoError."""
        profile = self._profile
        if not profile.is_shared:
            return
        from otimo_tray.sharing import LINKS

        self._shop.take_over()
        link = LINKS.lend(profile)
        unsubscribe = link.feed.subscribe(profile.settings.state.schema, self._heard)

        def end() -> None:
            unsubscribe()
            LINKS.give_back(link)

        self.end = end

    def _heard(self, word: str) -> None:
        if word in {"shared_setting", "back"}:
            self._stirred = True

    def stirred(self) -> bool:
        stirred, self._stirred = self._stirred, False
        return stirred

    def read(self) -> Settings:
        """What counts now. A file that somebody edited here is this desk's word to the others. Raises OtimoError."""
        profile = self._profile
        typed = settings_file.read(profile.paths.settings)
        if not profile.is_shared or typed.state != profile.settings.state:
            profile.settings = typed
        elif typed != profile.settings:
            refused = self._shop.save(typed)
            if refused:
                _log.warning("%s: the edit of the file came second: %s", profile.paths.folder.name, refusal(refused))
        else:
            self._shop.take_over()
        return profile.settings


def run_many(parent: Path | None, given: Iterable[Path], output: Output, *, service_credentials: bool = False) -> int:
    """Runs the shops of a folder, or those given, until SIGTERM or SIGINT; then ends after the items in flight.

    Raises:
        AlreadyRunning: another service runs this folder. ConfigurationError: C-440, it can't be used.
    """
    folders = [one.expanduser().absolute() for one in given]
    service = service_paths(parent if parent is not None else folders[0])
    if parent is not None and not parent.is_dir():
        raise ConfigurationError("C-440", path=str(parent), reason="FileNotFoundError")
    service.create()
    notify = Notify(os.environ)
    ending = threading.Event()
    with ProfileLock(service.lock):
        supervisor = Supervisor(
            _finder(parent, folders),
            partial(open_shop, service=service, service_credentials=service_credentials),
            SystemClock(),
            care=care_of,
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: ending.set())
        supervisor.start()
        server = IpcServer(service, supervisor.dispatch)
        output.result(started=True, shops=len(supervisor.shops()), service_dir=str(service.folder))
        notify.ready(f"{len(supervisor.shops())} shops")
        try:
            _serve(supervisor, notify, ending)
        finally:
            notify.stopping()
            server.stop()
            supervisor.stop(_STOP_S)
    return exits.OK


def _widen_pool() -> None:
    """All shops on one server share its connections: as many as workers, and some for those who lead and look."""
    from otimo_tray.store.shared.servers import SERVERS

    SERVERS.pool_size, SERVERS.more = WORKERS, _MORE_CONNECTIONS


def _finder(parent: Path | None, folders: list[Path]) -> Callable[[], Iterable[Path]]:
    return (lambda: folders) if parent is None else (lambda: folders_in(parent.expanduser().absolute()))


def _serve(supervisor: Supervisor, notify: Notify, ending: threading.Event) -> None:
    fed = trimmed = time.monotonic()
    while not ending.wait(_STEP_S):
        supervisor.step()
        now = time.monotonic()
        if notify.watchdog_s is not None and now - fed >= notify.watchdog_s / 2:
            fed = now
            # Asking the workers' lock proves that they aren't stuck in it.
            notify.alive(f"{len(supervisor.shops())} shops, {supervisor.workers.running()} at work")
        if now - trimmed >= _TRIM_EVERY_S:
            trimmed = now
            memory.give_back()
