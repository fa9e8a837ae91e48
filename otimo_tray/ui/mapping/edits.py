"""What an edit of the De/Para is, and how typed or pasted text becomes one. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from otimo_tray.domain.catalogue import Component
from otimo_tray.ui.mapping.codes import CodeBook
from otimo_tray.ui.text import translate

Components = tuple[Component, ...]
MAX_UNITS = 100_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A cell that can't be saved as it was typed: its text and the reason."""

    text: str
    reason: str


@dataclass(slots=True)
class Change:
    """A set of edits that is done and undone as one.

    Attributes:
        before, after: components by SKU; empty means no De/Para.
        drafts_before, drafts_after: cells by (SKU, column) that are marked; None clears a mark.
        versions: of the rows that the edit was made on, by SKU.
        outside: pasted rows that had no place to go.
        completed: codes whose leading zeros were given back.
    """

    title: str
    before: dict[str, Components] = field(default_factory=dict[str, Components])
    after: dict[str, Components] = field(default_factory=dict[str, Components])
    drafts_before: dict[tuple[str, int], Draft | None] = field(default_factory=dict[tuple[str, int], "Draft | None"])
    drafts_after: dict[tuple[str, int], Draft | None] = field(default_factory=dict[tuple[str, int], "Draft | None"])
    versions: dict[str, int] = field(default_factory=dict[str, int])
    outside: int = 0
    completed: int = 0
    _settled: list[str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return not self.changed and self.drafts_before == self.drafts_after

    @property
    def refused(self) -> int:
        """How many cells it marks."""
        return sum(draft is not None for draft in self.drafts_after.values())

    @property
    def changed(self) -> list[str]:
        """The SKUs whose De/Para becomes another."""
        if self._settled is not None:
            return self._settled
        return [sku for sku, after in self.after.items() if after != self.before[sku]]

    def leave_out(self, skus: Collection[str]) -> None:
        """These weren't done: somebody else had changed them, so there is nothing of them to undo or to do again."""
        for sku in skus:
            self.before.pop(sku, None)
            self.after.pop(sku, None)
        if self._settled is not None:
            self._settled = [sku for sku in self._settled if sku not in skus]

    def settle(self) -> None:
        """Nothing is added any more: find out once, in a worker, what changes."""
        self._settled = self.changed


def parse_units(text: str) -> int | str:
    """Return the units of a text, or the reason why it has none."""
    cleaned = text.strip()
    if cleaned.endswith((",0", ",00", ".0", ".00")):  # Excel shows whole numbers so
        cleaned = cleaned[:-3] if cleaned[-3] in ",." else cleaned[:-2]
    if cleaned.isascii() and cleaned.isdigit() and 1 <= int(cleaned) <= MAX_UNITS:
        return int(cleaned)
    return translate("Mapping", "A Qtd. por SKU é um número inteiro a partir de 1.")


class Editor:
    """Turns texts for cells into one `Change`.

    Args:
        title: the change's name in *Desfazer*.
        book: the ERP's codes; while it is empty (nothing was read yet) every code is taken.
        now: components as they are, by SKU.
        drafts: the marks as they are.
        versions: the rows' versions as they are, by SKU.
    """

    def __init__(
        self,
        title: str,
        book: CodeBook,
        now: Mapping[str, Components],
        drafts: Mapping[tuple[str, int], Draft],
        columns: tuple[int, int],
        versions: Mapping[str, int] | None = None,
    ) -> None:
        self.change = Change(title)
        self._book = book
        self._now = now
        self._drafts = drafts
        self._versions = versions or {}
        self._code_column, self._units_column = columns

    def set_code(self, sku: str, text: str) -> None:
        """Type a code; nothing takes the De/Para away."""
        typed = text.strip()
        old = self._of(sku)
        if not typed:
            self._put(sku, ())
            self._mark(sku, self._code_column, None)
            self._mark(sku, self._units_column, None)
            return
        if len(old) > 1 and typed == f"{old[0].erp_code} + {len(old) - 1}":
            return  # the kit's own text, untouched
        code = self._book.resolve(typed) if len(self._book) else typed
        if code is None:
            reason = translate("Mapping", "O ERP não tem o código {code}.").format(code=typed)
            self._mark(sku, self._code_column, Draft(typed, reason))
            return
        if code != typed:
            self.change.completed += 1
        units = old[0].units if len(old) == 1 else 1
        self._put(sku, (Component(code, units),))
        self._mark(sku, self._code_column, None)

    def set_units(self, sku: str, text: str) -> None:
        """Type the units."""
        old = self._of(sku)
        if len(old) > 1:
            if text.strip() and not text.strip().isalpha():
                reason = translate("Mapping", "Este kit tem vários componentes: edite-o em Componentes do kit.")
                self._mark(sku, self._units_column, Draft(text, reason))
            return
        if not old:
            if text.strip() and text.strip() != "1":
                reason = translate("Mapping", "Informe primeiro o Código no ERP.")
                self._mark(sku, self._units_column, Draft(text, reason))
            return
        units = parse_units(text or "1")
        if isinstance(units, str):
            self._mark(sku, self._units_column, Draft(text, units))
            return
        self._put(sku, (Component(old[0].erp_code, units),))
        self._mark(sku, self._units_column, None)

    def set_components(self, sku: str, components: Components) -> None:
        """Put a kit's components, checked by the kit editor."""
        self._put(sku, components)
        self._mark(sku, self._code_column, None)
        self._mark(sku, self._units_column, None)

    def set_cell(self, sku: str, column: int, text: str) -> None:
        """Type into a cell; cells that can't be edited stay."""
        if column == self._code_column:
            self.set_code(sku, text)
        elif column == self._units_column:
            self.set_units(sku, text)

    @property
    def known(self) -> Mapping[str, Components]:
        """The SKUs that can be edited, with their components."""
        return self._now

    def fill(self, skus: Sequence[str], columns: Sequence[int]) -> None:
        """Copy the first SKU's code or units into the others: as a spreadsheet does, a kit with all its components."""
        source = self._of(skus[0])
        for column in columns:
            draft = self._drafts.get((skus[0], column))
            for sku in skus[1:]:
                if draft is not None:
                    self.set_cell(sku, column, draft.text)
                elif column == self._code_column and len(source) > 1:
                    self.set_components(sku, source)
                elif column == self._code_column:
                    self.set_code(sku, source[0].erp_code if source else "")
                elif len(source) == 1:
                    self.set_units(sku, str(source[0].units))

    def paste(self, skus: Sequence[str], columns: Sequence[int], block: Sequence[Sequence[str]]) -> None:
        """Put a block onto these rows, downwards, and these columns, to the right."""
        for line, cells in enumerate(block):
            if line >= len(skus):
                self.change.outside += len(block) - line
                return
            for column, text in zip(columns, cells, strict=False):
                self.set_cell(skus[line], column, text)

    def paste_by_sku(self, block: Sequence[Sequence[str]], known: Mapping[str, Components]) -> None:
        """Put rows of SKU, code and units where their SKU is."""
        for cells in block:
            sku = cells[0].strip() if cells else ""
            if sku not in known:
                self.change.outside += bool(sku)
                continue
            if len(cells) > 1:
                self.set_code(sku, cells[1])
            if len(cells) > 2:
                self.set_units(sku, cells[2])

    def _of(self, sku: str) -> Components:
        return self.change.after.get(sku, self._now[sku])

    def _put(self, sku: str, components: Components) -> None:
        self.change.before.setdefault(sku, self._now[sku])
        if sku in self._versions:
            self.change.versions[sku] = self._versions[sku]
        self.change.after[sku] = components

    def _mark(self, sku: str, column: int, draft: Draft | None) -> None:
        key = (sku, column)
        if draft is None and key not in self._drafts and key not in self.change.drafts_after:
            return
        self.change.drafts_before.setdefault(key, self._drafts.get(key))
        self.change.drafts_after[key] = draft
