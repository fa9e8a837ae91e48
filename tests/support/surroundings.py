"""Where the tests run: on dev.py's private desktop, in plain pytest, on Windows; and what that place has.

`python3 installer/dev.py test` gives the tests a screen, a tray host and a Secret Service of their own, and
sets `OTIMO_STRICT`: a test that lacks its surroundings fails then. Plain `pytest` is offscreen and skips it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import time
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

#: Nobody's time zone on purpose: code that takes the machine's for the shop's or for UTC gets it wrong.
ODD_ZONE = "ODD-12:45"


def settle() -> None:
    """Set the process's environment, before anything loads Qt, keyring or platformdirs."""
    if sys.platform.startswith("linux") and not has("display"):
        # Also with a screen of one's own: windows that come and go would be in the way of the person.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform.startswith("linux") and not os.environ.get("OTIMO_SESSION"):
        folder = tempfile.mkdtemp(prefix="otimo-tests-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        for name in (
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_RUNTIME_DIR",
        ):
            os.environ[name] = folder
        # The person's own keyring is no place for tests.
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    os.environ["PYTHONUTF8"] = "1"
    if hasattr(time, "tzset"):
        os.environ["TZ"] = ODD_ZONE
        time.tzset()
    # The same examples every time; `HYPOTHESIS_PROFILE=explore` looks for new ones.
    calm = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("steady", derandomize=True, deadline=None, database=None, suppress_health_check=calm)
    settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=calm)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def has(part: str) -> bool:
    """Tell whether the surroundings have `display`, `tray` or `keyring`."""
    if sys.platform == "win32":
        return True
    return part in os.environ.get("OTIMO_SESSION", "").split(",")


def strict() -> bool:
    """Tell whether a test that lacks its surroundings fails instead of being skipped."""
    return bool(os.environ.get("OTIMO_STRICT") or os.environ.get("CI"))


def turn_away(why: str) -> NoReturn:
    """Skip the running test, or fail it where its surroundings should have been there."""
    if strict():
        pytest.fail(f"The surroundings are missing: {why}", pytrace=False)
    pytest.skip(why)
