"""*Mudar para outro PC*: settings and state in one checked file, without secrets; and a template for the next shop.

The file is a ZIP of `manifest.json` (version, size and SHA-256 of each file), `settings.toml` and `state.db`. On the
other PC it is checked whole, laid beside the profile, and put in place at the next start, before anything is open.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, cast

from otimo_tray import __version__
from otimo_tray.desktop import atomic, settings_file
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ConfigurationError
from otimo_tray.store import backup
from otimo_tray.store.migrate import REVISIONS

VERSION: Final = 1
_FILES: Final = ("settings.toml", "state.db")
_LARGEST: Final = 16 * 1024**3
_LARGEST_MANIFEST: Final = 64 * 1024
_BLOCK: Final = 1024 * 1024
_WAITING: Final = "incoming"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a transfer file holds, checked.

    Attributes:
        made_at: when it was made, ISO 8601 in UTC.
        program: version of the program that made it.
        orders, mappings: how many it brings, for the person's eye.
    """

    made_at: str
    program: str
    settings: Settings
    orders: int
    mappings: int


def export(paths: ProfilePaths, settings: Settings, target: Path, now: datetime) -> None:
    """Writes the transfer file whole. The program may go on meanwhile: the copy shows one moment.

    Raises:
        ConfigurationError: C-483, it can't be written; nothing was changed.
        StoreAway, StoreDamaged: the state database can't be copied.
    """
    unfinished = target.with_name(f"{target.name}.part")
    copy = paths.folder / "transfer.db"
    try:
        backup.copy_database(paths.state, copy)
        toml = settings_file.dump(settings)
        files = {"settings.toml": _told(len(toml), hashlib.sha256(toml).hexdigest()), "state.db": _measured(copy)}
        manifest = {
            "version": VERSION,
            "program": __version__,
            "made_at": now.isoformat(timespec="seconds"),
            "files": files,
        }
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("manifest.json", json.dumps(manifest, indent=2))
            archive.writestr("settings.toml", toml)
            archive.write(copy, "state.db")
        unfinished.replace(target)
    except OSError as error:
        raise ConfigurationError("C-483", file=target.name, why=type(error).__name__) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
            copy.unlink(missing_ok=True)


def stage(source: Path, paths: ProfilePaths) -> Contents:
    """Checks a transfer file whole and lays its content beside the profile: `take_over` puts it in place.

    Raises:
        ConfigurationError: C-490, it isn't one or is damaged (`why`); C-491, it was made by a newer program; C-408, it
            can't be read. Nothing of the profile was changed.
    """
    waiting = paths.folder / _WAITING
    unfinished = paths.folder / f"{_WAITING}.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(mode=0o700)
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            for name in _FILES:
                _extract(archive, name, cast("dict[str, Any]", manifest["files"]).get(name), unfinished / name, source)
        contents = _checked(unfinished, manifest, source)
        shutil.rmtree(waiting, ignore_errors=True)
        unfinished.rename(waiting)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ConfigurationError("C-490", file=source.name, why=type(error).__name__) from None
    except OSError as error:
        raise ConfigurationError("C-408", path=str(source), reason=type(error).__name__) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return contents


def take_over(paths: ProfilePaths, now: datetime) -> bool:
    """Puts what `stage` laid ready in place; the former state is kept aside. The database must not be open.

    True when there was something. Safe to repeat after a power cut at any point.

    Raises:
        ConfigurationError: the settings can't be read. StoreAway, StoreDamaged: the state can't be put in place.
    """
    waiting = paths.folder / _WAITING
    if not waiting.is_dir():
        return False
    settings_file.write(paths.settings, settings_file.read(waiting / "settings.toml"))
    backup.restore(paths.state, waiting / "state.db", now)
    shutil.rmtree(waiting, ignore_errors=True)
    return True


