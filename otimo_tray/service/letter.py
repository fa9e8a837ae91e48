"""What the owner reads: which flows have failed since when, why, what to do; and that it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Trouble
from otimo_tray.service.incident import Incident, Word
from otimo_tray.service.mail import Letter
from otimo_tray.words import phrase, sentence


def letter(
    word: Word, settings: Settings, incident: Incident, troubles: Mapping[str, Trouble], now: datetime
) -> Letter:
    """The letter in the shop's language; moments are the shop's own time."""
    language, zone = settings.shop.language, ZoneInfo(settings.shop.time_zone)

    def say(code: str, **params: object) -> str:
        return phrase(f"letter.{code}", params, language, zone=zone)

    shop = settings.care.shop or say("shop")
    if word == "over":
        since = min([*incident.since.values(), *([incident.told] if incident.told else [])], default=now)
        return Letter(
            say("over.subject", shop=shop),
            "\n".join([say("over", shop=shop, at=now, since=since), "", say("end")]),
        )
    names = [phrase(f"flow.{flow}", language) for flow in troubles]
    lines = [say("failed", shop=shop), ""]
    for flow, trouble in troubles.items():
        told = sentence(trouble.code, trouble.params, language, zone=zone)
        lines.append(say("flow", flow=phrase(f"flow.{flow}", language), since=incident.since.get(flow, now)))
        lines.append(f"  {told.text} ({told.code})")
        if told.hint:
            lines.append(f"  {say('todo')} {told.hint}")
        lines.append("")
    if settings.shop.support_contact:
        lines += [say("support", contact=settings.shop.support_contact), ""]
    lines += [say("nothing_lost"), "", say("end")]
    return Letter(say("failed.subject", shop=shop, flows=", ".join(names)), "\n".join(lines))
