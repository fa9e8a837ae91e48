"""What every route needs at hand: the data file, the clock, the switches, the credentials."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

from .clock import Clock
from .storage import Store
from .switches import Switches


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Plugg.to would issue to a shop's integration."""

    client_id: str
    client_secret: str
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class World:
    """The simulated hub apart from HTTP."""

    store: Store
    clock: Clock
    switches: Switches
    credentials: Credentials


def new_id() -> str:
    """A fresh 24-digit hexadecimal id."""
    return secrets.token_hex(12)


def load_credentials(store: Store, db: sqlite3.Connection) -> Credentials:
    """The file's credentials, made on the first start."""
    kept = store.get(db, "credentials")
    if kept is None:
        kept = {
            "client_id": secrets.token_hex(16),
            "client_secret": secrets.token_hex(16),
            "username": f"api{secrets.randbelow(10**10):010d}",
            "password": secrets.token_urlsafe(24),
        }
        store.put(db, "credentials", kept)
    return Credentials(**kept)


def load_settings(store: Store, db: sqlite3.Connection, clock: Clock, switches: Switches) -> None:
    """Bring back the switches and the clock of the run before."""
    switches.update(store.get(db, "switches") or {})
    clock.offset, clock.frozen = store.get(db, "clock") or (0.0, None)


def save_settings(world: World, db: sqlite3.Connection) -> None:
    """Keep the switches and the clock for the next run."""
    world.store.put(db, "switches", world.switches.values())
    world.store.put(db, "clock", (world.clock.offset, world.clock.frozen))
