"""The engine of a profile whose state several desks share: lease, feed, and what a term in the lead works with.

A part of the composition root; imported only for such a profile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from otimo_tray.app import Work, engine_over, make_erp, make_hub, missing_part
from otimo_tray.desktop import who
from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Flow
from otimo_tray.errors import AlreadyRunning, StoreAway
from otimo_tray.ports import Clock, Hub
from otimo_tray.profile import Profile
from otimo_tray.store.moving import daily_copy
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.feed import Feed, Heard
from otimo_tray.store.shared.lease import Lease, LeaseSession
from otimo_tray.store.shared.names import channel_of
from otimo_tray.store.shared.opening import open_shared_store
from otimo_tray.store.shared.server import Server
from otimo_tray.store.state import StateStore
from otimo_tray.sync.asking import Ask, add_asks
from otimo_tray.sync.attending import Attendant
from otimo_tray.sync.fence import FencedHub, Term, fenced_erp
from otimo_tray.sync.fetch_order import FetchContext, fetch_order
from otimo_tray.sync.lead_ports import Led
from otimo_tray.sync.leading import SharedEngine
from otimo_tray.sync.running import Parts
from otimo_tray.sync.storage import Storage

if TYPE_CHECKING:
    from otimo_tray.service.opened import Threads
    from otimo_tray.sync.engine import RunningEngine

_TELL: Final = text("SELECT pg_notify(:channel, :word)")


@dataclass(slots=True)
class Link:
    """A server with its session of leases and its feed: one of each for all shops of this process."""

    server: Server
    session: LeaseSession
    feed: Feed
    users: int = 0


class Links:
    """Lends the link of a server; the last who gives it back ends its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lent: list[Link] = []

    def lend(self, profile: Profile) -> Link:
        """Raises ConfigurationError and KeyringAway as `Profile.server`. Connects by itself, in its threads."""
        server = profile.server()
        with self._lock:
            link = next((one for one in self._lent if one.server is server), None)
            if link is None:
                link = Link(server, LeaseSession(server, profile.clock), Feed(server))
                link.session.start()
                link.feed.start()
                self._lent.append(link)
            link.users += 1
            return link

    def give_back(self, link: Link) -> None:
        with self._lock:
            link.users -= 1
            if link.users:
                return
            self._lent.remove(link)
        link.session.stop()
        link.feed.stop()


LINKS: Final = Links()


class DeskEngine(SharedEngine):
    """A `SharedEngine` that holds on to its link until it ended.

    Attributes:
        listen: hears every word of the shop's channel, from the feed's thread; answers the unsubscribe.
    """

    release: Callable[[], None] | None = None
    listen: Callable[[Heard], Callable[[], None]]

    def stop(self, timeout: float = 10.0) -> bool:
        try:
            return super().stop(timeout)
        finally:
            release, self.release = self.release, None
            if release is not None:
                release()


def make_shared_engine(profile: Profile, *, start_after: float = 0.0, threads: Threads | None = None) -> DeskEngine:
    """The engine for a profile whose state lies on a server; the caller holds the profile's lock.

    Raises as `Profile.store`.
    """
    store = profile.store()
    link = LINKS.lend(profile)
    schema = profile.settings.state.schema
    lease = link.session.lease(schema, who.desk_name(profile.settings.state), who.person())
    quiet = iter([start_after if threads is None else threads.start_after])
    engine = DeskEngine(
        store,
        lease,
        lambda word, storage: tell(storage, schema, word),
        profile.settings,
        profile.clock,
        missing_part(profile),
        # Only the process's start may be quiet: whoever takes over later begins at once.
        lambda term, settings: _led(profile, term, settings, next(quiet, 0.0), threads),
        attend=Attendant if threads is None else threads.attendants,
    )
    unsubscribe = link.feed.subscribe(schema, engine.heard)
    engine.listen = lambda heard: link.feed.subscribe(schema, heard)

    def release() -> None:
        unsubscribe()
        LINKS.give_back(link)

    engine.release = release
    return engine


def tell(storage: Storage, schema: str, word: str) -> None:
    """Tells every desk of the shop a word, once the transaction that this thread has open is committed."""
    if not isinstance(storage, StateStore):
        raise TypeError(type(storage))
    with storage.database.write() as connection:
        connection.execute(_TELL, {"channel": channel_of(schema), "word": word})


