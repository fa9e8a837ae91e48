"""Folders of killed owners are removed by whoever comes next; those of the living are left alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.environment import ROOT
from installer.temporary import Folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="private desktops are for Linux")
CODE = "from installer.temporary import Folder\nmade = Folder('otimo-trial-')\nprint(made.path, flush=True)\ninput()\n"


@pytest.fixture
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process with a folder of its own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    command = [sys.executable, "-c", CODE]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def test_only_the_dead_ones_folders_go(owner: tuple[subprocess.Popen[str], Path], tmp_path: Path) -> None:
    process, folder = owner
    (folder / "inside").mkdir()
    (tmp_path / "otimo-trial-foreign").mkdir()
    mine = Folder("otimo-trial-")
    assert folder.is_dir()
    process.kill()
    process.wait()
    other = Folder("otimo-trial-")
    assert not folder.exists()
    assert mine.path.is_dir()
    assert (tmp_path / "otimo-trial-foreign").is_dir()
    for made in (mine, other):
        made.remove()
        made.remove()
        assert not made.path.exists()
