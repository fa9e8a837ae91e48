"""Text that Excel would take for a formula, written into a CSV file so that it is none, and read back equal."""

from __future__ import annotations

import re
from typing import Final

_STARTS: Final = "=+\\-@\t\r\n＝＋－＠"
"""What a cell of a CSV file may begin with to be run by a spreadsheet (the last four in East Asian editions)."""
_TO_GUARD: Final = re.compile(f"'*[{_STARTS}]")
_GUARDED: Final = re.compile(f"'+[{_STARTS}]")
_NOWHERE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOST: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")


def storable(text: str) -> str:
    r"""The text as any sheet can hold it: line ends as `\n`, control characters as U+FFFD (so that a code with one is
    never taken for another code).
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOWHERE.sub("\ufffd", text)


def guarded(text: str) -> str:
    """A CSV cell that no spreadsheet runs: an apostrophe goes before what would be a formula."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def lost_digits(text: str) -> bool:
    """Whether Excel has made a number of a long code (`1,23457E+14`): its digits are gone, nobody can tell them."""
    return _LOST.fullmatch(text) is not None
