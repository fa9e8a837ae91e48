"""Ours is at the bound in both figures, on any seed and with either kind of hub; and the bound is worth its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.oversell.__main__ import main
from tests.oversell.log import DAY, POLL_EVERY, SECOND, EventLog, Kind, make_log
from tests.oversell.runs import HUBS, one
from tests.oversell.strategies import Bound, Ours, Usual
from tests.oversell.world import Figures, Strategy, World

SEEDS = (1, 2, 3, 2026, 77_003)
HUB = pytest.mark.parametrize("hub_lowers", HUBS.values(), ids=HUBS)


@cache
def _log(seed: int) -> EventLog:
    """A small shop in a hurry with half-empty shelves, so that every kind of race happens within weeks."""
    return make_log(seed, skus=60, days=20, bustle=60.0, shelf=0.4)


def _sold_and_lost(figures: Figures) -> tuple[int, int, int]:
    return figures.oversold, figures.lost, figures.orders


class Recorder:
    """A strategy whose numbers at the hub are noted after every poll."""

    def __init__(self, inner: Strategy) -> None:
        self._inner = inner
        self.shown: list[tuple[int, tuple[int, ...]]] = []

    def open(self, world: World) -> None:
        self._inner.open(world)
        self.shown.append((0, tuple(world.hub)))

    def poll(self, world: World, now: int) -> None:
        self._inner.poll(world, now)
        self.shown.append((now, tuple(world.hub)))


@HUB
@pytest.mark.parametrize("reading_age", [0, 200 * SECOND], ids=["fresh", "file"])
@pytest.mark.parametrize("seed", SEEDS)
def test_ours_is_at_the_bound_in_both_figures(seed: int, reading_age: int, hub_lowers: bool) -> None:
    """And not by the sum alone: the hub shows the same numbers after every single poll."""
    ours, bound = Recorder(Ours()), Recorder(Bound())
    figures = one(_log(seed), ours, hub_lowers=hub_lowers, reading_age=reading_age)
    best = one(_log(seed), bound, hub_lowers=hub_lowers, reading_age=reading_age)
    assert _sold_and_lost(figures) == _sold_and_lost(best)
    assert ours.shown == bound.shown
    assert figures.astray == 0
    assert figures.oversold > 0
    assert figures.lost > 0


@HUB
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_computing_only_what_moved_announces_what_computing_everything_does(seed: int, hub_lowers: bool) -> None:
    log = make_log(seed, skus=20, days=12, bustle=20.0)
    few, everything = Recorder(Ours()), Recorder(Ours(everything=True))
    assert one(log, few, hub_lowers=hub_lowers) == one(log, everything, hub_lowers=hub_lowers)
    assert few.shown == everything.shown


@HUB
@pytest.mark.parametrize("seed", SEEDS[:3])
def test_the_usual_way_oversells_many_times_more(seed: int, hub_lowers: bool) -> None:
    usual = one(_log(seed), Usual(), hub_lowers=hub_lowers)
    bound = one(_log(seed), Bound(), hub_lowers=hub_lowers)
    assert usual.oversold > 3 * bound.oversold
    assert usual.astray > 0


@HUB
@pytest.mark.parametrize("seed", SEEDS[:3])
def test_any_other_number_than_the_bounds_is_worse_in_one_figure(seed: int, hub_lowers: bool) -> None:
    bound, more, less = (one(_log(seed), Bound(offset), hub_lowers=hub_lowers) for offset in (0, 1, -1))
    assert more.oversold > bound.oversold
    assert less.lost > bound.lost


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_without_sending_again_a_hub_that_lowers_its_own_stock_loses_sales(seed: int) -> None:
    """An order that was pending at the last PUT is subtracted in it; its approval makes the hub subtract it again."""
    assert one(_log(seed), Ours(resend=False), hub_lowers=True).lost > one(_log(seed), Ours(), hub_lowers=True).lost
    quiet, again = (one(_log(seed), Ours(resend=resend), hub_lowers=False) for resend in (False, True))
    assert _sold_and_lost(quiet) == _sold_and_lost(again)


@HUB
@pytest.mark.parametrize("seed", SEEDS[:3])
def test_without_invoices_that_tell_a_cancellation_oversells_nothing_more_and_loses_little(
    seed: int, hub_lowers: bool
) -> None:
    makes: tuple[Callable[[], Strategy], ...] = (lambda: Ours(invoices_tell=False), Bound)
    careful, bound = (one(_log(seed), make(), hub_lowers=hub_lowers) for make in makes)
    assert careful.oversold <= bound.oversold
    assert careful.astray > 0
    assert bound.lost <= careful.lost < bound.lost + bound.orders // 100


@HUB
def test_safety_stock_buys_oversold_units_with_lost_sales(hub_lowers: bool) -> None:
    runs = [one(_log(1), Ours(units), hub_lowers=hub_lowers) for units in (0, 2, 5)]
    oversold, lost = [run.oversold for run in runs], [run.lost for run in runs]
    assert oversold[0] > oversold[1] >= oversold[2]
    assert lost[0] < lost[1] < lost[2]


class _Audited(Bound):
    """Checks the books at every poll against what they must add up to."""

    def poll(self, world: World, now: int) -> None:
        super().poll(world, now)
        assert min(world.balance) >= 0
        promised = [0] * len(world.balance)
        for sale in world.sales.values():
            for code, units in sale.need if sale.promised else ():
                promised[code] += units
        assert promised == world.promised
        assert all(world.knowable(sku) == world.truth(sku) for sku in range(len(world.hub))), "read in this instant"


@HUB
def test_the_books_balance(hub_lowers: bool) -> None:
    one(make_log(5, skus=20, days=15, bustle=20.0), _Audited(), hub_lowers=hub_lowers)


def test_a_log_has_everything_a_shop_meets_and_no_tie_with_a_poll() -> None:
    log = _log(1)
    assert {kind for _, _, kind, _ in log.events} == set(Kind)
    assert log.events == sorted(log.events)
    assert not {moment for moment, *_ in log.events} & set(log.polls)
    gaps = [after - before for before, after in zip(log.polls, log.polls[1:], strict=False)]
    assert min(gaps) == POLL_EVERY
    assert sum(gap > DAY // 4 for gap in gaps) == log.days - 1, "the PC sleeps at night"
    assert any(POLL_EVERY < gap < DAY // 4 for gap in gaps), "the network is cut now and then"
    assert any(len(parts) > 1 for parts in log.shop.parts)
    assert any(units > 1 for parts in log.shop.parts for _, units in parts)
    assert any(len(skus) > 1 for skus in log.shop.skus_of_code)


@pytest.mark.parametrize("make", [Usual, Ours, Bound])
def test_a_seed_gives_the_same_run_again(make: Callable[[], Strategy]) -> None:
    again = make_log(3, skus=60, days=20, bustle=60.0, shelf=0.4)
    assert again.events == _log(3).events
    assert again.events != _log(2).events
    assert one(again, make(), hub_lowers=True) == one(_log(3), make(), hub_lowers=True)


def test_the_command_prints_its_keys_and_writes_chart_and_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chart, table = tmp_path / "a.svg", tmp_path / "a.md"
    options = ["--seed", "4", "--skus", "150", "--days", "30", "--chart", str(chart), "--table", str(table)]
    assert main([*options, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    for keys in (document, *document["hubs"].values()):
        assert (keys["ours"], keys["ours_lost"]) == (keys["bound"], keys["bound_lost"])
        assert keys["usual"] > keys["bound"]
        assert keys["usual_lost"] >= 0
    assert document["orders"] > 0
    assert [row["units"] for row in document["safety"]] == [0, 1, 2, 3, 4, 5]
    assert document["safety"][0]["oversold"] == document["ours"]
    bars = [e for e in ET.fromstring(chart.read_text("utf-8")).iter() if e.find("{*}title") is not None][1:]
    assert len(bars) == 2 * 2 * 6
    assert "(a.svg)" in table.read_text("utf-8")
    assert main(["--seed", "4", "--skus", "150", "--days", "30"]) == 0
    assert "both together" in capsys.readouterr().out


def test_a_shop_too_small_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--skus", "3"])
    assert "at least 10 SKUs" in capsys.readouterr().err
