"""The one catalogue of words: codes and parameters become sentences for window, command line and log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.words import en, pt_br
from otimo_tray.words.catalogue import Entry, Filler

LANGUAGES: Final = ("pt_BR", "en")
_SENTENCES: Final[Mapping[str, Mapping[str, Entry]]] = {"pt_BR": pt_br.SENTENCES, "en": en.SENTENCES}
_PHRASES: Final[Mapping[str, Mapping[str, str]]] = {"pt_BR": pt_br.PHRASES, "en": en.PHRASES}
_UNKNOWN: Final = "X-000"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person is told: plain text, each part on one line. `hint` says what to do and may be empty."""

    code: str
    title: str
    text: str
    hint: str

    @property
    def line(self) -> str:
        """All of it, the code for the phone at the end: "O Plugg.to não aceitou … Confira … (P-101)"."""
        return " ".join(part for part in (self.text, self.hint, f"({self.code})") if part)

    def __str__(self) -> str:
        return self.line


@cache
def _default_zone() -> tzinfo:
    return ZoneInfo("America/Sao_Paulo")


def _filler(language: str, zone: tzinfo | None) -> Filler:
    return Filler(
        _PHRASES[language],
        _default_zone() if zone is None else zone,
        decimal_comma=language == "pt_BR",
    )


def _known(language: str) -> str:
    """Any language we don't have is Portuguese: the shop's."""
    return language if language in _SENTENCES else "pt_BR"


def codes() -> list[str]:
    """Every code there is, in order."""
    return sorted(pt_br.SENTENCES)


def is_known(code: str) -> bool:
    """Whether the catalogue has a sentence of its own for a code."""
    return code in pt_br.SENTENCES


def sentence(
    code: str, params: Mapping[str, object], language: str = "pt_BR", *, zone: tzinfo | None = None
) -> Sentence:
    """The sentence of a code such as ``P-101``.

    Never raises: a code without a sentence gets the general one, a parameter that is missing shows as "?".

    Args:
        params: values for the sentence, as raised or as read back from the state database (texts).
        zone: the shop's time zone for moments; None = America/Sao_Paulo.
    """
    language = _known(language)
    sentences, filler = _SENTENCES[language], _filler(language, zone)
    entry = sentences.get(code) or sentences[_UNKNOWN]
    return Sentence(
        code, filler.fill(entry.title, params), filler.fill(entry.text, params), filler.fill(entry.hint, params)
    )


def line(code: str, params: Mapping[str, object], language: str = "pt_BR", *, zone: tzinfo | None = None) -> str:
    """The whole sentence as one line, ending with the code."""
    return sentence(code, params, language, zone=zone).line


def phrase(
    code: str,
    params: Mapping[str, object] | str | None = None,
    language: str = "pt_BR",
    *,
    zone: tzinfo | None = None,
) -> str:
    """The phrase of a code such as ``flow.stock`` or ``check.hub_login``; an unknown one is its own phrase.

    Args:
        params: values for the phrase. Few phrases have any, so a text here is taken as the language.
    """
    if isinstance(params, str):
        params, language = None, params
    language = _known(language)
    return _filler(language, zone).fill(_PHRASES[language].get(code, code), params or {})
