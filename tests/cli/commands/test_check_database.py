"""`otimo-tray check` against real database servers: each wrong way has a line that names it and keeps the secret."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.cli.main import build_parser
from otimo_tray.cli.output import Output
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.profile import Profile
from tests.contract.database_rigs import DatabaseRig, database_rig
from tests.servers.server import PASSWORD
from tests.sheets.shop import NOW
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets


def checked(folder: Path, address: str) -> tuple[str, dict[str, Any]]:
    """(what people read, the JSON object) of a profile whose ERP is at this address."""
    settings = replace(Settings(), erp=ErpSettings(kind="database", timeout_s=5))
    profile = Profile(ProfilePaths(folder), settings, MemorySecrets({"erp.database": address}), FakeClock(NOW))
    outputs: list[str] = []
    for words in (["check"], ["check", "--json"]):
        args = build_parser("check").parse_args(words)
        stream = io.StringIO()
        args.run(args, profile, Output(as_json=args.json, language="pt_BR", stream=stream))
        outputs.append(stream.getvalue())
    profile.close()
    assert PASSWORD not in "".join(outputs)
    return outputs[0], json.loads(outputs[1])


def change(rig: DatabaseRig, *statements: str) -> None:
    for statement in statements:
        with rig.write() as connection:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("kind", ["firebird", "mariadb", "postgresql"])
def test_each_wrong_way_is_named(kind: str, tmp_path: Path, profile_dir: Path, request: pytest.FixtureRequest) -> None:
    rig = database_rig(kind, tmp_path, request)
    assert rig.door is not None
    host = "127.0.0.1"
    bare = rig.address.rpartition("/")[2]

    def fails(address: str, name: str, code: str, *named: str) -> None:
        text, result = checked(profile_dir, address)
        found = {one["name"]: one["error"] for one in result["checks"] if one["name"].startswith("erp")}
        assert [one for one, error in found.items() if error] == [name]
        assert found[name]["code"] == code
        (line,) = [line for line in text.splitlines() if line.startswith("✗") and all(word in line for word in named)]
        assert len(line) > 60, "with what to do about it"

    text, result = checked(profile_dir, rig.address)
    assert [one["ok"] for one in result["checks"] if one["name"].startswith("erp")] == [True] * 4
    assert "otimo_pedidos" in text
    fails(rig.address.replace(f":{rig.door.port}/", ":1/"), "erp_connection", "E-261", host, "porta 1")
    fails(rig.address.replace(PASSWORD, "errada"), "erp_connection", "E-263", host, "senha")
    fails(f"{rig.address}_outra", "erp_connection", "E-264", f"{bare}_outra")
    change(rig, "DROP TABLE otimo_pedidos_itens")
    fails(rig.address, "erp_orders", "E-265", "otimo_pedidos_itens")
    rig.close()
    rig = database_rig(kind, tmp_path, request)
    change(rig, "DROP VIEW otimo_produtos", "CREATE VIEW otimo_produtos AS SELECT codigo, preco FROM produto")
    fails(rig.address, "erp_items", "E-266", "otimo_produtos", "saldo", "codigo, preco")
    rig.close()
