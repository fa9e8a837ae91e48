"""Every code in the program has its sentence in both languages, with no parameter that it isn't raised with."""

from __future__ import annotations

import pytest

from otimo_tray.words import en, pt_br
from otimo_tray.words.catalogue import Entry, all_places, places
from tests.words.codes import CODE, Use, uses

USES = sorted(uses(), key=lambda use: (use.code, use.place))
LANGUAGES = {"pt_BR": pt_br.SENTENCES, "en": en.SENTENCES}


def _whole(entry: Entry) -> str:
    return " ".join(entry)


def test_the_reader_of_the_source_sees_the_program() -> None:
    """Against a reader that finds nothing: codes known to be there, one of them by an exception's default."""
    found = {use.code for use in USES}
    assert {"S-301", "G-211", "I-702", "P-101"} <= found
    assert any(use.params == {"sku", "erp_code"} for use in USES if use.code == "S-301")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    missing = [f"{use.code} at {use.place}" for use in USES if use.code not in LANGUAGES[language]]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_needs_what_it_is_not_raised_with(language: str) -> None:
    wrong: list[str] = []
    for use in USES:
        entry = LANGUAGES[language].get(use.code)
        if entry is not None and use.params is not None:
            lacking = places(_whole(entry)) - use.params
            wrong += [f"{use.code} at {use.place} lacks {sorted(lacking)}"] if lacking else []
    assert not wrong, "\n".join(wrong)


def _known_params(code: str) -> set[str] | None:
    """All parameters a code is raised with anywhere, None when some place doesn't tell."""
    told: list[Use] = [use for use in USES if use.code == code]
    if not told or any(use.params is None for use in told):
        return None
    return {name for use in told for name in use.params or ()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_optional_part_waits_for_a_parameter_that_never_comes(language: str) -> None:
    wrong: list[str] = []
    for code, entry in LANGUAGES[language].items():
        known = _known_params(code)
        if known is not None and all_places(_whole(entry)) - known:
            wrong.append(f"{code}: {sorted(all_places(_whole(entry)) - known)}")
    assert not wrong, "\n".join(wrong)


def test_both_languages_say_the_same_things() -> None:
    assert pt_br.SENTENCES.keys() == en.SENTENCES.keys()
    assert pt_br.PHRASES.keys() == en.PHRASES.keys()
    for code, entry in pt_br.SENTENCES.items():
        other = en.SENTENCES[code]
        assert places(_whole(entry)) == places(_whole(other)), code
        assert all_places(_whole(entry)) == all_places(_whole(other)), code
        assert bool(entry.hint) == bool(other.hint), code


def test_no_sentence_is_left_over() -> None:
    """A code that nobody raises any more would mislead who looks it up."""
    used = {use.code for use in USES}
    assert not sorted(pt_br.SENTENCES.keys() - used)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_whole_and_free_of_codes(language: str) -> None:
    for code, entry in LANGUAGES[language].items():
        assert CODE.fullmatch(code), code
        assert 0 < len(entry.title) <= 40, code
        assert not entry.title.endswith("."), code
        assert entry.text.endswith("."), code
        assert not entry.hint or entry.hint.endswith("."), code
        assert len(entry.text) + len(entry.hint) <= 300, code
        assert not CODE.search(_whole(entry)), code
        assert "  " not in _whole(entry), code
        assert "erro " not in _whole(entry).casefold() or code == "X-001", code
