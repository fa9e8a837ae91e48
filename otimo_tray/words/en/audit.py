"""Words of *explain*, the audit and undo."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "G-240": (
        "Unknown SKU",
        "SKU {sku} is neither in Plugg.to's catalogue nor in SKU mapping.",
        "Check the code; the catalogue is read once a day.",
    ),
    "G-241": (
        "Nothing to take back",
        "No {kind} was sent that could be taken back, or the last batch was taken back already.",
        "Look at what was sent.",
    ),
    "S-331": (
        "Less stock at Plugg.to",
        (
            "Plugg.to shows {found} of SKU {sku} and had confirmed {confirmed}; the sales we know of don't explain the "
            "difference."
        ),
        "It may be a sale that hasn't come yet, or a change in Plugg.to's panel: look there.",
    ),
    "S-332": (
        "Value changed at Plugg.to",
        (
            "Of SKU {sku}, the value of {kind} at Plugg.to is {found} and not {confirmed}, which it had confirmed: "
            "somebody may have edited it in Plugg.to's panel."
        ),
        "Change it in the ERP or in the SKU's rule; in the panel, the next push undoes it.",
    ),
}

PHRASES: Final[dict[str, str]] = {
    "explain.unmapped": "Not mapped: nothing of this SKU is sent.",
    "explain.as_of": "The ERP's balance of {when}",
    "explain.component": (
        "code {erp_code}: balance {balance} − sold {committed} − safety {safety}, {units} per SKU → {possible}"
    ),
    "explain.order": "  {units} sold in order {order} (SKU {sku})",
    "explain.price_part": "code {erp_code}: {units} × {price}, sold at {selling}",
    "explain.base": "sum {value}",
    "rule.safety_stock": "safety {value}",
    "rule.safety_percent": "safety {value} % of the balance",
    "rule.max_announced": "at most {value} announced",
    "rule.stop_selling": "not sold",
    "rule.markup_percent": "markup {value} %",
    "rule.margin_percent": "margin {value} % of the price",
    "rule.rounding": "rounded to .{value}",
    "rule.floor": "lowest price {value}",
    "rule.own_price": "price of its own {value}",
    "rule.own_special_price": "special price of its own {value}",
    "rule_from.own": "the SKU's own rule",
    "rule_from.pattern": "rule {pattern}",
    "rule_from.brand": "rule {pattern} of the brand {brand}",
    "rule_from.default": "the shop's default",
    "explain.taken_back": "taken back by a person: {instead} instead of {value}, until the value changes",
    "explain.next_change": "changes by itself at {when}",
    "explain.confirmed": "Plugg.to confirmed {value} at {when}",
    "explain.doubt": "in doubt: {value}, sent at {when} without an answer",
    "explain.waiting": "in the queue: {value}, {state}, since {when}",
    "explain.held": "held plan {plan}: {why}",
    "explain.sent": "Last sent",
    "push.due": "to be sent",
    "push.held": "waits for a person",
    "push.discarded": "discarded",
    "push.stopped": "stopped by a refusal",
    "reason.released": "released by a person",
    "reason.undo": "taken back by a person",
    "done.asked_leader": "{desk} syncs this shop and was asked.",
    "done.reconciled": "{looked} SKUs compared with Plugg.to: {count} values differ, {repaired} will be sent again.",
    "undo.batch": "Sent between {since} and {until}: {name}",
    "undo.first": "was the first value: there is none before",
    "undo.done": "{count} values go back with the next push, under the safeguards; nothing before: {first}.",
    "undo.dry": "{count} values would go back; nothing before: {first}. Nothing was changed.",
    "unsent.values": "Not sent yet: {count}, the oldest for {minutes} min; they go by themselves later.",
    "audit.sent": "Sent",
    "audit.at": "When",
    "audit.sku": "SKU",
    "audit.kind": "Value of",
    "audit.value": "Sent",
    "audit.previous": "Before",
    "audit.reason": "Reason",
    "audit.basis": "Numbers",
    "audit.answer": "Answer",
}
