"""Only what the publisher signed is ever installed; everything else is refused with a sentence."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.server
import json
import threading
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.desktop import ed25519, updates
from otimo_tray.desktop.update_watch import LOOKED, UpdateWatch, system_watch
from otimo_tray.desktop.updates import UpdateRefused, Updates
from otimo_tray.words import LANGUAGES, sentence
from tests.support.clock import FakeClock

# RFC 8032, section 7.1: key, message, signature of tests 1 to 3.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        ("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
         "d25bf5f0595bbe24655141438e7a100b"),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        ("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
         "387b2eaeb4302aeeb00d291612bb0c00"),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        ("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
         "4a7c15e9716ed28dc027beceea1ec40a"),
    ),
]  # fmt: skip
SETUP = b"MZ the installer" * 100


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_standard_s_own_signatures(key: str, message: str, signature: str) -> None:
    given = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert ed25519.is_valid(*given)
    assert not ed25519.is_valid(given[0], given[1] + b"x", given[2])
    for place in (0, 31, 32, 63):
        changed = bytearray(given[2])
        changed[place] ^= 1
        assert not ed25519.is_valid(given[0], given[1], bytes(changed))


def test_keys_and_signatures_that_would_fit_anything_are_refused() -> None:
    neutral = (1).to_bytes(32, "little")
    assert not ed25519.is_valid(neutral, b"anything", neutral + bytes(32))
    key, message, signature = (bytes.fromhex(part) for part in VECTORS[1])
    scalar = int.from_bytes(signature[32:], "little") + ed25519._ORDER
    assert not ed25519.is_valid(key, message, signature[:32] + scalar.to_bytes(32, "little"))
    assert not ed25519.is_valid(key, message, signature[:63])


@pytest.fixture(scope="module")
def signer() -> Any:
    """An independent implementation signs; the program itself can't."""
    return private_key(bytes(range(32)))


def private_key(seed: bytes) -> Any:
    found = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")
    return found.Ed25519PrivateKey.from_private_bytes(seed)


def public(signer: Any) -> str:
    return signer.public_key().public_bytes_raw().hex()


