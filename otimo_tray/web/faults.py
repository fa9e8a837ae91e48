"""What is common to telling faults: everything an exception wraps, and texts without people in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

RAW_CHARACTERS: Final = 4_000
"""Most of an answer that is kept for the details view."""
HIDDEN: Final = "•••"
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_CPF: Final = re.compile(r"(?<![\w.])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?![\w.])")


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it wraps, outermost first."""
    waiting: list[Any] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]


def without_people(text: str) -> str:
    """A text without e-mail addresses and CPFs, cut to a readable length."""
    return _CPF.sub(HIDDEN, _MAIL.sub(HIDDEN, text))[:RAW_CHARACTERS]
