"""What the publisher signs with openssl is what the program accepts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from installer.say import SetupError
from installer.windows import manifest
from otimo_tray.desktop.updates import UpdateRefused, is_the_one, read_manifest

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="the publisher's tool is not on this system")
URL = "https://example.org/OtimoTray-1.2.3-setup.exe"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "update.key"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(path)], check=True, capture_output=True)
    return path


def test_the_program_accepts_what_the_publisher_signed(key: Path, tmp_path: Path) -> None:
    setup = tmp_path / "OtimoTray-1.2.3-setup.exe"
    setup.write_bytes(b"MZ" * 500)
    text = manifest.manifest(key, setup, URL)
    release = read_manifest(text.encode(), bytes.fromhex(manifest.public_key(key)))
    assert (release.version, release.url) == ("1.2.3", URL)
    assert is_the_one(setup, release)
    with pytest.raises(UpdateRefused):
        read_manifest(text.encode(), bytes(range(32)))


def test_a_file_of_another_name_has_no_version(key: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="is not called"):
        manifest.manifest(key, tmp_path / "setup.exe", URL)
