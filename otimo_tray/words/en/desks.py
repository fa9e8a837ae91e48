"""Words of several desks at one shop: who did what, and what came in between."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "G-232": (
        "Settled already",
        "Held plan no. {plan} was settled already[[: {person} {decision} it on {at}]].",
        "Nothing to do.",
    ),
    "T-607": (
        "Somebody else has just typed one",
        "Somebody else has just typed a code for this order[[: {person} typed {typed} at {time}]].",
        "Ask them who has the parcel, or use it all the same.",
    ),
    "L-379": (
        "No right to make the schema",
        "The user may not create the schema {schema} in this database.",
        "Ask whoever looks after the server to create it for this user, or to allow creating it.",
    ),
    "C-465": (
        "Setting changed by somebody else",
        "While you were editing, {person} changed {setting} on {at}; what you typed there was not saved.",
        "Look at the new value, and save again if yours is to count.",
    ),
}

PHRASES: Final[dict[str, str]] = {
    "act.mapping": "Mapping {before} → {after}",
    "act.mapping_new": "Mapping {after}",
    "act.mapping_gone": "Mapping {before} taken away",
    "act.rule": "Rule of the SKU: {rule}",
    "act.rule_gone": "Rule of the SKU taken away",
    "act.code": "Tracking code {code}[[, in place of {before}]]",
    "act.code_gone": "Tracking code {code} taken back",
    "act.released": "Held plan no. {plan} released",
    "act.discarded": "Held plan no. {plan} discarded",
    "act.first_order": "First run: {choice}",
    "act.invoice": "Invoice {number} confirmed for the order",
    "act.cancelled": "Cancellation dealt with",
    "act.erased": "A buyer's data erased",
    "act.undone": "Last batch of {kind} undone: {count} values",
    "act.settings": "Settings: {setting}",
    "act.paused": "Sync paused[[ for {minutes} min]]",
    "act.resumed": "Sync resumed",
    "check.state_server": "Server of the data",
    "check.state_schema": "The shop's schema",
    "decision.act.released": "released",
    "decision.act.discarded": "discarded",
}
