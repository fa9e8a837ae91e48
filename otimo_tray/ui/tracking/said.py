"""What the scanning pane says of a reading. Pure functions of an `Answer`."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.desk import Desk
from otimo_tray.ui.formats import clock_time, due_day, parse_moment
from otimo_tray.ui.look import Tone
from otimo_tray.ui.text import translate
from otimo_tray.ui.tracking.session import Answer, Outcome

_SHOWN = 60
"""Characters of a reading that are repeated at most."""


def of(answer: Answer, desk: Desk) -> tuple[str, Tone | None]:
    """Return the sentence and what it means."""
    parcel, scan = answer.parcel, answer.scan
    name = parcel.name if parcel is not None else ""
    if answer.outcome is Outcome.SAVED:
        volume = translate("Scan", ", volume {n}").format(n=answer.volume) if answer.volume > 1 else ""
        carrier = f" · {answer.carrier}" if answer.carrier else ""
        text = translate("Scan", "✓ {code} gravado para o pedido {order}{volume}").format(
            code=scan.code, order=name, volume=volume
        )
        return text + carrier, Tone.GOOD
    if answer.outcome is Outcome.WARNED:
        return f"⚠ {warnings(answer, desk)}", Tone.WARN
    if answer.outcome is Outcome.ALARM:
        return (alarm(parcel) if parcel is not None else ""), Tone.BAD
    if answer.outcome is Outcome.SEVERAL:
        return translate("Scan", "▲ Mais de um pedido tem o número {text}. Escolha na lista.").format(
            text=scan.text[:_SHOWN]
        ), Tone.WARN
    if answer.outcome is Outcome.UNKNOWN:
        return translate("Scan", "▲ Nenhum pedido com “{text}”. Bipe o número do pedido ou a chave da nota.").format(
            text=(scan.key or scan.code or scan.text)[:_SHOWN]
        ), Tone.WARN
    if answer.error is not None:
        tone = Tone.WARN if answer.outcome is Outcome.CARRIER else Tone.BAD
        return "▲ " + desk.error_sentence(answer.error), tone
    return "", None


def warnings(answer: Answer, desk: Desk) -> str:
    """Return why a code was warned of, with the other order where it is used already."""
    name = answer.parcel.name if answer.parcel is not None else ""
    params = {"code": answer.scan.code, "order": name}
    if answer.used_by is not None:
        params["used_by"] = answer.used_by.name
    if answer.typed is not None:
        zone = ZoneInfo(desk.settings().shop.time_zone)
        params["person"] = answer.typed.author.name
        params["typed"] = str(answer.typed.params.get("code", ""))
        params["time"] = clock_time(answer.typed.at, zone)
    return " ".join(desk.sentence(code, params) for code in answer.warnings)


def alarm(parcel: ParcelRow) -> str:
    """Return the alarm of a cancelled order."""
    return translate("Scan", "✖ NÃO DESPACHAR: o pedido {order} foi cancelado.").format(order=parcel.name)


def about(parcel: ParcelRow, now: datetime, zone: tzinfo) -> str:
    """Return an order's channel, buyer, carrier, deadline and codes in a line."""
    due = parse_moment(parcel.expected_send)
    parts = [parcel.channel, parcel.buyer, " ".join(part for part in (parcel.company, parcel.method) if part)]
    if due is not None:
        parts.append(translate("Scan", "despachar até {when}").format(when=due_day(due, now, zone)))
    codes = ", ".join(code.code for code in parcel.codes) or parcel.hub_code
    if codes:
        parts.append(translate("Scan", "já tem {codes}; outro código o corrige").format(codes=codes))
    return " · ".join(part for part in parts if part)
