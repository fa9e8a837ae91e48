"""One entry of the catalogue of words, and how parameters get into it safely.

A text may hold `{name}` for a parameter and `[[…]]` for a part that is left out unless all its parameters are there.
Parameters are somebody else's text: they end up as plain text on one line, without control characters, and short.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final, NamedTuple, cast

from otimo_tray.domain import text as formats

MISSING: Final = "?"
LONGEST: Final = 160
"""Characters of one parameter; the details view has the rest."""
_PLACE = re.compile(r"\{([a-z_]+)\}")
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)")
_PRICE_VALUE = re.compile(r"(\d+\.\d{2})/(\d+\.\d{2})")
_VALUE_NAMES = frozenset({"value", "wanted", "previous"})


class Entry(NamedTuple):
    """A sentence: `title` of a few words, `text` what happened and to what, `hint` what to do (may be empty)."""

    title: str
    text: str
    hint: str = ""


def places(template: str) -> frozenset[str]:
    """Names of the parameters a text can't do without."""
    return frozenset(_PLACE.findall(_OPTIONAL.sub("", template)))


def all_places(template: str) -> frozenset[str]:
    """Names of all parameters a text may show."""
    return frozenset(_PLACE.findall(template))


def clean(text: str) -> str:
    """Somebody else's text on one line: no control, direction or invisible characters, cut at `LONGEST`."""
    spaced = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    visible = "".join(char for char in spaced if unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"})
    line = " ".join(visible.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


class Filler:
    """Puts parameters into texts of one language.

    Args:
        phrases: the language's phrases; a text parameter `status` of value `canceled` is shown as the phrase
            `status.canceled` where there is one.
        zone: where moments are shown.
        decimal_comma: Brazilian numbers.
    """

    def __init__(self, phrases: Mapping[str, str], zone: tzinfo, *, decimal_comma: bool) -> None:
        self._phrases = phrases
        self._zone = zone
        self._decimal_comma = decimal_comma

    def fill(self, template: str, params: Mapping[str, object]) -> str:
        """The text with its parameters; one that is missing shows as "?". Never raises."""

        def optional(part: re.Match[str]) -> str:
            inner = part[1]
            return inner if all(self._is_there(params.get(name)) for name in _PLACE.findall(inner)) else ""

        chosen = _OPTIONAL.sub(optional, template)
        return _PLACE.sub(lambda place: self._shown(place[1], params.get(place[1])), chosen)

    @staticmethod
    def _is_there(value: object) -> bool:
        return value is not None and value not in ("", (), [])

    def _shown(self, name: str, value: object) -> str:
        if not self._is_there(value):
            return MISSING
        if isinstance(value, bool):
            return self._phrases.get("yes" if value else "no", str(value))
        if isinstance(value, int | float | Decimal):
            return self._number(value)
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, list | tuple | set | frozenset):
            entries = cast("Iterable[object]", value)
            return clean(", ".join(self._shown(name, entry) for entry in entries)) or MISSING
        return self._text(name, str(value))

    def _text(self, name: str, value: str) -> str:
        phrase = self._phrases.get(f"{name}.{value}")
        if phrase is not None:
            return phrase
        if _INSTANT.fullmatch(value):
            return self._moment(datetime.fromisoformat(value))
        price = _PRICE_VALUE.fullmatch(value) if name in _VALUE_NAMES else None
        if price is not None:
            listed, special = formats.money(Decimal(price[1])), formats.money(Decimal(price[2]))
            return listed if listed == special else f"{special} ({listed})"
        return clean(value) or MISSING

    def _number(self, value: float | Decimal) -> str:
        exact = Decimal(str(value))
        if not exact.is_finite():
            return MISSING
        shown = formats.number(exact)
        return shown if self._decimal_comma else shown.translate({ord("."): ",", ord(","): "."})

    def _moment(self, value: datetime) -> str:
        if value.tzinfo is None:
            return f"{value:%d/%m/%Y %H:%M}"
        return formats.moment(value, self._zone)
