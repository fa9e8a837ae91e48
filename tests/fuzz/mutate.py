"""Mutations for the quick tests: small damage to good inputs, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

_TOKENS = (
    b"null", b"-1", b"1e999", b"NaN", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b";", b"[" * 2000, b"{\"a\":" * 500,
    b"9" * 400, b"0.1", b"1.990,00", b"\r\n", b"=cmd|' /C calc'!A0", b"\xed\xa0\x80", b"<!DOCTYPE a>", b"&#0;", b"true",
    "’é\U0001f600".encode(),
)  # fmt: skip


def mutations(seeds: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yields `count` damaged inputs."""
    chance = random.Random(seed)
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data) + 1)
            match chance.randrange(6):
                case 0:
                    del data[place : place + chance.randint(1, 40)]
                case 1:
                    data[place:place] = chance.choice(_TOKENS)
                case 2 if data:
                    data[place % len(data)] ^= 1 << chance.randrange(8)
                case 3:
                    data[place:place] = data[: chance.randint(1, 60)]
                case 4:
                    del data[place:]
                case _:
                    other = chance.choice(seeds)
                    data[place : place + 20] = other[place % (len(other) or 1) :][: chance.randint(1, 30)]
        yield bytes(data)
