"""Word to others: when it goes, one letter an incident, and that nothing it meets reaches the flows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.domain.settings import CareSettings, Settings
from otimo_tray.domain.status import Flow, Trouble
from otimo_tray.errors import StoreAway
from otimo_tray.ports import Clock
from otimo_tray.service.care import FACT
from otimo_tray.service.incident import Incident
from otimo_tray.service.opened import Opened
from tests.service.care_shop import MAIL, Shop
from tests.service.world import World


def test_no_word_goes_anywhere_unless_it_was_asked_for() -> None:
    shop = Shop(CareSettings())
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(600)
    assert (shop.beats, shop.letters, shop.facts.values) == ([], [], {})


def test_a_heartbeat_every_interval_also_after_failures(caplog: pytest.LogCaptureFixture) -> None:
    shop = Shop(CareSettings(heartbeat_url="http://127.0.0.1:1/x", heartbeat_interval_s=600))
    shop.play(31)
    assert len(shop.beats) == 4
    shop.fails = True
    shop.play(30)
    assert len(shop.beats) == 4
    assert "heartbeat: OSError" in caplog.text
    shop.fails = False
    shop.play(10)
    assert len(shop.beats) == 5


def test_only_the_desk_that_leads_sends_word() -> None:
    shop = Shop(replace(MAIL, heartbeat_url="http://127.0.0.1:1/x"))
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.leads = False
    shop.play(120)
    assert (shop.beats, shop.letters) == ([], [])
    shop.leads = True
    shop.play(1)
    assert len(shop.beats) == 1


def test_one_letter_an_incident_and_one_when_it_is_over() -> None:
    shop = Shop(MAIL, support_contact="(11) 5555-0000")
    shop.play(10)
    shop.troubles = {Flow.STOCK: Trouble("P-101"), Flow.PRICE: Trouble("P-101")}
    shop.play(60)
    assert not shop.letters, "not before the hour is full"
    shop.play(1)
    assert len(shop.letters) == 1
    shop.troubles[Flow.ORDERS] = Trouble("P-101")
    shop.play(24 * 60)
    assert len(shop.letters) == 1
    shop.troubles = {}
    shop.play(1)
    assert len(shop.letters) == 2
    shop.play(60)
    assert len(shop.letters) == 2
    failed, over = shop.letters
    assert failed.subject == "Ótimo Tray: Loja Centro precisa de atenção (Estoque, Preço)"
    assert "P-101" in failed.text
    assert "O que fazer:" in failed.text
    assert "(11) 5555-0000" in failed.text
    assert "24/11/2026" in failed.text
    assert "em ordem de novo" in over.subject
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(62)
    assert len(shop.letters) == 3, "another incident is told again"


def test_a_flow_that_fails_now_and_then_is_no_incident() -> None:
    shop = Shop(MAIL)
    for _ in range(5):
        shop.troubles = {Flow.STOCK: Trouble("P-110")}
        shop.play(50)
        shop.troubles = {}
        shop.play(2)
    assert not shop.letters


def test_what_is_not_set_up_is_told_too_and_a_flow_that_is_switched_off_is_not() -> None:
    shop = Shop(MAIL)
    shop.troubles = {Flow.TRACKING: Trouble("P-110")}
    shop.play(90)
    assert not shop.letters
    shop.setup = Trouble("C-420", {"name": "hub.password"})
    shop.play(62)
    assert "Configuração" in shop.letters[0].subject
    assert "C-420" in shop.letters[0].text


def test_a_restart_neither_repeats_a_letter_nor_forgets_the_incident() -> None:
    shop = Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(40)
    shop.care = shop.fresh()
    shop.play(21)
    assert len(shop.letters) == 1, "the hour goes on over the restart"
    shop.care = shop.fresh()
    shop.play(120)
    assert len(shop.letters) == 1
    shop.troubles = {}
    shop.care = shop.fresh()
    shop.play(1)
    assert len(shop.letters) == 2


def test_a_letter_that_was_not_taken_is_tried_again() -> None:
    shop = Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.fails = True
    shop.play(90)
    assert not shop.letters
    shop.fails = False
    shop.play(6)
    assert len(shop.letters) == 1


def test_a_state_that_cannot_be_written_floods_nobody() -> None:
    shop = Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(30)

    def full(key: str, value: str) -> None:
        raise StoreAway("L-312", detail=key + value[:0])

    shop.facts.set = full
    shop.play(120)
    assert not shop.letters


def test_what_stays_as_it_is_is_written_once() -> None:
    shop = Shop(MAIL)
    written: list[str] = []
    keep = shop.facts.set

    def note(key: str, value: str) -> None:
        written.append(value)
        keep(key, value)

    shop.facts.set = note
    shop.play(60)
    assert not written, "a shop that is well writes nothing"
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(120)
    assert len(written) == 2, "that it began, and that the owner knows"


def test_letters_in_english() -> None:
    shop = Shop(MAIL, language="en")
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(61)
    assert shop.letters[0].subject == "Ótimo Tray: Loja Centro needs attention (Stock)"


def test_remembered_nonsense_is_no_incident() -> None:
    for text in ("", "x", "[]", '{"since": 3}', '{"since": {"stock": "yesterday"}}', "null"):
        assert Incident.loads(text) == Incident()


def test_the_service_looks_after_each_shop_by_its_own_settings(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.add("a")
    world.add("b")
    world.settings["a"] = replace(Settings(), care=CareSettings(heartbeat_url="http://127.0.0.1:1/x"))
    looked: list[str] = []

    class Looking:
        def __init__(self, name: str) -> None:
            self._name = name

        def look(self) -> None:
            looked.append(self._name)

    def care(opened: Opened, clock: Clock) -> Looking:
        del clock
        return Looking(opened.profile_id)

    supervisor = world.supervisor(care=care)
    world.play(supervisor, 100)
    assert looked.count("id of a") == looked.count("id of b") == 3
    world.remove("a")
    world.play(supervisor, 60)
    looked.clear()
    world.play(supervisor, 100)
    assert set(looked) == {"id of b"}


def test_the_fact_is_one_of_the_shop_s_state() -> None:
    shop = Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(1)
    assert set(shop.facts.values) == {FACT}
