"""The sheets as the windows' desk and the command line ask for them: a profile's own database, opened when needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from otimo_tray.ports import Clock
from otimo_tray.sheets.results import SheetResult
from otimo_tray.sync.storage import Storage

if TYPE_CHECKING:
    from otimo_tray.sheets.state import SheetState
    from otimo_tray.ui.desk import SheetRow


class Sheets:
    """All imports and exports of one profile.

    `export_mapping`, `mapping_rows` and `tracking_rows` have the signatures of `ui.desk.Desk`.
    Every method may block, and may be called from any thread.
    """

    def __init__(
        self, storage: Storage, database: Path, clock: Clock, language: Callable[[], str] = lambda: "pt_BR"
    ) -> None:
        """`database`: the state database's file, migrated (`storage` has it open)."""
        self._storage = storage
        self._database = database
        self._clock = clock
        self._language = language

    def _state(self) -> SheetState:
        from otimo_tray.sheets.state import SheetState
        from otimo_tray.store.readmodels.connection import ReadConnection

        return SheetState(ReadConnection(self._database))

    def export_mapping(self, path: Path, only_unmapped: bool = False) -> int:
        """Writes the De/Para sheet; answers how many rows."""
        from otimo_tray.sheets.mapping_export import export_mapping

        with self._state() as state:
            return export_mapping(state, path, only_unmapped=only_unmapped, language=self._language())

    def export_codes(self, path: Path) -> int:
        """Writes the ERP's codes for a new shop's registration sheet; answers how many."""
        from otimo_tray.sheets.mapping_export import export_codes

        with self._state() as state:
            return export_codes(state, path)

    def import_mapping(self, path: Path, apply: bool) -> SheetResult:
        """Reads a De/Para sheet; with `apply` False nothing is changed (the preview)."""
        from otimo_tray.sheets.mapping_import import import_mapping

        with self._state() as state:
            return import_mapping(self._storage, state, path, self._clock.now(), apply=apply)

    def import_tracking(self, path: Path, apply: bool, *, accept_warnings: bool = False) -> SheetResult:
        """Reads a sheet of tracking codes; likewise."""
        from otimo_tray.sheets.tracking_sheet import import_tracking

        with self._state() as state:
            now = self._clock.now()
            return import_tracking(self._storage, state, path, now, apply=apply, accept_warnings=accept_warnings)

    def mapping_rows(self, path: Path, apply: bool) -> list[SheetRow]:
        """`import_mapping` in the windows' own rows."""
        return _for_windows(self.import_mapping(path, apply))

    def tracking_rows(self, path: Path, apply: bool) -> list[SheetRow]:
        """`import_tracking` in the windows' own rows; a row warned of shows as refused, to be taken by hand."""
        return _for_windows(self.import_tracking(path, apply))


def _for_windows(result: SheetResult) -> list[SheetRow]:
    from otimo_tray.ui.desk import SheetRow

    return [
        SheetRow(
            row.line,
            row.key,
            "refused" if row.outcome == "warning" else row.outcome,
            row.error,
            row.value,
            row.outcome == "warning",
        )
        for row in result.rows
    ]
