"""Stock and prices of the demo ERP over HTTP: readings that stay what they were until their last page was fetched."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from otimo_tray.demo.erp.demo_erp import DemoErp
from otimo_tray.demo.erp.http_server_wire import VERSION, Answer, Problem, Request, limit_of, matches
from otimo_tray.domain.catalogue import RawRow
from otimo_tray.ports import Clock

_KEPT: Final = 4
"""Readings kept for their further pages, and pictures that `updated_since` may name."""
_NAMES: Final = ("code", "balance", "price", "promo_price", "promo_from", "promo_until", "name", "ean")


@dataclass(frozen=True, slots=True)
class Picture:
    """All products at one moment; `prints` by code tell later what changed."""

    as_of: str
    prints: dict[str, int]
    etag: str


@dataclass(frozen=True, slots=True)
class _Reading:
    snapshot: str
    as_of: str
    now: str
    full: bool
    items: list[bytes]
    """Each an item's JSON."""


class Items:
    """`listItems`. Safe from any thread."""

    def __init__(self, erp: DemoErp, clock: Clock) -> None:
        self._erp = erp
        self._clock = clock
        self._lock = threading.Lock()
        self._readings: OrderedDict[str, _Reading] = OrderedDict()
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._secret = secrets.token_hex(4)

    def answer(self, request: Request) -> Answer:
        """One page, 304, or Problem 400 or 410."""
        limit = limit_of(request, 1_000, 5_000)
        since = request.one("updated_since")
        if since is not None and _moment(since) is None:
            raise Problem(400, "Parâmetro inválido", errors=[("updated_since", "", "um momento RFC 3339")])
        cursor = request.one("cursor")
        if cursor is not None:
            snapshot, _, place = cursor.partition(".")
            with self._lock:
                reading = self._readings.get(snapshot)
            if reading is None or not place.isdigit() or not 0 < int(place) < len(reading.items):
                raise Problem(410, "Leitura encerrada", detail="Comece a leitura de novo.")
            return Answer(200, _page(reading, int(place), limit))
        with self._lock:
            picture, rows, removed = self._look(since)
            etag = f'"{hashlib.sha256(f"{since}|{picture.etag}".encode()).hexdigest()[:32]}"'
            if matches(request, etag):
                return Answer(304, headers={"ETag": etag})
            reading = self._keep(picture, rows, removed)
        return Answer(200, _page(reading, 0, limit), {"ETag": etag})

    def _look(self, since: str | None) -> tuple[Picture, Sequence[RawRow], list[str] | None]:
        """(picture of now, rows to give, codes that went away or None for a full reading)."""
        moment = self._clock.now()
        rows = [row for chunk in self._erp.read_items().chunks() for row in chunk]
        digest = hashlib.sha256()
        for row in rows:
            digest.update(repr(row).encode("utf-8", "replace"))
        picture = Picture(moment.isoformat(), {str(row[0]): hash(row) for row in rows}, digest.hexdigest())
        before = self._pictures.get(since or "")
        # A picture of the same moment may lack what came after it: the older one goes on telling the difference.
        self._pictures.setdefault(picture.as_of, picture)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        if before is None:
            return picture, rows, None
        if since in self._pictures:
            self._pictures.move_to_end(since)
        changed = [row for row in rows if before.prints.get(str(row[0])) != picture.prints[str(row[0])]]
        return picture, changed, [code for code in before.prints if code not in picture.prints]

    def _keep(self, picture: Picture, rows: Sequence[RawRow], removed: list[str] | None) -> _Reading:
        items = [_item(dict(zip(_NAMES, row, strict=True))) for row in rows]
        items += [_item({"code": code, "removed": True}) for code in removed or ()]
        number = f"{self._secret}{secrets.token_hex(6)}"
        reading = _Reading(number, picture.as_of, picture.as_of, removed is None, items)
        self._readings[number] = reading
        while len(self._readings) > _KEPT:
            self._readings.popitem(last=False)
        return reading


def _item(members: dict[str, Any]) -> bytes:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _page(reading: _Reading, place: int, limit: int) -> bytes:
    end = place + limit
    head = {
        "version": VERSION,
        "snapshot": reading.snapshot,
        "as_of": reading.as_of,
        "now": reading.now,
        "full": reading.full,
        "total": len(reading.items),
        "next": f"{reading.snapshot}.{end}" if end < len(reading.items) else None,
    }
    return json.dumps(head).encode()[:-1] + b',"items":[' + b",".join(reading.items[place:end]) + b"]}"


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return found if found.tzinfo is not None and "T" in text.upper() else None
