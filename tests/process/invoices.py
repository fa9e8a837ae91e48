"""Authorised NF-e documents for orders found in the exchange folder, written without our own code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

CNPJ = "12345678000195"
ZONE = timezone(timedelta(hours=-3))


def check_digit(key43: str) -> str:
    """Modulo 11 from the right with weights 2..9 (NF-e manual)."""
    total = sum(int(char) * (2 + index % 8) for index, char in enumerate(reversed(key43)))
    rest = total % 11
    return "0" if rest < 2 else str(11 - rest)


def nfe_for(rows: list[dict[str, str]], number: int) -> tuple[dict[str, str], str]:
    """(facts, XML) of the invoice of one order file; odd numbers carry xPed, even ones only the free text."""
    issued = datetime.now(UTC).replace(microsecond=0).astimezone(ZONE) - timedelta(minutes=1)
    body = f"35{issued:%y%m}{CNPJ}55001{number:09d}1{number:08d}"
    key = body + check_digit(body)
    order = rows[0]["pedido_canal"]
    purchase = f"<compra><xPed>{order}</xPed></compra>" if number % 2 else ""
    text = "" if number % 2 else f"<infAdic><infCpl>Pedido {order} do canal</infCpl></infAdic>"
    document = "".join(char for char in rows[0]["comprador_documento"] if char.isalnum())
    buyer = f"<CNPJ>{document}</CNPJ>" if len(document) == 14 else f"<CPF>{document or '00000000191'}</CPF>"
    total = sum(float(row["total_linha"].replace(".", "").replace(",", ".")) for row in rows)
    xml = f"""<?xml version="1.0" encoding="UTF-8"?>
<nfeProc xmlns="http://www.portalfiscal.inf.br/nfe" versao="4.00"><NFe><infNFe Id="NFe{key}" versao="4.00">
<ide><cUF>35</cUF><mod>55</mod><serie>1</serie><nNF>{number}</nNF><dhEmi>{issued.isoformat()}</dhEmi><tpNF>1</tpNF>
<tpEmis>1</tpEmis><tpAmb>1</tpAmb><finNFe>1</finNFe></ide>
<emit><CNPJ>{CNPJ}</CNPJ><xNome>Loja Exemplo</xNome></emit><dest>{buyer}<xNome>Comprador</xNome></dest>
<det nItem="1"><prod><cProd>1</cProd><CFOP>5102</CFOP><vProd>{total:.2f}</vProd></prod></det>
<total><ICMSTot><vNF>{total:.2f}</vNF></ICMSTot></total>{purchase}{text}</infNFe></NFe>
<protNFe versao="4.00"><infProt><tpAmb>1</tpAmb><chNFe>{key}</chNFe><cStat>100</cStat></infProt></protNFe></nfeProc>"""
    utc = issued.astimezone(UTC)
    return {"key": key, "number": str(number), "serie": "1", "utc": utc.strftime("%Y-%m-%dT%H:%M:%S")}, xml
