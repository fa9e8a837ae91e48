"""The quick parts of what `dev.py faults` runs at length, and its table."""

from __future__ import annotations

import json

import pytest

import tests.faults.__main__ as command
from tests.faults import damage, load, network, soak
from tests.faults.rows import Row

QUICK_TROUBLES = ("captive portal (HTML with 200)", "DNS gone", "clock set back by a day")


@pytest.mark.parametrize("name", [*damage.DAMAGES])
def test_a_damaged_state_is_brought_back_and_both_sides_agree(name: str) -> None:
    row = damage.run_damage(name, 1, seed=5)
    assert row.told == []
    assert row.tried == 1


def test_a_full_disk_loses_nothing() -> None:
    assert damage.run_full_disk(5, 3).told == []


@pytest.mark.parametrize("trouble", [t for t in network.TROUBLES if t.name in QUICK_TROUBLES], ids=lambda t: t.name)
def test_the_shop_goes_on_after_a_trouble(trouble: network.Trouble) -> None:
    assert network.run_trouble(trouble, 5).told == []


def test_a_night_asleep_costs_one_run() -> None:
    assert network.catch_up().told == []


def test_hours_of_random_faults() -> None:
    row = soak.run(0.5, seed=4)
    assert row.told == []
    assert row.tried == 12


def test_commands_and_retention_on_a_small_shop(private_keyring: object) -> None:
    del private_keyring
    quick = [entry for entry in load.COMMANDS if entry[0][0] in ("status", "explain")]
    assert [row.told for row in load.run(scale=200, commands=quick)] == [[], []]


@pytest.mark.parametrize(("lost", "twice", "code"), [(0, 0, 0), (1, 0, 1), (0, 1, 1)])
def test_the_table_is_json_and_the_exit_code_tells(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lost: int, twice: int, code: int
) -> None:
    row = Row("something", 7, lost, twice, seed=3)

    def found_one(_seed: int, _until: float, _minutes: float) -> list[Row]:
        return [row]

    monkeypatch.setattr(command, "PARTS", (("starts", 1.0, found_one),))
    assert command.main(["--seed", "3", "--minutes", "0.1", "--json"]) == code
    (found,) = json.loads(capsys.readouterr().out)
    assert {name: found[name] for name in ("what", "tried", "lost", "twice", "seed")} == {
        "what": "something", "tried": 7, "lost": lost, "twice": twice, "seed": 3,
    }  # fmt: skip
    assert command.main(["--seed", "3"]) == code
    assert "something" in capsys.readouterr().out
