"""The watches themselves: each kind of leftover fails its test and is named; what is clean passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

BAD = """
import logging, socket, subprocess, sys, threading
import pytest

event = threading.Event()
kept = []

def test_thread():
    threading.Thread(target=event.wait, name="forgotten", daemon=True).start()

def test_child():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_timer(qtbot):
    from PySide6.QtCore import QTimer
    kept.append(QTimer())
    kept[-1].start(10_000)

def test_window(qtbot):
    from PySide6.QtWidgets import QLabel
    kept.append(QLabel("x"))
    kept[-1].setWindowTitle("Esquecida")
    kept[-1].show()

def test_log():
    logging.getLogger("loja").error("quebrou %s", "aqui")

@pytest.mark.logs_errors("never said")
def test_log_that_did_not_come():
    pass

def test_network():
    with pytest.raises(OSError):
        socket.create_connection(("203.0.113.7", 80))

def test_name():
    with pytest.raises(OSError):
        socket.create_connection(("shop.example", 80))

def test_qt_message(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("said by Qt")
"""

GOOD = """
import logging, socket, subprocess, sys, threading
import pytest

@pytest.fixture(scope="module")
def server():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.communicate(b"\\n")

def test_uses_server(server):
    assert server.poll() is None

def test_thread_that_ends():
    thread = threading.Thread(target=lambda: None)
    thread.start()

def test_timer_that_is_stopped(qtbot):
    from PySide6.QtCore import QTimer
    timer = QTimer()
    timer.start(10_000)
    timer.stop()

def test_window_of_qtbot(qtbot):
    from PySide6.QtWidgets import QLabel
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()

@pytest.mark.logs_errors("quebrou .*aqui")
def test_expected_log():
    logging.getLogger("loja").error("quebrou %s", "aqui")

@pytest.mark.leaves_threads("^known")
def test_known_thread():
    threading.Thread(target=threading.Event().wait, name="known-1", daemon=True).start()

def test_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()

def test_names_and_addresses_that_exist_nowhere():
    for host in ("hub.invalid", "192.0.2.1"):
        with pytest.raises(OSError):
            socket.create_connection((host, 80), timeout=5)
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own that runs under this project's conftest and settings."""
    root = request.config.rootpath
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setenv("OTIMO_GRACE_SECONDS", "0.1")
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    (pytester.path / "pyproject.toml").write_text(text, encoding="utf-8")
    (pytester.path / "conftest.py").write_text("from tests.conftest import *\n", encoding="utf-8")
    return pytester.path


def run(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    """Run one file of tests in a process of its own."""
    name = pytester.makepyfile(source)
    return pytester.runpytest_subprocess(name, "-p", "no:randomly", "--rootdir", str(pytester.path))


@pytest.mark.usefixtures("inner")
def test_each_leftover_fails_its_own_test_and_is_named(pytester: pytest.Pytester) -> None:
    result = run(pytester, BAD)
    text = result.stdout.str()
    for test, words in {
        "test_thread": r"thread 'forgotten', started at ",
        "test_child": r"child process \d+: .* -c input\(\)",
        "test_timer": r"running QTimer, started at ",
        "test_window": r"visible window QLabel 'Esquecida'",
        "test_log": r"unexpected error in the log: loja: quebrou aqui",
        "test_log_that_did_not_come": r"no error record matched .*never said",
        "test_network": r"outside of loopback: 203\.0\.113\.7",
        "test_name": r"outside of loopback: shop\.example",
    }.items():
        assert re.search(rf"_ ERROR at teardown of {test} _+\n.*{words}", text), f"{test}\n{text}"
    assert "test_qt_message" in text
    result.assert_outcomes(passed=8, failed=1, errors=8)


@pytest.mark.usefixtures("inner")
def test_what_is_clean_passes(pytester: pytest.Pytester) -> None:
    result = run(pytester, GOOD)
    result.assert_outcomes(passed=8)
    assert result.ret == pytest.ExitCode.OK, result.stdout.str()


@pytest.mark.usefixtures("inner")
def test_a_module_fixture_that_leaves_its_server_fails_the_run(pytester: pytest.Pytester) -> None:
    source = """
        import subprocess, sys, pytest
        kept = []

        @pytest.fixture(scope="module")
        def server():
            kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

        def test_uses_server(server):
            pass
    """
    result = run(pytester, source)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "left behind at the end of the run: child process" in result.stdout.str()


@pytest.mark.usefixtures("inner")
@pytest.mark.parametrize(("strict", "outcome"), [("", {"skipped": 2}), ("1", {"errors": 2})])
def test_missing_surroundings_skip_by_hand_and_fail_in_a_full_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, strict: str, outcome: dict[str, int]
) -> None:
    for name in ("OTIMO_SESSION", "CI", "OTIMO_STRICT"):
        monkeypatch.delenv(name, raising=False)
    if strict:
        monkeypatch.setenv("OTIMO_STRICT", strict)
    source = """
        import pytest

        @pytest.mark.tray_host
        def test_tray():
            pass

        def test_keyring(private_keyring):
            pass
    """
    result = run(pytester, source)
    result.assert_outcomes(**outcome)
    assert "dev.py test` gives one" in result.stdout.str()
