"""Which file is read when, and where it goes afterwards."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from otimo_tray.erp.folder.connector import FolderErp
from otimo_tray.erp.folder.reading import FolderReading
from otimo_tray.errors import ErpAway, ReadRefused
from tests.erp.folder.shop_folder import ShopFolder, rows_of

STOCK = "codigo;saldo;preco\n1;5;19,90\n2;6;29,90\n"


def take(erp: FolderErp) -> FolderReading:
    """Reads and accepts, as the engine does."""
    reading = erp.read_items()
    assert reading is not None
    rows_of(reading)
    reading.accepted()
    return reading


def refuse(erp: FolderErp) -> ReadRefused:
    reading = erp.read_items()
    assert reading is not None
    with pytest.raises(ReadRefused) as caught:
        rows_of(reading)
    reading.refused(caught.value)
    return caught.value


def test_an_empty_folder_has_nothing_new(shop: ShopFolder) -> None:
    assert shop.open().read_items() is None
    assert shop.names() == []


def test_a_full_picture_stays_and_is_read_once(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK)
    erp = shop.open()
    reading = take(erp)
    assert reading.full
    assert reading.as_of == shop.clock.now() - timedelta(seconds=10)
    assert len(reading.digest) == 64
    assert erp.read_items() is None
    assert shop.names() == ["estoque.csv"]


def test_a_quiet_look_writes_nothing(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK)
    erp = shop.open()
    take(erp)
    erp.invoices("")
    before = {path: path.stat().st_mtime_ns for path in shop.cache.rglob("*")}
    shop.clock.advance(300)
    assert erp.read_items() is None
    assert erp.invoices("").cursor == ""
    assert {path: path.stat().st_mtime_ns for path in shop.cache.rglob("*")} == before
    assert shop.names() == ["estoque.csv"]


def test_a_rewritten_picture_is_offered_again(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK)
    erp = shop.open()
    first = take(erp)
    shop.clock.advance(300)
    shop.write("estoque.csv", STOCK)
    again = erp.read_items()
    assert again is not None
    assert again.digest == first.digest
    assert again.as_of > first.as_of


def test_a_restart_offers_the_known_picture_once_for_a_state_that_lost_it(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK)
    first = take(shop.open())
    erp = shop.open()
    shop.clock.advance(1000)
    again = erp.read_items()
    assert again is not None
    assert (again.as_of, again.digest) == (first.as_of, first.digest)
    assert erp.read_items() is None


def test_a_held_picture_is_offered_until_it_is_answered(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK)
    erp = shop.open()
    for _ in range(3):
        reading = erp.read_items()
        assert reading is not None
        rows_of(reading)
    shop.clock.advance(60)
    shop.write("alteracoes1.csv", "codigo;saldo;preco\n1;4;19,90\n")
    held = erp.read_items()
    assert held is not None
    assert held.full, "newer changes wait behind a picture that waits for a person"
    held.accepted()
    change = erp.read_items()
    assert change is not None
    assert not change.full


def test_changes_are_taken_oldest_first_and_put_away(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK, seconds_ago=100)
    erp = shop.open()
    take(erp)
    shop.write("alteracoes_b.csv", "codigo;saldo;preco\n1;4;19,90\n", seconds_ago=50)
    shop.write("alteracoes_a.csv", "codigo;saldo;preco\n1;3;19,90\n", seconds_ago=20)
    readings = [take(erp), take(erp)]
    assert [(reading.source, reading.full) for reading in readings] == [
        ("alteracoes_b.csv", False),
        ("alteracoes_a.csv", False),
    ]
    assert erp.read_items() is None
    assert shop.names() == ["estoque.csv", "processados"]
    assert shop.names("processados") == ["alteracoes_a.csv", "alteracoes_b.csv"]
    # After a restart the older picture isn't laid over the newer changes.
    assert shop.open().read_items() is None


def test_changes_must_have_the_columns_of_the_picture(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK, seconds_ago=100)
    erp = shop.open()
    take(erp)
    shop.write("alteracoes.csv", "codigo;saldo\n1;4\n")
    error = refuse(erp)
    assert (error.code, error.params["missing"]) == ("E-255", "preco")


def test_a_name_already_taken_in_processados_is_not_overwritten(shop: ShopFolder) -> None:
    erp = shop.open()
    for balance in (4, 3, 2):
        shop.write("alteracoes.csv", f"codigo;saldo\n1;{balance}\n")
        take(erp)
    names = shop.names("processados")
    assert len(names) == 3
    texts = {(shop.root / "processados" / name).read_text("utf-8") for name in names}
    assert texts == {f"codigo;saldo\n1;{balance}\n" for balance in (4, 3, 2)}


def test_a_refused_picture_is_moved_with_its_reason_and_stays_told(shop: ShopFolder) -> None:
    shop.write("estoque.csv", "produto;quantos\n1;5\n")
    error = refuse(shop.open())
    assert shop.names() == ["recusados"]
    assert shop.names("recusados") == ["estoque.csv", "estoque.csv.motivo.txt"]
    reason = (shop.root / "recusados" / "estoque.csv.motivo.txt").read_text("utf-8-sig")
    assert "E-255" in reason
    assert "24/11/2026 09:00" in reason
    for erp in (shop.open(), shop.open()):
        with pytest.raises(ReadRefused) as caught:
            erp.read_items()
        assert caught.value.code == error.code
        assert caught.value.params == {key: str(value) for key, value in error.params.items()}
    shop.write("estoque.csv", STOCK)
    erp = shop.open()
    take(erp)
    assert erp.read_items() is None


def test_a_picture_that_is_still_growing_is_refused_but_left_alone(shop: ShopFolder) -> None:
    path = shop.write("estoque.csv", STOCK[:-3], seconds_ago=10)
    erp = shop.open()
    assert refuse(erp).code == "E-252"
    assert path.exists()
    shop.clock.advance(200)
    assert refuse(erp).code == "E-252"
    assert not path.exists()
    assert "estoque.csv" in shop.names("recusados")


def test_a_sheet_written_this_moment_is_waited_for(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK, seconds_ago=0)
    erp = shop.open()
    take(erp)
    assert shop.paused == [1.0]


def test_a_sheet_that_grows_is_nothing_new_yet(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK[:20], seconds_ago=0)
    shop.during_pause = lambda: shop.write("estoque.csv", STOCK, seconds_ago=0)
    erp = shop.open()
    with pytest.raises(ErpAway, match="E-212"):
        erp.read_items()
    shop.clock.advance(5)
    take(erp)

    shop.write("estoque.csv", STOCK[:20], seconds_ago=0)
    shop.during_pause = lambda: shop.write("estoque.csv", STOCK + "3;7;9,90\n", seconds_ago=0)
    assert erp.read_items() is None, "an older picture is there: this one can wait"
    shop.clock.advance(5)
    assert len(rows_of(take(erp))) == 3


def test_a_server_whose_clock_is_ahead_is_read_all_the_same(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK, seconds_ago=-3600)
    reading = take(shop.open())
    assert reading.as_of <= shop.clock.now(), "no data speaks of the future"


def test_two_stock_files_at_once_are_refused_by_name(shop: ShopFolder) -> None:
    shop.write("estoque.csv", STOCK)
    shop.write("Estoque loja 2.xlsx", b"")
    with pytest.raises(ReadRefused) as caught:
        shop.open().read_items()
    assert caught.value.code == "E-257"
    assert caught.value.params["files"] == "Estoque loja 2.xlsx, estoque.csv"
    assert len(shop.names()) == 2


def test_stock_and_price_are_joined_by_code(shop: ShopFolder) -> None:
    shop.write("estoque.csv", "codigo;saldo;descricao\n1;12,5;Caneca\n2;6;Copo\n")
    shop.write(
        "precos.csv", "codigo;preco;preco_promocional;promocao_fim\n2;29.90;;\n1;19.90;17.90;24/11/2026\n9;1.50;;\n"
    )
    erp = shop.open()
    reading = take(erp)
    assert reading.source == "estoque.csv + precos.csv"
    assert rows_of(reading) == [
        ("1", "12.5", "19.90", "17.90", None, "24/11/2026", "Caneca", None),
        ("2", "6", "29.90", None, None, None, "Copo", None),
    ]
    assert erp.read_items() is None
    shop.clock.advance(60)
    shop.write("precos.csv", "codigo;preco\n1;20.50\n2;29.90\n")
    again = take(erp)
    assert (again.as_of, again.digest != reading.digest) == (reading.as_of, True)
    assert [row[2] for row in rows_of(again)] == ["20.50", "29.90"]


def test_a_faulty_price_file_is_refused_without_the_stock_file(shop: ShopFolder) -> None:
    shop.write("estoque.csv", "codigo;saldo\n1;5\n")
    shop.write("precos.csv", "codigo;preco\n1;1.990\n")
    assert refuse(shop.open()).params["source"] == "precos.csv"
    assert shop.names() == ["estoque.csv", "recusados"]


def test_a_locked_file_is_away_and_heals(shop: ShopFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write("estoque.csv", STOCK)
    erp = shop.open()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", mock.Mock(side_effect=PermissionError(13, "sharing violation")))
        with pytest.raises(ErpAway, match="E-211"):
            erp.read_items()
    take(erp)


@pytest.mark.parametrize(("text", "place"), [("codigo;saldo\n1;4\n", "processados"), ("x;y\n", "recusados")])
def test_an_answered_file_that_cannot_be_moved_is_not_read_twice(shop: ShopFolder, text: str, place: str) -> None:
    shop.write("alteracoes.csv", text)
    shop.disk.held = "alteracoes.csv"  # open in Excel
    erp = shop.open()
    if place == "recusados":
        refuse(erp)
    else:
        take(erp)
    for opened in (erp, shop.open()):
        assert opened.read_items() is None
    assert "alteracoes.csv" in shop.names()
    shop.write("alteracoes2.csv", "codigo;saldo\n1;3\n")
    assert take(erp).source == "alteracoes2.csv", "others don't wait for it"

    shop.disk.held = ""
    assert erp.read_items() is None
    assert "alteracoes.csv" in shop.names(place)
    assert shop.names() == sorted({place, "processados"})


def test_check_names_each_thing_that_is_wrong(shop: ShopFolder, tmp_path: Path) -> None:
    def codes() -> dict[str, str]:
        return {result.name: result.error.code if result.error else "" for result in shop.open().check()}

    good = {"erp_folder": "", "erp_stock_file": "", "erp_orders_folder": "", "erp_notes_folder": ""}
    assert codes() == good | {"erp_stock_file": "E-224"}
    shop.write("estoque.csv", STOCK)
    assert codes() == good
    assert shop.names() == ["estoque.csv"], "a check leaves nothing behind"
    shop.write("estoque.csv", "produto;quantos\n")
    assert codes() == good | {"erp_stock_file": "E-255"}
    shop.root.rename(tmp_path / "longe")
    assert codes() == {"erp_folder": "E-210"}


def test_the_moment_of_a_file_is_its_time_in_utc(shop: ShopFolder) -> None:
    path = shop.write("estoque.csv", STOCK)
    os.utime(path, (1_790_000_000, 1_790_000_000))
    reading = shop.open().read_items()
    assert reading is not None
    assert reading.as_of == datetime.fromtimestamp(1_790_000_000, UTC)
