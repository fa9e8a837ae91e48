"""The command as another program would run it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from otimo_tray.demo.simulator import main

from .conftest import TIMEOUT

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "otimo_tray.demo.simulator"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_line_serves_and_ends_cleanly(number: signal.Signals) -> None:
    options = ["--products", "4", "--orders", "9", "--latency", "0.01", "--seed", "5", "--switch", "max_limit=2"]
    with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        assert set(line) == {
            "version", "address", "client_id", "client_secret", "username", "password", "products", "orders",
        }  # fmt: skip
        assert (line["version"], line["products"], line["orders"]) == (1, 4, 9)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", line["address"])
        state = requests.get(f"{line['address']}/_sim/state", timeout=TIMEOUT).json()
        assert (state["latency"], state["switches"]["max_limit"], state["orders"]) == (0.01, 2, 9)
        process.send_signal(number)
        out, err = process.communicate(timeout=TIMEOUT)
    assert (process.returncode, out, err) == (0, "", "")


def test_it_needs_nothing_but_the_standard_library_and_itself() -> None:
    code = "import sys, otimo_tray.demo.simulator; print(*sorted(sys.modules))"
    out = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    own = [name for name in out.split() if name.startswith("otimo_tray.")]
    assert [name for name in own if not name.startswith("otimo_tray.demo")] == []
    assert [name for name in own if name.startswith("otimo_tray.demo.") and "simulator" not in name] == []
    known = {*sys.stdlib_module_names, "otimo_tray", "__main__"}
    assert {name.split(".")[0] for name in out.split()} - known == set()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--switch", "nonsense=1"], "nonsense"),
        (["--switch", "max_limit"], "NAME=VALUE"),
        (["--switch", "left_out_shipments=maybe"], "survive"),
        (["--port", "http"], "port"),
    ],
)
def test_wrong_options_are_named(options: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(options)
    captured = capsys.readouterr()
    assert ended.value.code == 2
    assert words in captured.err
    assert captured.out == ""


def test_a_start_that_fails_is_one_line_and_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", "/nowhere/at/all/hub.sqlite"]) == 1
    assert capsys.readouterr().err.startswith("otimo-tray simulator: ")
    assert main(["--port", "99999"]) == 1


def test_the_switches_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list-switches"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) > 25
    for one in listed:
        assert re.match(r"(doc|official|seen|guess|unknown)\b", one["meaning"]), one["name"]
