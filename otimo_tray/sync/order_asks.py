"""One order fetched by its number: asked at any desk, brought by the one that leads, answered where it was asked."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, cast

from otimo_tray.errors import EnvironmentFault, ItemError, LeaseLost, OtimoError, StoreAway
from otimo_tray.ports import Clock
from otimo_tray.sync.asking import Ask, Ring
from otimo_tray.sync.storage import Storage

FACT_ANSWERS: Final = "answers"
_KEPT: Final = 20
Fetch = Callable[[str], int]
"""Brings an order by its number; answers how many were found. Raises OtimoError."""


@dataclass(slots=True)
class _Waiting:
    there: threading.Event = field(default_factory=threading.Event)
    answer: dict[str, Any] = field(default_factory=dict[str, Any])


class OrderAsks:
    """`ask` blocks in the asker's thread, `fetch` works in one of its own; `answer` and `read` are the attendant's."""

    def __init__(
        self, storage: Storage, ring: Ring, clock: Clock, send: Callable[[Ask], None], stir: Callable[[], None]
    ) -> None:
        """`send` gives an ask to whoever leads. `stir`: there is an answer to be written down."""
        self._storage, self._ring, self._clock, self._send, self._stir = storage, ring, clock, send, stir
        self._lock = threading.Lock()
        self._waiting: dict[str, _Waiting] = {}
        self._answers: dict[str, dict[str, Any]] = {}
        self._threads: list[threading.Thread] = []
        self._told = False

    def hear(self) -> None:
        """An answer may be there."""
        self._told = True

    # --- where it is asked -------------------------------------------------------------------------------------------

    def ask(self, number: str, timeout: float) -> int:
        """Raises what was raised where it was done, and StoreAway L-353 when no answer came in time."""
        name, waiting = uuid.uuid4().hex, _Waiting()
        with self._lock:
            self._waiting[name] = waiting
        try:
            self._send(Ask("order", order=number, id=name))
            if not waiting.there.wait(timeout):
                raise StoreAway("L-353")
        finally:
            with self._lock:
                del self._waiting[name]
        return _found(waiting.answer)

    def read(self) -> None:
        """Takes the answers that are waited for here. Raises StoreAway."""
        with self._lock:
            wanted = set(self._waiting)
        if not self._told or not wanted:
            return
        self._told = False
        try:
            there = self._there()
        except BaseException:
            self._told = True
            raise
        self._deliver({name: answer for name, answer in there.items() if name in wanted})

    def _deliver(self, answers: dict[str, dict[str, Any]]) -> None:
        with self._lock:
            for name, answer in answers.items():
                if name in self._waiting:
                    self._waiting[name].answer = answer
                    self._waiting[name].there.set()

    def _there(self, storage: Storage | None = None) -> dict[str, dict[str, Any]]:
        try:
            found: Any = json.loads((storage or self._storage).facts.get(FACT_ANSWERS) or "{}")
            return cast("dict[str, dict[str, Any]]", found) if isinstance(found, dict) else {}
        except ValueError:
            return {}

    # --- where it is done --------------------------------------------------------------------------------------------

    def fetch(self, ask: Ask, fetch: Fetch) -> None:
        """Begins to bring the order, in a thread of its own: the hub may take a minute."""
        thread = threading.Thread(target=self._fetch, args=(ask, fetch), name="fetch", daemon=True)
        with self._lock:
            self._threads = [*(one for one in self._threads if one.is_alive()), thread]
        thread.start()

    def _fetch(self, ask: Ask, fetch: Fetch) -> None:
        try:
            answer: dict[str, Any] = {"found": fetch(ask.order)}
        except LeaseLost:
            self._send(ask)  # the desk that leads now will bring it
            return
        except OtimoError as error:
            kind = "away" if isinstance(error, EnvironmentFault) else "item"
            params = {name: str(value) for name, value in error.params.items()}
            answer = {"code": error.code, "params": params, "kind": kind}
        except Exception as error:
            answer = {"code": "X-001", "params": {"error": type(error).__name__}, "kind": "item"}
        with self._lock:
            self._answers[ask.id] = answer
        self._stir()

    def answer(self, storage: Storage) -> None:
        """Writes down what was fetched, for the desks that wait. Raises StoreAway, LeaseLost; then it tries again."""
        with self._lock:
            answers = dict(self._answers)
        if not answers:
            return
        self._deliver(answers)
        with storage.batch():
            kept = list({**self._there(storage), **answers}.items())[-_KEPT:]
            storage.facts.set(FACT_ANSWERS, json.dumps(dict(kept)))
            self._ring("answer", storage)
        with self._lock:
            for name in answers:
                self._answers.pop(name, None)

    def close(self, timeout: float) -> bool:
        """Waits for what is being fetched; False when it takes longer than `timeout` seconds together."""
        ends = self._clock.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, ends - self._clock.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)


def _found(answer: dict[str, Any]) -> int:
    if "found" in answer:
        return int(answer["found"])
    kind = EnvironmentFault if answer.get("kind") == "away" else ItemError
    raise kind(str(answer.get("code", "X-000")), **cast("dict[str, Any]", answer.get("params", {})))
