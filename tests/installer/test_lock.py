"""The lock files: pinned, hashed, without an address, and made for every system from one resolution."""

from __future__ import annotations

import re

import pytest

from installer.environment import LOCK, RUNTIME_LOCK
from installer.lock import find_faults


def pins(text: str) -> dict[str, str]:
    """Return the version of each package."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def full() -> str:
    return LOCK.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def runtime() -> str:
    return RUNTIME_LOCK.read_text(encoding="utf-8")


def test_committed_locks_have_no_fault(full: str, runtime: str) -> None:
    assert find_faults(full) == []
    assert find_faults(runtime) == []


def test_a_release_has_the_versions_that_were_tested(full: str, runtime: str) -> None:
    assert pins(runtime).items() <= pins(full).items()


def test_no_tool_of_ours_gets_into_a_release(runtime: str) -> None:
    assert not {"pytest", "ruff", "hypothesis", "nfelib", "psutil", "uv", "xlwt"} & pins(runtime).keys()


@pytest.mark.parametrize(
    ("package", "system"), [("pywin32-ctypes", "win32"), ("colorama", "win32"), ("secretstorage", "linux")]
)
def test_each_system_gets_its_own(full: str, package: str, system: str) -> None:
    line = next(line for line in full.splitlines() if line.startswith(package + "=="))
    assert f"sys_platform == '{system}'" in line


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("--index-url x\nsix==1 \\\n    --hash=sha256:00\n", "address"),
        ("six==1 \\\n    --hash=sha256:00 # https://example\n", "address"),
        ("six>=1 \\\n    --hash=sha256:00\n", "not pinned"),
        ("six==1\n", "no hash"),
        ("six==1 \\\n    --hash=sha256:00\nseven==2\n", "no hash: seven"),
    ],
)
def test_a_bad_lock_is_found_out(text: str, fault: str) -> None:
    assert fault in "; ".join(find_faults(text))
