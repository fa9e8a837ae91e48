"""One line of the table: what was tried, how often, what was lost and what came twice."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field


@dataclass(slots=True)
class Row:
    """Attributes:
    what: what was broken. tried: how often. lost, twice: how many things were missing or there twice afterwards.
    seed: repeats it. told: what was found, in words; empty when nothing was.
    """

    what: str
    tried: int = 0
    lost: int = 0
    twice: int = 0
    seed: int = 0
    seconds: float = 0.0
    told: list[str] = field(default_factory=list[str])

    def add(self, lost: Sequence[str], twice: Sequence[str] = (), when: str = "") -> None:
        """Counts what was found after one try."""
        self.lost += len(lost)
        self.twice += len(twice)
        self.told += [f"{when}: {line}" if when else line for line in (*lost, *twice)]

    @property
    def bad(self) -> bool:
        """Whether anything was lost or came twice."""
        return bool(self.lost or self.twice)


def as_json(rows: Sequence[Row]) -> str:
    """A list of rows with `what`, `tried`, `lost`, `twice`, `seed` (and `seconds`, `told`)."""
    return json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False) + "\n"


def as_text(rows: Sequence[Row]) -> str:
    """The table for people, and below it what was found."""
    width = max([len(row.what) for row in rows] + [4])
    lines = [f"{'what':<{width}}  {'tried':>7}  {'lost':>5}  {'twice':>5}  {'seed':>10}  {'seconds':>7}"]
    lines += [
        f"{row.what:<{width}}  {row.tried:>7}  {row.lost:>5}  {row.twice:>5}  {row.seed:>10}  {row.seconds:>7.1f}"
        for row in rows
    ]
    total = Row("all", sum(r.tried for r in rows), sum(r.lost for r in rows), sum(r.twice for r in rows))
    seconds = sum(row.seconds for row in rows)
    lines.append(f"{'all':<{width}}  {total.tried:>7}  {total.lost:>5}  {total.twice:>5}  {'':>10}  {seconds:>7.1f}")
    for row in rows:
        lines += [f"! {row.what}: {line}" for line in row.told]
    return os.linesep.join(lines) + os.linesep
