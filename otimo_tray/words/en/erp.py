"""Sentences about the ERP's side: E-2xx."""

from __future__ import annotations

from typing import Final

_ALONE = "The program tries again by itself."
_FIX_FILE = "Correct the export in the ERP and write the file again; until then the last reading stays in force."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-210": (
        "ERP out of reach",
        "The ERP couldn't be reached[[ at {folder}]][[ at {host}, port {port}]].",
        "Check whether the server (and its port) or the network folder is up. The program tries again by itself.",
    ),
    "E-211": (
        "File in use",
        "Another program is using the file {source}.",
        "Close it if it is open in Excel; the program tries again by itself.",
    ),
    "E-212": (
        "File still arriving",
        "The file {source} changed a moment ago; the program waits until it is whole.",
        "Nothing to do.",
    ),
    "E-213": (
        "File replaced",
        "The file {source} was replaced or went away while it was read; nothing of it was used.",
        _ALONE,
    ),
    "E-214": (
        "Disk full",
        "There is no space in the ERP's folder[[ ({folder})]].",
        "Free some space on that disk; the program tries again by itself.",
    ),
    "E-220": (
        "ERP set up wrongly",
        "The ERP answers, but its data isn't as agreed[[: {detail}]].",
        "Check it in Settings → ERP.",
    ),
    "E-221": (
        "No permission for the folder",
        "The program can't write into the folder {folder}.",
        "Ask whoever looks after the network for permission to read and write.",
    ),
    "E-223": (
        "Column not found",
        "The file {source} has no column {header}, named for {column}. It has: {found}.",
        "Correct the column in Settings → ERP.",
    ),
    "E-224": (
        "Stock file missing",
        "There is no estoque.csv or estoque.xlsx in the folder {folder}.",
        "Set up the ERP's export to write into that folder.",
    ),
    "E-225": (
        "Invoices folder missing",
        "The invoices folder {folder} doesn't exist.",
        "Correct it in Settings → ERP or create the folder.",
    ),
    "E-226": (
        "Demo ERP of another version",
        "The file {file} is version {version}; this program uses {expected}.",
        "Delete the demo's file and start again.",
    ),
    "E-230": (
        "Row not used",
        "A row of the ERP couldn't be read[[: code {erp_code}]][[, field {field}]][[, value {value}]].",
        "Correct it in the ERP; the other products go on.",
    ),
    "E-231": (
        "Number can't be read",
        "Product {code} came with a {field} that isn't a number: {value}.",
        "Correct it in the ERP; the other products go on.",
    ),
    "E-232": (
        "Date can't be read",
        "Product {code} came with a {field} that isn't a date: {value}.",
        "Correct it in the ERP; the other products go on.",
    ),
    "E-233": (
        "Promotion back to front",
        "The promotion of product {code} ends ({value}) before it starts ({start}).",
        "Correct the dates in the ERP; the other products go on.",
    ),
    "E-240": (
        "ERP refused the order",
        "The ERP didn't accept the order[[ {order}]][[: {detail}]].",
        "See why in the details, correct it in the ERP and click Try again.",
    ),
    "E-241": (
        "Order without items",
        "Order {order} has no line for the ERP.",
        "Check the order at Plugg.to and the SKU mapping of its items.",
    ),
    "E-242": (
        "Order without a number",
        "The order[[ {order}]] came from Plugg.to without an id.",
        "Check the order in Plugg.to's panel.",
    ),
    "E-243": (
        "Code isn't in the ERP",
        "The ERP doesn't have code {code}, of SKU {sku}, and so didn't accept order {order}.",
        "Correct the SKU's mapping and click Try again.",
    ),
    "E-250": ("Reading refused", "The ERP's reading couldn't be used[[: {source}]].", _FIX_FILE),
    "E-251": (
        "Old reading",
        "{source} is of {as_of}, older than the last reading, of {last}; it wasn't used.",
        "Export again in the ERP.",
    ),
    "E-252": (
        "File incomplete",
        (
            "The file {source} isn't whole: {reason} (row {row})[[; there are {found} instead of "
            "{expected}]]. Nothing of it was used."
        ),
        _FIX_FILE,
    ),
    "E-253": (
        "Comma or point?",
        (
            "In the file {source} it can't be told which is the decimal: {reason} (row {row}: "
            "{value})[[, (row {other_row}: {other_value})]]. Nothing of it was used."
        ),
        "Export numbers with a decimal comma and without points between thousands.",
    ),
    "E-254": (
        "Code repeated",
        (
            "The file {source} has repeated codes ({count}): {codes}. Nothing of it was used, since it "
            "can't be told which row counts."
        ),
        _FIX_FILE,
    ),
    "E-255": (
        "Wrong header",
        (
            "The file {source} doesn't have the expected columns[[: {missing} is missing]][[: {repeated} is "
            "there more than once]]. It has: {found}."
        ),
        "Correct the header or name the columns in Settings → ERP.",
    ),
    "E-256": (
        "File too large",
        "The file {source} is too large ({size} bytes; at most {limit}).",
        "Export fewer columns, or as CSV.",
    ),
    "E-257": (
        "Two equal files",
        (
            "There is more than one file {source} in the folder: {files}. None was used, since it can't "
            "be told which counts."
        ),
        "Leave only one of them.",
    ),
    "E-258": (
        "File can't be opened",
        "The file {source} couldn't be opened: {reason}.",
        "Export it again as CSV or XLSX.",
    ),
    "E-259": (
        "Row without a code",
        "The file {source} has a row without a product code (row {row}[[: {value}]]). Nothing of it was used.",
        _FIX_FILE,
    ),
}
