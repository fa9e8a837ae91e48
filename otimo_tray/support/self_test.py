"""The installed program's test of itself: every part it needs, used once for real, in a throw-away folder.

The installer runs it before it replaces an older version, so it touches no profile and migrates nothing of the shop's.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import secrets as random_secrets
import socket
import ssl
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from otimo_tray.desktop.clock import SystemClock
from otimo_tray.errors import OtimoError
from otimo_tray.support import self_test_sync

MODULES: Final = (
    "alembic.command", "defusedxml.ElementTree", "filelock", "keyring", "openpyxl", "platformdirs", "python_calamine",
    "requests", "sqlalchemy", "tomli_w", "truststore", "urllib3", "zoneinfo",
)  # fmt: skip
QT_MODULES: Final = ("QtCore", "QtGui", "QtSvg", "QtWidgets")
DRIVERS: Final = ("sqlite3", "python_calamine", "openpyxl", "firebirdsql", "psycopg", "pymssql", "pymysql")
"""What the ERP connectors reach their data with: the demo ERP's database, sheets in, sheets out, servers."""

_KEY: Final = "35200159594315000157550010000000012062777161"


class CheckFailed(Exception):
    """A check looked and found something wrong; its text says what."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check's end: `detail` says what was found when `ok`, else what is wrong. `seconds` it took."""

    name: str
    ok: bool
    detail: str
    seconds: float


Check = Callable[[Path], str]
"""Looks at one thing; gets an empty folder of its own; answers what it found. Raises anything when it is wrong."""


def checks() -> dict[str, Check]:
    """Every check by name, the quick and basic ones first."""
    return {
        "imports": imports,
        "keyring": keyring,
        "tls": tls,
        "database": database,
        "sheets": sheets,
        "nfe": nfe,
        "time_zones": time_zones,
        "icons": icons,
        "translations": translations,
        "drivers": drivers,
        "sync": self_test_sync.whole_sync,
    }


def run(folder: Path, wanted: Iterable[str] | None = None) -> Iterable[Outcome]:
    """Runs the checks one by one; a failed one doesn't stop the next.

    Args:
        folder: an empty folder that the caller removes afterwards.
        wanted: names of checks; None = all.
    """
    for name, check in checks().items():
        if wanted is not None and name not in wanted:
            continue
        place = folder / name
        place.mkdir(parents=True)
        began = time.monotonic()
        try:
            ok, detail = True, check(place)
        except OtimoError as error:
            ok, detail = False, f"{error.code} {error.params}"
        except Exception as error:  # whatever a broken installation can raise is this check's answer
            ok, detail = False, f"{type(error).__name__}: {error}"
        yield Outcome(name, ok, " ".join(detail.split()), time.monotonic() - began)


def imports(folder: Path) -> str:
    """Everything that is imported anywhere, Qt too, and every module of ours."""
    del folder
    names = (*MODULES, *(f"PySide6.{name}" for name in QT_MODULES), *our_modules())
    for name in names:
        importlib.import_module(name)
    return f"{len(names)}, Python {sys.version.split()[0]}"


def our_modules() -> list[str]:
    """The program's own modules: but for the start of the process, and revisions, which only Alembic can load."""
    import otimo_tray

    names = [found.name for found in pkgutil.walk_packages(otimo_tray.__path__, "otimo_tray.")]
    # Its keyring is the Linux desktops' and needs what only they have.
    elsewhere = {"otimo_tray.desktop.secret_service"} if sys.platform == "win32" else set[str]()
    wanted = (name for name in names if not name.endswith("__main__") and ".migrations." not in name)
    return sorted(name for name in wanted if name not in elsewhere)


def keyring(folder: Path) -> str:
    """A made-up secret goes into the keyring, comes back the same, and is gone after its removal."""
    del folder
    from otimo_tray.desktop.secrets import KeyringSecrets

    kept = KeyringSecrets(f"self-test-{random_secrets.token_hex(6)}")
    value = f"çãõ €-{random_secrets.token_hex(24)}"
    kept.set("probe", value)
    try:
        if KeyringSecrets.get(kept, "probe") != value:
            raise CheckFailed("the secret came back changed")
    finally:
        kept.delete("probe")
    if kept.get("probe") is not None:
        raise CheckFailed("the secret is still there after its removal")
    return type(kept._opened()).__name__  # noqa: SLF001 - the name of the keyring, for support


def tls(folder: Path) -> str:
    """The system's certificates can be used, and a handshake begins; no network is needed."""
    del folder
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
        raise CheckFailed("certificates would not be checked")
    sent = ssl.MemoryBIO()
    connection = context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="api.plugg.to")
    with contextlib.suppress(ssl.SSLWantReadError):
        connection.do_handshake()
    hello = sent.read()
    if hello[:1] != b"\x16":  # a handshake record, RFC 8446 section 5.1
        raise CheckFailed("no handshake was begun")
    return ssl.OPENSSL_VERSION


def database(folder: Path) -> str:
    """A new state database is made, migrated, and found whole when it is opened again."""
    from otimo_tray.store import open_store
    from otimo_tray.store.migrate import HEAD

    for _ in range(2):
        open_store(folder / "state.db", SystemClock()).close()
    import sqlite3

    connection = sqlite3.connect(folder / "state.db")
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()
    if found != HEAD or whole != "ok":
        raise CheckFailed(f"revision {found} instead of {HEAD}, {whole}")
    return f"{found}, SQLite {sqlite3.sqlite_version}"


