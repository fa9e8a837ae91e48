"""Reads NF-e XML into `InvoiceRecord`s: authorised notes, notes without protocol, cancellation events. Judges no key.

Layout of the national NF-e (version 4.00 and the older ones alike), elements found by their local names: some issuers
leave the namespace out or give it a prefix.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.errors import RowRefused

SIZE_LIMIT: Final = 5 * 1024 * 1024
"""Bytes. An NF-e may have 500 KB by law; its process document is little more."""
_SPACE: Final = "{http://www.portalfiscal.inf.br/nfe}"
_AUTHORISED: Final = ("100", "150")
_CANCELLED: Final = ("101", "151", "155")
_DENIED: Final = ("110", "205", "301", "302", "303")
_CANCEL_EVENT: Final = "110111"
_EVENT_TAKEN: Final = ("135", "155")
_PURPOSES: Final = {"2": "complement", "3": "adjustment", "4": "return"}
_OTHER_DOCUMENTS: Final = (
    "enviNFe", "retEnviNFe", "consReciNFe", "retConsReciNFe", "consSitNFe", "retConsSitNFe", "inutNFe", "retInutNFe",
    "procInutNFe", "ProcInutNFe", "evento", "envEvento", "retEnvEvento", "retEvento", "consStatServ", "retConsStatServ",
    "resNFe", "resEvento", "distDFeInt", "retDistDFeInt",
)  # fmt: skip
"""Messages between issuer and tax office that ERPs keep in the same folder: neither notes nor faults."""


def read_nfe(data: bytes, source: str) -> InvoiceRecord | None:
    """One document; None for the tax office's other messages and events (correction letters and the like).

    Args:
        data: the file's bytes, at most `SIZE_LIMIT`.
        source: file name or record id, for messages.

    Raises:
        RowRefused: I-710 not an NF-e (`root`), I-711 damaged or cut XML, I-712 DTD or entities, I-713 too large,
            I-714 something needed is missing (`field`), I-715 the protocol belongs to another key.
    """
    if len(data) > SIZE_LIMIT:
        raise RowRefused("I-713", source=source, size=len(data), limit=SIZE_LIMIT)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise RowRefused("I-712", source=source, raw=str(error)) from error
    except (ParseError, ValueError, LookupError) as error:
        raise RowRefused("I-711", source=source, raw=str(error)) from error
    if not root.tag.startswith(_SPACE):
        _into_namespace(root)
    name = root.tag.removeprefix(_SPACE)
    if name == "nfeProc":
        note = root.find(f"{_SPACE}NFe")
        if note is None:
            raise RowRefused("I-714", source=source, field="NFe")
        return _note(note, root.find(f"{_SPACE}protNFe/{_SPACE}infProt"), source)
    if name == "NFe":
        return _note(root, None, source)
    if name in ("procEventoNFe", "procEventoCancNFe"):
        return _event(root, source)
    if name in _OTHER_DOCUMENTS:
        return None
    raise RowRefused("I-710", source=source, root=name.rpartition("}")[2][:60])


def _into_namespace(root: Element) -> None:
    """Gives elements without a namespace the NF-e's own, when the document's name is one of the NF-e."""
    if root.tag not in ("nfeProc", "NFe", "procEventoNFe", *_OTHER_DOCUMENTS):
        return
    for element in root.iter():
        if element.tag[0] != "{":
            element.tag = _SPACE + element.tag


def _note(note: Element, protocol: Element | None, source: str) -> InvoiceRecord:
    info = note.find(f"{_SPACE}infNFe")
    if info is None:
        raise RowRefused("I-714", source=source, field="infNFe")
    key = info.get("Id", "").removeprefix("NFe").strip()
    if not key:
        raise RowRefused("I-714", source=source, field="infNFe/@Id")
    ide = info.find(f"{_SPACE}ide")
    if ide is None:
        raise RowRefused("I-714", source=source, field="ide")
    number, serie = _integer(ide, "nNF", source), _integer(ide, "serie", source)
    status = ""
    if protocol is not None:
        status = _text(protocol, "cStat")
        protocol_key = _text(protocol, "chNFe")
        if protocol_key != key:
            raise RowRefused("I-715", source=source, key=key, protocol_key=protocol_key)
    issued, issued_date = _emission(ide, source)
    total, variants = _totals(info)
    issuer = info.find(f"{_SPACE}emit")
    buyer = info.find(f"{_SPACE}dest")
    return InvoiceRecord(
        key=key,
        number=number,
        serie=serie,
        issued=issued,
        issued_date=issued_date,
        cnpj="" if issuer is None else _text(issuer, "CNPJ") or _text(issuer, "CPF"),
        x_ped=tuple(dict.fromkeys(_order_numbers(info))),
        extra_text="\n".join(_free_texts(info)),
        buyer_document="" if buyer is None else _text(buyer, "CPF") or _text(buyer, "CNPJ"),
        total=total,
        total_variants=variants,
        kind="denied" if status in _DENIED else _kind(ide, info),
        authorised=status in _AUTHORISED or status in _CANCELLED,
        cancelled=status in _CANCELLED,
        source=source,
        company_name="" if issuer is None else _text(issuer, "xNome"),
    )


def _event(root: Element, source: str) -> InvoiceRecord | None:
    event = root.find(f"{_SPACE}evento/{_SPACE}infEvento")
    answer = root.find(f"{_SPACE}retEvento/{_SPACE}infEvento")
    if event is None:
        raise RowRefused("I-714", source=source, field="infEvento")
    if _text(event, "tpEvento") != _CANCEL_EVENT or answer is None or _text(answer, "cStat") not in _EVENT_TAKEN:
        return None
    key = _text(event, "chNFe")
    if not (len(key) == 44 and key[22:34].isdigit()):
        raise RowRefused("I-714", source=source, field="chNFe")
    if _text(answer, "chNFe") not in ("", key):
        raise RowRefused("I-715", source=source, key=key, protocol_key=_text(answer, "chNFe"))
    return InvoiceRecord(
        key=key,
        number=str(int(key[25:34])),
        serie=str(int(key[22:25])),
        issued=None,
        cnpj=key[6:20],
        kind="nfce" if key[20:22] == "65" else "sale",
        cancelled=True,
        source=source,
    )


def _kind(ide: Element, info: Element) -> str:
    """What the note is for (PRODUCT.md, *Invoices*): only a "sale" may go to the hub."""
    if _text(ide, "tpAmb") == "2":
        return "homologation"
    model = _text(ide, "mod")
    if model != "55":
        return "nfce" if model == "65" else "other"
    if _text(ide, "tpNF") == "0":
        return "entry"
    purpose = _text(ide, "finNFe")
    if purpose not in ("", "1"):
        return _PURPOSES.get(purpose, "other")
    kinds = {_operation(_text(item, "CFOP")) for item in info.iterfind(f"{_SPACE}det/{_SPACE}prod")}
    # A sale with a free gift in it is a sale.
    return "sale" if "sale" in kinds or not kinds else min(kinds)


def _operation(cfop: str) -> str:
    """The kind of one line by its CFOP; the first digit only tells in or out of the state.

    Transfers: x151-x156, x408, x409, x552, x557, x658, x659. Returns: x201-x210, x410-x413, x503, x553-x556, x660-x662.
    Remittances and other: x9xx, but for x922 (billing of a future delivery) and x933 (services).
    """
    tail = cfop[1:]
    if not ("001" <= tail <= "999") or len(tail) != 3:
        return "sale"
    if "151" <= tail <= "156" or tail in ("408", "409", "552", "557", "658", "659"):
        return "transfer"
    if "201" <= tail <= "210" or "410" <= tail <= "413" or tail in ("503", "553", "555", "556", "660", "661", "662"):
        return "return"
    if tail[0] == "9" and tail not in ("922", "933"):
        return "remittance"
    return "sale"


def _emission(ide: Element, source: str) -> tuple[datetime | None, str]:
    """(instant in UTC, local date as the document has it); before layout 3.10 there is only the date."""
    text = _text(ide, "dhEmi")
    if not text:
        day = _text(ide, "dEmi")
        if not day:
            raise RowRefused("I-714", source=source, field="dhEmi")
        return None, day
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RowRefused("I-714", source=source, field="dhEmi", value=text[:40]) from error
    return (None if moment.tzinfo is None else moment.astimezone(UTC)), text[:10]


def _totals(info: Element) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    """The note's total and what the channel may call the order's: without freight, before discount, goods alone."""
    total = info.find(f"{_SPACE}total/{_SPACE}ICMSTot")
    if total is None:
        return None, ()
    value = _money(total, "vNF")
    if value is None:
        return None, ()
    goods = _money(total, "vProd") or Decimal(0)
    freight = _money(total, "vFrete") or Decimal(0)
    discount = _money(total, "vDesc") or Decimal(0)
    other = _money(total, "vOutro") or Decimal(0)
    candidates = (
        value - freight,
        value + discount,
        value - freight + discount,
        value - other,
        value - freight - other,
        goods,
        goods - discount,
        goods + freight,
        goods + freight - discount,
    )
    return value, tuple(c for c in dict.fromkeys(candidates) if c > 0 and c != value)


def _order_numbers(info: Element) -> Iterator[str]:
    purchase = info.find(f"{_SPACE}compra")
    if purchase is not None and (text := _text(purchase, "xPed")):
        yield text
    for item in info.iterfind(f"{_SPACE}det/{_SPACE}prod/{_SPACE}xPed"):
        if item.text and item.text.strip():
            yield item.text.strip()


def _free_texts(info: Element) -> Iterator[str]:
    """All free text in which issuers put the channel's order number."""
    extra = info.find(f"{_SPACE}infAdic")
    if extra is not None:
        for path in ("infCpl", f"obsCont/{_SPACE}xTexto", "infAdFisco"):
            for element in extra.iterfind(f"{_SPACE}{path}"):
                if element.text and element.text.strip():
                    yield element.text.strip()
    for element in info.iterfind(f"{_SPACE}det/{_SPACE}infAdProd"):
        if element.text and element.text.strip():
            yield element.text.strip()


def _text(parent: Element, name: str) -> str:
    return (parent.findtext(_SPACE + name) or "").strip()


def _integer(parent: Element, name: str, source: str) -> str:
    text = _text(parent, name)
    if not (text.isascii() and text.isdigit()):
        raise RowRefused("I-714", source=source, field=name, value=text[:40])
    return str(int(text))


def _money(parent: Element, name: str) -> Decimal | None:
    text = _text(parent, name)
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
