"""The numbers behind a SKU's stock and price, as lines for the screen: for the details and for a rule's preview."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

from otimo_tray.domain.plan import Kind
from otimo_tray.domain.rule_book import Told
from otimo_tray.sync.explain import Explanation, KindExplained
from otimo_tray.ui.formats import decimal_text, number, quantity, raw_decimal
from otimo_tray.ui.look import Tone
from otimo_tray.ui.text import translate


class Line(NamedTuple):
    """One line: what it is, its number, where that comes from."""

    title: str
    value: str = ""
    note: str = ""
    strong: bool = False
    tone: Tone | None = None


def value_text(kind: Kind | str, text: str | None) -> str:
    """Return a stored value as the shop reads it: `3`, `49,90`, or `49,90 (de 59,90)` within a promotion."""
    if text is None:
        return "–"
    if kind == "stock":
        return quantity(text)
    listed, _, special = text.partition("/")
    if special and special != listed:
        return translate("Explained", "{now} (de {before})").format(
            now=decimal_text(raw_decimal(special)), before=decimal_text(raw_decimal(listed))
        )
    return decimal_text(raw_decimal(listed))


def value_of(found: Explanation, kind: Kind) -> KindExplained | None:
    """Return one kind's part; None for a SKU without De/Para."""
    return next((value for value in found.values if value.kind == kind), None)


def origin(told: Told, *names: str) -> str:
    """Return which rule gave a number: of this SKU, of a pattern, or the shop's."""
    entry = next((told[name] for name in names if name in told), None)
    if entry is None:
        return ""
    if entry["from"] == "own":
        return translate("Explained", "regra deste SKU")
    if entry["from"] == "pattern":
        brand = f" ({entry['brand']})" if entry.get("brand") else ""
        return translate("Explained", "regra {pattern}").format(pattern=entry["pattern"] + brand)
    return translate("Explained", "padrão da loja")


def stock_lines(value: KindExplained, orders: Mapping[str, list[str]]) -> list[Line]:
    """Return why this is the number available.

    Args:
        value: the stock's part of an explanation.
        orders: by ERP code, the orders that hold units of it, in words.
    """
    told = cast("Told", value.numbers.get("rules", {}))
    parts = cast("list[dict[str, Any]]", value.numbers.get("components", []))
    lines: list[Line] = []
    for part in parts:
        code = str(part["erp_code"])
        lines.append(
            Line(translate("Explained", "Saldo no ERP"), quantity(str(part["balance"])), code if len(parts) > 1 else "")
        )
        if part["committed"]:
            lines.append(
                Line(
                    translate("Explained", "− reservado em pedidos"),
                    number(int(part["committed"])),
                    ", ".join(orders.get(code, [])),
                )
            )
        if part["safety"]:
            lines.append(
                Line(
                    translate("Explained", "− estoque de segurança"),
                    number(int(part["safety"])),
                    _joined(_share(told), origin(told, "safety_stock", "safety_percent")),
                )
            )
        if part["units"] != 1:
            lines.append(Line(translate("Explained", "÷ Qtd. por SKU"), number(int(part["units"]))))
        if len(parts) > 1:
            scarce = code == value.numbers.get("limiting_code")
            note = translate("Explained", "é o que limita o kit") if scarce else ""
            lines.append(Line(translate("Explained", "= kits possíveis"), number(int(part["possible"])), note))
    capped = value.numbers.get("capped_by")
    if capped == "max_announced":
        highest = told.get("max_announced", {}).get("value", "")
        lines.append(
            Line(translate("Explained", "no máximo anunciado"), quantity(highest), origin(told, "max_announced"))
        )
    elif capped == "stop_selling":
        lines.append(Line(translate("Explained", "venda parada"), "0", origin(told, "stop_selling"), tone=Tone.WARN))
    if value.desired is not None:
        lines.append(Line(translate("Explained", "= Disponível"), quantity(value.desired), strong=True))
    return lines


def price_lines(value: KindExplained) -> list[Line]:
    """Return how the price came about."""
    numbers = value.numbers
    told = cast("Told", numbers.get("rules", {}))
    lines: list[Line] = []
    if numbers.get("own_price") is not None:
        own = _money(numbers["own_price"])
        lines.append(Line(translate("Explained", "Preço próprio"), own, origin(told, "own_price")))
    parts = cast("list[dict[str, Any]]", numbers.get("components", []))
    for part in parts:
        units = f"{part['erp_code']} × {number(int(part['units']))}" if len(parts) > 1 or part["units"] != 1 else ""
        lines.append(Line(translate("Explained", "Preço no ERP"), _money(part["price"]), units))
        if part["selling"] != part["price"]:
            lines.append(Line(translate("Explained", "em promoção no ERP"), _money(part["selling"])))
    if len(parts) > 1:
        lines.append(Line(translate("Explained", "= soma dos componentes"), _money(numbers["base"])))
    markup = raw_decimal(str(numbers.get("markup_percent", "0"))) or Decimal(0)
    if markup:
        title = translate("Explained", "+ acréscimo") if markup > 0 else translate("Explained", "− desconto")
        percent = f"{decimal_text(abs(markup), None)}\N{NO-BREAK SPACE}%"
        lines.append(Line(title, percent, origin(told, "markup_percent")))
    margin = raw_decimal(str(numbers.get("margin_percent", "0"))) or Decimal(0)
    if margin:
        percent = f"{decimal_text(margin, None)}\N{NO-BREAK SPACE}%"
        lines.append(Line(translate("Explained", "+ margem dentro do preço"), percent, origin(told, "margin_percent")))
    rounding = numbers.get("rounding", "none")
    if rounding != "none":
        lines.append(Line(translate("Explained", "arredondado para cima"), f",{rounding}", origin(told, "rounding")))
    if numbers.get("own_special_price") is not None:
        special = _money(numbers["own_special_price"])
        lines.append(Line(translate("Explained", "Promoção própria"), special, origin(told, "own_special_price")))
    if value.desired is not None:
        lines.append(Line(translate("Explained", "= Preço"), value_text("price", value.desired), strong=True))
    floor = raw_decimal(str(numbers["floor"])) if numbers.get("floor") is not None else None
    if floor is not None:
        under = raw_decimal(str(numbers.get("special_price", ""))) or floor
        note = origin(told, "floor")
        if under < floor:
            note = translate("Explained", "o preço está abaixo: aguardará liberação")
        tone = Tone.WARN if under < floor else None
        lines.append(Line(translate("Explained", "Preço mínimo"), decimal_text(floor), note, tone=tone))
    return lines


def _share(told: Told) -> str:
    percent = told.get("safety_percent", {}).get("value")
    return f"{decimal_text(raw_decimal(percent), None)}\N{NO-BREAK SPACE}%" if percent else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _money(text: object) -> str:
    return decimal_text(raw_decimal(str(text)))
