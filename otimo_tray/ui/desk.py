"""What the windows get to work with: one value, made by the composition root; no window builds its own parts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from otimo_tray.desktop.autostart import Autostart, system_autostart
from otimo_tray.domain.desks import Author
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.domain.status import Trouble
from otimo_tray.errors import OtimoError
from otimo_tray.ports import CheckResult, Clock, Secrets
from otimo_tray.sync.engine import EngineApi
from otimo_tray.sync.storage import Storage
from otimo_tray.words import Sentence, sentence

if TYPE_CHECKING:
    from otimo_tray.erp.database.look import Look
    from otimo_tray.erp.folder.look import SheetLook
    from otimo_tray.store.readmodels import Reader
    from otimo_tray.sync.explain import Explanation

FirstOrdersChoice = Literal["import", "in_erp", "ignore"]
SECRET_NAMES = ("client_id", "client_secret", "username", "password")
"""What Plugg.to issues; in the keyring each under `hub.<name>`."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Plugg.to gives the implementer. Held for the moment of typing only; the keyring keeps them."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    username: str = field(repr=False)
    password: str = field(repr=False)

    def as_secrets(self) -> dict[str, str]:
        """Return the four by their name in the keyring."""
        return {f"hub.{name}": str(getattr(self, name)) for name in SECRET_NAMES}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet that was imported: `outcome` is new, changed, same or refused; `error` says why.

    `value` is what the row says of its key; `warned` that a person may take it in spite of the error.
    """

    line: int
    key: str
    outcome: Literal["new", "changed", "same", "refused"]
    error: OtimoError | None = None
    value: str = ""
    warned: bool = False


class DeskLink(Protocol):
    """How this desk stands with the others of the shop. Everything is cheap and safe from any thread.

    Attributes:
        is_shared: whether the state lies where several desks share it.
        away_since: since when the server doesn't answer; None while it does.
        as_of: what moment the windows show, while the server is away.
        leader: who runs the synchronisation now; None when nobody does, or nobody knows.
        leads: whether that is this desk.
        kept_count: codes typed away from the server, kept on this PC until it is back.
    """

    @property
    def is_shared(self) -> bool: ...
    @property
    def away_since(self) -> datetime | None: ...
    @property
    def as_of(self) -> datetime | None: ...
    @property
    def leader(self) -> Author | None: ...
    @property
    def leads(self) -> bool: ...
    @property
    def kept_count(self) -> int: ...
    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back from a worker thread when any of this changed. Answers the unsubscribe."""
        ...


class OwnState:
    """The link of a shop whose state is this PC's own file: there is nobody else, and nothing to be away from."""

    is_shared = False
    away_since: datetime | None = None
    as_of: datetime | None = None
    leader: Author | None = None
    leads = True
    kept_count = 0

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Nothing ever changes."""
        del callback
        return lambda: None


class SaveSettings(Protocol):
    """Writes settings and hands the engine the new values."""

    def __call__(self, settings: Settings, seen: Settings | None = None) -> None:
        """Args:
            seen: what the person saw who edited; None = the settings of this moment.

        Raises:
            ConfigurationError: they aren't allowed; C-465, another person changed some of them since they were seen:
                those are as that person wrote them, the others are saved.
            StoreAway: nothing is saved.
        """
        ...


class Presence(Protocol):
    """Who has what open; see `store.presence`."""

    def refresh(self, mine: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Says all that is open here, as (place, item); answers what others have open, with their names. May block.

        Raises:
            StoreAway: the server can't be reached now.
        """
        ...


@dataclass(frozen=True, slots=True)
class MovedState:
    """A move that came to its end: how many rows were compared, one by one, and where the old state lies now."""

    rows: int
    aside: str


