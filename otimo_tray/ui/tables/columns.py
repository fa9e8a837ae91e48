"""A table's columns, declared: what each shows, sorts by, copies and means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from otimo_tray.ui.look import Tone

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        key: its name in the remembered layout.
        title: its heading, translated.
        show: the text of a row's cell.
        width: in average characters; 0 takes what is left.
        right: numbers stand at the right.
        code: shown in the font of codes.
        sort: what it sorts by; None sorts by the text.
        copy: what goes to the clipboard; None copies the text.
        tone: what a cell's colour means; None for the usual.
        tip: a cell's tool tip, plain text.
        editable: whether a row's cell can be edited.
        hidden: not shown until a person chooses it.
    """

    key: str
    title: str
    show: Callable[[R], str]
    width: int = 12
    right: bool = False
    code: bool = False
    sort: Callable[[R], Any] | None = None
    copy: Callable[[R], str] | None = None
    tone: Callable[[R], Tone | None] | None = None
    tip: Callable[[R], str] | None = None
    editable: bool = False
    hidden: bool = False
