"""Switches as values: what they take, and that each says its standing."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from otimo_tray.demo.simulator.switches import SwitchError, Switches


def test_each_has_a_meaning_with_its_standing_and_a_default_among_its_choices() -> None:
    for one in Switches().describe():
        assert re.match(r"(doc|official|seen|guess|unknown)\b", one["meaning"]), one["name"]
        assert not one["choices"] or one["default"] in one["choices"]


@pytest.mark.parametrize("text", ["true", "True", "yes", "on", "1", True, 1])
def test_texts_and_values_for_yes(text: object) -> None:
    switches = Switches()
    switches.set("newest_first", text)
    assert switches.newest_first is True


@pytest.mark.parametrize("field", fields(Switches), ids=lambda field: field.name)
def test_every_choice_can_be_set_as_text(field: object) -> None:
    switches = Switches()
    name = getattr(field, "name")  # noqa: B009 -- fields() is typed with the class's own parameters
    described = next(one for one in switches.describe() if one["name"] == name)
    for choice in described["choices"] or [described["default"]]:
        switches.set(name, str(choice))
        assert getattr(switches, name) == choice


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nonsense", 1), ("newest_first", "perhaps"), ("max_limit", "x"), ("max_limit", 0), ("max_limit", None),
        ("token_lifetime", -1), ("tabledata_delay", "nan"), ("bad_login_status", 418), ("status_rules", "ANY"),
    ],
)  # fmt: skip
def test_what_it_doesnt_take_is_refused(name: str, value: object) -> None:
    switches = Switches()
    with pytest.raises(SwitchError):
        switches.set(name, value)
    assert switches == Switches()


def test_an_update_is_all_or_none() -> None:
    switches = Switches()
    with pytest.raises(SwitchError):
        switches.update({"max_limit": 5, "status_rules": "x"})
    assert switches == Switches()
