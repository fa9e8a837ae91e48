"""The program's test of itself passes on a whole installation, and says what is broken on another."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from otimo_tray.support import self_test, self_test_sync
from otimo_tray.words import LANGUAGES, phrase


@pytest.mark.parametrize("name", [name for name in self_test.checks() if name != "keyring"])
def test_every_check_passes_here(name: str, tmp_path: Path) -> None:
    (outcome,) = self_test.run(tmp_path, [name])
    assert outcome.ok, outcome.detail
    assert outcome.detail


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_a_title_of_its_own(language: str) -> None:
    titles = [phrase(f"self_test.{name}", language) for name in self_test.checks()]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if title.startswith("self_test.")]


def test_a_broken_part_is_named_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "MODULES", ("no_such_driver",))
    monkeypatch.setattr(self_test, "resources", lambda: tmp_path / "nowhere")
    outcomes = {
        one.name: one for one in self_test.run(tmp_path / "a", ["imports", "icons", "translations", "time_zones"])
    }
    assert not outcomes["imports"].ok
    assert "no_such_driver" in outcomes["imports"].detail
    assert not outcomes["icons"].ok
    assert not outcomes["translations"].ok
    assert outcomes["time_zones"].ok


def judged(quantity: int = self_test_sync.BALANCE, price: str = "19.90", imported: tuple[str, ...] = ("1",)) -> str:
    sku = {"sku": "A", "price": price, "quantity": quantity}
    found = self_test_sync._Found({"A": sku}, ["1"])
    return self_test_sync._judge({"A": Decimal("19.90")}, found, found, list(imported))


def test_the_sync_check_sees_a_wrong_end_state() -> None:
    assert judged() == "1 SKUs, 1 orders"
    with pytest.raises(AssertionError, match="not as the ERP says"):
        judged(price="1990.00")
    with pytest.raises(AssertionError, match="no SKU has"):
        judged(quantity=0)
    with pytest.raises(AssertionError, match="0 of 1 approved"):
        judged(imported=())


def test_every_module_of_ours_is_tried() -> None:
    names = self_test.our_modules()
    assert {"otimo_tray.tray_start", "otimo_tray.ui.mapping.page", "otimo_tray.erp.folder.seen"} <= set(names)
    assert "otimo_tray.__main__" not in names


def test_a_driver_that_is_missing_or_broken_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymssql", None)
    (outcome,) = self_test.run(tmp_path, ["drivers"])
    assert not outcome.ok
    assert "pymssql" in outcome.detail


def test_a_driver_that_only_pretends_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def connect(**named: object) -> object:
        return named

    monkeypatch.setattr("pymysql.connect", connect)
    (outcome,) = self_test.run(tmp_path, ["drivers"])
    assert outcome.detail == "CheckFailed: pymysql found a server where there is none"


def test_every_dialect_s_driver_is_tried() -> None:
    from otimo_tray.erp.database.address import DRIVERS

    assert set(DRIVERS.values()) - {"pysqlite"} <= set(self_test.DRIVERS)  # SQLAlchemy's name for sqlite3
