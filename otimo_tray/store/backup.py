"""A copy of the state database a day, and the way back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from otimo_tray.errors import StoreAway, StoreDamaged
from otimo_tray.store.database import border
from otimo_tray.store.journal import Journal

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
        StoreDamaged: L-322, the database isn't whole any more. The older copies stay.
    """
    target = copy_of_day(path, now)
    if target.exists():
        return None
    unfinished = target.with_suffix(".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_database(path, unfinished)
        if not is_sound(unfinished):  # in a week damaged copies would have taken the place of all good ones
            unfinished.unlink()
            raise StoreDamaged("L-322", detail=path.name)
        unfinished.replace(target)
        forget_old(path)
    except OSError as error:
        raise StoreAway("L-310", detail=type(error).__name__) from error
    return target


def copy_of_day(path: Path, now: datetime) -> Path:
    """Where the copy of that day (UTC) lies, or would."""
    return backup_folder(path) / f"{path.stem}-{now:%Y%m%d}{path.suffix}"


def forget_old(path: Path) -> None:
    """Removes all but the newest `KEEP` copies (there is one at least), and journals that only they needed. Raises
    OSError."""
    kept = backups(path)
    for old in kept[KEEP:]:
        old.unlink(missing_ok=True)
    Journal(path).forget(kept[:KEEP][-1])


def is_sound(path: Path) -> bool:
    """Whether a file is a SQLite database without damage."""
    try:
        with border(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
            return source.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except (StoreAway, StoreDamaged):
        return False


def waiting_restore(path: Path) -> Path:
    """Where the file that takes a database's place is made ready. It is there without the database only when a restore
    ended between its two renames."""
    return path.with_suffix(".restored")


def restore(
    path: Path, copy: Path | None, now: datetime, *, complete: Callable[[Path], object] = lambda _: None
) -> Path | None:
    """Puts a copy (None = nothing yet) in the place of the database, which must not be open. Answers where the replaced
    one was put. `complete` gets the new file before it takes the place; when it raises, nothing was changed.

    Raises:
        StoreDamaged: L-322, the copy itself is damaged; nothing was changed.
        StoreAway: a file can't be moved or written.
    """
    if copy is not None and not is_sound(copy):
        raise StoreDamaged("L-322", detail=copy.name)
    aside = path.with_name(f"{path.stem}-replaced-{now:%Y%m%d-%H%M%S}{path.suffix}")
    fresh = waiting_restore(path)
    try:
        for file in (fresh, *(fresh.with_name(fresh.name + ending) for ending in _SIDE_FILES)):
            file.unlink(missing_ok=True)
        if copy is not None:
            copy_database(copy, fresh)
        complete(fresh)
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


def forget_replaced(path: Path, before: datetime) -> None:
    """Removes files put aside before a day: they hold customers' data, which is kept no longer than anywhere else.

    Raises:
        StoreAway: one can't be removed.
    """
    oldest = f"{path.stem}-replaced-{before:%Y%m%d}"
    try:
        for file in path.parent.glob(f"{path.stem}-replaced-????????-*"):
            if file.name < oldest:
                file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreAway("L-310", detail=type(error).__name__) from error


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
