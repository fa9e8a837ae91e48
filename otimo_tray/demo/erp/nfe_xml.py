"""Writes NF-e documents as an ERP would keep them: authorised notes and cancellation events, layout 4.00.

They have the form of real ones, down to the key's check digit and totals that add up; signature and protocol are
invented, so that nothing made here has any fiscal value.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from otimo_tray.domain.invoice_rules import check_digit
from otimo_tray.domain.order_lines import split_cents

_NFE: Final = "http://www.portalfiscal.inf.br/nfe"
_CAPITALS: Final = {
    "AC": "1200401", "AL": "2704302", "AM": "1302603", "AP": "1600303", "BA": "2927408", "CE": "2304400",
    "DF": "5300108", "ES": "3205309", "GO": "5208707", "MA": "2111300", "MG": "3106200", "MS": "5002704",
    "MT": "5103403", "PA": "1501402", "PB": "2507507", "PE": "2611606", "PI": "2211001", "PR": "4106902",
    "RJ": "3304557", "RN": "2408102", "RO": "1100205", "RR": "1400100", "RS": "4314902", "SC": "4205407",
    "SE": "2800308", "SP": "3550308", "TO": "1721000",
}  # fmt: skip
"""A municipality code for each state: that of its capital."""
STATES: Final = frozenset(_CAPITALS)
_ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The shop as a note's issuer."""

    cnpj: str = "11222333000181"
    name: str = "Loja Demonstração Ltda"
    state: str = "SP"


@dataclass(frozen=True, slots=True)
class Buyer:
    """The note's recipient; `document` is a CPF (11) or CNPJ (14 characters), anything else leaves him out."""

    name: str = "Consumidor"
    document: str = ""
    street: str = "Rua das Flores"
    house: str = "S/N"
    district: str = "Centro"
    city: str = "São Paulo"
    state: str = "SP"
    zipcode: str = "01001000"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One item; `total` in BRL is quantity × unit price to the cent."""

    code: str
    name: str
    quantity: int
    total: Decimal
    ean: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A sale's NF-e. `issued` is aware, in the shop's zone; `x_ped` and `extra` may carry the channel's number."""

    number: int
    issued: datetime
    lines: Sequence[NoteLine]
    buyer: Buyer = Buyer()
    issuer: Issuer = Issuer()
    serie: int = 1
    freight: Decimal = _ZERO
    discount: Decimal = _ZERO
    x_ped: str = ""
    extra: str = ""
    model: str = "55"
    kind: str = "1"
    """tpNF: 0 in, 1 out."""
    purpose: str = "1"
    environment: str = "1"
    cfop: str = ""
    """"" = a sale, inside or outside of the state."""
    status: str = "100"
    """cStat of the protocol; "" = no protocol yet."""

    @property
    def goods(self) -> Decimal:
        return sum((line.total for line in self.lines), _ZERO)

    @property
    def total(self) -> Decimal:
        return self.goods + self.freight - self.discount

    @property
    def key(self) -> str:
        """The access key: cUF AAMM CNPJ mod serie nNF tpEmis cNF DV."""
        uf = _CAPITALS[self.issuer.state][:2]
        start = f"{uf}{self.issued:%y%m}{self.issuer.cnpj}{self.model}{self.serie:03d}{self.number:09d}1{self.code}"
        return start + check_digit(start)

    @property
    def code(self) -> str:
        """cNF: eight digits; real ones can't be guessed, these are derived so that a shop's life can be repeated."""
        seed = f"{self.issuer.cnpj}/{self.model}/{self.serie}/{self.number}"
        return f"{int(hashlib.sha256(seed.encode()).hexdigest(), 16) % 10**8:08d}"


def note_xml(note: Note) -> bytes:
    """The document `nfeProc` (or the bare `NFe` without protocol), UTF-8."""
    key = note.key
    digest = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()  # noqa: S324 - the layout asks for SHA-1
    info = f'<infNFe Id="NFe{key}" versao="4.00">{_content(note)}</infNFe>'
    body = f'<NFe xmlns="{_NFE}">{info}{_signature(key, digest)}</NFe>'
    if not note.status:
        return f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode()
    reason = {"100": "Autorizado o uso da NF-e", "150": "Autorizado o uso da NF-e, autorização fora de prazo"}
    protocol = (
        '<protNFe versao="4.00"><infProt>'
        f"<tpAmb>{note.environment}</tpAmb><verAplic>DEMO_1.0</verAplic><chNFe>{key}</chNFe>"
        f"<dhRecbto>{_instant(note.issued)}</dhRecbto><nProt>{_protocol_number(note)}</nProt><digVal>{digest}</digVal>"
        f"<cStat>{note.status}</cStat><xMotivo>{reason.get(note.status, 'Uso denegado')}</xMotivo></infProt></protNFe>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><nfeProc xmlns="{_NFE}" versao="4.00">{body}{protocol}</nfeProc>'
    ).encode()


