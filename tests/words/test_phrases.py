"""Phrases for every state, stage and flow the program has."""

from __future__ import annotations

import ast
from enum import StrEnum

import pytest

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import CANCELLED_HUB_STATUSES, COMMITTING_HUB_STATUSES, OrderStage
from otimo_tray.domain.status import Flow, State
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.words import LANGUAGES, phrase
from tests.words.codes import SOURCE

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


def test_a_text_in_second_place_is_the_language() -> None:
    assert phrase("flow.stock", "en") == phrase("flow.stock", None, "en") == "Stock"


def _checks() -> set[str]:
    """Names of checks in the source: first argument of what makes a `CheckResult`."""
    makers = {"CheckResult", "_check", "_result"}
    return {
        node.args[0].value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in makers
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_check_has_a_name() -> None:
    names = _checks()
    assert {"hub_login", "erp_folder"} <= names
    assert not [name for name in sorted(names) if phrase(f"check.{name}") == f"check.{name}"]
