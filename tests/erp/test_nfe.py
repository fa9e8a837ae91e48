"""The NF-e reader on real documents, on generated ones and on what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import nfelib
import pytest

from otimo_tray.demo.erp.nfe_xml import Buyer, Issuer, Note, NoteLine, cancellation_xml, note_xml
from otimo_tray.domain.invoice_rules import check_digit
from otimo_tray.erp.nfe import SIZE_LIMIT, read_nfe
from otimo_tray.errors import RowRefused

SAMPLES = sorted((Path(nfelib.__file__).parent / "nfe" / "samples").rglob("*.xml"))
NFE_SAMPLES = [path for path in SAMPLES if b"<infNFe" in path.read_bytes()]
BRASILIA = timezone(timedelta(hours=-3))
ISSUED = datetime(2026, 11, 24, 22, 30, tzinfo=BRASILIA)
LINES = (NoteLine("1", "Caneca", 2, Decimal("39.80")), NoteLine("2", "Copo", 1, Decimal("10.20")))


@pytest.mark.parametrize("path", NFE_SAMPLES, ids=lambda path: path.stem[:30])
def test_a_real_note_gives_what_an_independent_look_finds(path: Path) -> None:
    data = path.read_bytes()
    record = read_nfe(data, path.name)

    assert record is not None
    tree = ET.fromstring(data)
    texts: dict[str, str] = {}
    for element in tree.iter():  # the first of each name, whatever its place
        texts.setdefault(element.tag.rpartition("}")[2], (element.text or "").strip())
    assert record.key == next(e.get("Id", "")[-44:] for e in tree.iter() if e.tag.endswith("}infNFe"))
    assert check_digit(record.key[:43]) == record.key[43]
    assert (record.number, record.serie) == (texts["nNF"], texts["serie"])
    issuer = next(e for e in tree.iter() if e.tag.endswith("}emit"))
    assert record.cnpj == issuer[0].text
    assert record.issued == datetime.fromisoformat(texts["dhEmi"]).astimezone(UTC)
    assert record.issued_date == texts["dhEmi"][:10]
    assert record.total == Decimal(texts["vNF"])
    assert record.company_name == next(e.text for e in issuer if e.tag.endswith("}xNome"))
    assert record.authorised == (texts.get("cStat") == "100")
    if texts["tpAmb"] == "2":
        assert record.kind == "homologation"
    elif texts["mod"] == "65":
        assert record.kind == "nfce"
    elif texts["tpNF"] == "0":
        assert record.kind == "entry"
    else:
        assert record.kind == ("remittance" if texts["CFOP"][1] == "9" else "sale")


def test_there_are_real_notes_of_several_kinds() -> None:
    kinds = {record.kind for path in NFE_SAMPLES if (record := read_nfe(path.read_bytes(), "")) is not None}
    assert {"sale", "entry", "remittance", "homologation"} <= kinds
    assert len(NFE_SAMPLES) >= 15


def test_a_sale_with_everything_in_it() -> None:
    note = Note(
        number=12345,
        issued=ISSUED,
        lines=LINES,
        buyer=Buyer(name="João & Filhos", document="12345678909"),
        serie=7,
        freight=Decimal("12.90"),
        discount=Decimal("5.00"),
        x_ped="2000001234567890",
        extra="Pedido 2000001234567890 <urgente>",
    )
    record = read_nfe(note_xml(note), "nota.xml")

    assert record is not None
    assert (record.key, record.number, record.serie, record.kind) == (note.key, "12345", "7", "sale")
    assert (record.issued, record.issued_date) == (datetime(2026, 11, 25, 1, 30, tzinfo=UTC), "2026-11-24")
    assert record.x_ped == ("2000001234567890",)
    assert record.extra_text == "Pedido 2000001234567890 <urgente>"
    assert record.buyer_document == "12345678909"
    assert record.total == Decimal("57.90")
    wanted = {"45.00": "without freight", "62.90": "before discount", "50.00": "goods alone"}
    assert {Decimal(text) for text in wanted} <= set(record.total_variants)
    assert record.total not in record.total_variants
    assert (record.authorised, record.cancelled, record.source) == (True, False, "nota.xml")


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({}, "sale"),
        ({"cfop": "6108"}, "sale"),
        ({"cfop": "5922"}, "sale"),
        ({"cfop": "5152"}, "transfer"),
        ({"cfop": "6409"}, "transfer"),
        ({"cfop": "5202"}, "return"),
        ({"cfop": "5949"}, "remittance"),
        ({"cfop": "6905"}, "remittance"),
        ({"kind": "0"}, "entry"),
        ({"purpose": "2"}, "complement"),
        ({"purpose": "3"}, "adjustment"),
        ({"purpose": "4"}, "return"),
        ({"model": "65"}, "nfce"),
        ({"environment": "2"}, "homologation"),
        ({"status": "302"}, "denied"),
    ],
)
def test_only_a_sale_is_called_one(parts: dict[str, str], kind: str) -> None:
    record = read_nfe(note_xml(Note(1, ISSUED, LINES, **parts)), "")  # pyright: ignore[reportArgumentType]
    assert record is not None
    assert record.kind == kind


def test_a_sale_with_a_gift_in_it_is_a_sale() -> None:
    xml = note_xml(Note(1, ISSUED, LINES)).replace(b"<CFOP>5102</CFOP>", b"<CFOP>5910</CFOP>", 1)
    record = read_nfe(xml, "")
    assert record is not None
    assert record.kind == "sale"


@pytest.mark.parametrize(
    ("status", "authorised", "cancelled"),
    [("100", True, False), ("150", True, False), ("101", True, True), ("204", False, False), ("", False, False)],
)
def test_only_a_protocol_authorises(status: str, authorised: bool, cancelled: bool) -> None:
    record = read_nfe(note_xml(Note(1, ISSUED, LINES, status=status)), "")
    assert record is not None
    assert (record.authorised, record.cancelled, record.kind) == (authorised, cancelled, "sale")


@pytest.mark.parametrize(("status", "counts"), [("135", True), ("155", True), ("136", False), ("573", False)])
def test_a_cancellation_counts_when_it_was_taken(status: str, counts: bool) -> None:
    key = Note(77, ISSUED, LINES, serie=3).key
    record = read_nfe(cancellation_xml(key, Issuer(), ISSUED, status), "evento.xml")
    assert (record is not None) == counts
    if record is not None:
        assert (record.key, record.number, record.serie, record.cancelled) == (key, "77", "3", True)


def test_letters_in_a_cnpj_stay() -> None:
    note = Note(1, ISSUED, LINES, issuer=Issuer(cnpj="12ABC34501DE35"))
    record = read_nfe(note_xml(note), "")
    assert record is not None
    assert record.cnpj == record.key[6:20] == "12ABC34501DE35"


def test_issuers_without_namespace_or_with_a_prefix_are_read() -> None:
    xml = note_xml(Note(1, ISSUED, LINES))
    plain = xml.replace(b' xmlns="http://www.portalfiscal.inf.br/nfe"', b"")
    assert read_nfe(plain, "") == read_nfe(xml, "")
    signature = b' xmlns="http://www.w3.org/2000/09/xmldsig#"'
    bare = plain[: plain.index(b"<Signature")] + plain[plain.index(b"</Signature>") + 12 :]
    prefixed = bare.replace(b"</", b"</n:").replace(b"<", b"<n:").replace(b"<n:/n:", b"</n:").replace(b"<n:?", b"<?")
    prefixed = prefixed.replace(b"<n:nfeProc", b'<n:nfeProc xmlns:n="http://www.portalfiscal.inf.br/nfe"')
    assert signature not in prefixed
    assert read_nfe(prefixed, "") == read_nfe(xml, "")


def other_samples() -> list[Path]:
    root = Path(nfelib.__file__).parent
    return [*(root / "cte" / "samples").rglob("*.xml"), *(root / "mdfe" / "samples").rglob("*.xml")]


@pytest.mark.parametrize("path", other_samples(), ids=lambda path: path.stem[-30:])
def test_other_fiscal_documents_are_no_nfe(path: Path) -> None:
    with pytest.raises(RowRefused, match="I-710"):
        read_nfe(path.read_bytes(), path.name)


def test_messages_of_the_tax_office_are_passed_over() -> None:
    root = Path(nfelib.__file__).parent
    for path in (root / "nfe_evento_cce" / "samples").rglob("*.xml"):
        assert read_nfe(path.read_bytes(), path.name) is None
    assert read_nfe(b'<retEnviNFe xmlns="http://www.portalfiscal.inf.br/nfe"/>', "") is None


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><nfeProc>&b;</nfeProc>'
LEAK = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><nfeProc>&a;</nfeProc>'
NOTE = note_xml(Note(1, ISSUED, LINES))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<pedido/>", "I-710"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "I-710"),
        (b"", "I-711"),
        (b"not xml", "I-711"),
        (NOTE[:-20], "I-711"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "I-711"),
        (BOMB, "I-712"),
        (LEAK, "I-712"),
        (b" " * (SIZE_LIMIT + 1), "I-713"),
        (b'<nfeProc xmlns="http://www.portalfiscal.inf.br/nfe"/>', "I-714"),
        (NOTE.replace(b"<nNF>1</nNF>", b"<nNF>um</nNF>"), "I-714"),
        (NOTE.replace(b"<dhEmi>2026-11-24", b"<dhEmi>ontem"), "I-714"),
        (NOTE.replace(b"<chNFe>3526", b"<chNFe>3527"), "I-715"),
    ],
)
def test_everything_else_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(RowRefused) as caught:
        read_nfe(data, "x.xml")
    assert (caught.value.code, caught.value.params["source"]) == (code, "x.xml")


def test_wherever_a_note_is_cut_it_is_damaged() -> None:
    for place in range(0, len(NOTE) - 1, 97):
        with pytest.raises(RowRefused, match="I-711"):
            read_nfe(NOTE[:place], "x.xml")
