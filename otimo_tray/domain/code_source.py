"""Who informs a shipment's tracking code: a person, or the channel that makes it; decided per shipment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from otimo_tray.domain.orders import Order, Shipment
from otimo_tray.domain.text import fold

CodeSource = Literal["person", "channel", "unknown"]

CHANNEL_DELIVERY_TYPES: Final = frozenset({"fulfillment", "pickup"})
"""The channel's own warehouse ships, or nobody does."""
CHANNEL_METHODS: Final = (
    "mercado envios",
    "mercadoenvios",
    "full",
    "flex",
    "shopee xpress",
    "shopee entrega",
    "magalu entregas",
    "magazine luiza entregas",
    "americanas entrega",
    "amazon dba",
    "amazon logistics",
    "envvias",
    "coleta do canal",
)
"""Guess: words in a shipment's method or company that mean the channel's own label, which carries its own code."""
CHANNEL_LABELS: Final = ("mercado", "me2", "marketplace", "channel", "canal", "shopee", "fulfillment")
"""Guess: values of `label_type` of the channel's own labels; only `standard` was ever seen."""
PERSON_CARRIERS: Final = (
    "correios",
    "pac",
    "sedex",
    "mini envios",
    "jadlog",
    "loggi",
    "total express",
    "azul cargo",
    "braspress",
    "transportadora",
    "motoboy",
    "j&t",
    "rodonaves",
    "tnt",
)
"""Carriers that a shop posts with itself."""


def _has(words: tuple[str, ...], text: str) -> bool:
    """Whether one of the words stands in the text, as whole words."""
    padded = f" {''.join(char if char.isalnum() or char == '&' else ' ' for char in fold(text))} "
    padded = f" {' '.join(padded.split())} "
    return any(f" {word} " in padded for word in words)


def question(order: Order, shipment: Shipment) -> str:
    """Key of the question a person is asked once: channel and method, e.g. ``Loja própria|Entrega rápida``."""
    return f"{order.channel.strip()}|{(shipment.method or shipment.company).strip()}"


def code_source(order: Order, shipment: Shipment, answers: Mapping[str, CodeSource] | None = None) -> CodeSource:
    """Who informs this shipment's code. A code that is already there needs nobody: "channel".

    Args:
        answers: what a person said once, by `question`; it goes before everything but a code that is there.
    """
    if shipment.track_code:
        return "channel"
    answer = (answers or {}).get(question(order, shipment))
    if answer is not None:
        return answer
    if fold(order.delivery_type) in CHANNEL_DELIVERY_TYPES:
        return "channel"
    how = f"{shipment.company} {shipment.method}"
    label = fold(shipment.label_type)
    if _has(CHANNEL_METHODS, how) or any(word in label for word in CHANNEL_LABELS):
        return "channel"
    if _has(PERSON_CARRIERS, how):
        return "person"
    return "unknown"


def needs_code(order: Order, answers: Mapping[str, CodeSource] | None = None) -> dict[str, CodeSource]:
    """`code_source` of each shipment by its id; an order without shipments has one under ""."""
    shipments = order.shipments or (Shipment(""),)
    return {shipment.id: code_source(order, shipment, answers) for shipment in shipments}
