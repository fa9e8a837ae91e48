"""Makes the n-th call of one kind fail: database statement, HTTP call, ERP call, file operation, keyring call."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, cast

from sqlalchemy import Engine, event

from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.orders import ErpOrder
from otimo_tray.errors import ErpAway, KeyringAway, OtimoError
from otimo_tray.ports import CheckResult, Erp, ErpOrderRef, InvoiceBatch, StockReading
from otimo_tray.store import StateStore
from tests.faults.shop import FaultShop, fault_shop
from tests.support.file_state import file_of
from tests.support.memory_secrets import MemorySecrets

_SQLITE = (
    ("database or disk is full", "SQLITE_FULL"),
    ("disk I/O error", "SQLITE_IOERR_WRITE"),
    ("database is locked", "SQLITE_BUSY"),
)


class Break(Protocol):
    """One kind of fault. `shop` makes the shop it works on; `arm` makes the n-th call fail once, `disarm` tells
    whether it did."""

    name: str

    def shop(self, folder: Path) -> AbstractContextManager[FaultShop]: ...
    def attach(self, shop: FaultShop) -> None: ...
    def arm(self, number: int) -> None: ...
    def disarm(self) -> bool: ...


class Countdown:
    """Counts calls from any thread; answers True exactly once, at the n-th."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: int | None = None
        self._struck = False

    def arm(self, number: int) -> None:
        with self._lock:
            self._left, self._struck = number, False

    def disarm(self) -> bool:
        with self._lock:
            self._left = None
            return self._struck

    def strikes(self) -> bool:
        """Whether this call is the one."""
        with self._lock:
            if self._left is None:
                return False
            self._left -= 1
            if self._left != 0:
                return False
            self._left, self._struck = None, True
            return True


class _Counting:
    """What most breaks share."""

    def __init__(self) -> None:
        self.countdown = Countdown()

    def arm(self, number: int) -> None:
        self.countdown.arm(number)

    def disarm(self) -> bool:
        return self.countdown.disarm()

    def attach(self, shop: FaultShop) -> None:
        del shop


class DatabaseBreak(_Counting):
    """Every statement of the state database, COMMIT included."""

    name = "database statements"

    def __init__(self) -> None:
        super().__init__()
        self._number = 0

    def shop(self, folder: Path) -> AbstractContextManager[FaultShop]:
        return fault_shop(folder)

    def attach(self, shop: FaultShop) -> None:
        shop.opened = self._watch
        self._watch(shop.store)

    def _watch(self, store: StateStore) -> None:
        database = file_of(store)
        for engine in (database._readers, database._writers):
            self._listen(engine)

    def _listen(self, engine: Engine) -> None:
        def statement(*_: object) -> None:
            self._maybe_fail()

        def commit(_: object) -> None:
            self._maybe_fail()

        event.listen(engine, "before_cursor_execute", statement)
        event.listen(engine, "commit", commit)

    def _maybe_fail(self) -> None:
        if self.countdown.strikes():
            self._number += 1
            text, name = _SQLITE[self._number % len(_SQLITE)]
            error = sqlite3.OperationalError(text)
            cast(Any, error).sqlite_errorname = name
            raise error


class HubBreak:
    """Every call to the hub, lost before (`drop`) or after (`lost_answer`) its effect, or answered by an error."""

    def __init__(self, kind: str, erp: str = "demo") -> None:
        self.name = f"HTTP calls, {kind.replace('_', ' ')}"
        self._kind, self._erp = kind, erp
        self._shop: FaultShop | None = None

    def shop(self, folder: Path) -> AbstractContextManager[FaultShop]:
        return fault_shop(folder, kind=self._erp)

    def attach(self, shop: FaultShop) -> None:
        self._shop = shop

    def arm(self, number: int) -> None:
        assert self._shop is not None
        rule = {"kind": self._kind, "after": number - 1, "times": 1}
        self._shop.call("POST", "faults", {"rules": [rule], "add": False})

    def disarm(self) -> bool:
        assert self._shop is not None
        rules = cast("list[dict[str, int]]", self._shop.call("GET", "faults")["rules"])
        self._shop.call("POST", "faults", {"rules": [], "add": False})
        return bool(rules[0]["struck"])


class ErpBreak(_Counting):
    """Every call of the ERP's connector, lost before or after its effect."""

    def __init__(self, when: str, erp: str = "demo") -> None:
        super().__init__()
        self.name = f"ERP calls ({erp}), {when} their effect"
        self._when, self._erp = when, erp

    def shop(self, folder: Path) -> AbstractContextManager[FaultShop]:
        return fault_shop(folder, kind=self._erp, wrap=lambda erp: BreakingErp(erp, self.countdown, self._when))


