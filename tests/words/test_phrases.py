"""Phrases for every state, stage and flow the program has."""

from __future__ import annotations

from enum import StrEnum

import pytest

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import CANCELLED_HUB_STATUSES, COMMITTING_HUB_STATUSES, OrderStage
from otimo_tray.domain.status import Flow, State
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.words import LANGUAGES, phrase

GROUPS: dict[str, type[StrEnum]] = {
    "flow": Flow,
    "state": State,
    "stage": OrderStage,
    "invoice": InvoiceState,
    "tracking": TrackingState,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", GROUPS)
def test_every_member_has_a_phrase_of_its_own(group: str, language: str) -> None:
    shown = [phrase(f"{group}.{member}", language=language) for member in GROUPS[group]]
    assert not [text for text in shown if text.startswith(f"{group}.")]
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("status", [*CANCELLED_HUB_STATUSES, *COMMITTING_HUB_STATUSES, "approved"])
def test_hub_statuses_are_said_in_words(status: str) -> None:
    assert phrase(f"status.{status}") != f"status.{status}"


def test_an_unknown_phrase_is_its_own() -> None:
    assert phrase("status.some_new_one") == "status.some_new_one"
    assert phrase("flow.stock", language="xx") == "Estoque"