class Site:
    """A server on this PC with two files."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = site.files.get(self.path)
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                del format, args

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def offer(self, signer: Any, version: str = "2.0.0", **changes: Any) -> None:
        release = {
            "format": 1, "program": "otimo-tray", "version": version, "url": f"{self.address}/setup.exe",
            "size": len(SETUP), "sha256": hashlib.sha256(SETUP).hexdigest(), **changes,
        }  # fmt: skip
        text = json.dumps(release)
        signature = base64.b64encode(signer.sign(text.encode())).decode()
        self.files["/manifest.json"] = json.dumps({"signed": text, "signature": signature}).encode()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,))
    thread.start()
    made.files["/setup.exe"] = SETUP
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def program(site: Site, signer: Any, folder: Path, current: str = "1.9.9") -> Updates:
    return Updates(f"{site.address}/manifest.json", public(signer), current, folder, updates.fetch)


def refused(call: Any) -> str:
    with pytest.raises(UpdateRefused) as error:
        call()
    said = [sentence(error.value.code, error.value.params, language) for language in LANGUAGES]
    assert said[0].text != said[1].text
    assert all(one.hint for one in said)
    return error.value.reason


def test_a_newer_version_is_found_fetched_and_kept(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    update = program(site, signer, tmp_path / "updates")
    release = update.look()
    assert release is not None
    assert release.version == "2.0.0"
    path = update.download(release)
    assert path.read_bytes() == SETUP
    site.files.clear()
    assert update.download(release) == path  # not fetched again
    assert [one.name for one in path.parent.iterdir()] == ["OtimoTray-2.0.0-setup.exe"]


def test_the_same_version_is_no_update(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    assert program(site, signer, tmp_path, current="2.0.0").look() is None


def test_versions_compare_as_numbers(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer, version="1.10.0")
    assert program(site, signer, tmp_path, current="1.9.9").look() is not None


def test_an_older_version_is_refused(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer, version="1.0.0")
    assert refused(program(site, signer, tmp_path).look) == "older"


def test_a_tampered_or_foreign_manifest_is_refused(site: Site, signer: Any, tmp_path: Path) -> None:
    update = program(site, signer, tmp_path)
    site.offer(signer)
    site.files["/manifest.json"] = site.files["/manifest.json"].replace(b"2.0.0", b"3.0.0")
    assert refused(update.look) == "signature"
    site.offer(private_key(bytes(32)))
    assert refused(update.look) == "signature"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"signed": "{}"}', b"{" * 40_000, b"x" * 70_000])
def test_an_unsigned_or_damaged_manifest_is_refused(site: Site, signer: Any, tmp_path: Path, data: bytes) -> None:
    site.files["/manifest.json"] = data
    assert refused(program(site, signer, tmp_path).look) == "form"


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "http://example.org/setup.exe"},
        {"url": "file:///setup.exe"},
        {"size": 0},
        {"size": 2**40},
        {"sha256": "AB"},
        {"program": "other"},
        {"format": 2},
        {"version": "../../x"},
    ],
)
def test_a_signed_manifest_still_needs_sense(
    site: Site, signer: Any, tmp_path: Path, changes: dict[str, Any]
) -> None:
    site.offer(signer, **changes)
    assert refused(program(site, signer, tmp_path).look) == "form"


def test_another_installer_than_announced_is_deleted(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    update = program(site, signer, tmp_path / "updates")
    release = update.look()
    assert release is not None
    for other in (SETUP[:-1], SETUP + b"x", SETUP[:-1] + b"X"):
        site.files["/setup.exe"] = other
        assert refused(lambda: update.download(release)) == "content"
        assert list((tmp_path / "updates").iterdir()) == []
    del site.files["/setup.exe"]
    assert refused(lambda: update.download(release)) == "away"


def test_a_file_changed_after_the_download_is_not_started(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    update = program(site, signer, tmp_path)
    release = update.look()
    assert release is not None
    path = update.download(release)
    path.write_bytes(b"MZ another" * 160)
    assert refused(lambda: update.install(release)) == "content"
    assert not path.exists()


def test_without_an_address_nothing_is_ever_asked(tmp_path: Path) -> None:
    @contextlib.contextmanager
    def never(address: str) -> Generator[Any]:
        raise AssertionError(address)
        yield

    off = Updates("", "", "1.0.0", tmp_path, never)
    assert not off.is_on
    assert not off.is_due(datetime(2026, 1, 1, tzinfo=UTC), None)
    assert off.look() is None


def test_it_looks_at_most_daily(tmp_path: Path, signer: Any) -> None:
    update = Updates("https://example.org/m", public(signer), "1.0.0", tmp_path, updates.fetch)
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert update.is_due(now, None)
    assert not update.is_due(now + timedelta(hours=23), now)
    assert update.is_due(now + timedelta(days=1), now)
    assert update.is_due(now - timedelta(days=400), now)




class Facts:
    """Remembers like the state database."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def set(self, key: str, value: str) -> None:
        self.kept[key] = value


NOON = datetime(2026, 3, 2, 15, tzinfo=UTC)


class Asked:
    """A way to the site that counts how often the manifest was asked for."""

    def __init__(self) -> None:
        self.manifests = 0

    def fetch(self, address: str) -> Any:
        self.manifests += address.endswith("/manifest.json")
        return updates.fetch(address)


def watch(
    site: Site, signer: Any, folder: Path, clock: FakeClock, facts: Facts, *, allowed: bool = True
) -> tuple[UpdateWatch, Asked]:
    asked = Asked()
    way = Updates(f"{site.address}/manifest.json", public(signer), "1.9.9", folder, asked.fetch)
    return UpdateWatch(way, clock, facts, lambda: allowed), asked


