"""Who informs a code: by the shipment, never by the channel's name."""

from __future__ import annotations

import pytest

from otimo_tray.domain.code_source import CodeSource, code_source, needs_code, question
from otimo_tray.domain.orders import Order, Shipment


def _order(*shipments: Shipment, delivery_type: str = "standard", channel: str = "MercadoLivre") -> Order:
    return Order("h", "1", "invoiced", channel=channel, delivery_type=delivery_type, shipments=shipments)


@pytest.mark.parametrize(
    ("shipment", "delivery_type", "expected"),
    [
        (Shipment("s", company="Correios", method="PAC", label_type="standard"), "standard", "person"),
        (Shipment("s", method="SEDEX 10"), "express", "person"),
        (Shipment("s", company="JADLOG"), "standard", "person"),
        (Shipment("s", company="J&T Express"), "standard", "person"),
        (Shipment("s", company="Correios", method="PAC/Mini"), "standard", "person"),
        (Shipment("s", company="Transportadora São José"), "standard", "person"),
        (Shipment("s", method="Mercado Envios"), "standard", "channel"),
        (Shipment("s", method="Mercado Envíos - Full"), "standard", "channel"),
        (Shipment("s", company="Correios", method="Normal Mercado Envios"), "standard", "channel"),
        (Shipment("s", company="Shopee Xpress"), "standard", "channel"),
        (Shipment("s", company="Correios", label_type="mercadoenvios"), "standard", "channel"),
        (Shipment("s", company="Correios", method="PAC"), "fulfillment", "channel"),
        (Shipment("s"), "pickup", "channel"),
        (Shipment("s", company="Correios", method="PAC", track_code="AA1"), "standard", "channel"),
        (Shipment("s"), "standard", "unknown"),
        (Shipment("s", method="Entrega rápida"), "onehour", "unknown"),
        (Shipment("s", method="Pacote especial"), "standard", "unknown"),
        (Shipment("s", method="Fullbright Logística"), "standard", "unknown"),
    ],
)
def test_by_shipment(shipment: Shipment, delivery_type: str, expected: CodeSource) -> None:
    assert code_source(_order(shipment, delivery_type=delivery_type), shipment) == expected


def test_the_channels_name_decides_nothing() -> None:
    shipment = Shipment("s", company="Correios", method="PAC")
    sources = {code_source(_order(shipment, channel=name), shipment) for name in ("Mercado Envios", "Magalu", "")}
    assert sources == {"person"}


def test_an_answer_is_asked_once_per_channel_and_method() -> None:
    shipment = Shipment("s", method="Entrega rápida")
    order = _order(shipment, channel="Loja própria")
    key = question(order, shipment)
    assert key == "Loja própria|Entrega rápida"
    assert code_source(order, shipment, {key: "person"}) == "person"
    assert code_source(order, Shipment("s", method="Outra"), {key: "person"}) == "unknown"
    assert code_source(order, Shipment("s", method="Entrega rápida", track_code="X"), {key: "person"}) == "channel"


def test_per_shipment_of_the_order() -> None:
    order = _order(Shipment("s1", method="PAC"), Shipment("s2", method="Mercado Envios"), Shipment("s3"))
    assert needs_code(order) == {"s1": "person", "s2": "channel", "s3": "unknown"}
    assert needs_code(_order()) == {"": "unknown"}
