"""A copy of the state database a day, and the way back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from otimo_tray.errors import StoreAway, StoreDamaged
from otimo_tray.store.database import border

KEEP: Final = 7
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


def backup_folder(path: Path) -> Path:
    """Where the copies of a database lie: beside it."""
    return path.parent / "backups"


def backups(path: Path) -> list[Path]:
    """The copies there are, newest first."""
    return sorted(backup_folder(path).glob(f"{path.stem}-????????{path.suffix}"), reverse=True)


def backup(path: Path, now: datetime) -> Path | None:
    """Makes today's copy (UTC day) unless it exists, and removes all but the newest `KEEP`.

    SQLite's own copying: whole and consistent while the program writes on. None when today's copy was there.

    Raises:
        StoreAway: no room, no right, or locked. The older copies stay.
    """
    folder = backup_folder(path)
    target = folder / f"{path.stem}-{now:%Y%m%d}{path.suffix}"
    if target.exists():
        return None
    unfinished = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy_database(path, unfinished)
        unfinished.replace(target)
        for old in backups(path)[KEEP:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise StoreAway("L-310", detail=type(error).__name__) from error
    return target


def is_sound(path: Path) -> bool:
    """Whether a file is a SQLite database without damage."""
    try:
        with border(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
            return source.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except (StoreAway, StoreDamaged):
        return False


def restore(path: Path, copy: Path, now: datetime) -> Path | None:
    """Puts a copy in the place of the database, which must not be open. Answers where the replaced one was put.

    Raises:
        StoreDamaged: L-322, the copy itself is damaged; nothing was changed.
        StoreAway: a file can't be moved or written.
    """
    if not is_sound(copy):
        raise StoreDamaged("L-322", detail=copy.name)
    aside = path.with_name(f"{path.stem}-replaced-{now:%Y%m%d-%H%M%S}{path.suffix}")
    fresh = path.with_suffix(".restored")
    try:
        copy_database(copy, fresh)
        moved = path.exists()
        if moved:
            path.replace(aside)
        for ending in _SIDE_FILES:  # they belong to the replaced file: without them it may lack its last writes
            side = path.with_name(path.name + ending)
            if side.exists():
                side.replace(aside.with_name(aside.name + ending))
        fresh.replace(path)
    except OSError as error:
        raise StoreAway("L-310", detail=type(error).__name__) from error
    return aside if moved else None


def copy_database(source_path: Path, target_path: Path) -> None:
    """Copies a database with the backup API and puts it on the disk for good."""
    target_path.unlink(missing_ok=True)
    address = f"{source_path.absolute().as_uri()}?mode=ro"
    with (
        border(),
        closing(sqlite3.connect(address, uri=True)) as source,
        closing(sqlite3.connect(target_path)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    with target_path.open("rb+") as written:
        os.fsync(written.fileno())
