"""What both HTTP clients stand on; each of them is tried against real servers in its own tests."""

from __future__ import annotations

import pytest

from otimo_tray.web import address
from otimo_tray.web.body import redirect_host
from otimo_tray.web.faults import HIDDEN, RAW_CHARACTERS, causes, without_people


@pytest.mark.parametrize(
    ("text", "url", "port", "loopback"),
    [
        ("https://api.example/v1/", "https://api.example/v1", 443, False),
        (" http://127.0.0.1:8080 ", "http://127.0.0.1:8080", 8080, True),
        ("http://[::1]:9/x", "http://[::1]:9/x", 9, True),
        ("http://localhost", "http://localhost", 80, True),
    ],
)
def test_a_usable_address(text: str, url: str, port: int, loopback: bool) -> None:
    found = address.parse(text)
    assert (found.url, found.port, found.loopback) == (url, port, loopback)
    assert found.url.startswith(found.origin)


@pytest.mark.parametrize(
    ("text", "shown", "plain"),
    [
        ("http://10.0.0.7/api", "10.0.0.7", True),
        ("http://localhost.evil.example", "localhost.evil.example", True),
        ("https://user:secret@api.example", "api.example", False),
        ("https://api.example/?key=1", "https://api.example/?key=1", False),
        ("https://api.example:port", "https://api.example:port", False),
        ("ftp://api.example", "ftp://api.example", False),
        ("https://a b", "https://a b", False),
        ("", "", False),
    ],
)
def test_what_is_no_address_of_ours(text: str, shown: str, plain: bool) -> None:
    with pytest.raises(address.AddressError) as caught:
        address.parse(text)
    assert (caught.value.shown, caught.value.plain) == (shown, plain)
    assert "secret" not in repr(caught.value)


def test_a_redirect_is_known_by_its_host_alone() -> None:
    assert redirect_host("https://evil.example/?token=1") == "evil.example"
    assert redirect_host("/elsewhere") == redirect_host("https://[") == ""


def test_everything_that_an_error_wraps_is_seen_once() -> None:
    inner, outer = OSError("inner"), ValueError("outer")
    outer.__cause__ = inner
    inner.__context__ = outer  # a ring
    assert list(causes(RuntimeError(outer)))[1:] == [outer, inner]


def test_people_are_hidden_and_long_texts_cut() -> None:
    shown = without_people("ana@loja.example 529.982.247-25 " + "x" * 10_000)
    assert shown.startswith(f"{HIDDEN} {HIDDEN} x")
    assert len(shown) == RAW_CHARACTERS
