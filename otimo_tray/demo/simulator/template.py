"""The shape of an order at the hub: every field that Plugg.to answers, null when nobody gave it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any, cast

from .wire import Json, refuse


def _nulls(names: str) -> Json:
    """An object of these names, each null."""
    return dict.fromkeys(names.split())


TAGS: Json = _nulls(
    """
    has_track has_invoice_xml has_invoice_pdf has_invoice_key has_invoice_number has_invoice_label
    has_payment_form has_track_url has_label has_category
    """
)

PAYMENT: Json = _nulls(
    """
    payment_type payment_installments payment_method payment_total external payment_card_brand
    payment_additional_info payment_quota payment_interest payment_authorization_code
    payment_acquirer_id id
    """
)

ITEM: Json = {
    "commission": {"fixed": None, "tax": None, "comment": None, "total_charged": None},
    "variation": {
        "attributes": [],
        **_nulls("sku external name id ean photo_url"),
    },
    "attributes": [],
    **_nulls(
        """
        sku name price quantity total original_sku photo_url category id location discount tax
        external supplier_id stock_code place_code price_code shipping_cost category_standard
        """
    ),
}

SHIPMENT: Json = {
    "label_info": _nulls("plp logotipo sender_name sender_address sender_city sender_state sender_zipcode"),
    "quotation_id": None,
    "label_type": None,
    "issues": [],
    "shipping_items": [],
    "documents": [],
    "freight": [],
    **_nulls(
        """
        shipping_company shipping_method external estimate_delivery_date track_code nfe_date nfe_key
        nfe_number nfe_serie date_delivered error_message quote shipping_method_id description
        track_url status buffering_date comment date_shipped date_cancelled expected_collection_date
        nfe_link cfops printed id
        """
    ),
}

_PLAIN = _nulls(
    """
    sub_status status channel channel_account receiver_name receiver_lastname currency receiver_address
    receiver_address_number receiver_address_complement receiver_city receiver_state receiver_country
    receiver_zipcode payment_intermediary sale_intermediary intermediary_seller_id payer_name payer_lastname
    payer_address payer_address_number payer_address_complement payer_additional_info payer_city payer_state
    payer_country payer_zipcode payer_email receiver_email payer_cpf payer_tax_id delivery_type
    delivery_description payer_neighborhood receiver_neighborhood expected_delivery_date created modified
    total_paid total shipping subtotal external original_id seller_shipment_cost auto_reserve payer_phone
    payer_phone_area receiver_phone receiver_phone_area user_id created_by ack modified_by approved_date
    timestamp expected_send_date order_id user_client_id input_service tax discount discount_description
    channel_account_id receiver_address_reference receiver_additional_info receiver_phone2_area
    receiver_phone2 receiver_cpf receiver_schedule_date receiver_schedule_period payer_fullname payer_gender
    payer_address_reference payer_phone2_area payer_phone2 payer_schedule_date payer_schedule_period
    payer_cnpj payer_razao_social payer_ie payer_im payer_document payer_company_name payer_billing_info_id
    deleted comission invoicing_accepted invoicing_accepted_date shipping_accepted shipping_accepted_date
    delivery_accepted delivery_accepted_date invoicing_informed invoicing_informed_date shipping_informed
    shipping_informed_date delivery_informed delivery_informed_date sla_ship sla_delivery label_printed id
    """
)

ORDER: Json = {
    "tags": TAGS,
    "commission": {"comment": None, "fixed": None, "tax": None, "total_charged": None},
    "other_ids": [],
    "status_history": [],
    "substatus_history": [],
    "log_history": [],
    "log_permanent": [],
    "payments": [],
    "items": [],
    "shipments": [],
    **_PLAIN,
}
"""All fields of an order, in the hub's sequence."""

EXTRA = frozenset({"stock_code", "price_code"})
"""Fields that a POST may carry (doc) though an answer shows them only then."""

READ_ONLY = frozenset(
    {
        "id", "created", "modified", "created_by", "modified_by", "timestamp", "order_id", "user_id",
        "status_history", "substatus_history", "log_permanent",
    }
)  # fmt: skip
"""Fields the hub keeps itself; a body that names them changes nothing there."""

DATES = frozenset(
    {
        "created", "approved_date", "expected_send_date", "expected_delivery_date", "receiver_schedule_date",
        "payer_schedule_date", "nfe_date", "date_shipped", "date_delivered", "date_cancelled",
        "estimate_delivery_date", "expected_collection_date", "buffering_date", "date",
    }
)  # fmt: skip
"""Fields, at any depth, that hold a time."""

STATUSES = (
    "pending", "partial_payment", "under_review", "paid", "approved", "picking", "in_separation",
    "waiting_invoice", "partial_invoiced", "invoiced", "invoice_error", "partial_shipped",
    "shipping_informed", "shipping_error",
    "shipped", "partial_delivered", "delivered", "partial_canceled", "canceled", "refunded",
)  # fmt: skip
"""The documented statuses, earlier ones first."""

BEFORE_APPROVAL = frozenset({"pending", "partial_payment", "under_review"})
ENDED = frozenset({"canceled", "refunded"})


def blank_order() -> Json:
    """An order with nothing in it."""
    return copy.deepcopy(ORDER)


def fill(template: Json, given: Json, keep_unknown: bool) -> Json:
    """The template with the given values; objects in it are filled the same way."""
    filled = copy.deepcopy(template)
    for name, value in given.items():
        inner = template.get(name)
        if isinstance(inner, dict) and inner and isinstance(value, dict):
            filled[name] = fill(cast(Json, inner), cast(Json, value), keep_unknown)
        elif name in template or keep_unknown:
            filled[name] = value
    return filled


def objects(value: Any, name: str) -> list[Json]:
    """`value` as a list of objects; null is an empty one.

    Raises:
        RefusedError: 400, it is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        refuse(400, "invalid_field", {name: "must be a list of objects"})
    entries = cast("list[Any]", value)
    if not all(isinstance(entry, dict) for entry in entries):
        refuse(400, "invalid_field", {name: "must be a list of objects"})
    return cast("list[Json]", entries)


def with_ids(entries: Iterable[Json], make_id: Callable[[], str]) -> list[Json]:
    """The entries, each with an id."""
    return [{**entry, "id": entry.get("id") or make_id()} for entry in entries]
