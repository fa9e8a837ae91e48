"""Rows that a part of the test suite fills: each passed test is one try, each failed one something lost."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

from tests.faults.rows import Row

ROOT = Path(__file__).resolve().parents[2]
SUITES: dict[str, tuple[str, ...]] = {
    "suite: TLS by the system's roots, proxies, redirects, time-outs": (
        "tests/pluggto/test_transport.py",
        "tests/pluggto/test_faults.py",
    ),
    "suite: tokens": ("tests/pluggto/test_tokens.py",),
    "suite: lists that change while they are read": ("tests/pluggto/test_paging.py",),
    "suite: older schemas, newer database, recovery": (
        "tests/store/test_migrations.py",
        "tests/store/test_rescue.py",
        "tests/store/test_database.py",
    ),
    "suite: outbox and order ledger as state machines": (
        "tests/store/test_outbox_machine.py",
        "tests/store/test_orders_machine.py",
    ),
}


def run_suite(what: str) -> Row:
    """Runs these tests in a process of their own."""
    row = Row(what)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *SUITES[what]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    row.tried = sum(counts.values())
    row.lost = row.tried - counts.get("passed", 0)
    row.told = re.findall(r"^(?:FAILED|ERROR) .*", done.stdout, re.MULTILINE)
    if done.returncode and not row.lost:
        row.add([f"pytest ended with {done.returncode}"])
    row.seconds = time.monotonic() - started
    return row


def run(*, until: float = 0.0) -> list[Row]:
    """All of them."""
    return [run_suite(what) for what in SUITES if not until or time.monotonic() < until]
