"""Contexts with the system's certificates: few for one server however many shops ask, and never one for two."""

from __future__ import annotations

from otimo_tray.web.trust import SharedRoots


def test_many_shops_share_few_contexts_of_one_server() -> None:
    roots = SharedRoots(most=3)
    given = [roots.of("https://api.plugg.to") for _ in range(30)]
    counts = {id(one): given.count(one) for one in given}
    assert len(set(given[:3])) == 3
    assert len(counts) == 3
    assert max(counts.values()) - min(counts.values()) <= 1
    assert not set(given) & {roots.of("https://other.example")}
