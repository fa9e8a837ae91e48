"""Saves one pinned file of a package index as it is: nothing of it is run, unlike by `pip download`, which builds.

Asks the indexes that pip is set to use by the protocol they all speak (PEP 503, PEP 691). Who calls checks the hash.
"""

from __future__ import annotations

import ast
import base64
import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from installer.environment import Environment, clean_env
from installer.say import SetupError

_JSON = "application/vnd.pypi.simple.v1+json"
_SECONDS = 120


class _Links(HTMLParser):
    """The addresses of an index's page, in its order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def file_links(base: str, kind: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Give the files of a project's page as (name, address).

    Args:
        base: the page's address.
        kind: its content type.
        data: the page.

    Raises:
        ValueError: it is neither form.
    """
    text = data.decode("utf-8")
    if kind.partition(";")[0].strip() == _JSON:
        files: list[dict[str, Any]] = json.loads(text)["files"]
        yield from ((str(file["filename"]), urljoin(base, str(file["url"]))) for file in files)
        return
    for link in _Links(text).found:
        address = urlsplit(urljoin(base, link))
        yield unquote(address.path.rpartition("/")[2]), urlunsplit(address._replace(fragment=""))


def indexes(environment: Environment) -> list[str]:
    """The addresses of the indexes that pip would ask, its main one first, each ending with a slash."""
    pip = [str(environment.python), "-m", "pip"]
    # One wide line: the help names the index that pip takes when none is set.
    env = {**clean_env(), "COLUMNS": "999"}
    shown = subprocess.run([*pip, "config", "list"], env=env, capture_output=True, text=True, check=False).stdout
    settings: dict[str, str] = {}
    for line in shown.splitlines():
        name, _, value = line.partition("=")
        settings[name.rpartition(".")[2]] = str(ast.literal_eval(value))
    main = settings.get("index-url")
    if main is None:
        told = subprocess.run([*pip, "download", "--help"], env=env, capture_output=True, text=True, check=False).stdout
        found = re.search(r"--index-url .*?\(default\s+(\S+?)\)", told)
        main = found[1] if found else ""
    return [f"{address.rstrip('/')}/" for address in [main, *settings.get("extra-index-url", "").split()] if address]


def _open(address: str, accept: str) -> Any:
    parts = urlsplit(address)
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(login).decode()}"
        parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    if parts.scheme not in {"https", "http"}:
        raise ValueError("scheme")
    request = urllib.request.Request(urlunsplit(parts), headers=headers)  # noqa: S310 - the scheme was looked at
    return urllib.request.urlopen(request, timeout=_SECONDS)  # noqa: S310 - likewise


def _page(index: str, project: str) -> Iterator[tuple[str, str]]:
    address = urljoin(index, f"{project}/")
    if address.startswith("file:"):
        path = Path(unquote(urlsplit(address).path)) / "index.html"
        yield from file_links(address, "text/html", path.read_bytes())
        return
    with _open(address, f"{_JSON}, text/html;q=0.5") as answer:
        yield from file_links(answer.url, answer.headers.get("Content-Type", ""), answer.read())


def fetch(environment: Environment, file: str, target: Path) -> None:
    """Save the sdist `file` (`name-version.tar.gz`) as `target`, from the first index that has it.

    Raises:
        SetupError: none has it, or it can't be reached.
    """
    project = re.sub(r"[-_.]+", "-", file.rpartition("-")[0]).lower()
    said: list[str] = []
    for index in indexes(environment):
        try:
            address = next((link for name, link in _page(index, project) if name == file), None)
            if address is None:
                said.append("an index does not have it")
                continue
            if address.startswith("file:"):
                target.write_bytes(Path(unquote(urlsplit(address).path)).read_bytes())
            else:
                with _open(address, "*/*") as answer, target.open("wb") as kept:
                    while piece := answer.read(1 << 20):
                        kept.write(piece)
            return
        except (OSError, ValueError, KeyError) as error:
            said.append(f"an index gave no answer of use: {type(error).__name__}")
    raise SetupError(f"{file} could not be fetched ({'; '.join(said) or 'pip knows no index'}).")
