"""The long form: each target under atheris in a process of its own, then the inputs built to hurt."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

# Names only: what is imported with this package can't be instrumented by atheris any more.
TARGETS: Final = ("hub_json", "csv", "xlsx", "xlsx_parts", "nfe", "settings", "ipc", "erp_http")
MONSTERS: Final = (
    "huge_csv", "huge_xlsx", "zip_bomb", "lying_zip", "one_line", "entity_bomb", "deep_xml", "deep_json", "long_number",
)  # fmt: skip
LONGEST_S: Final = 30.0
MOST_MB: Final = 400
"""A monster may make the process at most so much larger."""
Row = dict[str, Any]


def run(seconds: float, seed: int) -> list[Row]:
    """Fuzzes all targets for `seconds` in all; rows with `what`, `tried`, `lost`, `twice`, `seed`, `seconds`, `told`.

    `lost` counts inputs that crashed, hung or took too much memory; `told` says with which bytes to see it again.
    """
    each = max(2.0, (seconds - 20) / len(TARGETS))
    return [*(_fuzz(name, each, seed) for name in TARGETS), _monsters(seed)]


def _row(what: str, seed: int, began: float, tried: int, told: list[str]) -> Row:
    seconds = time.monotonic() - began
    return {
        "what": f"fuzz: {what}", "tried": tried, "lost": len(told), "twice": 0, "seed": seed, "seconds": seconds,
        "told": told,
    }  # fmt: skip


def _fuzz(name: str, seconds: float, seed: int) -> Row:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="otimo-fuzz-") as folder:
        command = [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(int(seconds)), "--seed", str(seed)]
        done = subprocess.run(
            [*command, "--folder", folder], capture_output=True, text=True, errors="replace", check=False
        )
        if "atheris isn't here" in done.stderr:
            return _row(f"{name} (by mutation)", seed, began, int(done.stdout or 0), _told(done.stderr))
        tried = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
        told = [
            f"{path.name}: {path.read_bytes()[:200]!r} {_last(done.stderr)}"
            for path in Path(folder).glob("*-*")
            if path.is_file()
        ]
        if done.returncode and not told:
            told = [f"exit code {done.returncode}: {_last(done.stderr)}"]
    return _row(name, seed, began, int(tried[1]) if tried else 0, told)


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if "Error" in line or "ERROR" in line or "assert" in line]
    return " | ".join(lines[:4])


def _told(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("found: ")]


def _monsters(seed: int) -> Row:
    began = time.monotonic()
    told = [wrong for name in MONSTERS if (wrong := meet(name))]
    return _row("inputs built to hurt", seed, began, len(MONSTERS), told)


def meet(name: str) -> str:
    """Meets one of `MONSTERS` in a process of its own; says what was wrong, or ""."""
    command = [sys.executable, "-m", "tests.fuzz", "monster", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S * 3, check=False)
    except subprocess.TimeoutExpired:
        return f"{name}: hangs"
    if done.returncode:
        return f"{name}: exit code {done.returncode}: {done.stderr[-300:]}"
    found = json.loads(done.stdout)
    if found["seconds"] > LONGEST_S:
        return f"{name}: {found['seconds']:.0f} s"
    return f"{name}: {found['mb']:.0f} MB" if found["mb"] > MOST_MB else ""
