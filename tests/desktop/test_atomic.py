"""A file that somebody else has open for a moment: asked for again on Windows, said at once elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from otimo_tray.desktop import atomic


def busy(times: int, path: Path) -> Callable[[], str]:
    """What reads a file that is in use for the first `times` tries."""
    left = [times]

    def read() -> str:
        if left[0]:
            left[0] -= 1
            raise PermissionError(path)
        return path.read_text("ascii")

    return read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text("whole", "ascii")
    return path


def test_a_file_in_use_for_a_moment_is_had(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_PAUSES", (0, 0, 0))
    assert atomic.patiently(busy(3, file)) == "whole"


def test_one_that_stays_in_use_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_PAUSES", (0, 0, 0))
    with pytest.raises(PermissionError):
        atomic.patiently(busy(4, file))


def test_what_is_not_there_is_said_at_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_PAUSES", (60,))
    with pytest.raises(FileNotFoundError):
        atomic.patiently(file.with_name("other").read_bytes)


def test_patience_is_for_windows_alone() -> None:
    assert bool(atomic._PAUSES) == (sys.platform == "win32")
    assert sum(atomic._PAUSES) < 1


@pytest.mark.skipif(sys.platform != "win32", reason="other systems replace a file that somebody reads")
def test_a_file_is_replaced_as_soon_as_its_reader_is_done(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = file.open("rb")

    def let_go(_seconds: float) -> None:
        reader.close()

    monkeypatch.setattr(atomic, "_PAUSES", (0,))
    monkeypatch.setattr("time.sleep", let_go)
    atomic.write(file, b"new")
    assert file.read_bytes() == b"new"
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]
