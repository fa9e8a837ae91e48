"""The tracking page, open."""

from __future__ import annotations

from typing import cast

import pytest

from otimo_tray.ui.tracking.page import TrackingPage
from tests.ui.conftest import Stage


@pytest.fixture
def page(stage: Stage) -> TrackingPage:
    return cast("TrackingPage", stage.page("tracking"))
