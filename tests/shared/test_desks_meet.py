"""Two trays at one real server: their edits meet, each sees what the other has open, and the book tells both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from otimo_tray.domain.catalogue import Component
from otimo_tray.domain.status import Flow
from otimo_tray.errors import ConfigurationError
from otimo_tray.sync.decisions import change_mappings, type_tracking
from tests.shared.test_shared_desk import MakeTray, Tray, make_tray
from tests.store.build import NOW

__all__ = ["make_tray"]
X, Y = (Component("X", 1),), (Component("Y", 2),)
CODE, OTHER = "AA123456785BR", "AA473124829BR"


def _two(make_tray: MakeTray) -> tuple[Tray, Tray]:
    ana, bia = make_tray("Balcão 1"), make_tray("Balcão 2")
    ana.start()
    bia.start()
    return ana, bia


def test_edits_of_two_desks_meet_and_none_is_lost(make_tray: MakeTray) -> None:
    ana, bia = _two(make_tray)
    assert change_mappings(ana.desk.storage, {"A": X}, {"A": {0}}, NOW).versions == {"A": 1}
    done = change_mappings(bia.desk.storage, {"A": Y, "B": Y}, {"A": {0}, "B": {0}}, NOW)
    assert done.versions == {"B": 1}
    assert (done.refused["A"].by.desk, done.refused["A"].value) == ("Balcão 1", X)
    assert bia.desk.storage.catalogue.mapping("A") == ana.desk.storage.catalogue.mapping("A")
    assert change_mappings(bia.desk.storage, {"A": Y}, {"A": {1}}, NOW).versions == {"A": 2}


def test_a_code_over_another_desks_asks_first(make_tray: MakeTray) -> None:
    ana, bia = _two(make_tray)
    carrier = ana.desk.storage.trackings.carriers()[0]
    type_tracking(ana.desk.storage, "1", CODE, carrier, NOW)
    assert type_tracking(bia.desk.storage, "1", OTHER, carrier, NOW)[1] == ["T-607"]
    assert ana.codes("1") == [CODE]
    row, _ = type_tracking(bia.desk.storage, "1", OTHER, carrier, NOW, accept_warnings=True)
    assert row is not None
    assert type_tracking(bia.desk.storage, "1", CODE, carrier, NOW)[1] == []  # one's own is corrected without a word
    told = [(deed.author.desk, deed.params["code"]) for deed in reversed(ana.desk.storage.acts.of_item("1"))]
    assert told == [("Balcão 1", CODE), ("Balcão 2", OTHER), ("Balcão 2", CODE)]


def test_a_desk_without_credentials_of_its_own_isnt_sent_to_the_wizard(make_tray: MakeTray) -> None:
    ana, _bia = _two(make_tray)
    assert ana.desk.secrets.get("hub.client_id") is None
    assert ana.desk.missing() is None


def test_each_sees_what_the_other_has_open(make_tray: MakeTray) -> None:
    ana, bia = _two(make_tray)
    assert ana.desk.presence is not None
    assert bia.desk.presence is not None
    parcel = ("tracking", "1")
    assert ana.desk.presence.refresh([parcel]) == {}
    assert bia.desk.presence.refresh([]) == {parcel: "Balcão 1"}  # the same user on both PCs
    ana.desk.presence.refresh([])
    assert bia.desk.presence.refresh([parcel]) == {}


def test_settings_of_the_shop_reach_the_other_desk_and_are_not_written_over(make_tray: MakeTray) -> None:
    ana, bia = _two(make_tray)
    stale = bia.desk.settings()
    ana.desk.save_settings(replace(ana.desk.settings(), retention_days=45))
    assert bia.wait(lambda: bia.desk.settings().retention_days == 45)
    assert bia.desk.settings().state.desk == "Balcão 2"
    mine = replace(bia.desk.settings(), retention_days=30)
    with pytest.raises(ConfigurationError, match="C-465"):
        bia.desk.save_settings(mine, stale)
    assert bia.desk.settings().retention_days == 45
    bia.desk.save_settings(mine, bia.desk.settings())
    assert ana.wait(lambda: ana.desk.settings().retention_days == 30)


def test_the_book_is_read_from_what_was_seen_last_while_the_server_is_away(make_tray: MakeTray) -> None:
    ana, bia = _two(make_tray)
    change_mappings(ana.desk.storage, {"A": X}, {}, NOW)
    assert bia.wait(lambda: bia.desk.reader.mapping.components("A") == [("X", 1)])
    bia.door.set("cut")
    bia.door.set("shut")
    assert bia.wait(lambda: bia.desk.link.away_since is not None)
    assert [deed.what for deed in bia.desk.storage.acts.of_item("A")] == ["act.mapping_new"]
    assert bia.desk.engine.status().flows[Flow.STOCK] is not None