def sheets(folder: Path) -> str:
    """An XLSX is written and read back; a code keeps its leading zeros."""
    from openpyxl import Workbook

    from otimo_tray.erp.folder.excel_sheet import ExcelSheet

    path = folder / "estoque.xlsx"
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["codigo", "descricao", "saldo"])
    page.append(["00712", "Açaí nº 1", 3])
    book.save(path)
    sheet = ExcelSheet(path)
    rows = [list(column) for block in sheet.blocks() for column in block.columns]
    if list(sheet.header) != ["codigo", "descricao", "saldo"] or rows != [["00712"], ["Açaí nº 1"], [3.0]]:
        raise CheckFailed(f"read back: {sheet.header} {rows}")
    return "xlsx"


def nfe(folder: Path) -> str:
    """An NF-e is made and read: number, total and a key whose check digit is right."""
    del folder
    from otimo_tray.demo.erp.nfe_xml import Note, NoteLine, note_xml
    from otimo_tray.domain.invoice_rules import check_digit
    from otimo_tray.erp.nfe import read_nfe

    line = NoteLine("00712", "Açaí nº 1", 2, Decimal("39.80"))
    record = read_nfe(note_xml(Note(1234, datetime(2026, 3, 2, 15, 30, tzinfo=UTC), [line])), "self-test")
    if record is None or record.number != "1234" or record.total != Decimal("39.80"):
        raise CheckFailed(f"read: {record}")
    for key in (record.key, _KEY):
        if check_digit(key[:43]) != key[43]:
            raise CheckFailed(f"check digit of {key}")
    return record.key


def time_zones(folder: Path) -> str:
    """Brazil's zones are known: Windows has no table of its own."""
    del folder
    from zoneinfo import ZoneInfo

    moment = datetime(2026, 7, 1, 12, tzinfo=UTC)
    hours = [
        moment.astimezone(ZoneInfo(f"America/{city}")).hour for city in ("Noronha", "Sao_Paulo", "Manaus", "Rio_Branco")
    ]
    if hours != [10, 9, 8, 7]:
        raise CheckFailed(f"noon UTC is {hours}")
    return "America/Sao_Paulo"


def resources() -> Path:
    """The folder of icons and contracts beside the package."""
    return Path(__file__).resolve().parents[2] / "resources"


def icons(folder: Path) -> str:
    """Every icon is drawn and not empty."""
    del folder
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    files = sorted((resources() / "icons").glob("*.svg"))
    for file in files:
        image = QImage(24, 24, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        renderer = QSvgRenderer(str(file))
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not any(bytes(image.constBits())):
            raise CheckFailed(f"{file.name} is empty")
    if not files:
        raise CheckFailed(f"no icons in {resources()}")
    return str(len(files))


def translations(folder: Path) -> str:
    """Our catalogue and our windows answer in both languages, and Qt's own buttons are there in Portuguese."""
    del folder
    from PySide6.QtCore import QLibraryInfo, QTranslator

    from otimo_tray.words import sentence

    lines = {language: sentence("C-420", {"setting": "erp.folder"}, language).line for language in ("pt_BR", "en")}
    if "pasta" not in lines["pt_BR"] or lines["pt_BR"] == lines["en"]:
        raise CheckFailed(f"catalogue: {lines}")
    translator = QTranslator()
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load("qtbase_pt_BR", where):
        raise CheckFailed(f"no qtbase_pt_BR in {where}")
    word = translator.translate("QPlatformTheme", "Cancel")
    if word in (None, "", "Cancel"):
        raise CheckFailed("Qt's own words are not translated")
    for language, form in (("pt_BR", "1 linha"), ("en", "1 line")):
        ours = QTranslator()
        if not ours.load(f"otimo_tray_{language}", str(resources() / "translations")):
            raise CheckFailed(f"no otimo_tray_{language} in {resources() / 'translations'}")
        if str(ours.translate("LogWindow", "%n linha(s)", None, 1)).replace("%n", "1") != form:
            raise CheckFailed(f"the windows don't speak {language}")
    return str(word)


def drivers(folder: Path) -> str:
    """Every connector's driver loads and works: the servers' ones find nobody behind a closed door, and say so."""
    from otimo_tray.demo.erp import DemoErp

    for name in DRIVERS:
        importlib.import_module(name)
    for result in DemoErp(folder / "erp.db", SystemClock()).check():
        if result.error is not None:
            raise result.error
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))  # bound and never listening: refused at once, whoever else is on this PC
        for name, connect in _callers(door.getsockname()[1]).items():
            try:
                connect()
            except ImportError:
                raise
            except Exception:  # each driver has errors of its own
                continue
            raise CheckFailed(f"{name} found a server where there is none")
    return ", ".join(DRIVERS)


def _callers(port: int) -> dict[str, Callable[[], object]]:
    firebird, postgresql, sql_server, maria = (importlib.import_module(name) for name in DRIVERS[3:])
    who: dict[str, Any] = {"user": "x", "password": "x", "port": port}
    return {
        "firebirdsql": lambda: firebird.connect(host="127.0.0.1", database="x", timeout=3, **who),
        "psycopg": lambda: postgresql.connect(host="127.0.0.1", dbname="x", connect_timeout=3, **who),
        "pymssql": lambda: sql_server.connect(server="127.0.0.1", login_timeout=3, **who),
        "pymysql": lambda: maria.connect(host="127.0.0.1", connect_timeout=3, **who),
    }
