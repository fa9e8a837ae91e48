"""Sentences about orders (O-5xx), invoices (I-7xx) and tracking codes (T-6xx)."""

from __future__ import annotations

from typing import Final

_FIX_NFE = "Check the invoice in the ERP; it wasn't sent."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "I-701": (
        "Wrong key",
        "The key of invoice {number} doesn't have the form of an NF-e key ({length} characters instead of 44).",
        _FIX_NFE,
    ),
    "I-702": (
        "Key doesn't add up",
        "The check digit of invoice {number}'s key is {digit}, it should be {expected}.",
        _FIX_NFE,
    ),
    "I-703": (
        "Not an NF-e",
        "Document {number} is of model {model}; Plugg.to takes only the NF-e (model 55).",
        "If the sale came by the channel, issue an NF-e.",
    ),
    "I-704": (
        "Number doesn't match",
        "Invoice {number} has a key with number {in_key}.",
        _FIX_NFE,
    ),
    "I-705": (
        "Series doesn't match",
        "Invoice {number} is of series {serie}, but its key has series {in_key}.",
        _FIX_NFE,
    ),
    "I-706": (
        "CNPJ doesn't match",
        "Invoice {number} is of CNPJ {cnpj}, but its key has CNPJ {in_key}.",
        _FIX_NFE,
    ),
    "I-707": (
        "Date doesn't match",
        "Invoice {number} is of {date}, but its key has the month {in_key}.",
        _FIX_NFE,
    ),
    "I-708": (
        "Another company's CNPJ",
        "Invoice {number} was issued by CNPJ {cnpj}, which isn't this shop's.",
        "If it is a branch, add the CNPJ in Settings → the shop's CNPJs.",
    ),
    "I-709": ("No date", "Invoice {number} has no issue date that can be read.", _FIX_NFE),
    "I-710": (
        "Not an NF-e",
        "The file {source} isn't an NF-e[[ (it is {root})]].",
        "Leave only the invoices' XMLs in the folder.",
    ),
    "I-711": ("XML incomplete", "The file {source} isn't a whole XML.", "Write the XML again in the ERP."),
    "I-712": (
        "XML not taken",
        "The file {source} brings an outside definition, which an NF-e never has; to be safe it wasn't read.",
        "Delete the file if you don't know where it came from.",
    ),
    "I-713": (
        "XML too large",
        "The file {source} is too large for an invoice ({size} bytes; at most {limit}).",
        "Check whether it is an invoice at all.",
    ),
    "I-714": (
        "A field is missing",
        "The invoice in {source} has no {field}, or it can't be read[[: {value}]].",
        "Write the XML again in the ERP.",
    ),
    "I-715": (
        "Another invoice's protocol",
        "In the file {source} the protocol is for key {protocol_key}, but the invoice has key {key}.",
        "Write the XML again in the ERP; the invoice wasn't sent.",
    ),
    "I-716": (
        "Invoice row can't be read",
        "In {source}, {field} is missing or can't be read[[: {value}]].",
        "Correct the row in the invoices file; the others go on.",
    ),
    "I-720": (
        "No order",
        "The invoice[[ {number}]] matches no order at Plugg.to.",
        "If it belongs to a channel's order, say which in Orders.",
    ),
    "I-721": (
        "More than one order",
        "The invoice[[ {number}]] matches more than one order[[: {orders}]].",
        "Choose the order in Orders.",
    ),
    "I-740": (
        "Invoice not found",
        "There is no invoice to confirm with key {key}: it isn't known or was sent already.",
    ),
    "I-741": (
        "Order not found",
        "Order {order} isn't known here; the invoice wasn't linked to it.",
        "Check the order's number.",
    ),
    "I-742": (
        "Order cancelled",
        "Order {order} was cancelled at the channel; invoice {number} wasn't sent.",
        "See whether the invoice has to be cancelled in the ERP.",
    ),
    "I-743": (
        "Invoice wasn't kept",
        "Plugg.to accepted invoice {number} of order {order} but didn't keep it.",
        "The program tries again; if it goes on, check the order in Plugg.to's panel.",
    ),
    "I-751": (
        "Delivery has an invoice",
        "Every delivery of order {order} has another invoice at Plugg.to; invoice {number} wasn't sent.",
        "If it replaces the other, cancel that one in the ERP; else check which order it belongs to.",
    ),
    "I-752": (
        "Which delivery?",
        "Order {order} has more than one delivery, and nothing tells which one invoice {number} is for.",
        "Choose the delivery in Orders.",
    ),
    "O-501": (
        "SKU not mapped",
        "Order {order} waits for the SKU mapping of: {skus}.",
        "Map it; the whole order then goes into the ERP.",
    ),
    "O-502": (
        "Buyer hidden",
        "The channel still hides the buyer of order {order}.",
        "The program waits for the clear data and imports it by itself.",
    ),
    "O-503": (
        "Order no longer approved",
        "Order {order} is {status} at Plugg.to and didn't go into the ERP yet.",
        "See at Plugg.to what happened; if it is approved again, it goes in by itself.",
    ),
    "O-504": (
        "Shipped by the channel",
        "The order leaves the channel's own warehouse and therefore doesn't go into the ERP.",
    ),
    "O-505": (
        "Order that bypassed the program",
        "Order {order} is {status} at Plugg.to without having passed through this program.",
        "If it belongs in the ERP, use Import this order.",
    ),
    "O-506": (
        "Order incomplete",
        "Order {order} came without items, or with an item without SKU or quantity.",
        "Correct the order at Plugg.to; the program looks again by itself.",
    ),
    "O-510": ("Going into the ERP", "The order is being sent to the ERP."),
    "O-511": ("Approved", "The order was approved at Plugg.to."),
    "O-512": ("In the ERP", "The order went into the ERP as {reference}."),
    "O-520": ("Cancelled", "The order[[ {order}]] was cancelled at Plugg.to ({status})."),
    "O-521": (
        "DO NOT SHIP",
        "Order {order} was cancelled at the channel ({status}) after it was imported.",
        "Don't ship; cancel it in the ERP and mark it as handled.",
    ),
    "O-522": ("Cancellation handled", "A person marked the cancellation as handled."),
    "O-523": ("Units available again", "The ERP issued no invoice for the order: its units are available again."),
    "O-530": ("First run", "An order that was approved at the start: {choice}."),
    "O-531": ("Invoiced", "Invoice {number} is at Plugg.to."),
    "O-532": ("Invoice issued", "The ERP issued invoice {number} for the order."),
    "O-540": ("Tracking sent", "The tracking code is at Plugg.to: {codes}."),
    "O-541": ("Code by the channel", "The tracking code came from the channel or from Plugg.to's panel."),
    "O-560": ("Seen", "The order came from {channel}."),
    "O-561": ("Invoice found", "The ERP issued invoice {number}, series {serie}, of {date}."),
    "O-562": ("Invoice sent", "Went to Plugg.to: invoice {number}, series {serie}, date {date}, key {key}."),
    "O-563": ("Invoice confirmed", "Plugg.to shows invoice {number} as it was sent."),
    "O-564": ("Code typed", "{code}, {carrier}, parcel {volume}."),
    "O-565": ("Code sent", "Went to Plugg.to: code {code}, carrier {carrier}[[, {method}]]."),
    "O-566": ("Code confirmed", "Plugg.to shows the code {code} as it was sent."),
    "T-601": (
        "Check digit is wrong",
        "The tracking code's check digit is wrong.",
        "Check the code, or use it anyway.",
    ),
    "T-602": (
        "Code used already",
        "Another order[[, {used_by},]] has this tracking code already.",
        "Check the parcel, or use it anyway.",
    ),
    "T-603": (
        "That is the invoice key",
        "What was scanned looks like an invoice key, not a tracking code.",
        "Scan the code on the shipping label, or use it anyway.",
    ),
    "T-604": (
        "Code empty",
        "The tracking code is empty or too long (at most 60 characters).",
        "Scan or type it again.",
    ),
    "T-605": ("Order not found", "Order {order} isn't known here.", "Check the number."),
    "T-606": (
        "DO NOT SHIP",
        "Order {order} was cancelled; don't ship this parcel.",
        "Put the parcel aside and tell whoever looks after the orders.",
    ),
    "T-610": (
        "Waiting for the invoice",
        "The code of order {order} is safe and goes to Plugg.to as soon as the invoice is sent.",
        "Nothing to do.",
    ),
    "T-611": (
        "Code wasn't kept",
        "Plugg.to accepted the code of order {order} but didn't keep it.",
        "The program tries again; if it goes on, check the order in Plugg.to's panel.",
    ),
}
