"""What the De/Para shows of the shop's other desks: edits that met, who has what open, what waits for the server."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from otimo_tray.store.readmodels.mapping import SKU
from otimo_tray.ui.link import NeedsServer
from otimo_tray.ui.mapping.conflicts import ConflictBar
from otimo_tray.ui.mapping.editing import Editing
from otimo_tray.ui.mapping.model import MappingModel
from otimo_tray.ui.mapping.rules import Rules
from otimo_tray.ui.mapping.spare import CodesModel
from otimo_tray.ui.mapping.table import MappingTable
from otimo_tray.ui.page import Page
from otimo_tray.ui.presence import Marks
from otimo_tray.ui.text import translate


class Others(QObject):
    """Bound to one page.

    Attributes:
        conflicts, rule_conflicts: the bars of edits that met another desk's; the page lays them out.
    """

    def __init__(
        self, page: Page, model: MappingModel, codes: CodesModel, table: MappingTable, editing: Editing, rules: Rules
    ) -> None:
        super().__init__(page)
        self._page = page
        self._model = model
        self._codes = codes
        self._table = table
        self._rules = rules
        model.now = page.desk.clock.now
        table.key = lambda found: found[SKU]
        table.place_of_key = model.place_of
        self.conflicts = ConflictBar(page.desk.clock.now)
        self.conflicts.theirs.connect(editing.take_theirs)
        self.conflicts.mine.connect(editing.take_mine)
        editing.quarrelled.connect(self.show_conflicts)
        self.rule_conflicts = ConflictBar(page.desk.clock.now, translate("Mapping", "regra de {sku}"))
        self.rule_conflicts.theirs.connect(rules.take_theirs)
        self.rule_conflicts.mine.connect(rules.take_mine)
        rules.quarrelled.connect(self._show_rules)
        marks = Marks(
            page,
            "mapping",
            model,
            lambda found: found[SKU],
            lambda name: translate("Mapping", "{name} está com este SKU aberto.").format(name=name),
        )
        table.current_changed.connect(marks.show)

    def switch_off(self, writing: Sequence[QWidget | QAction]) -> None:
        """Everything that writes waits while the server is away."""
        NeedsServer(self._page.bench, self._page, writing, [self._model, self._codes])

    def show_conflicts(self) -> None:
        """Show the current row's conflict, else one of the others."""
        current = self._table.current_row()
        self.conflicts.show_conflicts(self._model.conflicts, current[SKU] if current is not None else "")

    def _show_rules(self) -> None:
        self.rule_conflicts.show_conflicts(self._rules.conflicts)
