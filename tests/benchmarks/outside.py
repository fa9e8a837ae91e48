"""A process seen from outside: what Linux tells of its memory, its processor time, and what it wrote."""

from __future__ import annotations

import time
from pathlib import Path


class AbsentError(Exception):
    """A figure can't be had here; the message says why."""


def told(pid: int, file: str, name: str) -> int:
    """The number behind a name in one of a process's files. Raises AbsentError; OSError when the process is gone."""
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise AbsentError(f"no {name} in /proc")


def memory_mb(pid: int, name: str = "VmRSS") -> float:
    """A figure of the process's memory in MB."""
    return told(pid, "status", name) * 1024 / 1e6


def written(pid: int) -> int:
    """Bytes that it gave to be written to disks."""
    return told(pid, "io", "write_bytes")


def processor_s(pid: int) -> float:
    """Seconds of processor that its threads have had."""
    # The clock of another process's processor time: the process's number, inverted, over the kind of clock.
    return time.clock_gettime((~pid << 3) | 2)
