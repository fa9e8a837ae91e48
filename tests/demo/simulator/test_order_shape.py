"""Every field that an order of the hub has, at each level, whether anybody gave it or not."""

from __future__ import annotations

from typing import Any, cast

import pytest

from .conftest import Outsider

ORDER = """
tags commission other_ids status_history substatus_history log_history log_permanent payments items shipments
sub_status status channel channel_account receiver_name receiver_lastname currency receiver_address
receiver_address_number receiver_address_complement receiver_city receiver_state receiver_country receiver_zipcode
payment_intermediary sale_intermediary intermediary_seller_id payer_name payer_lastname payer_address
payer_address_number payer_address_complement payer_additional_info payer_city payer_state payer_country
payer_zipcode payer_email receiver_email payer_cpf payer_tax_id delivery_type delivery_description
payer_neighborhood receiver_neighborhood expected_delivery_date created modified total_paid total shipping
subtotal external original_id seller_shipment_cost auto_reserve payer_phone payer_phone_area receiver_phone
receiver_phone_area user_id created_by ack modified_by approved_date timestamp expected_send_date order_id
user_client_id input_service tax discount discount_description channel_account_id receiver_address_reference
receiver_additional_info receiver_phone2_area receiver_phone2 receiver_cpf receiver_schedule_date
receiver_schedule_period payer_fullname payer_gender payer_address_reference payer_phone2_area payer_phone2
payer_schedule_date payer_schedule_period payer_cnpj payer_razao_social payer_ie payer_im payer_document
payer_company_name payer_billing_info_id deleted comission invoicing_accepted invoicing_accepted_date
shipping_accepted shipping_accepted_date delivery_accepted delivery_accepted_date invoicing_informed
invoicing_informed_date shipping_informed shipping_informed_date delivery_informed delivery_informed_date
sla_ship sla_delivery label_printed id
""".split()  # noqa: SIM905 -- a list of 113 quoted names is no easier to check
PARTS = {
    "tags": """has_track has_invoice_xml has_invoice_pdf has_invoice_key has_invoice_number has_invoice_label
        has_payment_form has_track_url has_label has_category""",
    "commission": "comment fixed tax total_charged",
    "payments": """payment_type payment_installments payment_method payment_total external payment_card_brand
        payment_additional_info payment_quota payment_interest payment_authorization_code payment_acquirer_id id""",
    "items": """commission variation attributes sku name price quantity total original_sku photo_url category id
        location discount tax external supplier_id stock_code place_code price_code shipping_cost
        category_standard""",
    "items.variation": "attributes sku external name id ean photo_url",
    "shipments": """label_info quotation_id label_type issues shipping_items documents freight shipping_company
        shipping_method external estimate_delivery_date track_code nfe_date nfe_key nfe_number nfe_serie
        date_delivered error_message quote shipping_method_id description track_url status buffering_date comment
        date_shipped date_cancelled expected_collection_date nfe_link cfops printed id""",
    "shipments.label_info": "plp logotipo sender_name sender_address sender_city sender_state sender_zipcode",
}


def part(order: dict[str, Any], path: str) -> dict[str, Any]:
    """The object at `path`; of a list its first."""
    here: Any = order
    for name in path.split("."):
        here = here[name]
        here = cast("list[Any]", here)[0] if isinstance(here, list) else here
    return here


@pytest.fixture
def order(hub: Outsider) -> dict[str, Any]:
    nothing: dict[str, Any] = {}
    made = hub.order(channel="Teste", items=[{"sku": "000001"}], payments=[nothing], shipments=[nothing])
    return hub.get(f"/orders/{made['id']}")["Order"]


def test_an_order_has_the_113_fields(order: dict[str, Any]) -> None:
    assert len(ORDER) == 113
    assert set(order) == set(ORDER)


@pytest.mark.parametrize("path", PARTS)
def test_each_part_has_its_fields(order: dict[str, Any], path: str) -> None:
    assert set(part(order, path)) == set(PARTS[path].split())


def test_what_nobody_gave_is_null(order: dict[str, Any]) -> None:
    filled = {name for name, value in order.items() if value not in (None, [])}
    assert filled == {
        "tags", "commission", "status_history", "payments", "items", "shipments", "status", "channel", "created",
        "modified", "auto_reserve", "user_id", "created_by", "ack", "modified_by", "timestamp", "order_id", "id",
    }  # fmt: skip
