"""A believable Brazilian catalogue, made from a number: the hub and a demo ERP build the same one from it.

The relation, fixed: product *i* (from 1) has the SKU `f"{i:06d}"`, leading zeros included, so an ERP that
uses the same text as its product code matches by equal code. Every tenth product has two variations,
`f"{i:06d}-P"` and `f"{i:06d}-M"`. Name, EAN, prices and stock of product *i* depend on `i` and the seed
alone, not on how many are made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .checkdigits import ean13

_KINDS = (
    # name, NCM, category, lowest and highest price in reais, grams
    ("Cafeteira Elétrica", "85167100", "Eletroportáteis", 89, 399, 1800),
    ("Liquidificador", "85094010", "Eletroportáteis", 79, 299, 2100),
    ("Panela de Pressão", "76151000", "Cozinha", 69, 349, 1900),
    ("Jogo de Facas Aço Inox", "82119100", "Cozinha", 39, 189, 900),
    ("Garrafa Térmica", "96170010", "Cozinha", 29, 149, 600),
    ("Luminária de Mesa", "94052100", "Iluminação", 45, 219, 800),
    ("Lâmpada LED Bulbo", "85395200", "Iluminação", 6, 39, 60),
    ("Furadeira de Impacto", "84672100", "Ferramentas", 149, 599, 2300),
    ("Jogo de Chaves de Precisão", "82054000", "Ferramentas", 19, 119, 350),
    ("Mochila Escolar", "42029200", "Papelaria e Escola", 59, 249, 700),
    ("Caderno Universitário", "48202000", "Papelaria e Escola", 9, 49, 400),
    ("Camiseta Algodão", "61091000", "Moda", 29, 99, 180),
    ("Tênis de Corrida", "64041100", "Moda", 119, 499, 650),
    ("Bola de Vôlei", "95066200", "Esporte e Lazer", 39, 199, 280),
    ("Colchonete para Ginástica", "40169990", "Esporte e Lazer", 35, 139, 900),
    ("Ração para Cães Adultos", "23091000", "Pet", 49, 289, 3000),
    ("Arranhador para Gatos", "44219900", "Pet", 39, 229, 1500),
    ("Vaso Autoirrigável", "39249000", "Casa e Jardim", 14, 89, 300),
    ("Cortina Blecaute", "63039200", "Casa e Jardim", 69, 319, 1400),
    ("Toalha de Banho", "63026000", "Cama, Mesa e Banho", 24, 119, 450),
    ("Edredom Dupla Face", "94049000", "Cama, Mesa e Banho", 99, 459, 2200),
    ("Fone de Ouvido sem Fio", "85183000", "Eletrônicos", 49, 399, 120),
    ("Cabo USB-C Reforçado", "85444200", "Eletrônicos", 12, 79, 50),
    ("Suporte Articulado para TV", "85299020", "Eletrônicos", 59, 279, 2500),
)
_BRANDS = (
    "Ipê-Roxo",
    "Jatobá",
    "Maré Alta",
    "Pé de Serra",
    "Aurora Sul",
    "Cruzeirinho",
    "Araçá",
    "Sabiá Lar",
    "Três Irmãos",
)
_LINES = (
    "Clássica",
    "Prática",
    "Prêmio",
    "Compacta",
    "Família",
    "Turbo",
    "Essencial",
    "Sertão",
    "Litoral",
    "Máxima",
)
_COLOURS = ("Azul", "Preto", "Branco", "Vermelho", "Verde-Água", "Cinza", "Amarelo", "Marrom", "Lilás")

SIZES = (("P", "Pequeno"), ("M", "Médio"))
"""The two variations of every tenth product: the SKU's ending and its word."""


class CatalogueItem(NamedTuple):
    """One sellable product of the catalogue; prices in reais, weight in grams, stock in units."""

    number: int
    sku: str
    ean: str
    name: str
    brand: str
    ncm: str
    category: str
    price: Decimal
    special_price: Decimal
    quantity: int
    weight: int
    parent_sku: str | None = None


def generate_catalogue(n: int, seed: int = 1) -> Iterator[CatalogueItem]:
    """The first `n` products, each followed by its variations (items with a `parent_sku`)."""
    number = random.Random(f"catalogue {seed}").random
    for index in range(1, n + 1):
        # The same count of draws for each product, so that product i doesn't depend on n.
        kind, ncm, category, low, high, weight = _KINDS[int(number() * len(_KINDS))]
        brand = _BRANDS[int(number() * len(_BRANDS))]
        line = _LINES[int(number() * len(_LINES))]
        colour = _COLOURS[int(number() * len(_COLOURS))]
        cents = int(low + number() * (high - low)) * 100 + 90
        discounted = number() < 0.3
        special = int(cents * (0.75 + 0.2 * number())) if discounted else cents
        draw = number()
        quantity = 0 if draw < 0.08 else int(draw * draw * 120)
        item = CatalogueItem(
            index, f"{index:06d}", ean13(f"789{index:09d}"), f"{kind} {brand} {line} {colour}", brand, ncm,
            category, Decimal(cents).scaleb(-2), Decimal(special).scaleb(-2), quantity, weight,
        )  # fmt: skip
        yield item
        if index % 10 == 0:
            for place, (ending, word) in enumerate(SIZES, 1):
                yield item._replace(
                    sku=f"{item.sku}-{ending}",
                    ean=ean13(f"788{place}{index:08d}"),
                    name=f"{item.name} {word}",
                    quantity=(quantity * place) // 3,
                    parent_sku=item.sku,
                )
