"""What reading the ERP costs: our typed rows against the bare driver's or parser's fetch of the same ones.

Each connector reads 100,000 products with stock and prices, typed and in Decimal, through the port; beside it its
driver (or the csv module, calamine, or requests and its JSON) gets the same rows. Runs alternate and the best of each
counts: in seconds where a database server works beside, or else in processor time of this process, for the demo ERP's
own work behind HTTP would hide ours. Peaks of memory are measured in processes of their own, at 100,000 and at 300,000
rows. Before that, each connector's rows are compared with what was written.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import openpyxl
import python_calamine

from otimo_tray.desktop.clock import SystemClock
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.database import open_database_erp
from otimo_tray.erp.database.address import parse_address
from otimo_tray.erp.database.flavours import flavour_of
from otimo_tray.erp.folder import open_folder_erp
from otimo_tray.ports import Erp
from tests.benchmarks import erp_read_http
from tests.benchmarks.erp_read_http import Product
from tests.benchmarks.shop import check
from tests.servers import KINDS, NotInstalledError, Server

ROWS: Final = 100_000
MORE: Final = 300_000
ROUNDS: Final = 3
MOST_ROUNDS: Final = 9
ROUNDS_S: Final = 6.0
"""After the third round, another one while all of them took less: the best of few says little on a busy machine."""
SOURCES: Final = ("sqlite", "csv", "xlsx", "firebird", "postgresql", "mariadb", "http")
_ZONE: Final = ZoneInfo("America/Sao_Paulo")
_HEADER: Final = ("codigo", "saldo", "preco", "descricao", "ean")
_SQL: Final = "SELECT codigo, saldo, preco, descricao, ean FROM produto"


def products(count: int) -> Iterator[Product]:
    """A shop's products."""
    for n in range(count):
        yield f"{n:06d}", f"{n % 97}.{n % 2 * 5}", f"{n % 4999 + 1}.90", f"Produto de açaí {n}", f"789{n:010d}"


def open_source(source: str, place: str) -> Erp:
    """The connector for a place: a folder, a database's address, or an API's address and token."""
    if source in {"csv", "xlsx"}:
        folder = Path(place)
        return open_folder_erp(ErpSettings(folder=place), _ZONE, SystemClock(), folder.parent / "cache")
    if source == "http":
        return erp_read_http.open_place(place, _ZONE)
    settings = ErpSettings(kind="database", queries={"items": _SQL}, timeout_s=900)
    return open_database_erp(settings, place, _ZONE, SystemClock())


def read(source: str, place: str) -> int:
    """One whole reading, typed. Answers how many rows had stock and price."""
    with closing(open_source(source, place)) as erp:
        reading = erp.read_items()
        assert reading is not None
        parse = erp.parse_row
        found = 0
        for chunk in reading.chunks():
            items = [parse(row) for row in chunk]
            found += len(items)
            assert isinstance(items[0].price, Decimal)
        return found


def bare(source: str, place: str) -> int:
    """The same rows from the driver or parser alone."""
    if source == "csv":
        with (Path(place) / "estoque.csv").open(encoding="utf-8-sig", newline="") as file:
            return len(list(csv.reader(file, delimiter=";"))) - 1
    if source == "xlsx":
        calamine: Any = python_calamine.CalamineWorkbook
        book = calamine.from_path(Path(place) / "estoque.xlsx")
        return len(book.get_sheet_by_index(0).to_python()) - 1
    if source == "http":
        return erp_read_http.bare(place)
    flavour = flavour_of(parse_address(place), 900)
    engine = flavour.engine()
    connection: Any = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_SQL)
        return len(cursor.fetchall())
    finally:
        connection.close()
        engine.dispose()


