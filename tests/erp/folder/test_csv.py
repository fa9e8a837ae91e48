"""CSV sheets through the whole connector: what shops really write, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.erp.folder import csv_sheet, sheets
from otimo_tray.errors import ErpAway, ErpMisconfigured, ReadRefused
from tests.erp.folder.shop_folder import ShopFolder, rows_of

HEADER = "codigo;saldo;preco;preco_promocional;promocao_inicio;promocao_fim;descricao;ean\n"
CUP: RawRow = ("000123", "5", "19.90", None, None, None, "Caneca São João", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_reads_every_form_of_the_same_sheet(shop: ShopFolder, encoding: str, end: str, separator: str) -> None:
    price = '"19,90"' if separator == "," else "19,90"
    text = separator.join(("Código", "Estoque", "Preço", "Nome")) + end
    text += separator.join(("000123", "5", price, "Caneca São João")) + end
    shop.write("estoque.csv", text.encode(encoding))

    assert shop.read() == [CUP]


@pytest.mark.parametrize(
    "header",
    [
        "codigo;saldo;preco;descricao",
        "CÓDIGO ; Saldo ; Preço ; Descrição",
        "Cod;Qtd;Valor;Produto",
        "sku;quantidade;preco venda;nome",
        "referencia;estoque;PREÇO_VENDA;descricao",
    ],
)
def test_knows_columns_by_their_usual_names(shop: ShopFolder, header: str) -> None:
    shop.write("Estoque geral.CSV", f"{header}\n000123;5;19,90;Caneca São João\n")
    assert shop.read() == [CUP]


def test_the_best_name_wins_when_several_fit(shop: ShopFolder) -> None:
    shop.write("estoque.csv", "sku;codigo;saldo;preco\nX-1;000123;5;19,90\n")
    assert shop.read()[0][0] == "000123"


def test_columns_of_the_settings_come_first(shop: ShopFolder) -> None:
    shop.write("estoque.csv", "sku;codigo;disponível;preco\nX-1;000123;5;19,90\n")
    assert shop.read(codigo="SKU", saldo="Disponivel")[0][:2] == ("X-1", "5")


def test_a_column_of_the_settings_that_isnt_there_is_for_a_person(shop: ShopFolder) -> None:
    path = shop.write("estoque.csv", "codigo;saldo;preco\n1;5;19,90\n")
    reading = shop.open(saldo="Estoque loja").read_items()
    assert reading is not None
    with pytest.raises(ErpMisconfigured) as caught:
        rows_of(reading)
    assert caught.value.code == "E-223"
    assert caught.value.params["header"] == "Estoque loja"
    reading.refused(caught.value)
    assert path.exists(), "the setting is wrong, not the file"


def test_excels_own_first_line_is_understood(shop: ShopFolder) -> None:
    shop.write("estoque.csv", 'sep=,\ncodigo,saldo,preco,descricao\n000123,5,"19,90",Caneca São João\n')
    assert shop.read() == [CUP]


def test_codes_stay_text(shop: ShopFolder) -> None:
    shop.write("estoque.csv", 'codigo;saldo;ean\n 007 ;1;0789\n="0008";1;\n1e5;1;\n')
    assert [(row[0], row[7]) for row in shop.read()] == [("007", "0789"), ("0008", None), ("1e5", None)]


def test_quotes_line_breaks_and_inches_inside_of_names(shop: ShopFolder) -> None:
    shop.write(
        "estoque.csv",
        'codigo;descricao;saldo\n1;"Tubo ""X""; azul\nsegunda linha";5\n2;Tubo 1/2" PVC;6\n\n3;fim;7\n;;\n',
    )
    assert [(row[0], row[6], row[1]) for row in shop.read()] == [
        ("1", 'Tubo "X"; azul\nsegunda linha', "5"),
        ("2", 'Tubo 1/2" PVC', "6"),
        ("3", "fim", "7"),
    ]


def test_a_declared_total_is_checked(shop: ShopFolder) -> None:
    shop.write("estoque.csv", "codigo;saldo\n1;5\n2;6\n#total;2")
    assert len(shop.read()) == 2
    shop.write("estoque.csv", "codigo;saldo\n1;5\n2;6\n#total;3\n")
    with pytest.raises(ReadRefused, match="E-252") as caught:
        shop.read()
    assert caught.value.params["reason"] == "total"


def many(count: int) -> str:
    rows = (f"{n:06d};{n};{n},90;;;;Produto número {n};\n" for n in range(1, count + 1))
    return HEADER + "".join(rows)


def test_wherever_a_sheet_is_cut_it_is_refused(shop: ShopFolder) -> None:
    whole = many(30).encode()
    ends = {place for place, char in enumerate(whole, 1) if char == ord("\n")}
    for place in range(len(whole)):
        if place in ends:
            continue  # cut between two rows: told by the guard of the row count, or by a declared total
        shop.write("estoque.csv", whole[:place])
        with pytest.raises(ReadRefused, match=r"E-252|E-255") as caught:
            shop.read()
        assert caught.value.code == "E-252" or place < whole.index(b"\n")


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("produto;quantos\nx;1\n", "E-255", {"missing": "codigo, saldo"}),
        ("codigo;saldo;saldo\n1;2;3\n", "E-255", {"repeated": "saldo"}),
        ("codigo;saldo;preco\n1;5;1.990,00\n2;5;19.90\n", "E-253", {"reason": "mixed"}),
        ("codigo;saldo;preco\n1;5;1.990\n", "E-253", {"reason": "ambiguous"}),
        ("codigo;saldo\n1;5\n2;6\n1;7\n", "E-254", {"codes": "1", "count": 1}),
        ("codigo;saldo\n1;5\n;6\n", "E-259", {"row": 3}),
        ("codigo;saldo\n1;5;9\n", "E-252", {"reason": "columns", "row": 2}),
        ('codigo;saldo\n1;"5\n', "E-252", {"reason": "quotes"}),
        ("", "E-252", {"reason": "empty"}),
        ("codigo;saldo", "E-252", {"reason": "no_end"}),
        (b"PK\x03\x04rest", "E-258", {"reason": "not_text"}),
        (b"codigo;saldo\n1;\x005\n", "E-258", {"reason": "not_text"}),
    ],
)
def test_refuses_with_the_reason(shop: ShopFolder, text: str | bytes, code: str, params: dict[str, object]) -> None:
    shop.write("estoque.csv", text)
    with pytest.raises(ReadRefused) as caught:
        shop.read()
    assert caught.value.code == code
    assert caught.value.params["source"] == "estoque.csv"
    assert caught.value.params.items() >= params.items()


def test_repeated_codes_are_named_wherever_they_are(shop: ShopFolder) -> None:
    text = many(5_000) + "000003;1;1,90;;;;de novo;\n"
    shop.write("estoque.csv", text)
    with pytest.raises(ReadRefused, match="E-254") as caught:
        shop.read()
    assert (caught.value.params["codes"], caught.value.params["count"]) == ("000003", 1)


def test_doubtful_numbers_wait_for_the_proof_further_down(shop: ShopFolder) -> None:
    rows = "".join(f"{n:06d};{n};1.990;;;;x;\n" for n in range(3_000))
    shop.write("estoque.csv", HEADER + rows + "9;1;19,90;;;;x;\n")
    read = shop.read()
    assert len(read) == 3_001
    assert {row[2] for row in read[:-1]} == {"1990"}
    shop.write("estoque.csv", HEADER + rows + "9;1;19.90;;;;x;\n")
    assert {row[2] for row in shop.read()[:-1]} == {"1.990"}


def test_too_large_is_refused_before_it_is_opened(shop: ShopFolder) -> None:
    path = shop.write("estoque.csv", "codigo;saldo\n")
    with path.open("r+b") as file:
        file.truncate(2 * 1024**3)  # a sparse file: two gigabytes that take no room
    shop.touch(path, 10)
    with (
        mock.patch("otimo_tray.erp.folder.reading.digest_of", side_effect=AssertionError("read")),
        mock.patch.object(csv_sheet, "CsvSheet", side_effect=AssertionError("opened")),
        pytest.raises(ReadRefused, match="E-256") as caught,
    ):
        shop.read()
    assert caught.value.params["limit"] == sheets.CSV_LIMIT


def test_a_sheet_that_changes_while_it_is_read_is_not_used(shop: ShopFolder) -> None:
    shop.write("estoque.csv", many(3_000))
    reading = shop.open().read_items()
    assert reading is not None
    chunks = reading.chunks()
    next(chunks)
    with (shop.root / "estoque.csv").open("a", encoding="utf-8") as file:
        file.write("X;1;1,90;;;;novo;\n")
    with pytest.raises(ErpAway, match="E-213"):
        list(chunks)
    reading.refused(ReadRefused())
    assert shop.names() == ["estoque.csv"], "the newer version stays for the next look"


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(
    names=st.lists(CELL, min_size=1, max_size=40),
    size=st.sampled_from([40, 200, 64 * 1024]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_names_come_back_whatever_the_block_size(
    shop: ShopFolder, names: list[str], size: int, quoting: int, end: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator=end, quoting=quoting)  # pyright: ignore[reportArgumentType]
    writer.writerow(("codigo", "descricao", "saldo"))
    writer.writerows((f"{n}x", name, n) for n, name in enumerate(names))
    shop.write("estoque.csv", text.getvalue())
    with mock.patch.object(csv_sheet, "_BLOCK_BYTES", size):
        rows = shop.read()
    assert [(row[0], row[6], row[1]) for row in rows] == [
        (f"{n}x", name or None, str(n)) for n, name in enumerate(names)
    ]


def test_a_missing_folder_is_away_and_no_folder_is_for_a_person(shop: ShopFolder, tmp_path: Path) -> None:
    erp = shop.open()
    shop.root.rename(tmp_path / "longe")
    with pytest.raises(ErpAway, match="E-210"):
        erp.read_items()
    from otimo_tray.domain.settings import ErpSettings
    from otimo_tray.erp.folder import open_folder_erp
    from tests.erp.folder.shop_folder import ZONE

    with pytest.raises(ErpMisconfigured, match="E-220"):
        open_folder_erp(ErpSettings(folder=" "), ZONE, shop.clock, shop.cache)
