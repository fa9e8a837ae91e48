"""Decimal comma or point: decided once for a whole file and with certainty, or the file is refused.

Brazilian exports write `1.990,00`, others `1990.00`, and `1.990` may be either: R$ 19,90 sold as R$ 1.990,00 is what
this module is against. A single cell proves a style when it can be read in no other way; all cells of a file together
must prove exactly one, unless none has a separator at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from otimo_tray.errors import ReadRefused

Separator = Literal[",", "."]
"""The decimal separator of a file."""

_SHAPE: Final = {ord(digit): "9" for digit in "012345678"}
_CELL = re.compile(r"[+-]?(?:R\$)?([0-9.,]+)")
_SPACES: Final = str.maketrans("", "", " \t\u00a0\u202f")
_PLAIN_ENDS = {",": (",9\n", ",99\n"), ".": (".9\n", ".99\n")}


def style_of(cell: str) -> Separator | Literal["", "?"]:
    """What one cell proves: "," or "." (decimal separator), "" nothing to tell, "?" it could be read both ways."""
    match = _CELL.fullmatch(cell.translate(_SPACES))
    if match is None:
        return ""
    digits = match[1]
    commas, points = digits.count(","), digits.count(".")
    if not commas and not points:
        return ""
    if commas and points:
        last: Separator = "," if digits.rfind(",") > digits.rfind(".") else "."
        return last if digits.count(last) == 1 else ""
    separator, other = (",", ".") if commas else (".", ",")
    if commas + points > 1:
        return "." if other == "." else ","
    before, after = digits.split(separator)
    # Three digits behind it may be thousands, but only behind one to three digits that don't start with zero.
    if len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0":
        return "?"
    return "," if separator == "," else "."


def canonical(cell: str, style: Separator) -> str:
    """The number with a decimal point and without thousands separators; a cell that isn't one stays as it is."""
    text = cell.translate(_SPACES).replace("R$", "", 1).removeprefix("+")
    whole, mark, part = text.partition(style)
    thousands = "." if style == "," else ","
    sign = "-" if whole.startswith("-") else ""
    groups = whole.removeprefix("-").split(thousands)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        return cell
    digits = "".join(groups)
    if not (digits + part).isascii() or not (digits + part).isdigit() or (mark and not part):
        return cell
    return f"{sign}{digits or '0'}.{part}" if mark else f"{sign}{digits}"


class DecimalStyle:
    """Collects what the number columns of one file prove.

    Attributes:
        style: the decimal separator once proved, else None.
    """

    def __init__(self, source: str) -> None:
        self.style: Separator | None = None
        self._source = source
        self._proof: tuple[int, str] = (0, "")
        self._doubtful: tuple[int, str] | None = None

    @property
    def open(self) -> bool:
        """Cells that could be read both ways were seen, and nothing has proved a style yet."""
        return self.style is None and self._doubtful is not None

    def look(self, cells: Sequence[str], first_row: int) -> str:
        """Takes a column's cells as evidence; `first_row` is the row number of the first one, for messages.

        Answers the cells as one text, one a line, for `convert`; "" when all are empty.

        Raises:
            ReadRefused: E-253, this column proves the other style than what was seen before.
        """
        if not any(cells):
            return ""
        text = "\n".join(cells) + "\n"
        commas, points = text.count(","), text.count(".")
        if not commas and not points:
            return text
        shape = text.translate(_SHAPE)
        for mark, count, others in ((",", commas, points), (".", points, commas)):
            one, two = _PLAIN_ENDS[mark]
            if not others and shape.count(one) + shape.count(two) == count:
                if self.style != mark:
                    row = next(i for i, cell in enumerate(cells) if mark in cell)
                    self._prove("," if mark == "," else ".", first_row + row, cells[row])
                return text
        for index, cell in enumerate(cells):
            if "," in cell or "." in cell:
                proved = style_of(cell)
                if proved == "?":
                    self._doubtful = self._doubtful or (first_row + index, cell)
                elif proved:
                    self._prove(proved, first_row + index, cell)
        return text

    def _prove(self, style: Separator, row: int, cell: str) -> None:
        if self.style is None:
            self.style, self._proof = style, (row, cell)
        elif self.style != style:
            raise ReadRefused(
                "E-253",
                source=self._source,
                reason="mixed",
                row=self._proof[0],
                value=self._proof[1].strip(),
                other_row=row,
                other_value=cell.strip(),
            )

    def close(self) -> None:
        """Called at the end of the file. Raises ReadRefused E-253 when `1.990` could be both and nothing told which."""
        if self.open and self._doubtful is not None:
            row, cell = self._doubtful
            raise ReadRefused("E-253", source=self._source, reason="ambiguous", row=row, value=cell.strip())

    def convert(self, cells: Sequence[str], text: str) -> Sequence[str | None]:
        """The column in canonical text, None for an empty cell; `text` is what `look` answered for it."""
        style = self.style or "."
        if not text:
            return [None] * len(cells)
        plain = text.isascii() and " " not in text and "\t" not in text and "+" not in text and "R" not in text
        if not plain or ("." if style == "," else ",") in text:
            return [canonical(cell, style) if cell.strip() else None for cell in cells]
        if style == "," and "," in text:
            cells = text.replace(",", ".").split("\n")
            cells.pop()
        if not all(cells):
            return [cell or None for cell in cells]
        return cells