def fill(source: str, folder: Path, count: int, server: Server | None) -> str:
    """Writes the products where the source has them; answers the place."""
    if source == "csv":
        with (folder / "estoque.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(_HEADER)
            writer.writerows((c, b.replace(".", ","), p.replace(".", ","), n, e) for c, b, p, n, e in products(count))
        return str(folder)
    if source == "xlsx":
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(_HEADER)
        for code, balance, price, name, ean in products(count):
            sheet.append([code, float(balance), float(price), name, ean])
        book.save(folder / "estoque.xlsx")
        return str(folder)
    path = folder / "erp.sqlite"
    if server is None:
        path.touch()
    address = f"sqlite:///{path}" if server is None else server.new_database()
    engine = flavour_of(parse_address(address), 900).engine()
    number = "NUMERIC" if source == "sqlite" else "NUMERIC(15,2)"
    with engine.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE TABLE produto (codigo VARCHAR(20), saldo {number}, preco {number}, descricao VARCHAR(120),"
            " ean VARCHAR(14))"
        )
        connection.commit()
        if source == "sqlite":
            connection.exec_driver_sql("BEGIN")
        if source == "firebird":
            connection.exec_driver_sql(_firebird_block(count))
        else:
            mark = "?" if source == "sqlite" else "%s"
            rows = list(products(count))
            for start in range(0, count, 10_000):
                connection.exec_driver_sql(
                    f"INSERT INTO produto VALUES ({', '.join([mark] * 5)})", rows[start : start + 10_000]
                )
        connection.commit()
    engine.dispose()
    return address


def _firebird_block(count: int) -> str:
    """The same products, made inside of the server: it takes single rows only, one a round trip."""
    return (
        "EXECUTE BLOCK AS DECLARE n INT = 0; BEGIN WHILE (:n < " + str(count) + ") DO BEGIN INSERT INTO produto VALUES"
        " (LPAD(:n, 6, '0'), MOD(:n, 97) + MOD(:n, 2) * 0.5, MOD(:n, 4999) + 1.9,"
        " 'Produto de açaí ' || :n, '789' || LPAD(:n, 10, '0')); n = n + 1; END END"
    )


@contextmanager
def _served(source: str) -> Generator[Server | None]:
    if source not in KINDS:
        yield None
        return
    server = KINDS[source]()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def ratio(source: str, place: str, count: int = ROWS) -> float:
    """How many times the bare fetch our typed reading takes, the best of each."""
    best: dict[Callable[[str, str], int], float] = {read: 1e9, bare: 1e9}
    started = time.perf_counter()
    for number in range(MOST_ROUNDS):
        if number >= ROUNDS and time.perf_counter() - started > ROUNDS_S:
            break
        for run in (bare, read):
            began = time.process_time() if source not in KINDS else time.perf_counter()
            found = run(source, place)
            took = (time.process_time() if source not in KINDS else time.perf_counter()) - began
            check(found == count, f"{source}: rows", found)
            best[run] = min(best[run], took)
    return round(best[read] / best[bare], 2)


def compare(source: str, place: str, count: int = ROWS) -> None:
    """Reads all and compares each row with what was written. Raises CheckError."""
    expected = {
        code: (Decimal(balance), Decimal(price), name, ean) for code, balance, price, name, ean in products(count)
    }
    with closing(open_source(source, place)) as erp:
        reading = erp.read_items()
        assert reading is not None
        for item in (erp.parse_row(row) for chunk in reading.chunks() for row in chunk):
            found = (item.balance, item.price, item.name, item.ean)
            check(found == expected.pop(item.erp_code, None), f"{source}: a row", item)
    check(not expected, f"{source}: rows missing", len(expected))


def peak_mb(source: str, place: str) -> float:
    """The most memory that a process of its own needs for one reading, the program's own included."""
    command = [sys.executable, "-m", "tests.benchmarks.erp_read", "--peak", source, place]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(result.stdout)["peak_mb"])


@contextmanager
def _placed(source: str, folder: Path, count: int, server: Server | None) -> Generator[str]:
    """The source with so many products, for as long as the block lasts; gives its place."""
    folder.mkdir()
    if source == "http":
        with erp_read_http.served(folder, products(count)) as place:
            yield place
    else:
        yield fill(source, folder, count, server)


def measure(say: Callable[[str], None]) -> dict[str, tuple[float, float, float]]:
    """By source: ratio at 100,000 rows, peak of memory in MB at 100,000 and at 300,000 rows."""
    found: dict[str, tuple[float, float, float]] = {}
    for source in SOURCES:
        try:
            with _served(source) as server, tempfile.TemporaryDirectory(prefix="otimo-read-") as folder:
                with _placed(source, Path(folder) / "100", ROWS, server) as place:
                    compare(source, place)
                    times, peak = ratio(source, place), peak_mb(source, place)
                with _placed(source, Path(folder) / "300", MORE, server) as place:
                    found[source] = (times, peak, peak_mb(source, place))
        except NotInstalledError as error:
            say(f"erp_read_ratio: {source} not measured, {error}")
            continue
        say(f"{source}: {found[source][0]} × the bare driver, peak {found[source][1]} MB, {found[source][2]} MB")
    return found


def main(arguments: list[str]) -> int:
    """`--peak SOURCE PLACE`: one reading in this process; without it, everything."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.benchmarks.erp_read")
    parser.add_argument("--peak", nargs=2, metavar=("SOURCE", "PLACE"))
    options = parser.parse_args(arguments)
    if options.peak:
        read(*options.peak)
        # Not getrusage: its maximum still knows the process that started this one.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        sys.stdout.write(json.dumps({"peak_mb": round(peak / 1024, 1)}) + "\n")
        return 0

    def say(text: str) -> None:
        sys.stderr.write(text + "\n")

    sys.stdout.write(json.dumps(measure(say)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
