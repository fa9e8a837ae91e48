"""Sentences about Plugg.to: P-1xx."""

from __future__ import annotations

from typing import Final

_ALONE = "The program tries again by itself."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "P-101": (
        "Access refused",
        "Plugg.to didn't accept the API user or the API secret.",
        "Check them in Settings → Plugg.to.",
    ),
    "P-102": (
        "No permission at Plugg.to",
        "Plugg.to accepted the log-in but doesn't let this user read the shop's data.",
        "Ask Plugg.to's support to give the API user access to orders and products.",
    ),
    "P-103": (
        "Another PC with the same credentials",
        "The access to Plugg.to ends soon after it is given: another computer seems to use the same credentials.",
        ("Keep the program on one computer, or ask Plugg.to for credentials of its own for each; until then this one"
        " seldom logs in, so that the two don't throw each other out."),
    ),
    "P-104": (
        "Another program changes the values",
        "Of {looked} SKUs looked at in Plugg.to, {count} have values that neither this program nor a sale made.",
        "See whether another computer or system sends stock and prices with the same credentials; keep only one.",
    ),
    "P-110": (
        "No connection",
        "Plugg.to couldn't be reached[[ ({host}: {reason})]].",
        f"Check this computer's internet. {_ALONE}",
    ),
    "P-111": ("Incomplete answer", "Plugg.to's answer was cut off; nothing of it was used.", _ALONE),
    "P-112": (
        "Another page answered",
        "A web page answered instead of Plugg.to, such as a Wi-Fi log-in or a block.",
        f"Open the browser and sign in to the internet. {_ALONE}",
    ),
    "P-113": (
        "Address changed",
        "Plugg.to pointed to another address[[ ({location})]]; to be safe the program didn't follow.",
        "Check the address in Settings → Plugg.to.",
    ),
    "P-114": (
        "Connection isn't secure",
        "It couldn't be confirmed that Plugg.to is who answers; nothing was sent.",
        "Check the computer's date and time, the antivirus and the proxy.",
    ),
    "P-115": ("Plugg.to has a fault", "Plugg.to has a problem on its side[[ (answer {status})]].", _ALONE),
    "P-116": (
        "Address not found",
        "This computer couldn't find Plugg.to's address[[ ({host})]].",
        f"Check the internet. {_ALONE}",
    ),
    "P-117": ("Plugg.to was slow", "Plugg.to took too long to answer.", _ALONE),
    "P-118": (
        "Access dropped",
        "Plugg.to accepted the log-in and refused it right afterwards.",
        f"See whether another computer uses the same credentials. {_ALONE}",
    ),
    "P-119": (
        "Answer too large",
        "Plugg.to sent an answer of more than {limit_mb} MB; it wasn't used.",
        _ALONE,
    ),
    "P-120": (
        "Plugg.to asked to slow down",
        "Plugg.to asked to send more slowly.",
        "The program waits and goes on by itself.",
    ),
    "P-130": (
        "Refused by Plugg.to",
        "Plugg.to didn't accept the change of {item}[[: {details}]].",
        "See the whole answer in the details and correct the item; the program tries again later.",
    ),
    "P-131": (
        "Nothing to change",
        "Plugg.to says {item} was like that already, but its value there is another.",
        "Check the item in Plugg.to's panel.",
    ),
    "P-132": (
        "Not at Plugg.to",
        "Plugg.to doesn't have {item}.",
        "Check the SKU or the order in Plugg.to's panel; if it was deleted, remove it from SKU mapping.",
    ),
    "P-133": (
        "Value wasn't kept",
        "Plugg.to accepted what was sent for SKU {sku} but didn't keep the value[[ {wanted}]].",
        "The program tries again; if it goes on, check the SKU in Plugg.to's panel.",
    ),
    "P-134": (
        "SKU stopped",
        "SKU {sku} can't be sent: Plugg.to can't take this code in an address.",
        "Change the SKU in Plugg.to's panel.",
    ),
    "P-136": (
        "Product mixed up",
        "Plugg.to answered with another product when it got SKU {sku}; it isn't sent any more.",
        "See in Plugg.to's panel whether there is a second product with this SKU and delete it.",
    ),
    "P-135": (
        "Wrong answer",
        "Plugg.to answered about another item when asked about {item}; the answer wasn't used.",
        "The program tries again later.",
    ),
}
