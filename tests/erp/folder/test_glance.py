"""A glance sees what is new in the folder, whatever it is, and touches nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.folder import FolderErp, open_folder_erp
from otimo_tray.erp.folder import glance as module
from otimo_tray.ports import Watchable
from tests.erp.folder.shop_folder import ZONE
from tests.support.clock import FakeClock


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "troca"
    (root / "notas" / "2026" / "11").mkdir(parents=True)
    (root / "estoque.csv").write_text("codigo;saldo\n1;1\n", encoding="utf-8")
    stand_still(root)
    return root


def stand_still(root: Path) -> None:
    """Everything is of an hour that has passed: the next change is another time for sure."""
    for folder, folders, files in os.walk(root, topdown=False):
        for name in (*files, *folders):
            os.utime(Path(folder, name), (1_000, 1_000))
    os.utime(root, (1_000, 1_000))


def opened(root: Path, nfe_folder: str = "") -> FolderErp:
    return open_folder_erp(
        ErpSettings(folder=str(root), nfe_folder=nfe_folder),
        ZONE,
        FakeClock(),
        root.parent / "cache",
        pause=lambda _: None,
    )


def write(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_bytes(b"<x/>")


def new_year(root: Path) -> None:
    (root / "notas" / "2027").mkdir()


STOCK = [write("estoque.csv"), write("Precos novos.xlsx"), write("alteracoes-1.csv"), write("estoque.xls")]
NOTES = [write("notas/1.xml"), write("notas/2026/11/1.xml"), new_year]


@pytest.mark.parametrize("change", STOCK)
def test_a_new_or_rewritten_sheet_is_seen(root: Path, change: Callable[[Path], object]) -> None:
    erp = opened(root)
    before = erp.glance()
    assert erp.glance() == before
    change(root)
    after = erp.glance()
    assert after.stock - before.stock
    assert not after.invoices - before.invoices


@pytest.mark.parametrize("change", NOTES)
def test_an_invoice_in_any_month_is_seen(root: Path, change: Callable[[Path], object]) -> None:
    erp = opened(root)
    before = erp.glance()
    change(root)
    after = erp.glance()
    assert after.invoices - before.invoices
    assert after.stock == before.stock


def test_a_month_made_later_is_watched_too(root: Path) -> None:
    erp = opened(root)
    erp.glance()
    (root / "notas" / "2026" / "12").mkdir()
    erp.glance()
    stand_still(root)
    before = erp.glance()
    write("notas/2026/12/9.xml")(root)
    assert erp.glance().invoices - before.invoices


def test_invoices_that_the_erp_keeps_elsewhere_are_seen(root: Path) -> None:
    other = root.parent / "xml"
    (other / "202611").mkdir(parents=True)
    stand_still(other)
    erp = opened(root, str(other))
    before = erp.glance()
    (other / "202611" / "1.xml").write_bytes(b"<x/>")
    assert erp.glance().invoices - before.invoices


def test_what_is_no_concern_of_ours_wakes_nobody(root: Path) -> None:
    erp = opened(root)
    before = erp.glance()
    for name in ("leia-me.txt", "~$estoque.xlsx", "relatorio.pdf"):
        (root / name).write_bytes(b"x")
    (root / "processados").mkdir()
    after = erp.glance()
    assert (after.stock, after.invoices) == (before.stock, before.invoices)


def test_a_folder_that_is_away_is_empty_and_raises_nothing(root: Path) -> None:
    erp = opened(root)
    before = erp.glance()
    root.rename(root.with_name("fora"))
    away = erp.glance()
    assert (away.stock, away.invoices) == (frozenset(), frozenset())
    root.with_name("fora").rename(root)
    assert erp.glance() == before


def test_many_months_cost_no_more_than_the_newest(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FOLDERS", 3)
    for number in range(1, 10):
        (root / "notas" / f"20260{number}").mkdir()
    found = {Path(str(folder)).name for folder, _ in opened(root).glance().invoices}
    assert found == {"notas", "202609", "202608"}


def test_a_glance_lists_a_folder_of_invoices_only_when_it_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    erp = opened(root)
    erp.glance()
    listed: list[str] = []
    scandir = os.scandir

    def listing(path: str | Path) -> object:
        listed.append(str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", listing)
    erp.glance()
    assert listed == [str(root)]


def test_a_folder_can_be_watched(root: Path) -> None:
    assert isinstance(opened(root), Watchable)
