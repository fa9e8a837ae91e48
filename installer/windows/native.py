"""The two launchers, compiled by mingw with icon, manifest and version, the same bytes every time."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from installer.environment import Environment, clean_env
from installer.say import SetupError
from installer.windows import layout

HERE = Path(__file__).parent
PREFIX = "x86_64-w64-mingw32-"
LIBRARIES = ("-lole32", "-luuid", "-lshell32", "-ladvapi32")

_RESOURCES = """\
#include <winver.h>
1 ICON "app.ico"
1 24 "app.manifest"
1 VERSIONINFO
FILEVERSION {comma},0
PRODUCTVERSION {comma},0
FILEOS VOS_NT_WINDOWS32
FILETYPE VFT_APP
BEGIN
 BLOCK "StringFileInfo" BEGIN BLOCK "041604b0" BEGIN
  VALUE "CompanyName", "{publisher}"
  VALUE "FileDescription", "{description}"
  VALUE "FileVersion", "{version}"
  VALUE "InternalName", "{file}"
  VALUE "LegalCopyright", "{publisher}"
  VALUE "OriginalFilename", "{file}"
  VALUE "ProductName", "{program}"
  VALUE "ProductVersion", "{version}"
 END END
 BLOCK "VarFileInfo" BEGIN VALUE "Translation", 0x0416, 1200 END
END
"""


def make_icon(environment: Environment, places: layout.Layout) -> Path:
    """Draw the icon and return its path.

    Raises:
        SetupError: Qt could not draw it.
    """
    target = places.build / "app.ico"
    source = places.root / "resources" / "icons" / "app.svg"
    command = [str(environment.python), "-I", str(HERE / "icon.py"), str(source), str(target)]
    run(command, {**clean_env(), "QT_QPA_PLATFORM": "offscreen"}, "The icon could not be drawn")
    return target


def resource_text(version: str, file: str, description: str) -> str:
    """The resource script of one executable."""
    return _RESOURCES.format(
        comma=version.replace(".", ","),
        version=version,
        file=file,
        description=description,
        publisher=layout.PUBLISHER,
        program=layout.PROGRAM,
    )


def build(environment: Environment, places: layout.Layout, version: str) -> None:
    """Put `OtimoTray.exe` and `otimo-tray.exe` into the payload.

    Raises:
        SetupError: a tool failed.
    """
    make_icon(environment, places)
    shutil.copyfile(HERE / "app.manifest", places.build / "app.manifest")
    described = {"OtimoTray": layout.PROGRAM, "otimo-tray": f"{layout.PROGRAM} (linha de comando)"}
    for name, options in (("OtimoTray", ["-mwindows"]), ("otimo-tray", ["-DCONSOLE"])):
        script = places.build / f"{name}.rc"
        script.write_text(resource_text(version, f"{name}.exe", described[name]), encoding="utf-8")
        compiled = places.build / f"{name}.res"
        tool(["windres", "-c", "65001", "-O", "coff", "-l", "0x0416", f"{name}.rc", compiled.name], places.build)
        flags = ["-municode", "-O2", "-s", "-Wall", "-Wextra", "-Werror", "-static", "-Wl,--no-insert-timestamp"]
        flags += ["-Wl,--dynamicbase,--nxcompat,--high-entropy-va"]
        target = places.payload / f"{name}.exe"
        source = str(HERE / "launcher.c")
        tool(["gcc", *flags, *options, source, compiled.name, "-o", str(target), *LIBRARIES], places.build)


def tool(command: Sequence[str], folder: Path) -> None:
    """Run one mingw tool. Raises SetupError with its last words."""
    name = PREFIX + command[0]
    if name == f"{PREFIX}gcc" and shutil.which(name) is None:
        name += "-win32"
    run([name, *command[1:]], dict(os.environ), f"{command[0]} failed", folder)


def run(command: Sequence[str], env: dict[str, str], failure: str, folder: Path | None = None) -> str:
    """Run a command quietly and return its output. Raises SetupError with what it said when it fails."""
    try:
        result = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise SetupError(f"{failure}: {error}") from error
    if result.returncode != 0:
        raise SetupError(f"{failure}: {(result.stderr or result.stdout).strip()[-800:]}")
    return result.stdout
