"""What support needs to see, redacted, as a few readable texts: for everything, or for one order.

Nothing is sent anywhere: a person reads it, saves it as a ZIP file and hands it on.
"""

from __future__ import annotations

import io
import json
import platform
import re
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from otimo_tray import __version__
from otimo_tray.desktop import atomic, settings_file
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Status
from otimo_tray.errors import ConfigurationError, OtimoError
from otimo_tray.ports import Secrets
from otimo_tray.store.database import border
from otimo_tray.store.schema import metadata
from otimo_tray.support.redaction import Redactor, people_in

LOG_BYTES: Final = 400_000
"""The newest part of the log that goes along."""
SECRET_NAMES: Final = (
    "hub.client_id", "hub.client_secret", "hub.username", "hub.password", "hub.token", "erp.database", "erp.http",
    "state.password", "care.smtp",
)  # fmt: skip
_JSON_COLUMNS: Final = frozenset({"params", "error_params", "raw", "error_raw", "data", "record", "counts", "basis"})
_LISTS: Final[tuple[tuple[str, str], ...]] = (
    ("problemas", "SELECT * FROM problem ORDER BY last_seen DESC LIMIT 500"),
    ("retidos", "SELECT * FROM held_plan ORDER BY id DESC LIMIT 100"),
    ("leituras", "SELECT * FROM reading ORDER BY id DESC LIMIT 100"),
    ("execucoes", "SELECT * FROM run ORDER BY id DESC LIMIT 500"),
    ("a-enviar", "SELECT * FROM push ORDER BY created_at LIMIT 500"),
)
_OF_ORDER: Final[tuple[tuple[str, str], ...]] = (
    ("pedido", "SELECT * FROM orders WHERE hub_id = ?"),
    (
        "itens",
        "SELECT i.*, m.erp_code, m.units FROM order_item i LEFT JOIN mapping m ON m.sku = i.sku WHERE i.hub_id = ?",
    ),
    ("historia", "SELECT * FROM order_event WHERE hub_id = ? ORDER BY id"),
    ("notas", "SELECT * FROM invoice WHERE hub_id = ?"),
    ("rastreio", "SELECT * FROM tracking WHERE hub_id = ?"),
    ("problemas", "SELECT * FROM problem WHERE item = ?"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the diagnostics: its name in the ZIP file and its whole, redacted text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What was gathered; `name` is a fitting file name."""

    name: str
    pieces: tuple[Piece, ...]

    def packed(self) -> bytes:
        """The ZIP file's content."""
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for piece in self.pieces:
                archive.writestr(piece.name, piece.text.encode())
        return data.getvalue()

    def save(self, path: Path) -> None:
        """Writes the ZIP file whole. Raises ConfigurationError C-483."""
        try:
            atomic.write(path, self.packed())
        except OSError as error:
            raise ConfigurationError("C-483", file=path.name, why=type(error).__name__) from None


class Collector:
    """Gathers diagnostics of one profile. Every method may block.

    Args:
        secrets: asked only to know what must not stand in any text; a locked keyring is no hindrance.
        sentence: a code with its parameters in the shop's language.
    """

    def __init__(
        self,
        paths: ProfilePaths,
        settings: Settings,
        secrets: Secrets,
        status: Status,
        sentence: Callable[[str, Mapping[str, object]], str],
        now: datetime,
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._status = status
        self._sentence = sentence
        self._now = now
        self._known = known_secrets(secrets)

    def everything(self) -> Diagnostics:
        """State, settings, problems, ledgers and the newest part of the log. Never raises for a damaged database."""
        redactor = self._redactor()
        pieces = [self._summary(), ("ajustes.toml", settings_file.dump(self._settings).decode())]
        try:
            with _reading(self._paths.state) as connection:
                pieces.append(("contagens.json", _json(self._counts(connection))))
                pieces += [(f"{name}.json", self._table(connection, query, redactor)) for name, query in _LISTS]
        except OtimoError as error:
            pieces.append(("banco.txt", self._sentence(error.code, error.params)))
        pieces.append(("registro.txt", self.log()))
        return self._made("otimo-tray-diagnostico", pieces, redactor)

    def order(self, number: str) -> Diagnostics:
        """All that concerns one order, by the channel's number or the hub's id.

        Raises:
            ConfigurationError: O-551, no such order is known here.
            StoreAway, StoreDamaged: the state database can't be read.
        """
        with _reading(self._paths.state) as connection:
            found = connection.execute(
                "SELECT hub_id, original_id, data, raw FROM orders WHERE hub_id = ? OR original_id = ?",
                (number.strip(), number.strip()),
            ).fetchone()
            if found is None:
                raise ConfigurationError("O-551", order=number)
            hub_id, original, data, raw = found
            people = people_in(_parsed(data)) | people_in(_parsed(raw))
            redactor = self._redactor(people)
            pieces = [self._summary(), ("ajustes.toml", settings_file.dump(self._settings).decode())]
            pieces += [
                (f"{name}.json", self._table(connection, query, redactor, (hub_id,))) for name, query in _OF_ORDER
            ]
        about = [line for line in self.log().splitlines() if hub_id in line or (original and original in line)]
        pieces.append(("registro.txt", "\n".join(about)))
        name = re.sub(r"[^0-9A-Za-z-]", "", original or hub_id)
        return self._made(f"otimo-tray-pedido-{name}", pieces, redactor)

    def log(self) -> str:
        """The newest part of the log, beginning with a whole line."""
        return newest_log(self._paths.logs)

    def _redactor(self, people: Iterable[str] = ()) -> Redactor:
        return Redactor(self._known, people, str(Path.home()), self._settings.shop.cnpjs)

    def _made(self, name: str, pieces: Iterable[tuple[str, str]], redactor: Redactor) -> Diagnostics:
        texts = tuple(Piece(file, redactor.text(text)) for file, text in pieces)
        return Diagnostics(f"{name}-{self._now:%Y%m%d-%H%M}.zip", texts)

    def _summary(self) -> tuple[str, str]:
        status = self._status
        lines = [
            f"Ótimo Tray {__version__}",
            f"Python {platform.python_version()} ({sys.platform})",
            platform.platform(),
            f"UTC: {self._now:%Y-%m-%d %H:%M:%S}",
            f"Fuso da loja: {self._settings.shop.time_zone}",
            "",
            f"Situação: {status.state}",
        ]
        if status.trouble is not None:
            lines.append(self._sentence(status.trouble.code, status.trouble.params))
        lines += [f"{name}: {count}" for name, count in asdict(status.waiting).items() if count]
        lines.append("")
        for flow in status.flows.values():
            said = self._sentence(flow.trouble.code, flow.trouble.params) if flow.trouble is not None else "ok"
            last = f"{flow.last_success:%Y-%m-%d %H:%M:%S}" if flow.last_success else "nunca"
            lines.append(f"{flow.flow}: {'ligado' if flow.enabled else 'desligado'}; último sucesso {last}; {said}")
        return "resumo.txt", "\n".join(lines) + "\n"

    def _counts(self, connection: sqlite3.Connection) -> dict[str, Any]:
        counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - our own table's name
            for name in sorted(metadata.tables)
        }
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        return {"esquema": revision, "bytes": self._paths.state.stat().st_size, "linhas": counts}

    def _table(
        self, connection: sqlite3.Connection, query: str, redactor: Redactor, values: Sequence[object] = ()
    ) -> str:
        """Rows as JSON, each with its sentence where it holds a code."""
        cursor = connection.execute(query, values)
        names = [str(column[0]) for column in cursor.description]
        rows: list[dict[str, Any]] = []
        for row in cursor:
            entry: dict[str, Any] = {}
            for name, value in zip(names, row, strict=True):
                if name != "buyer_search":  # the name once more, folded
                    entry[name] = _parsed(value) if name in _JSON_COLUMNS else value
            code = entry.get("error_code") or entry.get("code") or entry.get("guard")
            if isinstance(code, str) and code:
                params = entry.get("error_params") or entry.get("params")
                known = cast("dict[str, object]", params) if isinstance(params, dict) else {}
                entry["texto"] = self._sentence(code, known)
            rows.append(redactor.tree(entry))
        return _json(rows)


def known_secrets(secrets: Secrets) -> list[str]:
    """Every secret text of this profile, to be struck out; what can't be read now is left to the patterns."""
    found: list[str] = []
    for name in SECRET_NAMES:
        try:
            value = secrets.get(name)
        except OtimoError:
            return found
        if value:
            found += [value, *re.findall(r"[^\s\"':,{}@/]{8,}", value)]
    return found


def newest_log(folder: Path, limit: int = LOG_BYTES) -> str:
    """The newest `limit` bytes of the log, older file first, beginning with a whole line; "" when there is none."""
    data = b""
    for name in ("otimo-tray.log", "otimo-tray.log.1"):
        try:
            data = (folder / name).read_bytes()[-(limit - len(data)) :] + data
        except OSError:
            break
        if len(data) >= limit:
            break
    text = data.decode("utf-8", "replace")
    return text.partition("\n")[2] if len(data) >= limit else text


@contextmanager
def _reading(path: Path) -> Generator[sqlite3.Connection]:
    """A connection that can only read. Raises StoreAway, StoreDamaged."""
    with border(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)) as connection:
        yield connection


def _parsed(text: object) -> Any:
    """JSON text as a value; what isn't JSON stays text."""
    if not isinstance(text, str) or text[:1] not in "{[":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
