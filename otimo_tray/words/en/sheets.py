"""Sentences about sheets and lists: files (C-48x), rows of De/Para (M-4xx), of codes (T-62x), items named (O-55x)."""

from __future__ import annotations

from typing import Final

_OTHERS = "Correct the row and import again; the others don't depend on it."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "C-480": (
        "Columns not recognised",
        "{file} doesn't have the columns expected ({expected})[[; found: {found}]][[; twice: {repeated}]].",
        "Correct the names in the sheet's first row.",
    ),
    "C-481": (
        "Sheet out of reach",
        "{file} couldn't be opened: {why}.",
        "Check where the file is, close it in Excel and try again.",
    ),
    "C-482": (
        "Not a sheet",
        "{file} couldn't be read: {why}[[ (row {row})]]; nothing was changed.",
        "Save it again in Excel as .xlsx or CSV.",
    ),
    "C-483": (
        "Sheet not written",
        "{file} couldn't be written: {why}; the former one, if any, stayed as it was.",
        "Close it in Excel or choose another place.",
    ),
    "C-484": ("Wrong kind of file", "{file} ends neither in .xlsx nor in .csv.", "Choose one of these two."),
    "G-231": (
        "Not in the held plan",
        "SKU {sku} isn't held in plan no. {plan}.",
        "See this plan's values in the list.",
    ),
    "O-550": (
        "Nothing to decide",
        "Order {order} doesn't wait for that decision any more: it is {stage}.",
        "See in Orders what became of it.",
    ),
    "O-551": (
        "Order not found",
        "Plugg.to has no order with the number {order}.",
        "Check the number at the channel or in Plugg.to's panel.",
    ),
    "O-552": (
        "Order cancelled",
        "Order {order} is {status} at Plugg.to; it wasn't imported.",
        "Don't ship it; check at the channel.",
    ),
    "O-553": ("Fetched by its number", "A person asked for the import of the order[[ {order}]]."),
    "O-556": (
        "Order in progress",
        "Order {order} hasn't ended yet: the buyer's data is needed to deliver it.",
        "Erase it once the order has been handed to the carrier or cancelled.",
    ),
    "O-554": ("No cancellation", "Order {order} has no cancellation to handle.", "Check the number."),
    "M-401": ("No SKU", "Row {line} has no SKU.", _OTHERS),
    "M-402": (
        "Code not in the ERP",
        "The ERP doesn't have the code {erp_code}, given for SKU {sku}[[; it has {like}, with leading zeros]].",
        "Correct the code; keep the column as text in Excel.",
    ),
    "M-403": (
        "SKU not at Plugg.to",
        "Plugg.to doesn't have the SKU {sku}.",
        "Correct the SKU, or register the product at Plugg.to and import again.",
    ),
    "M-404": (
        "Wrong quantity",
        "The quantity per SKU of {sku} is {value}; it must be a whole number from 1 up.",
        _OTHERS,
    ),
    "M-405": (
        "Row repeated",
        "SKU {sku} already has the code {erp_code} in row {other}.",
        "Keep one, with the right quantity.",
    ),
    "M-406": (
        "Text too long",
        "Row {line} has a text of {length} characters in {field}; the limit is {limit}.",
        _OTHERS,
    ),
    "M-407": (
        "Excel cut the number",
        "{value} is a long code that Excel turned into a number; its digits are gone.",
        "Keep the column as text in Excel and type the code again.",
    ),
    "M-408": (
        "Kit not whole",
        "Row {other}, of the same SKU {sku}, isn't right; a kit goes in whole only.",
        "Correct the other row and import again.",
    ),
    "M-409": (
        "Kit row without a code",
        "SKU {sku} has other rows with a code, but this one has none.",
        "Fill in the code or delete the row.",
    ),
    "T-620": (
        "More than one order",
        "{order} may be more than one order: {orders}.",
        "Use the order's number at Plugg.to or the invoice's key.",
    ),
    "T-621": ("No order", "Row {line} doesn't say which order the code belongs to.", _OTHERS),
    "T-622": (
        "Carrier missing",
        "The code {code} of order {order} doesn't show which carrier it belongs to.",
        "Fill in the column Transportadora.",
    ),
    "T-623": (
        "Carrier unknown",
        "The carrier {carrier} isn't known; the known ones are: {carriers}.",
        "Correct the name, or add the carrier in Tracking.",
    ),
    "T-624": ("Wrong parcel number", "The parcel number {value} isn't a number from 1 to 99.", _OTHERS),
    "T-625": (
        "Parcel repeated",
        "Parcel {volume} of order {order} is already in row {other}.",
        "Number the parcels, or leave the column empty.",
    ),
    "T-627": (
        "Carrier missing",
        "Neither the code {code} nor the channel says who carries order {order}.",
        "Choose the carrier (Alt+C) and scan the code again.",
    ),
    "T-626": (
        "Excel cut the number",
        "{value} is a long code that Excel turned into a number; its digits are gone.",
        "Keep the column as text in Excel and type the code again.",
    ),
}

PHRASES: Final[dict[str, str]] = {
    "mapping.mapped": "Mapped",
    "mapping.unmapped": "Not mapped",
    "mapping.no_code": "Code not in the ERP",
    "mapping.not_at_hub": "SKU not at Plugg.to",
    "row.new": "new",
    "row.changed": "changed",
    "row.same": "same",
    "row.warning": "warning",
    "row.refused": "refused",
    "why.gone": "the file isn't there",
    "why.locked": "another program holds it, or permission is missing",
    "why.folder": "the folder doesn't exist",
    "why.full": "the disk is full",
    "why.rows": "there are more rows than Excel can hold",
    "why.other": "the system didn't let us",
    "why.not_text": "its content isn't text",
    "why.not_excel": "its content isn't Excel's",
    "why.password": "it has a password",
    "why.empty": "it is empty",
    "why.quotes": "a quote isn't closed",
    "why.no_end": "half of it is missing",
    "why.size": "it is too large",
    "done.exported": "{count} rows written to {file}.",
    "done.applied": "Stored: {count}. Rows: {counts}.",
    "done.previewed": "Nothing was stored (preview). Rows: {counts}.",
    "done.listed": "{count} of {total}.",
    "done.fetched": "fetched from Plugg.to",
    "done.handled": "handled",
    "done.erased": "data erased",
    "done.confirmed": "confirmed",
    "cli.cancel_open": "CANCELLED, to be handled",
    "field.sku": "SKU",
    "field.code": "code",
}
"""Names in the sheets themselves, what became of a row, and what a command did."""