class FileBreak(_Counting):
    """Every look at, opening, renaming, making and removing of a file in the exchange folder."""

    name = "file operations"
    _EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.listdir", "os.scandir", "os.utime"})

    def __init__(self) -> None:
        super().__init__()
        self._folder = ""
        self._thread = 0
        self._number = 0
        _hooks.append(self._heard)
        _install_hook()

    def shop(self, folder: Path) -> AbstractContextManager[FaultShop]:
        return fault_shop(folder, kind="folder")

    def attach(self, shop: FaultShop) -> None:
        self._folder = str(shop.folder / "pasta")

    def _heard(self, name: str, arguments: Sequence[object]) -> None:
        if not self._folder or name not in self._EVENTS or not arguments:
            return
        place = arguments[0]
        if not isinstance(place, str | os.PathLike) or not str(cast("str | os.PathLike[str]", place)).startswith(
            self._folder
        ):
            return
        if self.countdown.strikes():
            self._number += 1
            number = (errno.EACCES, errno.EIO, errno.ENOSPC)[self._number % 3]
            raise OSError(number, os.strerror(number), str(cast("str | os.PathLike[str]", place)))


class KeyringBreak(_Counting):
    """Every call of the keyring. The program begins anew before each try: it keeps its token in memory."""

    name = "keyring calls"

    def shop(self, folder: Path) -> AbstractContextManager[FaultShop]:
        return fault_shop(folder, secrets=lambda values: BreakingSecrets(values, self.countdown))

    def attach(self, shop: FaultShop) -> None:
        self._shop = shop

    def arm(self, number: int) -> None:
        self._shop.restart()
        self._shop.clock.advance(hours=2)  # the saved token is old: another one must be asked for
        super().arm(number)


class BreakingSecrets(MemorySecrets):
    """A keyring whose n-th call fails."""

    def __init__(self, values: dict[str, str], countdown: Countdown) -> None:
        super().__init__(values)
        self._countdown = countdown

    def _note(self, what: str, name: str) -> None:
        super()._note(what, name)
        if self._countdown.strikes():
            raise KeyringAway()


class BreakingErp:
    """Any connector whose n-th call fails, before or after it had its effect."""

    def __init__(self, erp: Erp, countdown: Countdown, when: str) -> None:
        self._erp, self._countdown, self._when = erp, countdown, when
        self.name = erp.name

    def _fail(self, when: str) -> None:
        if when == self._when and self._countdown.strikes():
            raise ErpAway()

    def check(self) -> list[CheckResult]:
        return self._erp.check()

    def read_items(self) -> StockReading | None:
        self._fail("before")
        reading = self._erp.read_items()
        self._fail("after")
        return None if reading is None else _BreakingReading(reading, self._fail)

    def parse_row(self, row: RawRow) -> ErpItem:
        return self._erp.parse_row(row)

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        self._fail("before")
        found = self._erp.find_order(hub_id)
        self._fail("after")
        return found

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        self._fail("before")
        reference = self._erp.import_order(order)
        self._fail("after")
        return reference

    def invoices(self, cursor: str) -> InvoiceBatch:
        self._fail("before")
        batch = self._erp.invoices(cursor)
        self._fail("after")
        return batch

    def close(self) -> None:
        self._erp.close()


class _BreakingReading:
    """A reading whose chunks can stop coming."""

    def __init__(self, reading: StockReading, fail: Callable[[str], None]) -> None:
        self._reading, self._fail = reading, fail
        self.as_of, self.full = reading.as_of, reading.full
        self.digest, self.source = reading.digest, reading.source
        self.more = reading.more

    def chunks(self) -> Iterator[list[RawRow]]:
        self._fail("before")
        yield from self._reading.chunks()
        self._fail("after")

    def accepted(self) -> None:
        self._fail("before")
        self._reading.accepted()
        self._fail("after")

    def refused(self, error: OtimoError) -> None:
        self._reading.refused(error)


_hooks: list[Callable[[str, Sequence[object]], None]] = []
_installed: list[bool] = []


def _install_hook() -> None:
    """An audit hook stays for the life of the process; it asks only the breaks that are there."""
    if not _installed:
        _installed.append(True)
        sys.addaudithook(lambda name, arguments: [hook(name, arguments) for hook in list(_hooks)])


def forget_hooks() -> None:
    """No break listens to file operations any more."""
    _hooks.clear()
