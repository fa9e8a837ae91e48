"""Words of several desks at one shop: who leads, who did what, and what came in between."""

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
    "L-350": (
        "Another PC leads",
        "Another of the shop's PCs has taken over; this one sends nothing any more.",
        "Nothing is lost: what was half done is looked up by the one that took over.",
    ),
    "L-351": (
        "Nobody leads",
        "None of the shop's PCs is doing the work just now.",
        "Keep Ótimo Tray open on a PC that has the credentials; it takes over by itself within seconds.",
    ),
    "L-352": (
        "Another computer syncs this shop",
        "This shop is synced by {desk}[[ ({person})]]; only that computer talks to Plugg.to and the ERP.",
        "It does what is asked: use Sync now, or repeat this command on that computer.",
    ),
    "L-353": (
        "The leading PC didn't answer",
        "The PC that does the shop's work didn't answer in time.",
        "See on the Panel who leads and try again; the order may still come.",
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
