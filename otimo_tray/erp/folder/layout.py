"""Where things are in an exchange folder (resources/contracts.md, section 4), and which files are looked at."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from otimo_tray.erp.folder.files import Stamp
from otimo_tray.erp.folder.reading import SourceFile
from otimo_tray.erp.folder.sheets import EXTENSIONS
from otimo_tray.errors import ErpAway, ErpMisconfigured, ReadRefused


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one exchange folder; `notes` may be elsewhere by a setting."""

    root: Path
    notes: Path
    own_notes: bool = True
    """`notes` is the exchange folder's own sub-folder (made when missing), not one that the ERP keeps elsewhere."""

    @property
    def orders(self) -> Path:
        return self.root / "pedidos"

    @property
    def processed(self) -> Path:
        return self.root / "processados"

    @property
    def refused(self) -> Path:
        return self.root / "recusados"


@dataclass(frozen=True, slots=True)
class StockFiles:
    """What the root of the folder holds: at most one stock and one price sheet, change-only ones oldest first."""

    stock: SourceFile | None
    prices: SourceFile | None
    changes: Sequence[SourceFile]


def find_stock_files(root: Path) -> StockFiles:
    """Looks at the root once.

    Raises:
        ErpMisconfigured: E-220, no folder is set.
        ErpAway: E-210, the folder can't be reached.
        ReadRefused: E-257, two stock (or two price) files at once; `files` names them.
    """
    found: dict[str, list[SourceFile]] = {"estoque": [], "precos": [], "alteracoes": []}
    try:
        with os.scandir(root) as entries:
            for entry in entries:
                name = entry.name.lower()
                if not name.endswith(EXTENSIONS) or name.startswith(("~$", ".")):
                    continue  # Excel keeps `~$estoque.xlsx` beside an open workbook
                for start, files in found.items():
                    if name.startswith(start) and entry.is_file():
                        files.append(SourceFile(Path(entry.path), Stamp.of(Path(entry.path).stat())))
    except OSError as error:
        raise ErpAway("E-210", folder=str(root), raw=str(error)) from error
    for start in ("estoque", "precos"):
        if len(found[start]) > 1:
            names = ", ".join(sorted(file.path.name for file in found[start]))
            raise ReadRefused("E-257", source=start, files=names)
    changes = sorted(found["alteracoes"], key=lambda file: (file.stamp.mtime_ns, file.path.name))
    return StockFiles(
        found["estoque"][0] if found["estoque"] else None,
        found["precos"][0] if found["precos"] else None,
        changes,
    )


def root_of(folder: str) -> Path:
    """The folder of the settings. Raises ErpMisconfigured E-220 when none is set."""
    if not folder.strip():
        raise ErpMisconfigured("E-220")
    return Path(folder).expanduser()