def cancellation_xml(key: str, issuer: Issuer, moment: datetime, status: str = "135") -> bytes:
    """The document `procEventoNFe` of a cancellation (110111)."""
    uf = key[:2]
    moment_text = _instant(moment)
    event = (
        f'<evento xmlns="{_NFE}" versao="1.00"><infEvento Id="ID110111{key}01"><cOrgao>{uf}</cOrgao><tpAmb>1</tpAmb>'
        f"<CNPJ>{issuer.cnpj}</CNPJ><chNFe>{key}</chNFe><dhEvento>{moment_text}</dhEvento><tpEvento>110111</tpEvento>"
        '<nSeqEvento>1</nSeqEvento><verEvento>1.00</verEvento><detEvento versao="1.00"><descEvento>Cancelamento'
        f"</descEvento><nProt>1{uf}{int(key[25:34]):012d}</nProt><xJust>Pedido cancelado pelo comprador</xJust>"
        "</detEvento></infEvento></evento>"
    )
    answer = (
        f'<retEvento xmlns="{_NFE}" versao="1.00"><infEvento><tpAmb>1</tpAmb><verAplic>DEMO_1.0</verAplic>'
        f"<cOrgao>{uf}</cOrgao><cStat>{status}</cStat><xMotivo>Evento registrado e vinculado a NF-e</xMotivo>"
        f"<chNFe>{key}</chNFe><tpEvento>110111</tpEvento><xEvento>Cancelamento registrado</xEvento>"
        f"<nSeqEvento>1</nSeqEvento><dhRegEvento>{moment_text}</dhRegEvento></infEvento></retEvento>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><procEventoNFe xmlns="{_NFE}" versao="1.00">{event}{answer}'
        "</procEventoNFe>"
    ).encode()


def _content(note: Note) -> str:
    issuer, inside = note.issuer, note.issuer.state == note.buyer.state
    parts = [
        (
            f"<ide><cUF>{_CAPITALS[issuer.state][:2]}</cUF><cNF>{note.code}</cNF><natOp>Venda de mercadoria</natOp>"
            f"<mod>{note.model}</mod><serie>{note.serie}</serie><nNF>{note.number}</nNF>"
            f"<dhEmi>{_instant(note.issued)}</dhEmi><tpNF>{note.kind}</tpNF><idDest>{1 if inside else 2}</idDest>"
            f"<cMunFG>{_CAPITALS[issuer.state]}</cMunFG><tpImp>1</tpImp><tpEmis>1</tpEmis><cDV>{note.key[-1]}</cDV>"
            f"<tpAmb>{note.environment}</tpAmb><finNFe>{note.purpose}</finNFe><indFinal>1</indFinal><indPres>2</indPres>"
            "<indIntermed>0</indIntermed><procEmi>0</procEmi><verProc>Demo 1.0</verProc></ide>"
        ),
        (
            f"<emit><CNPJ>{issuer.cnpj}</CNPJ><xNome>{_words(issuer.name)}</xNome><enderEmit>"
            f"{_address('Rua do Comércio', '100', 'Centro', 'Capital', issuer.state, '01001000')}</enderEmit>"
            "<IE>111222333444</IE><CRT>1</CRT></emit>"
        ),
        _recipient(note.buyer),
        *_items(note, inside),
        _totals(note),
        "<transp><modFrete>0</modFrete></transp>",
        f"<pag><detPag><tPag>99</tPag><xPag>Intermediador</xPag><vPag>{note.total:.2f}</vPag></detPag></pag>",
    ]
    if note.extra:
        parts.append(f"<infAdic><infCpl>{_words(note.extra, 5000)}</infCpl></infAdic>")
    if note.x_ped:
        parts.append(f"<compra><xPed>{_words(note.x_ped)}</xPed></compra>")
    return "".join(parts)


def _recipient(buyer: Buyer) -> str:
    tag = {11: "CPF", 14: "CNPJ"}.get(len(buyer.document))
    if tag is None:
        return ""
    address = _address(buyer.street, buyer.house, buyer.district, buyer.city, buyer.state, buyer.zipcode)
    return (
        f"<dest><{tag}>{_words(buyer.document)}</{tag}><xNome>{_words(buyer.name)}</xNome>"
        f"<enderDest>{address}</enderDest><indIEDest>9</indIEDest></dest>"
    )


