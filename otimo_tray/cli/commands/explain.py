"""`otimo-tray explain SKU`: the numbers behind a SKU's stock and price, and what became of them."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from otimo_tray.app import make_erp
from otimo_tray.cli import exits
from otimo_tray.cli.listing import day_and_time
from otimo_tray.cli.output import Output
from otimo_tray.profile import Profile
from otimo_tray.sync.explain import Explanation, KindExplained, explain
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("explain", parents=[common], help="why is this the available number")
    parser.add_argument("sku", metavar="SKU", help="as Plugg.to has it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Prints the explanation; an unknown SKU is G-240."""
    erp = make_erp(profile.settings, profile.secrets, profile.clock, profile.paths.folder / "cache")
    try:
        found = explain(profile.store(), profile.settings, erp.parse_row, args.sku, profile.clock.now())
    finally:
        erp.close()
    _tell(found, profile, output)
    output.result(
        sku=found.sku,
        name=found.name,
        mapped=found.mapped,
        at_hub=found.at_hub,
        as_of=found.as_of,
        commitments=found.commitments,
        values={value.kind: _entry(value, output) for value in found.values},
        sent=found.sent,
    )
    return exits.OK


def _entry(value: KindExplained, output: Output) -> dict[str, Any]:
    waiting = value.waiting
    return {
        "desired": value.desired,
        "announced": value.announced,
        "error": output.trouble(value.error) if value.error else None,
        "numbers": value.numbers,
        "next_change": value.next_change,
        "confirmed": value.confirmed,
        "confirmed_at": value.confirmed_at,
        "doubt": value.doubt,
        "doubt_at": value.doubt_at,
        "waiting": waiting,
        "taken_back": value.taken_back,
    }


def _tell(found: Explanation, profile: Profile, output: Output) -> None:
    """The same for people, one number a line."""

    def word(name: str, **params: object) -> str:
        return phrase(f"explain.{name}", params, output.language)

    output.say(f"{found.sku}  {found.name}")
    if not found.mapped:
        output.say(word("unmapped"))
    if found.as_of is not None:
        output.say(word("as_of", when=day_and_time(found.as_of, profile)))
    for value in found.values:
        output.say()
        output.say(f"{phrase(f'kind.{value.kind}', None, output.language)}: {value.announced or '–'}")
        for line in _stock_lines(found, value, output) if value.kind == "stock" else _price_lines(value, output):
            output.say(f"  {line}")
        for line in _state_lines(value, profile, output):
            output.say(f"  {line}")
    if found.sent:
        output.say()
        output.say(word("sent"))
    for sent in found.sent:
        answer = phrase(f"answer.{sent.answer}", None, output.language)
        reason = phrase(f"reason.{sent.reason}", None, output.language)
        kind = phrase(f"kind.{sent.kind}", None, output.language)
        told = answer if answer != f"answer.{sent.answer}" else sent.answer
        when = day_and_time(sent.at, profile)
        output.say(f"  {when}  {kind}  {sent.previous or '–'} → {sent.value}  {reason}  {told}")


def _stock_lines(found: Explanation, value: KindExplained, output: Output) -> list[str]:
    lines: list[str] = []
    for part in value.numbers.get("components", []):
        lines.append(phrase("explain.component", part, output.language))
        lines += [
            phrase("explain.order", {"units": held.units, "order": held.hub_id, "sku": held.sku}, output.language)
            for held in found.commitments
            if held.erp_code == part["erp_code"]
        ]
    capped = value.numbers.get("capped_by")
    if capped:
        lines.append(phrase(f"capped_by.{capped}", None, output.language))
    return lines + _rule_lines(value, output)


def _price_lines(value: KindExplained, output: Output) -> list[str]:
    numbers = value.numbers
    money = ("price", "selling")
    lines = [
        phrase("explain.price_part", {**part, **{name: Decimal(part[name]) for name in money}}, output.language)
        for part in numbers.get("components", [])
    ]
    if "base" in numbers:
        lines.append(phrase("explain.base", {"value": numbers["base"]}, output.language))
    return lines + _rule_lines(value, output)


def _rule_lines(value: KindExplained, output: Output) -> list[str]:
    """Each number that a rule gave, and which rule."""
    rules: dict[str, dict[str, str]] = value.numbers.get("rules", {})
    lines: list[str] = []
    for name, told in rules.items():
        origin = "brand" if "brand" in told else told["from"]
        what = phrase(f"rule.{name}", told, output.language)
        lines.append(f"{what}: {phrase(f'rule_from.{origin}', told, output.language)}")
    return lines


def _state_lines(value: KindExplained, profile: Profile, output: Output) -> list[str]:
    def word(name: str, **params: object) -> str:
        return phrase(f"explain.{name}", params, output.language)

    lines: list[str] = []
    if value.error is not None:
        lines.append(output.sentence(value.error.code, value.error.params))
    if value.taken_back is not None:
        lines.append(word("taken_back", value=value.taken_back.value, instead=value.taken_back.instead))
    if value.next_change is not None:
        lines.append(word("next_change", when=day_and_time(value.next_change, profile)))
    if value.confirmed is not None:
        lines.append(word("confirmed", value=value.confirmed, when=day_and_time(value.confirmed_at, profile)))
    if value.doubt is not None:
        lines.append(word("doubt", value=value.doubt, when=day_and_time(value.doubt_at, profile)))
    waiting = value.waiting
    if waiting is not None:
        state = phrase(f"push.{waiting.state}", None, output.language)
        lines.append(word("waiting", value=waiting.value, state=state, when=day_and_time(waiting.due_at, profile)))
        if waiting.plan is not None and waiting.state == "held":
            params = {"plan": waiting.plan, "why": output.sentence(waiting.guard or "", {})}
            lines.append(phrase("explain.held", params, output.language))
        if waiting.error_code:
            lines.append(output.sentence(waiting.error_code, waiting.error_params))
    return lines
