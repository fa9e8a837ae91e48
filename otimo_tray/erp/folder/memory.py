"""What the connector remembers of the stock files across restarts: one small JSON file, written when it changes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from otimo_tray.erp.folder.files import Disk
from otimo_tray.errors import StoreAway


@dataclass(frozen=True, slots=True)
class StockMemory:
    """Attributes:
    accepted: names, sizes and times of the full picture that the engine stored last; "" if none.
    as_of: the moment that picture was said to speak of (ISO).
    latest: the newest `as_of` of any stored reading (ISO).
    fields: columns that picture had.
    waiting: change-only files (as signatures) that were answered for but couldn't be moved yet, each with the code and
        parameters of its refusal; code "" if it was used.
    refused_code, refused_params: why the last full picture was refused and moved away; code "" if it wasn't.
    """

    accepted: str = ""
    as_of: str = ""
    latest: str = ""
    fields: tuple[str, ...] = ()
    waiting: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict[str, tuple[str, dict[str, str]]])
    refused_code: str = ""
    refused_params: dict[str, str] = field(default_factory=dict[str, str])


class MemoryFile:
    """`path` holds a `StockMemory`; a missing or damaged file means that nothing is remembered, which is safe."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        self._value: StockMemory | None = None

    def get(self) -> StockMemory:
        """Reads it once."""
        if self._value is None:
            try:
                content: Any = json.loads(self._path.read_text("utf-8"))
                names = StockMemory.__dataclass_fields__
                known: dict[str, Any] = {key: value for key, value in content.items() if key in names}
                known["fields"] = tuple(known.get("fields", ()))
                known["waiting"] = {name: (code, params) for name, (code, params) in known.get("waiting", {}).items()}
                self._value = StockMemory(**known)
            except (OSError, ValueError, TypeError, AttributeError):
                self._value = StockMemory()
        return self._value

    def change(self, **fields: object) -> None:
        """Replaces fields. Raises StoreAway."""
        changed = replace(self.get(), **cast("dict[str, Any]", fields))
        if changed == self._value:
            return
        try:
            self._disk.make_folder(self._path.parent)
            self._disk.replace_text(self._path, json.dumps(asdict(changed)))
        except OSError as error:
            raise StoreAway("L-310", file=self._path.name, raw=str(error)) from error
        self._value = changed


def moment_of(text: str) -> datetime | None:
    """A remembered moment; None when there is none."""
    return datetime.fromisoformat(text) if text else None
