"""A desk over a real state database, for tests of the windows and for screenshots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from otimo_tray import words
from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.desks import Author
from otimo_tray.domain.settings import ErpSettings, Settings, StateSettings
from otimo_tray.erp.database.look import look
from otimo_tray.erp.folder.look import look_at_sheets
from otimo_tray.erp.rows import parse_raw
from otimo_tray.errors import ErpAway, HubRefusedLogin, OtimoError
from otimo_tray.ports import CheckResult
from otimo_tray.sheets.desk import Sheets
from otimo_tray.store import StateStore, open_store
from otimo_tray.store.readmodels import Reader
from otimo_tray.sync.explain import explain
from otimo_tray.ui.desk import Credentials, Desk, SheetRow
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets
from tests.ui import shop
from tests.ui.shop import NOW, FakeEngine


class FakeAutostart:
    """The system's autostart, in memory."""

    def __init__(self) -> None:
        self.on = False

    def is_on(self) -> bool:
        return self.on

    def switch(self, on: bool) -> None:
        self.on = on


@dataclass
class FakeLink:
    """How a desk stands with the others, as a test says."""

    is_shared: bool = False
    away_since: datetime | None = None
    as_of: datetime | None = None
    leader: Author | None = None
    leads: bool = False
    kept_count: int = 0
    callbacks: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback)

    def tell(self) -> None:
        for callback in list(self.callbacks):
            callback()

    def goes_away(self, since: datetime, as_of: datetime, kept: int = 0) -> None:
        self.away_since, self.as_of, self.kept_count = since, as_of, kept
        self.tell()

    def comes_back(self) -> None:
        self.away_since = self.as_of = None
        self.tell()


@dataclass
class FakePresence:
    """What others have open, and what this desk said that it has."""

    others: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    said: list[list[tuple[str, str]]] = field(default_factory=list[list[tuple[str, str]]])

    def refresh(self, mine: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        self.said.append(list(mine))
        return dict(self.others)


@dataclass
class FakeMover:
    """A server that answers as a test says."""

    error: OtimoError | None = None
    there: bool = False
    refused: OtimoError | None = None
    tried: list[tuple[StateSettings, str]] = field(default_factory=list[tuple[StateSettings, str]])
    prepared: list[tuple[StateSettings, str, bool]] = field(default_factory=list[tuple[StateSettings, str, bool]])

    def check(self, state: StateSettings, password: str) -> list[CheckResult]:
        self.tried.append((state, password))
        if self.error is not None:
            return [CheckResult("state_server", self.error)]
        return [CheckResult("state_server", detail="servidor:5432/lojas"), CheckResult("state_schema", detail="loja")]

    def holds_shop(self, state: StateSettings, password: str) -> bool:
        del state, password
        return self.there

    def prepare(self, state: StateSettings, password: str, *, join: bool) -> None:
        if self.refused is not None:
            raise self.refused
        self.prepared.append((state, password, join))


@dataclass
class Shop:
    """A desk and everything behind it that a test looks at."""

    folder: Path
    store: StateStore
    reader: Reader
    desk: Desk
    engine: FakeEngine
    secrets: MemorySecrets
    clock: FakeClock
    settings: list[Settings]
    sheet: list[SheetRow] = field(default_factory=list[SheetRow])
    imported: list[tuple[Path, bool]] = field(default_factory=list[tuple[Path, bool]])
    decided: list[tuple[list[str], str]] = field(default_factory=list[tuple[list[str], str]])
    exported: list[tuple[Path, list[str], list[list[str]]]] = field(
        default_factory=list[tuple[Path, list[str], list[list[str]]]]
    )
    wanted: list[str] = field(default_factory=list[str])
    right_password: str = "certo"
    typed: dict[str, str] = field(default_factory=dict[str, str])
    """Secrets of the ERP that were tried."""
    starts: FakeAutostart = field(default_factory=FakeAutostart)
    link: FakeLink = field(default_factory=FakeLink)
    mover: FakeMover = field(default_factory=FakeMover)

    def close(self) -> None:
        self.reader.close()
        self.store.close()


def open_shop(
    folder: Path, fill: Callable[[Path], object] = lambda path: None, presence: FakePresence | None = None
) -> Shop:
    """Open a shop in `folder`; `fill` gets the database's path before anybody reads it."""
    clock, engine, secrets, link = FakeClock(NOW), FakeEngine(), MemorySecrets(), FakeLink()
    mover = FakeMover()
    store = open_store(folder / "state.db", clock)
    store.acts.author = Author("Maria", "Escritório")
    fill(store.path)
    reader = Reader(store.path)
    kept = settings = [Settings(erp=ErpSettings(kind="folder", folder="C:\\Otimo\\integracao"))]
    made: list[Shop] = []

    def save_settings(settings: Settings, seen: Settings | None = None) -> None:
        del seen
        kept.append(settings)

    def hub_check(credentials: Credentials, base_url: str) -> OtimoError | None:
        del base_url
        return None if credentials.password == made[0].right_password else HubRefusedLogin()

    def erp_check(candidate: Settings, typed: Mapping[str, str]) -> list[CheckResult]:
        made[0].typed.update(typed)
        away = ErpAway(place=candidate.erp.folder) if "nada" in candidate.erp.folder else None
        return [CheckResult("erp_folder", away)]

    def import_mapping(path: Path, apply: bool) -> list[SheetRow]:
        made[0].imported.append((path, apply))
        return Sheets(store, store.path, clock).mapping_rows(path, apply) if path.exists() else made[0].sheet

    def import_order(number: str) -> int:
        made[0].wanted.append(number)
        return 0 if number == "0" else 1

    def export_table(path: Path, _name: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
        made[0].exported.append((path, list(titles), [list(row) for row in rows]))
        return len(rows)

    desk = Desk(
        storage=store,
        engine=engine,
        reader=reader,
        secrets=secrets,
        clock=clock,
        profile_dir=folder,
        settings=lambda: settings[-1],
        save_settings=save_settings,
        erp_check=erp_check,
        erp_rows=lambda _settings, _typed, _limit: [
            ("000123", "Camiseta azul M", "14", "49,90"),
            ("000124", "Tênis 42", "3", "199,00"),
        ],
        erp_query=lambda settings, address, name, sql: look(
            settings.erp, address, name, sql, ZoneInfo("America/Sao_Paulo")
        ),
        erp_sheets=lambda settings: look_at_sheets(settings.erp.folder),
        hub_check=hub_check,
        words=words.line,
        decide_first_orders=lambda ids, choice: made[0].decided.append((list(ids), choice)),
        import_order=import_order,
        export_mapping=lambda _path, _only_unmapped: 120,
        export_codes=lambda _path: 120,
        import_mapping=import_mapping,
        import_tracking=import_mapping,
        export_table=export_table,
        explain=lambda sku, own: explain(store, settings[-1], _parse, sku, clock.now(), 0, own),
        person="Maria",
        autostart=lambda: made[0].starts,
        link=link,
        presence=presence,
        mover=mover,
    )
    made.append(Shop(folder, store, reader, desk, engine, secrets, clock, settings, link=link, mover=mover))
    return made[0]


def _parse(row: RawRow) -> ErpItem:
    return parse_raw(row, ZoneInfo("America/Sao_Paulo"))


def fill_all(path: Path, count: int = 120) -> None:
    """Fill a shop with everything."""
    skus = shop.fill_catalogue(path, count)
    shop.fill_orders(path, skus)
    shop.fill_problems(path)
