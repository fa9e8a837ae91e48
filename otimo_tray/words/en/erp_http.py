"""Sentences about the ERP's HTTP interface: E-27x (away), E-28x (set-up), E-29x (reading)."""

from __future__ import annotations

from typing import Final

_ALONE = "The program tries again by itself."
_VENDOR = "Show this message to whoever made the ERP's API."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-245": (
        "Order discarded in the ERP",
        "Order {order} was in the ERP once and was discarded there[[: {detail}]].",
        "If it is to go in, bring it back in the ERP; else mark it as ignored.",
    ),
    "E-270": (
        "ERP's address not found",
        "There is no server named {host}, or it can't be found now.",
        "Check the network and the address in Settings → ERP. The program tries again by itself.",
    ),
    "E-271": (
        "Secure connection refused",
        "This computer doesn't accept the certificate of {host}, port {port}: {reason}.",
        "Ask whoever runs the ERP's server for a certificate valid for {host}, or install its own in the system.",
    ),
    "E-272": (
        "ERP too slow",
        "The ERP at {host} gave no whole answer within {seconds} seconds.",
        "The program tries again by itself. If it goes on, raise the time limit in Settings → ERP.",
    ),
    "E-273": (
        "ERP in trouble",
        "The ERP at {host} said that it can't answer now (HTTP {status})[[: {detail}]].",
        _ALONE,
    ),
    "E-274": (
        "Not the ERP's answer",
        "What answered at {host}[[ (HTTP {status})]] isn't the ERP's API: the answer isn't JSON, or was cut off.",
        "Check the network (proxy, a Wi-Fi log-in page) and the address in Settings → ERP.",
    ),
    "E-275": (
        "Answer too large",
        "The answer of {path} has more than {limit_mb} MB and was refused.",
        "The ERP's API has to send smaller pages. " + _VENDOR,
    ),
    "E-276": (
        "Reading ended by the ERP",
        "The ERP couldn't go on with the reading of stock and price; nothing of it was used.",
        _ALONE,
    ),
    "E-280": (
        "ERP refused the log-in",
        "The ERP's API at {host} refused the token, or user and password (HTTP 401).",
        "Type them again in Settings → ERP.",
    ),
    "E-281": (
        "No permission in the ERP",
        "The ERP's token or user may not {right}[[: {detail}]].",
        "Ask whoever administers the ERP for that permission.",
    ),
    "E-282": (
        "Wrong address",
        "At {address} there is no {path} (HTTP {status}).",
        "Check the API's address in Settings → ERP, down to its last part.",
    ),
    "E-283": (
        "Version of the API",
        "The answer of {path} is version {version}; this program understands {expected}.",
        "Update this program or the ERP's API.",
    ),
    "E-284": (
        "API not as agreed",
        "The answer of {path} doesn't follow the contract: {field}[[ ({detail})]].",
        _VENDOR,
    ),
    "E-285": (
        "API has moved",
        "{address} points to another address[[ ({host})]]; the program doesn't follow, to keep the secret.",
        "Put the new address into Settings → ERP.",
    ),
    "E-287": (
        "Address not usable",
        "The address of the ERP's API can't be used[[: {address}]].",
        "Write it as https://server/path in Settings → ERP, without user and password.",
    ),
    "E-288": (
        "Connection not secure",
        "The API's address at {host} is http://; the secret would travel in the open.",
        "Use https://. Without it, only a server on this computer (127.0.0.1).",
    ),
    "E-289": (
        "ERP's secret not usable",
        "What is stored for the ERP's API can't be used as {auth}.",
        "Type it again in Settings → ERP.",
    ),
    "E-290": (
        "ERP's reading isn't whole",
        "The reading of {source} isn't whole: {reason}[[ ({found} instead of {expected})]]. Nothing of it was used.",
        _VENDOR,
    ),
    "E-291": (
        "Code repeated",
        "The reading of {source} has repeated codes ({count}). Nothing of it was used: which row counts can't be told.",
        _VENDOR,
    ),
}

PHRASES: Final[dict[str, str]] = {
    "check.erp_api": "ERP's API",
    "check.erp_api_rights": "Permissions in the ERP",
    "check.erp_api_items": "ERP's stock and prices",
    "check.erp_api_invoices": "ERP's invoices",
    "right.health": "ask for the ERP's health",
    "right.items": "read stock and prices",
    "right.orders": "put orders in",
    "right.invoices": "read invoices",
    "auth.token": "token (letters, digits and signs, no blanks)",
    "auth.basic": "user and password (user:password)",
    "reason.snapshot": "its pages are of different readings",
    "reason.removed": "a full reading has removed products",
    "reason.blank_page": "an empty page points to another",
    "reason.rows_told": "more or fewer rows came than it said",
    "reason.TLS": "the server doesn't speak TLS as it should",
}
