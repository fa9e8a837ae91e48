"""Starts the tray for a profile: icon first, then lock, database and engine in a worker, then windows.

A second start of the same profile shows the first one's window and ends.
"""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from otimo_tray.app import check_hub, make_care, missing_part
from otimo_tray.desktop import settings_file, who
from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.errors import AlreadyRunning, OtimoError
from otimo_tray.profile import Profile, load_profile
from otimo_tray.ui.app import RESTART, Hooks, run_tray

if TYPE_CHECKING:
    from otimo_tray.desk_side import Side
    from otimo_tray.desktop.ipc import IpcServer
    from otimo_tray.desktop.update_watch import UpdateWatch
    from otimo_tray.service.beside import CareThread
    from otimo_tray.state_mover import Mover, Pending
    from otimo_tray.ui.desk import Desk

QUIET_START_S = 3.0
"""The first cycle waits until the icon is there and the PC's own start is over its worst."""


def start_tray(folder: Path | None, *, minimized: bool, page: str = "") -> int:
    """Runs the tray until the person quits; answers the exit code. `page`: what to open, here or in the first start."""
    profile = load_profile(folder)
    _log_to_file(profile.paths.logs)
    lock = ProfileLock(profile.paths.lock)
    try:
        lock.acquire()
        profile.owns_engine = True
    except AlreadyRunning:
        return _show_running(profile, page)
    try:
        while True:
            session = TraySession(profile)
            hooks = Hooks(
                started=session.started,
                failed=session.failed,
                quitting=session.quitting,
                session_ends=session.session_ends,
                woke=session.woke,
                updates=session.updates,
            )
            code = run_tray(
                session.make_desk,
                profile_dir=profile.paths.folder,
                minimized=minimized,
                hooks=hooks,
                page=page,
                language=profile.settings.shop.language,
            )
            if code != RESTART or not session.ended:
                return code
            if session.mover is not None and session.mover.pending is not None:
                _move(profile, session.mover.pending)
            minimized = False  # whoever asked for it looked at a window
    finally:
        lock.release()


def _move(profile: Profile, pending: Pending) -> None:
    """Takes the state where a person asked for, with nothing else of the program open; then the tray starts anew."""
    from otimo_tray.state_mover import carry_out
    from otimo_tray.ui.moving import run_move
    from otimo_tray.ui.settings.moving import move_title
    from otimo_tray.words import sentence

    language = profile.settings.shop.language

    def say(error: Exception) -> str:
        if isinstance(error, OtimoError):
            return sentence(error.code, error.params, language).line
        logging.getLogger(__name__).error("the move met a bug", exc_info=error)
        return sentence("X-000", {"detail": type(error).__name__}, language).line

    title = move_title(pending.state, join=pending.join)
    run_move(title, carry_out(profile, pending), say, join=pending.join, language=language)


def _show_running(profile: Profile, page: str) -> int:
    """The first instance shows itself; if it doesn't answer, say so with an exit code."""
    from otimo_tray.cli import exits
    from otimo_tray.desktop import ipc

    try:
        ipc.ask(profile.paths, "show", {"page": page})
    except OtimoError as error:
        return exits.exit_code_of(error)
    return exits.OK


