"""The ERP's form: a database's address in parts, an API's token, columns and queries of one's own."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from otimo_tray.erp.database.address import parse_address
from otimo_tray.ui.settings.columns import ColumnsDialog
from otimo_tray.ui.settings.database_address import DatabaseAddress, join, split
from otimo_tray.ui.settings.erp import ErpForm
from otimo_tray.ui.settings.page import SettingsPage
from otimo_tray.ui.settings.queries import QueriesDialog
from tests.ui.conftest import Stage, watched

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)
ADDRESS = "firebird://SYSDBA:p%40ss@servidor:3051/C:/dados/loja.fdb?charset=WIN1252"


@pytest.fixture
def form(stage: Stage) -> ErpForm:
    return cast("SettingsPage", stage.page("settings")).erp


def choose(form: ErpForm, kind: str) -> None:
    form.kind.setCurrentIndex(form.kind.findData(kind))


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        "postgresql+psycopg://loja:x@10.0.0.5/banco",
        "mssql://sa:x@servidor/banco",
        "mysql://loja@servidor:3307/banco",
        "sqlite:///C:/loja.db",
    ],
)
def test_an_address_comes_back_as_it_was(text: str) -> None:
    address = split(text)
    assert address is not None
    assert split(join(address, None)) == address


def test_the_kept_password_stays_where_none_was_typed() -> None:
    assert split("nonsense") is None
    assert join(DatabaseAddress("firebird", "outro", None, "x", "u"), ADDRESS) == "firebird://u:p%40ss@outro/x"
    assert not DatabaseAddress("firebird", "", None, "x").is_whole


def test_a_pasted_address_fills_the_parts_and_is_never_shown_again(stage: Stage, form: ErpForm) -> None:
    choose(form, "database")
    form.database.host.setText(ADDRESS)
    assert form.database.host.text() == "servidor"
    assert form.database.port.value() == 3051
    form.save()
    stage.rest()
    assert split(stage.shop.secrets.values["erp.database"]) == split(ADDRESS)
    assert parse_address(stage.shop.secrets.values["erp.database"]).database == "C:/dados/loja.fdb"
    assert stage.shop.typed["erp.database"].startswith("firebird://SYSDBA:")
    fresh = ErpForm(stage.bench)
    fresh.setParent(form)
    fresh.show_settings(stage.shop.desk.settings().erp)
    stage.rest()
    assert fresh.database.user.text() == "SYSDBA"
    assert fresh.database.word.text() == ""
    assert "guardado" in fresh.database.word.placeholderText()


def test_an_apis_token_and_its_user_with_password(stage: Stage, form: ErpForm) -> None:
    choose(form, "http")
    form.http.address.setText("https://erp.exemplo.com.br/api")
    form.http.word.setText("t0ken")
    form.save()
    stage.rest()
    assert stage.shop.secrets.values["erp.http"] == "t0ken"
    assert stage.shop.desk.settings().erp.address == "https://erp.exemplo.com.br/api"
    form.http.auth.setCurrentIndex(1)
    form.http.user.setText("loja")
    form.http.word.setText("senha")
    form.save()
    stage.rest()
    assert stage.shop.secrets.values["erp.http"] == "loja:senha"
    form.http.word.clear()
    form.http.user.setText("filial")
    form.save()
    stage.rest()
    assert stage.shop.secrets.values["erp.http"] == "filial:senha"


def test_columns_are_mapped_once_with_a_preview(stage: Stage, form: ErpForm, tmp_path: Path) -> None:
    (tmp_path / "estoque.csv").write_text("Interno;saldo;Venda\n007;3;19,90\n", encoding="utf-8")
    (tmp_path / "precos.csv").write_text("Interno;preco\n007;21,00\n", encoding="utf-8")
    choose(form, "folder")
    form.folder.folder.setText(str(tmp_path))
    form.folder.map.click()
    stage.rest()
    dialog = form.findChild(ColumnsDialog)
    assert dialog is not None
    watch = watched(dialog.model)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    assert "Código no ERP" in dialog.said.text()
    QTest.keyClicks(dialog.boxes["codigo"], "Int")
    assert ok.isEnabled()
    assert dialog.model.rows[0][:3] == ("007", "3", "21,00")
    dialog.boxes["descricao"].setCurrentIndex(dialog.boxes["descricao"].findData("Interno"))
    assert not ok.isEnabled()
    dialog.boxes["descricao"].setCurrentIndex(0)
    dialog.accept()
    assert form.settings().erp.columns == {"codigo": "Interno"}
    del watch


def test_a_query_is_looked_at_before_it_is_taken(stage: Stage, form: ErpForm, tmp_path: Path) -> None:
    base = tmp_path / "erp.db"
    connection = sqlite3.connect(base)
    connection.execute("CREATE TABLE produto (cod TEXT, qtd TEXT, valor TEXT)")
    connection.execute("INSERT INTO produto VALUES ('007', '3', '19.90')")
    connection.commit()
    connection.close()
    choose(form, "database")
    form.database.dialect.setCurrentIndex(form.database.dialect.findData("sqlite"))
    form.database.base.setText(str(base))
    form.database.ask.click()
    dialog = form.findChild(QueriesDialog)
    assert dialog is not None
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled()
    dialog.text.setPlainText("DELETE FROM produto")
    assert not ok.isEnabled()
    dialog.check.click()
    stage.rest()
    assert dialog.said.text().startswith("▲")
    assert not ok.isEnabled()
    dialog.text.setPlainText("SELECT cod AS codigo, qtd AS saldo, valor AS preco FROM produto")
    dialog.check.click()
    stage.rest()
    assert dialog.said.text().startswith("✓")
    cell = dialog.rows.item(0, 0)
    assert cell is not None
    assert cell.text() == "007"
    assert ok.isEnabled()
    dialog.accept()
    assert list(form.settings().erp.queries) == ["items"]
