"""A whole shop for tests: simulator as a process of its own, a real exchange folder, a real keyring, the real command.

Everything is looked at from outside: the hub's state over plain HTTP, the ERP's side in its folder.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import requests

HEADER = "codigo;descricao;ean;saldo;preco;preco_promocional;promocao_inicio;promocao_fim"


@dataclass
class Hub:
    """The simulator's process, seen as an outsider sees it."""

    process: subprocess.Popen[str]
    address: str
    first_line: str

    def get(self, path: str) -> Any:
        answer = requests.get(f"{self.address}{path}", timeout=60)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: object) -> Any:
        answer = requests.post(f"{self.address}{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def skus(self) -> dict[str, dict[str, Any]]:
        """Every SKU's state by code."""
        return {entry["sku"]: entry for entry in self._all("/_sim/skus", "skus")}

    def orders(self) -> dict[str, dict[str, Any]]:
        """Every order in full by id."""
        return {entry["id"]: entry for entry in self._all("/_sim/orders", "orders")}

    def _all(self, path: str, key: str) -> Iterator[dict[str, Any]]:
        after = ""
        while True:
            page = cast("dict[str, Any]", self.get(f"{path}?limit=5000" + (f"&next={after}" if after else "")))
            rows = cast("list[dict[str, Any]]", page[key])
            yield from rows
            if len(rows) < 5000:
                return
            after = str(page["next"])

    def requests_made(self) -> dict[str, int]:
        return cast("dict[str, int]", self.get("/_sim/requests")["calls"])

    def forget_requests(self) -> None:
        self.post("/_sim/requests/reset", {})


def settle(file: Path) -> None:
    """Makes a file two seconds old: one written this very moment would be waited for."""
    os.utime(file, (time.time() - 2, time.time() - 2))


@dataclass
class Shop:
    """A profile with its exchange folder and its hub."""

    hub: Hub
    profile: Path
    folder: Path
    told: str = ""
    """What the last command said on standard error."""

    def write_stock(self, rows: Sequence[tuple[str, str, str]], name: str = "estoque.csv") -> None:
        """(code, balance, price) with a decimal comma, as Brazilian Excel writes it: cp1252, `;`, CRLF."""
        lines = [HEADER, *(f"{code};Peça nº {code};;{balance};{price};;;" for code, balance, price in rows)]
        temporary = self.folder / "novo.tmp"
        temporary.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
        settle(temporary)
        temporary.replace(self.folder / name)

    def command(self, *words: str) -> list[str]:
        """The command's line for this profile."""
        return [sys.executable, "-m", "otimo_tray", *words, "--profile-dir", str(self.profile), "--json"]

    def run(
        self, *words: str, stdin: str = "", expect: int | None = 0, env: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Runs the command in a process of its own; answers its JSON. `env` replaces the environment."""
        done = subprocess.run(
            self.command(*words),
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
            env=env,
        )
        self.told = done.stderr
        if expect is not None:
            assert done.returncode == expect, f"{words} → {done.returncode}\n{done.stdout}\n{done.stderr}"
        return cast("dict[str, Any]", json.loads(done.stdout))

    def setup(
        self,
        extra: str = "",
        top: str = "",
        *,
        approve: bool = True,
        first_orders: str = "import",
        secrets: str | None = None,
    ) -> None:
        """Configures the profile with the hub's own credentials, or the `secrets` given."""
        file = self.profile.parent / "shop.toml"
        file.write_text(
            f"version = 1\napprove_first_sync = {str(approve).lower()}\nfirst_orders = '{first_orders}'\n"
            f"{top}\n[hub]\nbase_url = '{self.hub.address}'\n"
            f"[erp]\nkind = 'folder'\nfolder = '{self.folder}'\n{extra}\n",
            encoding="utf-8",
        )
        self.run("setup", "--from", str(file), "--secrets-stdin", stdin=secrets or self.hub.first_line)

    def erp_orders(self) -> dict[str, list[dict[str, str]]]:
        """Orders in the folder: hub id → rows. An order found twice fails."""
        found: dict[str, list[dict[str, str]]] = {}
        for file in sorted((self.folder / "pedidos").glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream, delimiter=";"))
            hub_id = rows[0]["id_pluggto"]
            assert hub_id not in found, f"{hub_id} is in the folder twice"
            found[hub_id] = rows
        return found


def units_of(order: dict[str, Any]) -> dict[str, int]:
    """Units sold by SKU."""
    units: dict[str, int] = {}
    for item in order["items"]:
        variation = cast("dict[str, Any]", item.get("variation") or {})
        sku = str(variation.get("sku") or item["sku"])
        units[sku] = units.get(sku, 0) + int(item["quantity"])
    return units


def start_hub(folder: Path, *options: str, port: int = 0) -> Hub:
    """Starts the simulator's process and waits for its first line; the data of one that ran there go on."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "otimo_tray",
            "simulator",
            "--port",
            str(port),
            "--data",
            str(folder / "hub.db"),
            *options,
        ],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    return Hub(process, json.loads(line)["address"], line)


def stop_hub(hub: Hub) -> None:
    hub.process.terminate()
    hub.process.wait(30)
    if hub.process.stdout is not None:
        hub.process.stdout.close()