def ask_leader(profile: Profile, asks: Sequence[Ask]) -> None:
    """Asks the desk that leads, now or soon. Raises StoreAway."""
    store, schema = profile.store(), profile.settings.state.schema
    add_asks(store, asks, lambda word, storage: tell(storage, schema, word))


def _led(profile: Profile, term: Term, settings: Settings, start_after: float, threads: Threads | None) -> Led:
    """What works for one term. Its storage writes under the term's number, and reads nothing but the server."""
    storage = open_shared_store(profile.server(), settings.state.schema, profile.clock, lease=term)
    if isinstance(storage.database, SharedDatabase):
        # The shop has its data even without whoever looks after the server.
        storage.database.copy = daily_copy(storage.database, profile.paths.state, profile.clock)
    engine = engine_over(profile, storage, settings, fenced_parts(profile, term), start_after, threads)

    def fetch(number: str) -> int:
        with closing(fenced_hub(profile, term, settings)) as hub:
            found = fetch_order(FetchContext(storage, hub, profile.clock), number)
        engine.wake(Flow.ORDERS)
        return found

    return Led(engine, storage, storage.close, fetch)


def fenced_hub(profile: Profile, term: Term, settings: Settings) -> Hub:
    """The hub behind the fence of a term. Raises LeaseLost once it is over."""
    term.check()
    return FencedHub(make_hub(settings.hub, profile.secrets, profile.clock, term.check), term)


def fenced_parts(profile: Profile, term: Term) -> Callable[[Settings], Parts]:
    """A maker of hub and ERP that let nothing through once the term is over, down to a request's first byte."""

    def make(settings: Settings) -> Parts:
        hub = fenced_hub(profile, term, settings)
        try:
            erp = make_erp(settings, profile.secrets, profile.clock, profile.paths.folder / "cache")
        except BaseException:
            hub.close()
            raise
        return Parts(hub, fenced_erp(erp, term))

    return make


TAKE_S: Final = 30.0
"""Longest that a command waits for the lead: a leader that died a moment ago must be out of its term."""


@contextmanager
def leading(profile: Profile, engine: RunningEngine | None = None) -> Generator[Work]:
    """What does something at hub and ERP beside the engine's flows: `app.working` of a shared state.

    Args:
        engine: the one that runs in this process, if any: its term is used while it leads.

    Raises:
        AlreadyRunning: L-352, another desk leads; nothing was done.
        StoreAway: the server can't be reached now, or nobody could take the lead in time (L-351).
    """
    if isinstance(engine, DeskEngine):
        term, leader = engine.term, engine.status().leader
        if term is None:
            there = {} if leader is None else {"desk": leader.desk or leader.person, "person": leader.person}
            raise AlreadyRunning("L-352", **there) if there else StoreAway("L-351")
        with _of_term(profile, term) as work:
            yield work
        return
    profile.store()
    link = LINKS.lend(profile)
    state = profile.settings.state
    lease = link.session.lease(state.schema, who.desk_name(state), who.person())
    try:
        with _of_term(profile, _taken(lease, profile.clock)) as work:
            yield work
    finally:
        lease.forget()
        LINKS.give_back(link)


@contextmanager
def _of_term(profile: Profile, term: Term) -> Generator[Work]:
    schema = profile.settings.state.schema
    store = open_shared_store(profile.server(), schema, profile.clock, lease=term, check=False)
    store.acts.author = who.author(profile.settings.state)
    try:
        yield Work(store, fenced_parts(profile, term), lambda settings: fenced_hub(profile, term, settings))
    finally:
        store.close()


def _taken(lease: Lease, clock: Clock) -> Term:
    """Stands for the lead until it has it, or another desk is seen to live."""
    changed = threading.Event()
    lease.watch(changed.set)
    lease.stand(True)
    ends = clock.monotonic() + TAKE_S
    while True:
        changed.clear()
        term, holder = lease.term, lease.holder
        if term is not None:
            return term
        if holder is not None and lease.is_led:
            raise AlreadyRunning("L-352", desk=holder.desk, person=holder.person)
        if lease.trouble is not None:
            raise lease.trouble
        if clock.monotonic() >= ends:
            raise StoreAway("L-351")
        changed.wait(1.0)
