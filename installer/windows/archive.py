"""The portable program: the payload as a ZIP whose bytes depend on its content alone."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

from installer.windows import payload

#: A note in the portable program: what it is, in the words of the person who unpacks it.
NOTE = """\
Ótimo Tray, versão portátil. Abra OtimoTray.exe; nada é instalado.
As configurações e os dados ficam em %LOCALAPPDATA%\\Otimo Tray, ou na pasta dada com --profile-dir PASTA.

Ótimo Tray, portable. Start OtimoTray.exe; nothing is installed.
Settings and data are kept in %LOCALAPPDATA%\\Otimo Tray, or in the folder given with --profile-dir FOLDER.
"""


def write(folder: Path, target: Path, top: str, epoch: int) -> None:
    """Write `folder` as `target`, everything below a folder `top`, every file with the time `epoch`."""
    when = time.gmtime(max(epoch, 315_532_800))[:6]  # the format begins in 1980
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in (
            ("LEIA-ME.txt", b"\xef\xbb\xbf" + NOTE.replace("\n", "\r\n").encode()),
            *((name, path.read_bytes()) for name, path in payload.files_below(folder)),
        ):
            info = zipfile.ZipInfo(f"{top}/{name}", when)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, data, compresslevel=9)
    part.replace(target)
