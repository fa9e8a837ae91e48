"""Buyer and receiver as the hub writes them, brought to one form where that is certain and left alone where
not."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from otimo_tray.domain.orders import Party
from otimo_tray.pluggto import wire
from otimo_tray.pluggto.wire import Json

_STATES: Final = {
    "acre": "AC", "alagoas": "AL", "amapa": "AP", "amazonas": "AM", "bahia": "BA", "ceara": "CE",
    "distrito federal": "DF", "espirito santo": "ES", "goias": "GO", "maranhao": "MA", "mato grosso": "MT",
    "mato grosso do sul": "MS", "minas gerais": "MG", "para": "PA", "paraiba": "PB", "parana": "PR",
    "pernambuco": "PE", "piaui": "PI", "rio de janeiro": "RJ", "rio grande do norte": "RN",
    "rio grande do sul": "RS", "rondonia": "RO", "roraima": "RR", "santa catarina": "SC", "sao paulo": "SP",
    "sergipe": "SE", "tocantins": "TO",
}  # fmt: skip
_UFS: Final = frozenset(_STATES.values())
_PUNCTUATION: Final = re.compile(r"[\s./\\-]")


def state(value: Any) -> str:
    """A Brazilian state as UF from ``SP``, ``BR-SP``, ``São Paulo``; anything else as given."""
    given = wire.text(value)
    short = given.upper().removeprefix("BR-")
    if short in _UFS:
        return short
    plain = "".join(one for one in unicodedata.normalize("NFKD", given) if not unicodedata.combining(one)).casefold()
    return _STATES.get(" ".join(plain.replace("estado de", "").split()), given)


def zipcode(value: Any) -> str:
    """A CEP as eight digits; one written as a number may have lost its leading zero (São Paulo), others stay
    as given."""
    given = wire.text(value)
    bare = _PUNCTUATION.sub("", given)
    if bare.isascii() and bare.isdigit():
        if len(bare) == 8:
            return bare
        if len(bare) == 7 and not isinstance(value, str):
            return bare.zfill(8)
    return given


def document(value: Any) -> str:
    """A CPF or CNPJ without punctuation, letters and masks (`*`) kept: since July 2026 a CNPJ may hold
    letters.

    A number that lost its leading zeros gets them back only where the check digits then are right.
    """
    bare = _PUNCTUATION.sub("", wire.text(value)).upper()
    if not isinstance(value, str) and bare.isdigit():
        for length in (11, 14):
            if len(bare) < length and is_valid_document(bare.zfill(length)):
                return bare.zfill(length)
    return bare


def is_valid_document(bare: str) -> bool:
    """Whether an unpunctuated CPF or CNPJ has right check digits (a CNPJ character counts ``ord − 48``)."""
    if not bare.isascii() or not bare.isalnum() or len(set(bare)) == 1:
        return False
    if len(bare) == 11 and bare.isdigit():
        return all(_check(bare[:n], list(range(n + 1, 1, -1))) == int(bare[n]) for n in (9, 10))
    if len(bare) == 14 and bare[12:].isdigit():
        weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
        return all(_check(bare[:n], weights[13 - n :]) == int(bare[n]) for n in (12, 13))
    return False


def _check(body: str, weights: list[int]) -> int:
    rest = sum((ord(one) - 48) * weight for one, weight in zip(body, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest


def best_document(values: list[Any]) -> str:
    """The likeliest CPF/CNPJ of several fields: right check digits, else right length, else masked, else
    any."""
    found = [one for one in map(document, values) if one]
    ranked = sorted(found, key=_rank)  # stable: the order of the fields decides among equals
    return ranked[0] if ranked else ""


def _rank(bare: str) -> int:
    if is_valid_document(bare):
        return 0
    if "*" in bare:
        return 2
    return 1 if len(bare) in {11, 14} and bare.isalnum() else 3


def party(order: Json, prefix: str) -> Party:
    """The `payer_*` or `receiver_*` block of an order."""

    def field(name: str) -> str:
        return wire.text(order.get(f"{prefix}_{name}"))

    company = field("razao_social") or field("company_name")
    # A sale to a company may carry its buyer's CPF as well; the invoice goes to the company.
    names = ("cnpj", "cpf") if company or field("ie") else ("cpf", "cnpj")
    return Party(
        name=_full_name(field("name"), field("lastname")) or field("fullname") or company,
        document=best_document([order.get(f"{prefix}_{one}") for one in (*names, "tax_id", "document")]),
        state_registration=field("ie"),
        company_name=company,
        email=field("email"),
        phone=_phone(field("phone_area"), field("phone")) or _phone(field("phone2_area"), field("phone2")),
        address=field("address"),
        number=field("address_number"),
        complement=field("address_complement"),
        reference=_reference(field("address_reference"), field("additional_info"), field("address_complement")),
        neighborhood=field("neighborhood"),
        city=field("city"),
        state=state(order.get(f"{prefix}_state")),
        country=field("country"),
        zipcode=zipcode(order.get(f"{prefix}_zipcode")),
    )


def _full_name(first: str, last: str) -> str:
    repeated = first.casefold().endswith(f" {last.casefold()}")
    return first if not last or repeated else f"{first} {last}".strip()


def _reference(reference: str, info: str, complement: str) -> str:
    """Both notes on the address; channels often repeat the complement in `additional_info`."""
    parts = dict.fromkeys(one for one in (reference, info if info != complement else "") if one)
    return " / ".join(parts)


def _phone(area: str, local: str) -> str:
    digits = re.sub(r"[^\d*+]", "", local)
    prefix = re.sub(r"[^\d*]", "", area).lstrip("0")
    return digits if not prefix or not digits or len(digits) >= 10 else prefix + digits
