"""The lock: every package with its hashes, for Linux, Windows and every supported Python, without an address.

Two files come out of `pyproject.toml`: `requirements.txt` (the program and its tools, what dev.py installs)
and `requirements-runtime.txt` (the program alone, the same versions, what a release contains).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from installer.environment import RUNTIME_LOCK, Environment, clean_env
from installer.say import SetupError, say

HEADER = """\
# {what}: written by `python3 installer/dev.py lock`, never by hand.
# For Linux and Windows, Python 3.11 and newer; pip checks every file against these hashes.

"""


def compile_command(uv: Path, output: Path, extra: Sequence[str]) -> list[str]:
    """Return the command that writes one lock file."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--no-config", "--quiet"]
    return [str(uv), "pip", "compile", "pyproject.toml", *options, *extra, "-o", str(output)]


def index_settings(environment: Environment) -> dict[str, str]:
    """Return uv's settings for the index that pip is set to use, so that both read the same one."""
    command = [str(environment.python), "-m", "pip", "config", "get", "global.index-url"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    address = os.environ.get("PIP_INDEX_URL") or result.stdout.strip()
    return {"UV_DEFAULT_INDEX": address} if address and "UV_DEFAULT_INDEX" not in os.environ else {}


def refresh(environment: Environment, arguments: Sequence[str] = ()) -> int:
    """Write both lock files; `--upgrade` takes newer versions, without it what is locked stays.

    Raises:
        SetupError: the resolution failed, or the result isn't fit to be committed.
    """
    uv = environment.command("uv")
    env = {**clean_env(), **index_settings(environment)}
    runtime = environment.root / RUNTIME_LOCK.relative_to(RUNTIME_LOCK.parent.parent)
    for output, extra, what in (
        (environment.lock, ["--extra", "dev", *arguments], "The program and its tools"),
        (runtime, ["--constraint", str(environment.lock)], "The program alone"),
    ):
        command = compile_command(uv, output, extra)
        if subprocess.run(command, cwd=environment.root, env=env, check=False).returncode != 0:
            raise SetupError(f"uv could not resolve {output.name}; the lines above say why.")
        text = HEADER.format(what=what) + output.read_text(encoding="utf-8")
        output.write_text(text, encoding="utf-8", newline="\n")
        faults = find_faults(text)
        if faults:
            raise SetupError(f"{output.name} is not fit to be committed: {'; '.join(faults)}.")
        say(f"{output.name}: {len(re.findall(r'^[A-Za-z]', text, re.MULTILINE))} packages")
    return 0


def find_faults(text: str) -> list[str]:
    """Return what a lock file must not have: an address, a package without a pinned version or a hash."""
    faults: list[str] = []
    if re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text):
        faults.append("it names an address")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for entry in re.split(r"\n(?=[A-Za-z])", body.strip()):
        head = entry.split("\n", 1)[0]
        if not re.match(r"[A-Za-z0-9._-]+==[^ ;]+", head):
            faults.append(f"not pinned: {head.strip()}")
        elif "--hash=sha256:" not in entry:
            faults.append(f"no hash: {head.strip()}")
    return faults
