"""A desk over a real state database, for tests of the windows and for screenshots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from otimo_tray import words
from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.errors import ErpAway, HubRefusedLogin, OtimoError
from otimo_tray.ports import CheckResult
from otimo_tray.store import StateStore, open_store
from otimo_tray.store.readmodels import Reader
from otimo_tray.ui.desk import Credentials, Desk, SheetRow
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets
from tests.ui import shop
from tests.ui.shop import NOW, FakeEngine


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
    wanted: list[str] = field(default_factory=list[str])
    right_password: str = "certo"

    def close(self) -> None:
        self.reader.close()
        self.store.close()


def open_shop(folder: Path, fill: Callable[[Path], object] = lambda path: None) -> Shop:
    """Open a shop in `folder`; `fill` gets the database's path before anybody reads it."""
    clock, engine, secrets = FakeClock(NOW), FakeEngine(), MemorySecrets()
    store = open_store(folder / "estado.db", clock)
    fill(store.path)
    reader = Reader(store.path)
    settings = [Settings(erp=ErpSettings(kind="folder", folder="C:\\Otimo\\integracao"))]
    made: list[Shop] = []

    def hub_check(credentials: Credentials, base_url: str) -> OtimoError | None:
        del base_url
        return None if credentials.password == made[0].right_password else HubRefusedLogin()

    def erp_check(candidate: Settings) -> list[CheckResult]:
        away = ErpAway(place=candidate.erp.folder) if "nada" in candidate.erp.folder else None
        return [CheckResult("erp_folder", away)]

    def import_mapping(path: Path, apply: bool) -> list[SheetRow]:
        made[0].imported.append((path, apply))
        return made[0].sheet

    def import_order(number: str) -> int:
        made[0].wanted.append(number)
        return 0 if number == "0" else 1

    desk = Desk(
        storage=store,
        engine=engine,
        reader=reader,
        secrets=secrets,
        clock=clock,
        profile_dir=folder,
        settings=lambda: settings[-1],
        save_settings=settings.append,
        erp_check=erp_check,
        erp_rows=lambda _settings, _limit: [
            ("000123", "Camiseta azul M", "14", "49,90"),
            ("000124", "Tênis 42", "3", "199,00"),
        ],
        hub_check=hub_check,
        words=words.line,
        decide_first_orders=lambda ids, choice: made[0].decided.append((list(ids), choice)),
        import_order=import_order,
        export_mapping=lambda _path, _only_unmapped: 120,
        export_codes=lambda _path: 120,
        import_mapping=import_mapping,
        import_tracking=import_mapping,
        person="Maria",
    )
    made.append(Shop(folder, store, reader, desk, engine, secrets, clock, settings))
    return made[0]


def fill_all(path: Path, count: int = 120) -> None:
    """Fill a shop with everything."""
    skus = shop.fill_catalogue(path, count)
    shop.fill_orders(path, skus)
    shop.fill_problems(path)
