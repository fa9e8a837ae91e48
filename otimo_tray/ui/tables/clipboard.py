"""Blocks of cells as Excel puts them on the clipboard: tabs between, quotes where a cell holds tab, quote or line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def to_block(rows: Iterable[Sequence[str]]) -> str:
    """Return the text that Excel pastes as these rows."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def from_block(text: str) -> list[list[str]]:
    """Return the rows of a text copied from Excel. A quote inside a bare cell is itself; a last line end is none."""
    rows: list[list[str]] = [[]]
    place, length = 0, len(text)
    while place < length:
        cell, place = _cell(text, place)
        rows[-1].append(cell)
        if place >= length:
            break
        mark = text[place]
        if mark == "\t":
            place += 1
            if place >= length:
                rows[-1].append("")
        else:
            place += 2 if text.startswith("\r\n", place) else 1
            rows.append([])
    if not rows[-1]:
        rows.pop()
    return rows


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cell(text: str, place: int) -> tuple[str, int]:
    if text.startswith('"', place):
        end = place + 1
        parts: list[str] = []
        while True:
            quote = text.find('"', end)
            if quote < 0:
                break  # no closing quote: Excel took it for a plain cell
            parts.append(text[end:quote])
            if text.startswith('"', quote + 1):
                parts.append('"')
                end = quote + 2
                continue
            after = quote + 1
            if after >= len(text) or text[after] in "\t\r\n":
                return "".join(parts), after
            break
    ends = [where for where in (text.find(mark, place) for mark in "\t\r\n") if where >= 0]
    end = min(ends, default=len(text))
    return text[place:end], end
