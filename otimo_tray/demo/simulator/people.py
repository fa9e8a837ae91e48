"""Invented buyers: names, addresses and documents that exist nowhere, written in the many ways the channels
write them."""

from __future__ import annotations

import random

from .checkdigits import cnpj, cpf
from .wire import Json

_FIRST = (
    "Ana Luíza",
    "João",
    "Conceição",
    "Antônio",
    "Márcia",
    "José Estêvão",
    "Flávia",
    "Luís",
    "Inês",
    "Sebastião",
    "Thaís",
)
_LAST = (
    "da Silva",
    "Araújo",
    "Gonçalves",
    "de Assunção",
    "Corrêa",
    "Brandão",
    "Simões",
    "Magalhães",
    "Patrício",
)
_STREETS = (
    "Rua das Acácias",
    "Avenida São João",
    "Travessa do Açaí",
    "Rua Quinze de Março",
    "Alameda dos Ipês",
    "Praça da Sé Velha",
)
_QUARTERS = ("Centro", "Jardim América", "Vila São José", "Água Verde", "Boa Esperança", "Santo Antônio")
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # a CNPJ may hold letters since July 2026
_PLACES = (
    # city, state, its abbreviation, area code, first five digits of the zip code
    ("São Paulo", "São Paulo", "SP", "11", "01310"),
    ("Goiânia", "Goiás", "GO", "62", "74015"),
    ("Belém", "Pará", "PA", "91", "66010"),
    ("Florianópolis", "Santa Catarina", "SC", "48", "88010"),
    ("Maceió", "Alagoas", "AL", "82", "57020"),
    ("Niterói", "Rio de Janeiro", "RJ", "21", "24020"),
    ("Cuiabá", "Mato Grosso", "MT", "65", "78005"),
    ("Vitória", "Espírito Santo", "ES", "27", "29010"),
)


def buyer(rng: random.Random) -> Json:
    """The `receiver_*` and `payer_*` fields of somebody: one of many spellings of state, country, zip code,
    document."""
    city, state, short, area, zipcode = rng.choice(_PLACES)
    long_form = rng.random() < 0.4
    document = cpf(f"{rng.randrange(10**9):09d}")
    ending = f"{rng.randrange(1000):03d}"
    block: Json = {
        "name": rng.choice(_FIRST),
        "lastname": rng.choice(_LAST),
        "address": rng.choice(_STREETS),
        "address_number": rng.choice(("S/N", str(rng.randrange(1, 2000)))),
        "address_complement": rng.choice((None, "", f"Apto {rng.randrange(1, 200)}", "Fundos")),
        "neighborhood": rng.choice(_QUARTERS),
        "city": city,
        "state": state if long_form else short,
        "country": "Brasil" if long_form else "BR",
        "zipcode": f"{zipcode}{ending}" if rng.random() < 0.5 else f"{zipcode}-{ending}",
        "phone_area": area,
        "phone": f"9{rng.randrange(10**8):08d}",
        "email": f"comprador{rng.randrange(10**6)}@example.invalid",
    }
    fields: Json = {f"{side}_{name}": value for side in ("receiver", "payer") for name, value in block.items()}
    if rng.random() < 0.3:
        document = f"{document[:3]}.{document[3:6]}.{document[6:9]}-{document[9:]}"
    places = rng.choice((("payer_cpf",), ("payer_cpf", "payer_tax_id"), ("payer_tax_id",), ("payer_document",)))
    return fields | dict.fromkeys(places, document)


def company(rng: random.Random) -> Json:
    """What a company that buys puts over a person's fields."""
    root = f"{rng.randrange(10**8):08d}" if rng.random() < 0.5 else "".join(rng.choices(_SIGNS, k=8))
    document = cnpj(f"{root}0001")
    name = f"Comércio {rng.choice(_LAST)} Ltda."
    return {
        "payer_cpf": None, "payer_tax_id": None, "payer_document": None, "payer_cnpj": document,
        "payer_ie": f"{rng.randrange(10**9):09d}", "payer_razao_social": name, "payer_company_name": name,
    }  # fmt: skip


def masked(fields: Json) -> Json:
    """A buyer as some channels show it until later: every personal text is `***`."""
    kept = ("_city", "_state", "_country", "_zipcode")
    return {
        name: "***" if isinstance(value, str) and not name.endswith(kept) else value for name, value in fields.items()
    }
