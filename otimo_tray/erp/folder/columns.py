"""Recognises the header of a sheet: our columns, their usual other names, and the shop's own names for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from otimo_tray.errors import ErpMisconfigured, ReadRefused

STOCK_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "codigo": ("codigo", "cod", "codigo_produto", "sku", "referencia"),
    "saldo": ("saldo", "estoque", "quantidade", "qtd"),
    "preco": ("preco", "valor", "preco_venda"),
    "preco_promocional": ("preco_promocional", "promocao"),
    "promocao_inicio": ("promocao_inicio",),
    "promocao_fim": ("promocao_fim",),
    "descricao": ("descricao", "nome", "produto"),
    "ean": ("ean", "gtin", "codigo_barras"),
}
"""In the order of `domain.catalogue.RAW_FIELDS`; each with the names it is recognised by, the best one first."""

NOTE_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "pedido": ("pedido",),
    "numero": ("numero",),
    "serie": ("serie",),
    "data": ("data",),
    "chave": ("chave",),
    "cnpj": ("cnpj",),
    "total": ("total",),
    "documento": ("documento",),
}


def plain_name(header: str) -> str:
    """A header without case, accents and punctuation: `Preço promocional` → `preco_promocional`."""
    text = unicodedata.normalize("NFKD", header.strip().lower())
    kept = "".join(char if char.isalnum() else "_" for char in text if not unicodedata.combining(char))
    return "_".join(part for part in kept.split("_") if part)


def find_columns(
    header: Sequence[str],
    known: Mapping[str, Sequence[str]],
    required: Sequence[str],
    overrides: Mapping[str, str],
    source: str,
) -> dict[str, int]:
    """The place of each known column that the header has.

    Args:
        overrides: our column → the header in the file, from the settings; only those of `known` are looked at.

    Raises:
        ErpMisconfigured: E-223, an override names a header that this file needs and doesn't have
            (`column`, `header`, `found`).
        ReadRefused: E-255, a required column is missing (`missing`, `found`) or one name stands twice (`repeated`).
    """
    names = [plain_name(name) for name in header]
    found = ", ".join(name.strip() for name in header)[:300]
    places: dict[str, int] = {}
    taken: set[int] = set()
    for column in known:
        wanted = overrides.get(column)
        if wanted is not None:
            place = _only(names, plain_name(wanted), source, found)
            if place is None and column not in required:
                continue  # e.g. the stock's own name in a price sheet
            if place is None:
                raise ErpMisconfigured("E-223", source=source, column=column, header=wanted, found=found)
            places[column] = place
            taken.add(place)
    for column, spellings in known.items():
        for spelling in () if column in places else spellings:
            place = _only(names, spelling, source, found)
            if place is not None and place not in taken:
                places[column] = place
                taken.add(place)
                break
    missing = [column for column in required if column not in places]
    if missing:
        raise ReadRefused("E-255", source=source, missing=", ".join(missing), found=found)
    return places


def count_known(header: Sequence[str], known: Mapping[str, Sequence[str]], overrides: Mapping[str, str]) -> int:
    """How many cells of a row look like headers of ours; tells the separator of a CSV file."""
    spellings = {spelling for names in known.values() for spelling in names}
    spellings.update(plain_name(name) for name in overrides.values())
    return sum(1 for name in header if plain_name(name) in spellings)


def _only(names: Sequence[str], name: str, source: str, found: str) -> int | None:
    count = names.count(name)
    if count > 1:
        raise ReadRefused("E-255", source=source, missing="", found=found, repeated=name)
    return names.index(name) if count else None
