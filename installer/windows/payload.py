"""The tree of files that is installed: Python, the trimmed packages, the program, compiled, all with one time stamp.

    OtimoTray.exe, otimo-tray.exe        the launchers (native.py)
    app/                                 the Windows Python, isolated by its ._pth
    app/packages/                        the lock's wheels, without what the program doesn't use
    app/otimo_tray/, app/resources/      the program
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from installer.environment import Environment
from installer.say import SetupError, say
from installer.windows import compiler, inputs, layout

#: Qt: what the program imports, what that links to, and nothing else of 210 MB.
QT_FILES = {
    *(f"PySide6/{name}" for name in ("__init__.py", "_config.py", "_git_pyside_version.py", "pyside6.abi3.dll")),
    *(f"PySide6/Qt{name}.pyd" for name in ("Core", "Gui", "Widgets", "Svg")),
    *(f"PySide6/Qt6{name}.dll" for name in ("Core", "Gui", "Widgets", "Svg")),
    *(f"PySide6/{name}.dll" for name in ("msvcp140", "msvcp140_1", "msvcp140_2", "vcruntime140", "vcruntime140_1")),
    *(f"PySide6/plugins/platforms/{name}.dll" for name in ("qwindows", "qoffscreen")),
    "PySide6/plugins/styles/qmodernwindowsstyle.dll",
    "PySide6/plugins/iconengines/qsvgicon.dll",
    "PySide6/plugins/imageformats/qsvg.dll",
    "PySide6/plugins/imageformats/qico.dll",
    *(f"PySide6/translations/{name}.qm" for name in ("qt_pt_BR", "qtbase_pt_BR", "qtbase_en")),
    *(f"shiboken6/{name}" for name in ("__init__.py", "_config.py", "_git_shiboken_module_version.py")),
    *(f"shiboken6/{name}" for name in ("Shiboken.pyd", "shiboken6.abi3.dll", "msvcp140.dll")),
    *(f"shiboken6/{name}" for name in ("vcruntime140.dll", "vcruntime140_1.dll")),
}
QT_FOLDERS = ("PySide6/support/", "shiboken6/files.dir/")

#: Folders that only builds, tests or other systems use.
UNUSED_FOLDERS = (
    "bin/", "alembic/templates/", "alembic/testing/", "sqlalchemy/testing/", "sqlalchemy/dialects/oracle/",
    "mako/testing/", "mako/ext/", "win32ctypes/tests/", "markupsafe/tests/",
)  # fmt: skip
UNUSED_ENDINGS = (".pyi", ".pyx", ".c", ".h", ".lib", ".typed", ".exe")
#: Of a package's own data its licence and its name stay.
DIST_INFO_UNUSED = {"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json", "top_level.txt", "uv_cache.json"}


def is_wanted(name: str) -> bool:
    """Tell whether a file of the installed wheels goes into the program; `name` has `/`, relative to them."""
    path = PurePosixPath(name)
    top = path.parts[0]
    if "__pycache__" in path.parts:
        return False
    if top in {"PySide6", "shiboken6"}:
        return name in QT_FILES or (name.startswith(QT_FOLDERS) and not name.endswith(UNUSED_ENDINGS))
    if top.endswith(".dist-info"):
        return path.name not in DIST_INFO_UNUSED
    return not name.startswith(UNUSED_FOLDERS) and not name.endswith(UNUSED_ENDINGS)


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give every file as its `/` name and path, in the order of the names' bytes on every system."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(found):
        yield name, found[name]


def program_files(root: Path) -> list[str]:
    """The program's own files: what git knows or would add, of the package and its resources.

    Raises:
        SetupError: this isn't a git checkout.
    """
    command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z", "--cached", "--others"]
    command += ["--exclude-standard", "--", "otimo_tray", "resources"]
    result = subprocess.run(command, capture_output=True, check=False)
    names = sorted(name for name in result.stdout.decode("utf-8").split("\0") if name and (root / name).is_file())
    if result.returncode != 0 or not names:
        raise SetupError("The program's files are listed by git: build from a checkout.")
    return names


def build(
    environment: Environment, places: layout.Layout, version: str, epoch: int, channel: tuple[str, str] = ("", "")
) -> None:
    """Make the payload anew, without the launchers.

    Args:
        environment: the checkout's.
        places: where.
        version: what the program says of itself; tests of updates take another one than the source's.
        epoch: the time that all files get.
        channel: address and public key of updates.

    Raises:
        SetupError: an input can't be had.
    """
    payload = places.payload
    shutil.rmtree(places.build, ignore_errors=True)
    app = payload / "app"
    inputs.unpack_python(inputs.python_archive(environment), app)
    minor = layout.PYTHON_LINE.replace(".", "")
    # A ._pth beside the DLL shuts out every variable, registry key and user folder of another Python.
    pth = app / f"python{minor}._pth"
    pth.write_text(f"python{minor}.zip\n.\npackages\n", encoding="ascii", newline="\r\n")
    wheels = places.build / "wheels"
    inputs.install_wheels(environment, wheels)
    _copy(((name, path) for name, path in files_below(wheels) if is_wanted(name)), app / "packages")
    _copy(((name, places.root / name) for name in program_files(places.root)), app)
    name = app / "otimo_tray" / "__init__.py"
    text = name.read_text(encoding="utf-8")
    name.write_text(text.replace(layout.read_version(places.root), version), encoding="utf-8", newline="\n")
    _set_channel(app / "otimo_tray" / "desktop" / "update_channel.py", *channel)
    compiler.compile_tree(app)
    stamp(payload, epoch)


def _set_channel(path: Path, address: str, key: str) -> None:
    if not address and not key:
        return
    if not re.fullmatch(r"https://[^\s\"\\]+", address) or not re.fullmatch(r"[0-9a-f]{64}", key):
        raise SetupError("Updates need an https address and a key of 64 hexadecimal digits, or neither.")
    text = path.read_text(encoding="utf-8")
    for name, value in (("ADDRESS", address), ("PUBLIC_KEY", key)):
        text = text.replace(f'{name}: Final = ""', f'{name}: Final = "{value}"')
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy(files: Iterator[tuple[str, Path]], target: Path) -> None:
    for name, source in files:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)


def python_version(payload: Path) -> str:
    """The version of the payload's Python, as its DLL's own resource tells it.

    Raises:
        SetupError: it tells none.
    """
    data = (payload / "app" / f"python{layout.PYTHON_LINE.replace('.', '')}.dll").read_bytes()
    found = re.search(rb"P\0r\0o\0d\0u\0c\0t\0V\0e\0r\0s\0i\0o\0n\0(?:\0\0)+((?:[0-9.]\0)+)", data)
    if found is None:
        raise SetupError("The Windows Python doesn't tell its version.")
    return found[1].decode("utf-16-le")


def stamp(folder: Path, epoch: int) -> None:
    """Give every file one time and one mode."""
    for _, path in files_below(folder):
        path.chmod(0o644)
        os.utime(path, (epoch, epoch))


def report(places: layout.Layout) -> None:
    """Say how large the payload is and where it comes from."""
    sizes = [path.stat().st_size for _, path in files_below(places.payload)]
    say(f"payload: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")