def template(settings: Settings) -> bytes:
    """A set-up file for the next shop: the same rules, intervals and guards, nothing that is this shop's alone."""
    shop = replace(settings.shop, cnpjs=())
    erp = replace(settings.erp, demo_data="", folder="", nfe_folder="")
    return settings_file.dump(replace(settings, shop=shop, erp=erp, pilot_skus=()))


def save_template(settings: Settings, path: Path) -> None:
    """Writes the template whole. Raises ConfigurationError C-483."""
    try:
        atomic.write(path, template(settings))
    except OSError as error:
        raise ConfigurationError("C-483", file=path.name, why=type(error).__name__) from None


def with_template(settings: Settings, path: Path) -> Settings:
    """The settings after a template was taken over; what a template doesn't have stays this shop's.

    Raises ConfigurationError as `settings_file.read`.
    """
    found = settings_file.read(path)
    shop = replace(found.shop, cnpjs=found.shop.cnpjs or settings.shop.cnpjs)
    same = found.erp.kind == settings.erp.kind
    erp = replace(
        found.erp,
        folder=found.erp.folder or (settings.erp.folder if same else ""),
        nfe_folder=found.erp.nfe_folder or (settings.erp.nfe_folder if same else ""),
        demo_data=found.erp.demo_data or (settings.erp.demo_data if same else ""),
    )
    return replace(found, shop=shop, erp=erp, pilot_skus=found.pilot_skus or settings.pilot_skus)


def _told(size: int, digest: str) -> dict[str, object]:
    return {"size": size, "sha256": digest}


def _measured(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        return _told(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        info = archive.getinfo("manifest.json")
        if info.file_size > _LARGEST_MANIFEST:
            raise ValueError("size")
        found: object = json.loads(archive.read(info))
    except (KeyError, ValueError):
        raise ConfigurationError("C-490", file=source.name, why="manifest") from None
    manifest = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    version = manifest.get("version")
    if isinstance(version, int) and version > VERSION:
        raise ConfigurationError("C-491", file=source.name)
    if version != VERSION or not isinstance(manifest.get("files"), dict):
        raise ConfigurationError("C-490", file=source.name, why="manifest")
    return manifest


def _extract(archive: zipfile.ZipFile, name: str, told: object, target: Path, source: Path) -> None:
    """One file, only if size and hash are what the manifest says. Never writes more than it says."""
    expected = cast("dict[str, Any]", told) if isinstance(told, dict) else {}
    size = expected.get("size")
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise ConfigurationError("C-490", file=source.name, why=name) from None
    if not isinstance(size, int) or info.file_size != size or not 0 < size <= _LARGEST:
        raise ConfigurationError("C-490", file=source.name, why=name)
    with archive.open(info) as packed, target.open("wb") as out:
        digest = _copy(packed, out, size)
    if digest != expected.get("sha256"):
        raise ConfigurationError("C-490", file=source.name, why=name)


def _copy(packed: IO[bytes], out: IO[bytes], size: int) -> str:
    digest, left = hashlib.sha256(), size
    while left > 0 and (block := packed.read(min(_BLOCK, left))):
        digest.update(block)
        out.write(block)
        left -= len(block)
    return digest.hexdigest()


def _checked(folder: Path, manifest: dict[str, Any], source: Path) -> Contents:
    settings = settings_file.read(folder / "settings.toml")
    state = folder / "state.db"
    if not backup.is_sound(state):
        raise ConfigurationError("C-490", file=source.name, why="state.db")
    try:
        with closing(sqlite3.connect(f"{state.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            orders = connection.execute("SELECT count(*) FROM orders").fetchone()[0]
            mappings = connection.execute("SELECT count(DISTINCT sku) FROM mapping").fetchone()[0]
    except sqlite3.DatabaseError:
        raise ConfigurationError("C-490", file=source.name, why="state.db") from None
    if revision is None or revision[0] not in REVISIONS:
        raise ConfigurationError("C-491", file=source.name)
    return Contents(str(manifest.get("made_at", "")), str(manifest.get("program", "")), settings, orders, mappings)
