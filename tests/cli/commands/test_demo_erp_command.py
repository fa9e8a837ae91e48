"""The demo ERP as another program starts it: one line, then served until stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo

import pytest

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.http import open_http_erp
from tests.support.clock import FakeClock

Auth = Literal["token", "basic"]
COMMAND = [sys.executable, "-m", "otimo_tray"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_it_prints_one_line_serves_a_connector_and_ends_cleanly(tmp_path: Path) -> None:
    words = ["--profile-dir", str(tmp_path / "perfil"), "demo-erp", "--products", "7", "--data", str(tmp_path / "e.db")]
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = json.loads(process.stdout.readline())
            assert set(line) == {"version", "address", "token", "erp_http", "user", "products"}
            assert line["address"].startswith("http://127.0.0.1:")
            for auth, secret in (("token", line["erp_http"]), ("basic", f"{line['user']}:{line['token']}")):
                settings = ErpSettings(kind="http", address=line["address"], auth=cast("Auth", auth))
                erp = open_http_erp(settings, secret, ZoneInfo("America/Sao_Paulo"), FakeClock())
                assert [result.error for result in erp.check()] == [None] * 4
                assert sum(len(chunk) for chunk in erp.read_items().chunks()) == line["products"] > 0
                erp.close()
        finally:
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")
