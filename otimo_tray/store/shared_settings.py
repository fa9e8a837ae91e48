"""The shop's settings where several desks share one state: a row each, with the version that an edit was made on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select

from otimo_tray.domain.desks import Author, Edited, Meanwhile
from otimo_tray.store.acts import ActStore
from otimo_tray.store.codec import clean, time_of, time_text
from otimo_tray.store.dialect import many, tuples, upsert
from otimo_tray.store.schema import shared_setting
from otimo_tray.store.transactions import StateDatabase

_c = shared_setting.c
_ALL: Final = select(_c.name, _c.value, _c.version, _c.updated_by, _c.updated_at).order_by(_c.name)
_PUT: Final = upsert(shared_setting, ["value", "version", "updated_by", "updated_at"])
_NAMES: Final = ("name", "value", "version", "updated_by", "updated_at")


class SharedSettingStore:
    """Values are texts as `desktop.shared_settings` makes them; what they mean is no matter of the store's."""

    def __init__(self, database: StateDatabase, acts: ActStore) -> None:
        self._database = database
        self._acts = acts

    def read(self) -> dict[str, tuple[str, int]]:
        """Value and version by name; empty before the first desk has brought the shop's settings."""
        with self._database.read() as connection:
            return {name: (value, version) for name, value, version, _, _ in tuples(connection, _ALL)}

    def save(self, wanted: Mapping[str, str], expected: Mapping[str, int], now: datetime) -> Edited:
        """Stores some settings; each whose version isn't the expected one (0 = not there yet) stays and is refused.

        One that already holds just what is wanted is no change and refused nothing.
        """
        with self._database.write() as connection:
            there = {row[0]: row[1:] for row in tuples(connection, _ALL)}
            done = Edited()
            rows: list[tuple[str, str, int, str, str]] = []
            for name, value in wanted.items():
                old, version, by, at = there.get(name, (None, 0, "", None))
                if old == value:
                    done.versions[name] = version
                elif name in expected and expected[name] != version:
                    done.refused[name] = Meanwhile(Author(by), time_of(at) if at else None, version, old)
                else:
                    done.versions[name] = version + 1
                    rows.append((name, value, version + 1, clean(self._acts.author.name), time_text(now)))
            if rows:
                many(connection, _PUT, _NAMES, rows)
                changed = sorted(row[0] for row in rows)
                self._acts.note("act.settings", "", {"setting": ", ".join(changed[:10])}, now)
            return Edited(done.versions, done.refused, len(rows))