def _address(street: str, house: str, district: str, city: str, state: str, zipcode: str) -> str:
    digits = "".join(char for char in zipcode if char.isdigit())
    return (
        f"<xLgr>{_words(street or 'Não informado')}</xLgr><nro>{_words(house or 'S/N')}</nro>"
        f"<xBairro>{_words(district or 'Centro')}</xBairro><cMun>{_CAPITALS[state]}</cMun>"
        f"<xMun>{_words(city or 'Capital')}</xMun><UF>{state}</UF>"
        f"<CEP>{digits if len(digits) == 8 else '01001000'}</CEP>"
        "<cPais>1058</cPais><xPais>Brasil</xPais>"
    )


def _items(note: Note, inside: bool) -> list[str]:
    cfop = note.cfop or ("5102" if inside else "6108")
    weights = [line.total for line in note.lines]
    freights = split_cents(note.freight, weights)
    discounts = split_cents(note.discount, weights)
    items: list[str] = []
    for index, (line, freight, discount) in enumerate(zip(note.lines, freights, discounts, strict=True), 1):
        unit = f"{line.total / line.quantity:.10f}"
        ean = line.ean if len(line.ean) in (8, 12, 13, 14) and line.ean.isdigit() else "SEM GTIN"
        items.append(
            f'<det nItem="{index}"><prod><cProd>{_words(line.code)}</cProd><cEAN>{ean}</cEAN>'
            f"<xProd>{_words(line.name or line.code, 120)}</xProd><NCM>85167100</NCM><CFOP>{cfop}</CFOP><uCom>UN</uCom>"
            f"<qCom>{line.quantity}.0000</qCom><vUnCom>{unit}</vUnCom><vProd>{line.total:.2f}</vProd>"
            f"<cEANTrib>{ean}</cEANTrib><uTrib>UN</uTrib><qTrib>{line.quantity}.0000</qTrib><vUnTrib>{unit}</vUnTrib>"
            f"{f'<vFrete>{freight:.2f}</vFrete>' if freight else ''}"
            f"{f'<vDesc>{discount:.2f}</vDesc>' if discount else ''}"
            "<indTot>1</indTot></prod><imposto><ICMS><ICMSSN102><orig>0</orig><CSOSN>102</CSOSN></ICMSSN102></ICMS>"
            "<PIS><PISNT><CST>07</CST></PISNT></PIS><COFINS><COFINSNT><CST>07</CST></COFINSNT></COFINS></imposto></det>"
        )
    return items


def _totals(note: Note) -> str:
    zeros = "".join(f"<{tag}>0.00</{tag}>" for tag in ("vBC", "vICMS", "vICMSDeson", "vFCP", "vBCST", "vST"))
    return (
        f"<total><ICMSTot>{zeros}<vFCPST>0.00</vFCPST><vFCPSTRet>0.00</vFCPSTRet><vProd>{note.goods:.2f}</vProd>"
        f"<vFrete>{note.freight:.2f}</vFrete><vSeg>0.00</vSeg><vDesc>{note.discount:.2f}</vDesc><vII>0.00</vII>"
        "<vIPI>0.00</vIPI><vIPIDevol>0.00</vIPIDevol><vPIS>0.00</vPIS><vCOFINS>0.00</vCOFINS><vOutro>0.00</vOutro>"
        f"<vNF>{note.total:.2f}</vNF></ICMSTot></total>"
    )


def _signature(key: str, digest: str) -> str:
    method = "http://www.w3.org/2000/09/xmldsig#"
    invented = base64.b64encode(b"sem valor fiscal").decode()
    return (
        f'<Signature xmlns="{method}"><SignedInfo>'
        '<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'
        f'<SignatureMethod Algorithm="{method}rsa-sha1"/><Reference URI="#NFe{key}"><Transforms>'
        f'<Transform Algorithm="{method}enveloped-signature"/>'
        '<Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/></Transforms>'
        f'<DigestMethod Algorithm="{method}sha1"/><DigestValue>{digest}</DigestValue></Reference></SignedInfo>'
        f"<SignatureValue>{invented}</SignatureValue><KeyInfo><X509Data><X509Certificate>{invented}</X509Certificate>"
        "</X509Data></KeyInfo></Signature>"
    )


def _protocol_number(note: Note) -> str:
    return f"1{_CAPITALS[note.issuer.state][:2]}{note.number:012d}"


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _words(text: str, length: int = 60) -> str:
    """One line of text without control characters, cut to what the layout allows, escaped."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    return escape(" ".join(kept.split())[:length].strip())
