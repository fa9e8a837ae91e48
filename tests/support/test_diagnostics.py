"""What support gets: everything needed, and nothing that must not leave the shop."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from otimo_tray import words
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import ErpSettings, Settings, ShopSettings
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import ERP_SECRETS, SECRET_NAMES, STATE_SECRET
from otimo_tray.service import care
from otimo_tray.store import open_store
from otimo_tray.support.diagnostics import LOG_BYTES, Collector, known_secrets, newest_log
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets
from tests.ui import shop

SECRET = "segredo-4711-da-loja"
BUYERS = ("Ana Souza", "Bruno Lima", "Carla Mendes")


@pytest.fixture
def paths(tmp_path: Path) -> ProfilePaths:
    made = ProfilePaths(tmp_path / "perfil")
    made.create()
    open_store(made.state, FakeClock(shop.NOW)).close()
    skus = shop.fill_catalogue(made.state, 30)
    shop.fill_orders(made.state, skus)
    shop.fill_problems(made.state)
    line = f"2026-11-23 14:00:00 ERROR hub: token={SECRET} cpf 529.982.247-25 pedido 100201 de Diego Ferreira\n"
    (made.logs / "otimo-tray.log").write_text(line * 3, encoding="utf-8")
    return made


def collector(paths: ProfilePaths, secrets: MemorySecrets | None = None) -> Collector:
    settings = Settings(
        erp=ErpSettings(folder=str(Path.home() / "integracao")), shop=ShopSettings(cnpjs=("59431500015755",))
    )
    kept = secrets or MemorySecrets({"hub.password": SECRET, "erp.database": f"postgresql://loja:{SECRET}@h/b"})
    return Collector(paths, settings, kept, shop.busy_status(), words.line, shop.NOW)


def test_everything_is_there_and_nothing_personal(paths: ProfilePaths) -> None:
    found = collector(paths).everything()
    names = [piece.name for piece in found.pieces]
    assert names[:2] == ["resumo.txt", "ajustes.toml"]
    assert {"contagens.json", "problemas.json", "retidos.json", "execucoes.json", "registro.txt"} <= set(names)
    whole = "\n".join(piece.text for piece in found.pieces)
    for private in (SECRET, "59431500015755", "529.982", "12345678909", str(Path.home()), *BUYERS):
        assert private not in whole, private
    problems = json.loads(next(piece.text for piece in found.pieces if piece.name == "problemas.json"))
    assert any("(P-130)" in problem["texto"] for problem in problems)
    assert (
        json.loads(next(piece.text for piece in found.pieces if piece.name == "contagens.json"))["linhas"]["orders"]
        == 48
    )


def test_one_order_brings_its_story_and_only_its_own_log_lines(paths: ProfilePaths) -> None:
    with (paths.logs / "otimo-tray.log").open("a", encoding="utf-8") as log:
        log.write("2026-11-23 ERROR pedido 999999\n")
    found = collector(paths).order("100201")
    texts = {piece.name: piece.text for piece in found.pieces}
    order = json.loads(texts["pedido.json"])[0]
    assert order["original_id"] == "100201"
    assert order["buyer_name"] == "D*** F***"
    assert order["buyer_document"] == "•••09"
    assert json.loads(texts["itens.json"])[0]["sku"]
    assert "(O-511)" in texts["historia.json"]
    assert "999999" not in texts["registro.txt"]
    assert texts["registro.txt"].count("100201") == 3
    whole = "\n".join(texts.values())
    assert "Ferreira" not in whole
    assert "12345678909" not in whole


def test_a_document_that_is_none_is_masked_by_its_field(paths: ProfilePaths) -> None:
    with closing(sqlite3.connect(paths.state)) as connection, connection:
        connection.execute("UPDATE orders SET buyer_document = '11122233344' WHERE original_id = '100201'")
    texts = {piece.name: piece.text for piece in collector(paths).order("100201").pieces}
    assert json.loads(texts["pedido.json"])[0]["buyer_document"] == "•••44"
    assert "11122233344" not in "".join(texts.values())


def test_an_unknown_order_is_said(paths: ProfilePaths) -> None:
    with pytest.raises(ConfigurationError, match="O-551"):
        collector(paths).order("não há")


def test_the_zip_holds_exactly_what_was_previewed(paths: ProfilePaths, tmp_path: Path) -> None:
    found = collector(paths).everything()
    target = tmp_path / found.name
    found.save(target)
    with zipfile.ZipFile(target) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {
            piece.name: piece.text for piece in found.pieces
        }
    with pytest.raises(ConfigurationError, match="C-483"):
        found.save(tmp_path / "não há" / "x.zip")


def test_a_locked_keyring_and_a_damaged_database_hinder_nothing(paths: ProfilePaths) -> None:
    secrets = MemorySecrets()
    secrets.away = True
    paths.state.write_bytes(b"not a database at all" * 100)
    texts = {piece.name: piece.text for piece in collector(paths, secrets).everything().pieces}
    assert "L-3" in texts["banco.txt"]
    assert SECRET not in texts["registro.txt"]


def test_a_long_log_is_cut_at_a_whole_line(tmp_path: Path) -> None:
    (tmp_path / "otimo-tray.log.1").write_text("velho\n" * 100_000, encoding="utf-8")
    (tmp_path / "otimo-tray.log").write_text("novo\n", encoding="utf-8")
    text = newest_log(tmp_path)
    assert len(text) <= LOG_BYTES
    assert text.startswith("velho\n")
    assert text.endswith("velho\nnovo\n")
    assert newest_log(tmp_path / "nada") == ""


def test_every_secret_that_the_program_keeps_is_struck_out() -> None:
    names = {f"hub.{name}" for name in SECRET_NAMES} | {"hub.token", *ERP_SECRETS.values(), STATE_SECRET, care.SECRET}
    assert set(known_secrets(MemorySecrets({name: f"valor de {name}" for name in names}))) >= {
        f"valor de {name}" for name in names
    }