def test_the_watch_asks_at_most_daily_also_over_restarts(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    clock, facts = FakeClock(NOON), Facts()
    first, asked = watch(site, signer, tmp_path, clock, facts)
    release = first.look()
    assert release is not None
    assert (tmp_path / "OtimoTray-2.0.0-setup.exe").read_bytes() == SETUP
    assert asked.manifests == 1
    assert first.look() is None
    again, asked_again = watch(site, signer, tmp_path, clock, facts)
    clock.advance(23 * 3600)
    assert again.look() is None
    assert asked_again.manifests == 0
    clock.advance(3600)
    assert again.look() == release
    assert asked_again.manifests == 1


def test_the_shop_can_say_no(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    facts = Facts()
    silent, asked = watch(site, signer, tmp_path, FakeClock(NOON), facts, allowed=False)
    assert silent.look() is None
    assert (asked.manifests, facts.kept, list(tmp_path.iterdir())) == (0, {}, [])


def test_no_network_is_no_news_and_a_refusal_is(site: Site, signer: Any, tmp_path: Path) -> None:
    clock, facts = FakeClock(NOON), Facts()
    watched, asked = watch(site, signer, tmp_path, clock, facts)
    assert watched.look() is None  # there is no manifest: 404
    assert asked.manifests == 1
    clock.advance(24 * 3600)
    site.offer(private_key(bytes(32)))
    assert refused(watched.look) == "signature"
    assert watched.look() is None  # told once a day


def test_a_damaged_memory_of_the_last_look_means_to_look(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    for value in ("", "yesterday", "2026-03-02T15:00:00"):
        facts = Facts()
        facts.set(LOOKED, value)
        watched, asked = watch(site, signer, tmp_path, FakeClock(NOON), facts)
        assert watched.look() is not None
        assert asked.manifests == 1


def test_installers_of_the_past_are_removed(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    for name in ("OtimoTray-1.9.9-setup.exe", "OtimoTray-1.0.0-setup.exe", "OtimoTray-2.0.0-setup.part", "other.txt"):
        (tmp_path / name).write_bytes(b"x")
    watch(site, signer, tmp_path, FakeClock(NOON), Facts())[0].look()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["OtimoTray-2.0.0-setup.exe", "other.txt"]


def test_what_cannot_be_started_is_refused_with_a_sentence(site: Site, signer: Any, tmp_path: Path) -> None:
    site.offer(signer)
    update = program(site, signer, tmp_path)
    release = update.look()
    assert release is not None
    update.download(release)  # not executable here, no program on Windows
    assert refused(lambda: update.install(release)) == "setup"


def test_the_source_itself_has_no_address(tmp_path: Path) -> None:
    assert not system_watch(tmp_path, FakeClock(NOON), Facts(), lambda: True).is_on


# --- in stages -------------------------------------------------------------------------------------------------------


def test_a_staged_version_is_taken_by_its_share_of_the_installations() -> None:
    shops = [f"{number:032x}" for number in range(2_000)]
    for share in (0, 1, 10, 50, 100):
        taking = sum(updates.takes_part(shop, "2.0.0", share) for shop in shops)
        assert abs(taking - share * 20) <= 100 * (0 < share < 100), (share, taking)
    first = {shop for shop in shops if updates.takes_part(shop, "2.0.0", 10)}
    assert all(updates.takes_part(shop, "2.0.0", 50) for shop in first), "who took it keeps it when the share grows"
    other = {shop for shop in shops if updates.takes_part(shop, "2.0.1", 10)}
    assert len(first & other) < len(first) / 2, "not always the same shops go first"


def test_an_installation_outside_of_the_share_is_offered_nothing(site: Site, signer: Any, tmp_path: Path) -> None:
    inside = next(name for name in map(str, range(1000)) if updates.takes_part(name, "2.0.0", 10))
    outside = next(name for name in map(str, range(1000)) if not updates.takes_part(name, "2.0.0", 10))
    site.offer(signer, share=10)

    def look(profile_id: str) -> object:
        address = f"{site.address}/manifest.json"
        return Updates(address, public(signer), "1.9.9", tmp_path, updates.fetch, profile_id).look()

    assert look(inside) is not None
    assert look(outside) is None
    site.offer(signer, share=100)
    assert look(outside) is not None
    site.offer(signer)
    assert look(outside) is not None


@pytest.mark.parametrize("share", [-1, 101, "10", 10.5, True, None])
def test_a_share_that_is_no_percentage_is_refused(site: Site, signer: Any, tmp_path: Path, share: object) -> None:
    site.offer(signer, share=share)
    assert refused(program(site, signer, tmp_path).look) == "form"
