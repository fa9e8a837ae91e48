"""What a person said once: who informs the code of a channel's way of sending, they or the channel itself."""

from __future__ import annotations

import json
from typing import Any, Final, cast

from otimo_tray.domain.code_source import CodeSource
from otimo_tray.sync.storage import Facts

FACT_CODE_SOURCES: Final = "code_sources"
"""JSON, `domain.code_source.question` → "person" or "channel"."""
_ANSWERS: Final = ("person", "channel")


def read_answers(text: str | None) -> dict[str, CodeSource]:
    """The answers of a fact's text; what isn't one is left out."""
    try:
        found: Any = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    said = cast("dict[str, Any]", found)
    return {question: cast("CodeSource", answer) for question, answer in said.items() if answer in _ANSWERS}


def answers(facts: Facts) -> dict[str, CodeSource]:
    """Everything a person has said."""
    return read_answers(facts.get(FACT_CODE_SOURCES))


def answer(facts: Facts, question: str, source: CodeSource) -> None:
    """Remembers an answer; "unknown" forgets it, and it will be asked again."""
    known = answers(facts)
    if source == "unknown":
        known.pop(question, None)
    else:
        known[question] = source
    facts.set(FACT_CODE_SOURCES, json.dumps(known, ensure_ascii=False, sort_keys=True))
