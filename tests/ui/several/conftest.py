"""Two desks at one state: this one's windows, and Ana's."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from otimo_tray.domain.desks import Author
from otimo_tray.store import StateStore, open_store
from otimo_tray.ui.mapping.page import MappingPage
from tests.ui.conftest import Stage


@pytest.fixture
def ana(stage: Stage) -> Generator[StateStore]:
    """The same state, as Ana's desk has it open."""
    opened = open_store(stage.shop.store.path, stage.shop.clock)
    opened.acts.author = Author("Ana", "Balcão 1")
    yield opened
    opened.close()


@pytest.fixture
def page(stage: Stage) -> MappingPage:
    made = stage.page("mapping")
    assert isinstance(made, MappingPage)
    return made