class StateMover(Protocol):
    """Looks at a server, and lets the program take the shop's state there or back at its next start. May block."""

    def check(self, state: StateSettings, password: str) -> list[CheckResult]:
        """Connects and says line by line what is right and what isn't; changes nothing."""
        ...

    def holds_shop(self, state: StateSettings, password: str) -> bool:
        """Whether the schema holds a shop already: then one joins it instead of moving. Raises StoreAway."""
        ...

    def prepare(self, state: StateSettings, password: str, *, join: bool) -> None:
        """Keeps the password; the next start in this process (`ui.moving.run_move`) does it before anything is opened.

        Raises:
            KeyringAway: the password can't be kept. ConfigurationError: L-378, kept codes have to go up first.
        """
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a window may use. Every callable may block: windows call it in a worker, never in the GUI thread.

    Attributes:
        settings: answers the settings as they are now; cheap, safe from any thread.
        save_settings: see `SaveSettings`.
        erp_check: tests an ERP connection without changing anything; secrets just typed go before the kept ones.
        erp_rows: the first rows of the ERP as (code, name, balance, price), at most the number given.
        erp_sheets: the exchange folder's sheets as they stand, for mapping their columns.
        erp_query: ten rows of a database's query and what is wrong with them: settings, address, "items" or
            "invoices", the SELECT.
        hub_check: tests credentials at an address; None means that they are right.
        words: the line of a code with its params in a language: `words("P-101", {}, "pt_BR")`.
        decide_first_orders: answers the question of the first run for these orders.
        import_order: takes one order by its number, channel's or hub's; answers how many were found.
        export_mapping: writes the De/Para sheet; answers how many rows. The second argument: only unmapped SKUs.
        export_codes: writes the list of the ERP's codes; answers how many rows.
        import_mapping: reads a De/Para sheet; with `apply` False nothing is changed (the preview).
        import_tracking: reads a sheet of tracking codes, likewise.
        export_table: writes any list as it is shown (file, sheet's name, headings, rows) as XLSX or CSV.
        explain: a SKU's stock and price of this moment, number by number; with a rule, as if the SKU had that one.
            Raises ItemError G-240 for a SKU that neither hub nor De/Para knows.
        secrets: the OS keyring; the four credentials are under `hub.` + `SECRET_NAMES`.
        autostart: whether the program starts with the session, asked of the system itself.
        missing: what isn't set up yet, None when everything is; a shop that lacks something meets the wizard.
        person: who decides, for the audit (the name of the session on this PC).
        profile_dir: the profile's folder; the windows keep `windows.ini` in it.
        link: how this desk stands with the shop's others.
        presence: who has what open; None where nobody else can.
        mover: moves the state to a server and back; None where that can't be done.
    """

    storage: Storage
    engine: EngineApi
    reader: Reader
    secrets: Secrets
    clock: Clock
    profile_dir: Path
    settings: Callable[[], Settings]
    save_settings: SaveSettings
    erp_check: Callable[[Settings, Mapping[str, str]], list[CheckResult]]
    erp_rows: Callable[[Settings, Mapping[str, str], int], list[tuple[str, str, str, str]]]
    erp_sheets: Callable[[Settings], list[SheetLook]]
    erp_query: Callable[[Settings, str, str, str], Look]
    hub_check: Callable[[Credentials, str], OtimoError | None]
    words: Callable[[str, Mapping[str, object], str], str]
    decide_first_orders: Callable[[Sequence[str], FirstOrdersChoice], None]
    import_order: Callable[[str], int]
    export_mapping: Callable[[Path, bool], int]
    export_codes: Callable[[Path], int]
    export_table: Callable[[Path, str, Sequence[str], Sequence[Sequence[str]]], int]
    import_mapping: Callable[[Path, bool], list[SheetRow]]
    import_tracking: Callable[[Path, bool], list[SheetRow]]
    explain: Callable[[str, SkuRule | None], Explanation]
    person: str = ""
    autostart: Callable[[], Autostart] = system_autostart
    missing: Callable[[], Trouble | None] = lambda: None
    link: DeskLink = field(default_factory=OwnState)
    presence: Presence | None = None
    mover: StateMover | None = None

    def sentence(self, code: str, params: Mapping[str, object] | None = None) -> str:
        """Return the sentence of a code in the shop's language."""
        return self.words(code, params or {}, self.settings().shop.language)

    def title(self, code: str, params: Mapping[str, object] | None = None) -> str:
        """Return a code's few words, for a table's cell."""
        return self.say(code, params).title

    def say(self, code: str, params: Mapping[str, object] | None = None) -> Sentence:
        """Return a code's sentence in its parts."""
        return sentence(code, params or {}, self.settings().shop.language)

    def error_sentence(self, error: BaseException) -> str:
        """Return what to tell a person about any exception; foreign ones are bugs: logged, with the code of a bug."""
        if isinstance(error, OtimoError):
            return self.sentence(error.code, error.params)
        logging.getLogger(__name__).error("A window met a bug", exc_info=error)
        return self.sentence("X-000", {"detail": type(error).__name__})
