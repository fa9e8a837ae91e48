"""The hundred shops of the benchmark: folders, sheets and credentials, and their simulators."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

from otimo_tray.demo.simulator.catalogue import generate_catalogue
from otimo_tray.demo.simulator.simulator import Simulator
from otimo_tray.profile import SECRET_NAMES
from tests.process.world import HEADER, Hub
from tests.servers.server import PASSWORD

SHOPS = 100
PRODUCTS = 1_667
"""Every tenth product has two variations: so many products are 2,000 SKUs and one."""
CHANGED = 0.05

Value = tuple[int, Decimal]


@dataclass
class Shop:
    """One of them: its folders, and what its ERP says of each code."""

    name: str
    profile: Path
    sheet: Path
    hub: Hub
    rows: dict[str, Value]
    writes: int = 0

    def write_sheet(self) -> None:
        """The whole sheet, later than the last one."""
        self.writes += 1
        lines = [HEADER]
        for code, (balance, price) in self.rows.items():
            lines.append(f"{code};Produto {code};;{balance};{price};;;".replace(".", ","))
        temporary = self.sheet.with_name("novo.tmp")
        temporary.write_bytes(("\r\n".join(lines) + "\r\n" * (1 + self.writes)).encode("cp1252"))
        moment = time.time() - 5
        os.utime(temporary, (moment, moment))
        temporary.replace(self.sheet)

    def change(self, seed: int) -> int:
        """Other balances and prices for a part of the codes; answers how many values that are."""
        codes = random.Random(f"{seed} {self.name}").sample(sorted(self.rows), int(len(self.rows) * CHANGED))
        for place, code in enumerate(codes):
            balance, price = self.rows[code]
            if place % 2:
                self.rows[code] = balance + 1, price
            else:
                self.rows[code] = balance, (price * Decimal("1.05")).quantize(Decimal("0.01"))
        self.write_sheet()
        return len(codes)


class Ground:
    """Makes the shops' folders, one after the other."""

    def __init__(self, folder: Path, address: str, seed: int, hubs: list[dict[str, str]]) -> None:
        self.folder, self.address, self.seed = folder, address, seed
        self.hubs = hubs
        self.profiles, self.credentials = folder / "lojas", folder / "segredos"
        self.profiles.mkdir(mode=0o700)
        self.credentials.mkdir(mode=0o700)
        self.rows = {
            item.sku: (item.quantity, item.special_price if item.special_price != item.price else item.price)
            for item in generate_catalogue(PRODUCTS, seed)
        }

    def make(self, number: int) -> Shop:
        """The shop of that number, ready for the service to find."""
        name, line = f"loja-{number:03}", self.hubs[number]
        exchange = self.folder / "troca" / name
        exchange.mkdir(parents=True)
        profile = self.profiles / name
        fresh = self.folder / f"{name}.new"
        fresh.mkdir(mode=0o700)
        for secret in SECRET_NAMES:
            (self.credentials / f"{name}.hub.{secret}").write_text(line[secret])
        (self.credentials / f"{name}.state.password").write_text(PASSWORD)
        flows = "\n".join(
            f"[{flow}]\ninterval_s = 86400" for flow in ("stock", "price", "orders", "invoices", "tracking")
        )
        (fresh / "settings.toml").write_text(
            f"version = 1\napprove_first_sync = true\nfirst_orders = 'ignore'\n"
            f"[state]\nkind = 'postgresql'\naddress = '{self.address}'\nschema = 'loja_{number:03}'\n"
            f"[hub]\nbase_url = '{line['address']}'\n"
            f"[erp]\nkind = 'folder'\nfolder = '{exchange}'\nwatch = false\n{flows}\n"
        )
        hub = Hub(cast("subprocess.Popen[str]", None), line["address"], "")
        shop = Shop(name, profile, exchange / "estoque.csv", hub, dict(self.rows))
        shop.write_sheet()
        fresh.rename(profile)
        return shop


@contextlib.contextmanager
def start_hubs(folder: Path, seed: int) -> Generator[list[dict[str, str]]]:
    """A simulator for each shop, all in one process; gives their first lines."""
    made = folder / "hub.db"
    Simulator(made, products=PRODUCTS, orders=0, seed=seed).start().stop()
    files = [folder / f"hub-{number:03}.db" for number in range(SHOPS)]
    for file in files:
        shutil.copy(made, file)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.many_hubs", *map(str, files)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.wait(30)
        process.stdout.close()
