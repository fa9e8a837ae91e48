"""What the windows may ask for beyond storage and engine: the callables of `ui.desk.Desk`, over one profile.

Every method may block (network, files); windows call them in a worker.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from otimo_tray.app import OverlaidSecrets, make_erp, working
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import HubSettings, Settings
from otimo_tray.domain.status import Flow
from otimo_tray.errors import OtimoError, RowRefused
from otimo_tray.ports import CheckResult, Erp
from otimo_tray.profile import Profile
from otimo_tray.shop_settings import ShopSettings, refusal
from otimo_tray.sync.decisions import decide_first_orders
from otimo_tray.sync.engine import RunningEngine
from otimo_tray.sync.leading import SharedEngine
from otimo_tray.words import sentence

if TYPE_CHECKING:
    from otimo_tray.erp.database.look import Look
    from otimo_tray.erp.folder.look import SheetLook
    from otimo_tray.sheets.desk import Sheets
    from otimo_tray.sync.explain import Explanation
    from otimo_tray.ui.desk import FirstOrdersChoice, SheetRow


class DeskCalls:
    """Bound to one profile and its running engine."""

    def __init__(self, profile: Profile, engine: RunningEngine) -> None:
        self._profile = profile
        self._engine = engine
        self.shop_settings = ShopSettings(profile)

    def save_settings(self, settings: Settings, seen: Settings | None = None) -> None:
        """Writes them, then the engine takes them over. Raises ConfigurationError C-465: another person changed some of
        them meanwhile; those are as that person wrote them, the others are saved."""
        refused = self.shop_settings.save(settings, seen)
        self._engine.change_settings(self._profile.settings)
        if refused:
            raise refusal(refused)

    def settings_changed(self) -> None:
        """Another desk changed the shop's settings: they count here from now on. Raises as `ShopSettings.take_over`."""
        if self.shop_settings.take_over():
            self._engine.change_settings(self._profile.settings)

    def hub_at(self, base_url: str) -> HubSettings:
        """The hub's settings with another address."""
        return replace(self._profile.settings.hub, base_url=base_url)

    def erp_check(self, settings: Settings, typed: Mapping[str, str]) -> list[CheckResult]:
        """Tests an ERP connection that isn't saved yet; `typed` are its secrets, in place of the kept ones."""
        try:
            erp = self._trial(settings, typed, self._profile.paths.folder / "cache")
        except OtimoError as error:
            return [CheckResult("erp", error)]
        with closing(erp):
            return erp.check()

    def erp_rows(self, settings: Settings, typed: Mapping[str, str], limit: int) -> list[tuple[str, str, str, str]]:
        """First rows of the ERP (code, name, balance, price) as they are understood, for a look before saving."""
        rows: list[tuple[str, str, str, str]] = []
        # A memory of its own: a sheet that the engine has read already is worth a look too.
        with (
            tempfile.TemporaryDirectory(prefix="otimo-tray-") as cache,
            closing(self._trial(settings, typed, Path(cache))) as erp,
        ):
            reading = erp.read_items()
            if reading is None:
                return rows
            for chunk in reading.chunks():
                for raw in chunk[: limit - len(rows)]:
                    try:
                        item = erp.parse_row(raw)
                        rows.append((item.erp_code, item.name, str(item.balance), str(item.price)))
                    except RowRefused:
                        rows.append((str(raw[0]), str(raw[6] or ""), f"? {raw[1]}", f"? {raw[2]}"))
                if len(rows) >= limit:
                    break
        return rows

    def erp_sheets(self, settings: Settings) -> list[SheetLook]:
        """The exchange folder's sheets as they stand, for mapping their columns."""
        from otimo_tray.erp.folder.look import look_at_sheets

        return look_at_sheets(settings.erp.folder)

    def erp_query(self, settings: Settings, address: str, name: str, sql: str) -> Look:
        """Ten rows of a query of one's own and what is wrong with them; reads only."""
        from otimo_tray.erp.database.look import look

        return look(settings.erp, address, name, sql, ZoneInfo(settings.shop.time_zone))

    def _trial(self, settings: Settings, typed: Mapping[str, str], cache: Path) -> Erp:
        return make_erp(settings, OverlaidSecrets(self._profile.secrets, typed), self._profile.clock, cache)

    def _erp(self, settings: Settings) -> Erp:
        return make_erp(settings, self._profile.secrets, self._profile.clock, self._profile.paths.folder / "cache")

    def words(self, code: str, params: Mapping[str, object], language: str) -> str:
        """One line for a code."""
        return sentence(code, params, language).line

    def decide_first_orders(self, hub_ids: Sequence[str], choice: FirstOrdersChoice) -> None:
        """Answers the first run's question, and goes to work."""
        decide_first_orders(self._profile.store(), hub_ids, choice, self._profile.clock.now())
        self._engine.wake(Flow.ORDERS)

    def import_order(self, number: str) -> int:
        """Fetches one order by its number, or has the desk that leads fetch it; answers how many were found."""
        from otimo_tray.sync.fetch_order import FetchContext, fetch_order

        if isinstance(self._engine, SharedEngine):
            return self._engine.fetch_order(number)
        profile = self._profile
        with working(profile, self._engine) as work, closing(work.hub(profile.settings)) as hub:
            found = fetch_order(FetchContext(work.store, hub, profile.clock), number)
        self._engine.wake(Flow.ORDERS)
        return found

    def _sheets(self) -> Sheets:
        from otimo_tray.sheets.desk import Sheets

        profile = self._profile
        return Sheets(profile.store(), profile.readable(), profile.clock, lambda: profile.settings.shop.language)

    def export_mapping(self, path: Path, only_unmapped: bool) -> int:
        """Writes the De/Para sheet; answers how many rows."""
        return self._sheets().export_mapping(path, only_unmapped)

    def export_codes(self, path: Path) -> int:
        """Writes the list of the ERP's codes; answers how many rows."""
        return self._sheets().export_codes(path)

    def import_mapping(self, path: Path, apply: bool) -> list[SheetRow]:
        """Reads a De/Para sheet; what it changed goes up at once."""
        rows = self._sheets().mapping_rows(path, apply)
        if apply:
            self._engine.wake(Flow.STOCK)
            self._engine.wake(Flow.PRICE)
            self._engine.wake(Flow.ORDERS)
        return rows

    def explain(self, sku: str, own: SkuRule | None) -> Explanation:
        """A SKU's values of this moment, number by number; with `own` as if the SKU had that rule."""
        from otimo_tray.sync.explain import explain

        profile, settings = self._profile, self._profile.settings
        with closing(self._erp(settings)) as erp:
            return explain(profile.store(), settings, erp.parse_row, sku, profile.clock.now(), 0, own)

    def export_table(self, path: Path, name: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
        """Writes a list as a window shows it."""
        from otimo_tray.sheets.writing import Column, write_sheet

        wide = [max([len(title), *(len(row[place]) for row in rows)]) for place, title in enumerate(titles)]
        columns = [Column(title, min(60, width + 2)) for title, width in zip(titles, wide, strict=True)]
        return write_sheet(path, name, columns, rows)

    def import_tracking(self, path: Path, apply: bool) -> list[SheetRow]:
        """Reads a sheet of codes; they go up at once."""
        rows = self._sheets().tracking_rows(path, apply)
        if apply:
            self._engine.wake(Flow.TRACKING)
        return rows
