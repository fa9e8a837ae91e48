"""A command or a click that talks to hub and ERP by itself: only as the desk that leads."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.app import working
from otimo_tray.cli import exits
from otimo_tray.cli.commands import sync
from otimo_tray.cli.output import Output
from otimo_tray.desktop import who
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.plan import DuePush
from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.errors import AlreadyRunning, OtimoError, StoreAway
from otimo_tray.profile import SECRET_NAMES, Profile
from otimo_tray.sharing import make_shared_engine
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.sync.asking import Ask, take_asks
from otimo_tray.sync.fence import FencedHub, Holder
from tests.servers.server import PASSWORD
from tests.store.build import NOW
from tests.store.shared import Schemas
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets


@pytest.fixture
def profile(schemas: Schemas, shared_store: StateStore, profile_dir: Path, clock: FakeClock) -> Generator[Profile]:
    assert isinstance(shared_store.database, SharedDatabase)
    paths = ProfilePaths(profile_dir)
    paths.create()
    state = StateSettings("postgresql", schemas.address, shared_store.database.schema, "Balcão 1")
    secrets = {"state.password": PASSWORD, **{f"hub.{name}": "x" for name in SECRET_NAMES}}
    made = Profile(paths, Settings(state=state), MemorySecrets(secrets), clock)
    yield made
    made.close()


def led_by(profile: Profile) -> tuple[int, str, int]:
    with profile.store().database.read() as connection:
        row: Any = connection.exec_driver_sql("SELECT number, desk, backend FROM lease").one()
    return row[0], row[1], row[2]


def test_a_command_leads_while_it_works_and_no_longer(profile: Profile) -> None:
    with working(profile) as work:
        number, desk, backend = led_by(profile)
        assert (number, desk) == (1, "Balcão 1")
        assert backend > 0
        work.store.values.mark_doubt([DuePush("A", "stock", "5", None, "changed", {}, 0, "")], NOW)
        hub = work.hub(profile.settings)
        assert isinstance(hub, FencedHub)
        hub.close()
    assert led_by(profile)[2] == 0  # free at once
    with profile.store().database.read() as connection:
        assert connection.exec_driver_sql("SELECT lease FROM sku_value").scalar_one() == 1
    with pytest.raises(StoreAway):  # nothing of it can be used afterwards
        work.store.facts.set("late", "1")


def test_a_command_beside_a_leader_is_told_who_leads_and_does_nothing(profile: Profile, clock: FakeClock) -> None:
    other = Profile(profile.paths, profile.settings, profile.secrets, clock)
    try:
        with working(profile), pytest.raises(AlreadyRunning) as refused, working(other):
            pytest.fail("two lead")
        assert (refused.value.code, refused.value.params["desk"]) == ("L-352", "Balcão 1")
        with working(other):
            assert led_by(other)[0] == 2
    finally:
        other.close()


class Led:
    """A lease that another desk holds, or nobody."""

    term = trouble = None

    def __init__(self, holder: Holder | None) -> None:
        self.holder = holder

    def forget(self) -> None:
        pass


@pytest.mark.parametrize(
    ("holder", "code"), [(Holder(3, "Balcão 2", "Bia"), "L-352"), (None, "L-351")], ids=["led", "not-led"]
)
def test_a_click_at_a_desk_that_doesnt_lead_is_told_who_does(
    profile: Profile, holder: Holder | None, code: str
) -> None:
    engine = make_shared_engine(profile)
    mine, engine._lease = engine._lease, Led(holder)  # type: ignore[assignment]
    try:
        with pytest.raises(OtimoError) as refused, working(profile, engine):
            pytest.fail("it doesn't lead")
        assert refused.value.code == code
        assert refused.value.params.get("desk") == (holder.desk if holder else None)
    finally:
        engine._lease = mine
        engine.stop()


def test_deeds_at_a_shared_state_have_their_author(profile: Profile) -> None:
    store = profile.store()
    store.acts.note("act.settings", "", {"setting": "x"}, NOW)
    author = store.acts.recent(10)[0].author
    assert (author.person, author.desk) == (who.person(), "Balcão 1")


def test_one_sync_beside_a_leader_asks_it(profile: Profile, clock: FakeClock) -> None:
    other = Profile(profile.paths, profile.settings, profile.secrets, clock)
    told = io.StringIO()
    try:
        with working(profile):
            args = argparse.Namespace(only=["stock"], dry_run=False)
            assert sync.run(args, other, Output(as_json=True, language="pt_BR", stream=told)) == exits.OK
        assert json.loads(told.getvalue())["leader"]["desk"] == "Balcão 1"
        assert take_asks(profile.store()) == [Ask("sync", ("stock",))]
    finally:
        other.close()