def _log_to_file(folder: Path) -> None:
    """One log of a bounded size; it never holds secrets (the hub's session redacts them)."""
    handler = logging.handlers.RotatingFileHandler(
        folder / "otimo-tray.log", maxBytes=2_000_000, backupCount=5, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class TraySession:
    """What the running tray owns besides its windows: engine, store and the socket of other commands."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._side: Side | None = None
        self._server: IpcServer | None = None
        self._care: CareThread | None = None
        self._reader: Callable[[], None] = lambda: None
        self.mover: Mover | None = None
        """There once the desk is: what was prepared in the windows is done after they are gone."""
        self.ended = False
        """Everything came to its end: a fresh session may begin in this process."""

    def _kept_codes(self) -> int:
        link = None if self._side is None else self._side.link
        return 0 if link is None else link.kept_count

    def make_desk(self) -> Desk:
        """Opens the database and starts the engine. Runs in a worker: it may take a moment, and raise."""
        from otimo_tray.desk_side import open_side
        from otimo_tray.state_mover import Mover
        from otimo_tray.store.readmodels import Reader
        from otimo_tray.support import transfer
        from otimo_tray.ui.desk import Desk, OwnState

        profile = self._profile
        if transfer.take_over(profile.paths, profile.clock.now()):
            profile.settings = settings_file.read(profile.paths.settings)
        side = self._side = open_side(profile, QUIET_START_S)
        reader = Reader(side.database)
        self._reader = reader.close
        if profile.is_shared:
            profile.mirror().renewed = reader.close
        calls = side.calls
        mover = self.mover = Mover(profile, self._kept_codes)
        return Desk(
            storage=side.store,
            engine=side.engine,
            reader=reader,
            secrets=profile.secrets,
            clock=profile.clock,
            profile_dir=profile.paths.folder,
            settings=lambda: profile.settings,
            save_settings=calls.save_settings,
            erp_check=calls.erp_check,
            erp_rows=calls.erp_rows,
            erp_sheets=calls.erp_sheets,
            erp_query=calls.erp_query,
            hub_check=lambda credentials, url: check_hub(
                {name.removeprefix("hub."): value for name, value in credentials.as_secrets().items()},
                calls.hub_at(url),
                profile.clock,
            ),
            words=calls.words,
            decide_first_orders=calls.decide_first_orders,
            import_order=calls.import_order,
            export_mapping=calls.export_mapping,
            export_codes=calls.export_codes,
            import_mapping=calls.import_mapping,
            import_tracking=calls.import_tracking,
            export_table=calls.export_table,
            explain=calls.explain,
            person=who.person(),
            # A desk that joined a shop works without credentials of its own: it maps, types and looks, and never leads.
            missing=lambda: None if profile.is_shared else missing_part(profile)(profile.settings),
            link=side.link or OwnState(),
            presence=side.presence,
            mover=mover,
        )

    def started(self, desk: Desk, show: Callable[[str], None]) -> None:
        """The desk is there: other starts and commands may talk to us now."""
        from otimo_tray.cli.running import dispatcher
        from otimo_tray.desktop.ipc import IpcServer

        try:
            self._server = IpcServer(self._profile.paths, dispatcher(desk.engine, show))
        except OtimoError:
            logging.getLogger(__name__).exception("no commands can reach this program")
        self._care = make_care(self._profile, desk.engine)

    def failed(self, error: BaseException) -> str:
        from otimo_tray.words import sentence

        language = self._profile.settings.shop.language
        if isinstance(error, OtimoError):
            return sentence(error.code, error.params, language).line
        return sentence("X-000", {"detail": type(error).__name__}, language).line

    def session_ends(self, seconds: float) -> None:
        """The engine ends after the item in flight; what was begun and not answered is looked up at the next start."""
        if self._side is not None:
            self._side.engine.stop(seconds)

    def woke(self) -> None:
        """The engine looks at the clock at once."""
        if self._side is not None:
            self._side.engine.woke()

    def updates(self) -> UpdateWatch | None:
        """The watch over newer versions, if this build has an address for it."""
        from otimo_tray.desktop.update_watch import system_watch

        profile = self._profile
        watch = system_watch(
            profile.paths.folder / "updates",
            profile.clock,
            profile.store().facts,
            lambda: profile.settings.check_updates,
            profile.paths.profile_id(),
        )
        return watch if watch.is_on else None

    def quitting(self) -> None:
        """Ends what was started, in the reverse order."""
        if self._server is not None:
            self._server.stop()
        if self._care is not None:
            self._care.stop()
        if self._side is not None:
            self._side.end()
        self.ended = self._side is None or self._side.engine.stop()
        self._reader()
        if self.ended:
            self._profile.close()
