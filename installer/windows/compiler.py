"""Finds a Python of the shipped line on this machine and lets it compile the payload.

Bytecode belongs to one Python version. If none is installed, the one in the Wine tree (a Debian release newer) does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from installer.say import SetupError, say
from installer.windows import layout, tree

#: importlib's magic number of 3.13; PEP 552, the list in importlib's source.
MAGIC = 3571
_PROBE = "import importlib.util as u; print(int.from_bytes(u.MAGIC_NUMBER[:2], 'little'))"


def candidates() -> Iterator[list[str]]:
    """Give the commands of Pythons that may be the wanted one, the nearest first."""
    name = f"python{layout.PYTHON_LINE}"
    found = shutil.which(name)
    if found:
        yield [found]
    for folder in sorted((Path.home() / ".pyenv" / "versions").glob(f"{layout.PYTHON_LINE}.*"), reverse=True):
        yield [str(folder / "bin" / name)]


def _fits(command: list[str]) -> bool:
    try:
        result = subprocess.run([*command, "-I", "-c", _PROBE], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.stdout.strip() == str(MAGIC)


def compile_tree(folder: Path) -> None:
    """Compile all of `folder`.

    Raises:
        SetupError: no Python of the line can be had, or a module doesn't compile.
    """
    script = Path(__file__).with_name("compile_in.py")
    options = ["-P", "-s", "-B"]  # the order of sets must not differ from run to run, so no -I, which drops the seed
    found = next((command for command in candidates() if _fits(command)), None)
    if found is not None:
        command = [*found, *options, str(script), str(folder)]
    else:
        say(f"no Python {layout.PYTHON_LINE} here: compiling with the one of the Wine tree")
        inner = ["/usr/bin/python3", *options, str(script), str(folder)]
        command = tree.command(tree.ensure(), inner, [script.parent, folder])
    env = {"PYTHONHASHSEED": "0", "PATH": os.environ.get("PATH", os.defpath)}
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise SetupError(f"The program could not be compiled: {result.stderr.strip()[-400:]}")
