"""A code of another packer isn't typed over without a question."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from otimo_tray.domain.desks import Author
from otimo_tray.store import StateStore
from otimo_tray.ui.tracking.session import Outcome
from tests.ui.conftest import Stage
from tests.ui.shop import NOW


def test_typing_over_a_code_of_a_moment_ago_asks_first(stage: Stage, ana: StateStore) -> None:
    made: Any = stage.page("tracking")
    parcel = next(row for row in made.model.rows if row.is_waiting and not row.cancelled)
    ana.trackings.add(parcel.hub_id, "AA123456785BR", "Correios", "PAC", "", NOW - timedelta(minutes=2))
    made.pane.choose(parcel)
    answers: list[Any] = []
    made.pane.answered.connect(answers.append)
    made.pane.scan("AA473124829BR")
    stage.rest()
    assert answers[-1].outcome is Outcome.WARNED
    assert "Ana digitou AA123456785BR às 14:03" in made.pane.said.text()
    made.pane.accept.click()
    stage.rest()
    rows = stage.shop.store.trackings.of_order(parcel.hub_id)
    assert [row.code for row in rows if row.state != "replaced"] == ["AA473124829BR"]
    deeds = stage.shop.store.acts.of_item(parcel.hub_id)
    assert [(deed.author.name, deed.params["before"]) for deed in deeds] == [("Maria", "AA123456785BR"), ("Ana", "")]


@pytest.mark.parametrize(("who", "minutes"), [("Ana", 11), ("Maria", 1)])
def test_ones_own_code_or_an_old_one_is_corrected_without_a_question(
    stage: Stage, ana: StateStore, who: str, minutes: int
) -> None:
    made: Any = stage.page("tracking")
    parcel = next(row for row in made.model.rows if row.is_waiting and not row.cancelled)
    ana.acts.author = Author(who, "Escritório" if who == "Maria" else "Balcão 1")
    ana.trackings.add(parcel.hub_id, "AA123456785BR", "Correios", "PAC", "", NOW - timedelta(minutes=minutes))
    made.pane.choose(parcel)
    made.pane.scan("AA473124829BR")
    stage.rest()
    codes = [row.code for row in stage.shop.store.trackings.of_order(parcel.hub_id) if row.state != "replaced"]
    assert codes == ["AA473124829BR"]
