"""One process for many shops: finds their folders, shares its threads between them, and says how they are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock
from otimo_tray.service.agendas import Every
from otimo_tray.service.opened import CareMaker, Opener
from otimo_tray.service.report import report
from otimo_tray.service.senders import SharedSenders
from otimo_tray.service.shop import Shop
from otimo_tray.service.turns import Job
from otimo_tray.service.workers import Workers

_log = logging.getLogger(__name__)
WORKERS: Final = 12
_ASIDE: Final = 3
"""Threads for glances at folders, heartbeats and e-mails."""
_LEADS: Final = 4
"""Threads that follow the leases of shared states; none while there is no such shop."""
FIND_S: Final = 20.0
"""How often the folder of profiles is looked at."""
SPREAD_S: Final = 3.0
"""Seconds between the first cycles of two shops: a hundred spread over five minutes."""
EAGER: Final = 3
"""So many begin at once: a server of few shops has nothing to spread."""
CARE_S: Final = 30.0


def folders_in(parent: Path) -> list[Path]:
    """The profiles in a folder: each sub-folder with a settings file. Raises OSError."""
    return sorted(one for one in parent.iterdir() if not one.name.startswith(".") and (one / "settings.toml").is_file())


class Supervisor:
    """Owns the shared threads and every shop. `step` is called every second or so by the one who started it."""

    def __init__(
        self,
        find: Callable[[], Iterable[Path]],
        opener: Opener,
        clock: Clock,
        *,
        care: CareMaker | None = None,
        workers: int = WORKERS,
    ) -> None:
        self._find = find
        self._opener = opener
        self._clock = clock
        self._care_of = care
        self.workers = Workers(clock, workers)
        self.aside = Workers(clock, _ASIDE, name="aside")
        self.leads = Workers(clock, _LEADS, name="lead")
        self._senders = SharedSenders(workers)
        self._lock = threading.Lock()
        self._shops: dict[Path, Shop] = {}
        self._leaving: list[Shop] = []
        self._cares: dict[Path, Job] = {}
        self._next_find = float("-inf")
        self._first = True
        self.started = clock.now()

    def start(self) -> None:
        self.workers.start()
        self.aside.start()
        self.leads.start()
        self.step()

    def shops(self) -> list[Shop]:
        """Every shop that is there, by name."""
        with self._lock:
            return sorted(self._shops.values(), key=lambda shop: str(shop.folder))

    def step(self) -> None:
        """Puts spares in place of hanging workers, and now and then looks for new and removed shops."""
        self.workers.look_after()
        self.aside.look_after()
        self.leads.look_after()
        if self._clock.monotonic() >= self._next_find:
            self._next_find = self._clock.monotonic() + FIND_S
            self._look_for_shops()

    def _look_for_shops(self) -> None:
        try:
            found = list(self._find())
        except OSError as error:
            # The share with the profiles is away: whoever runs goes on.
            _log.warning("the folder of profiles can't be read: %s", type(error).__name__)
            return
        with self._lock:
            gone = [folder for folder in self._shops if folder not in found]
            for folder in gone:
                self._let_go(folder)
            self._leaving = [shop for shop in self._leaving if shop.state != "closed"]
            closing = {shop.folder for shop in self._leaving}
            fresh = [folder for folder in found if folder not in self._shops and folder not in closing]
            for number, folder in enumerate(fresh):
                self._take_up(folder, max(0, number - EAGER) * SPREAD_S if self._first else 0.0)
            self._first = False

    def _take_up(self, folder: Path, start_after: float) -> None:
        shop = Shop(folder, self._opener, self._clock, self.workers, self.aside, self.leads, self._senders, start_after)
        self._shops[folder] = shop
        shop.start()
        if self._care_of is not None:
            job = Job(str(folder), Every(self._clock, lambda: CARE_S, first=CARE_S + start_after))
            self._cares[folder] = job
            self.aside.add(job, _Caring(shop, self._care_of, self._clock))

    def _let_go(self, folder: Path) -> None:
        shop = self._shops.pop(folder)
        care = self._cares.pop(folder, None)
        if care is not None:
            self.aside.end(care)
        self._leaving.append(shop)
        shop.leave()

    def stop(self, timeout: float = 20.0) -> bool:
        """Ends every shop after its item in flight; False when something still hangs after `timeout` seconds."""
        end = self._clock.monotonic() + timeout

        def left() -> float:
            return max(0.0, end - self._clock.monotonic())

        with self._lock:
            shops = [*self._shops.values(), *self._leaving]
            for care in self._cares.values():
                self.aside.end(care)
        self.workers.stop(0.0)  # no run begins any more
        for shop in shops:
            shop.signal_stop()
        ended = [shop.stop(left()) for shop in shops]
        threads = [one.stop(left()) for one in (self.workers, self.aside, self.leads)]
        self._senders.close(wait=all(ended))
        return all(ended) and all(threads)

    # --- the one socket ----------------------------------------------------------------------------------------------

    def dispatch(self, command: str, arguments: dict[str, Any]) -> Any:
        """Answers `status_all`, and any command for one shop (`shop`: its folder). Raises OtimoError, KeyError."""
        if command == "status_all":
            return report(self.shops(), self._clock.now(), self.started)
        folder = arguments.pop("shop", None)
        with self._lock:
            shop = self._shops.get(Path(folder)) if isinstance(folder, str) else None
        if shop is None:
            raise OtimoError("C-451", reason="shop")
        return shop.answer(command, arguments)


class _Caring:
    """Looks after one shop while it is open."""

    def __init__(self, shop: Shop, care_of: CareMaker, clock: Clock) -> None:
        self._shop = shop
        self._care_of = care_of
        self._clock = clock
        self._made: tuple[object, Any] | None = None

    def run(self, job: Job) -> None:
        del job
        opened = self._shop.opened
        if opened is None:
            return
        if self._made is None or self._made[0] is not opened:
            self._made = (opened, self._care_of(opened, self._clock))
        self._made[1].look()
