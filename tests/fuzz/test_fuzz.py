"""The quick part: some hundred mutations for each reader, the inputs built to hurt, and that a find is told."""

from __future__ import annotations

import sys

import pytest

from tests.fuzz import monsters, runner, targets
from tests.fuzz.mutate import mutations
from tests.fuzz.seeds import seeds


@pytest.mark.parametrize("target", runner.TARGETS)
def test_readers_answer_or_refuse_with_a_sentence(target: str) -> None:
    for data in [*seeds(target), b"", *mutations(seeds(target), 250, seed=7)]:
        targets.feed(target, data)


def test_every_reader_is_fuzzed() -> None:
    assert set(runner.TARGETS) == set(targets.TARGETS)
    assert set(runner.MONSTERS) == set(monsters.MONSTERS)


@pytest.mark.parametrize("target", runner.TARGETS)
def test_good_inputs_are_read(target: str) -> None:
    targets.TARGETS[target](seeds(target)[0])


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is read the POSIX way")
@pytest.mark.parametrize("name", runner.MONSTERS)
def test_inputs_built_to_hurt_do_not(name: str) -> None:
    assert runner.meet(name) == ""


def test_a_find_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(data: bytes) -> None:
        raise IndexError(len(data))

    monkeypatch.setitem(targets.TARGETS, "ipc", crash)
    with pytest.raises(IndexError):
        targets.feed("ipc", b"x")
