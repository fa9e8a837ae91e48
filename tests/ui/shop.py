"""A believable shop for the windows: fixed moment, names and numbers as they are met, at any size."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.invoice_rules import check_digit
from otimo_tray.domain.orders import Order, Party, Shipment
from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, Progress, State, Status, Trouble, Waiting
from otimo_tray.domain.tracking import s10_check_digit
from otimo_tray.store.codec import dump, json_text
from otimo_tray.store.order_rows import columns_of
from otimo_tray.store.readmodels.panel import stored
from otimo_tray.sync.engine import EventKind

NOW = datetime(2026, 11, 23, 17, 5, 12, tzinfo=UTC)
"""Five past two in the afternoon in São Paulo."""

_WORDS = (
    ("CAM", "Camiseta básica algodão", ("azul", "branca", "preta", "verde"), ("P", "M", "G", "GG"), 49.9),
    ("TEN", "Tênis de corrida Veloz", ("preto", "cinza"), ("38", "39", "40", "41", "42"), 199.0),
    ("MEI", "Meia cano médio", ("branca", "preta"), ("U",), 9.99),
    ("CAL", "Calça jeans reta", ("azul", "preta"), ("38", "40", "42", "44"), 129.9),
    ("BON", "Boné trucker", ("preto", "bege"), ("U",), 59.9),
    ("MOC", "Mochila impermeável 20 L", ("grafite", "azul"), ("U",), 159.9),
    ("GAR", "Garrafa térmica 500 ml", ("inox", "rosa", "preta"), ("U",), 79.9),
    ("JAQ", "Jaqueta corta-vento", ("preta", "vinho"), ("M", "G", "GG"), 249.9),
)
_BUYERS = (
    "Ana Souza",
    "Bruno Lima",
    "Carla Mendes",
    "Diego Ferreira",
    "Eduarda Alves",
    "Fábio Conceição",
    "Gabriela Nunes",
)
_PRODUCT = (
    "sku, product_id, name, ean, parent_sku, quantity, price, special_price, reserved, has_price_table, "
    "has_stock_table, read_at, gone"
)
_MAPPING = "sku, position, erp_code, units, origin, updated_at, version"
_CHANNELS = ("Loja própria", "Magalu", "Shopee", "Amazon", "Americanas")


def calm_status(**changes: object) -> Status:
    """All is well, five things wait as they do on any day."""
    flows = {
        flow: FlowStatus(
            flow,
            enabled=True,
            last_success=NOW - timedelta(seconds=140 if flow is not Flow.INVOICES else 20),
            last_run=NOW - timedelta(seconds=140),
            next_run=NOW + timedelta(seconds=160 if flow is not Flow.INVOICES else 8),
        )
        for flow in ALL_FLOWS
    }
    status = Status(State.OK, NOW, flows, Waiting(unmapped_skus=12, tracking_codes=38))
    return replace(status, **changes)


def busy_status() -> Status:
    """A day on which people are needed."""
    status = calm_status(
        state=State.ATTENTION,
        waiting=Waiting(
            problems=3,
            held=1,
            unmapped_skus=12,
            orders_waiting=2,
            cancelled_orders=1,
            tracking_codes=38,
            invoices_proposed=2,
            unsent_values=214,
        ),
        oldest_unsent=NOW - timedelta(minutes=12),
    )
    flows = dict(status.flows)
    flows[Flow.STOCK] = replace(flows[Flow.STOCK], running=True, progress=Progress(1480, 4812, 74.0))
    flows[Flow.PRICE] = replace(
        flows[Flow.PRICE], trouble=Trouble("P-110", {}), last_success=NOW - timedelta(minutes=34)
    )
    return replace(status, flows=flows)


@dataclass
class FakeEngine:
    """An engine that notes what it is asked for."""

    shown: Status = field(default_factory=calm_status)
    asked: list[tuple[str, object]] = field(default_factory=list[tuple[str, object]])
    callbacks: list[Callable[[EventKind], None]] = field(default_factory=list[Callable[[EventKind], None]])

    def status(self) -> Status:
        return self.shown

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        self.asked.append(("sync", flows))

    def wake(self, flow: Flow) -> None:
        self.asked.append(("wake", flow))

    def pause(self, minutes: int | None = None) -> None:
        self.asked.append(("pause", minutes))
        self.shown = replace(self.shown, state=State.PAUSED)

    def resume(self) -> None:
        self.asked.append(("resume", None))
        self.shown = replace(self.shown, state=State.OK)

    def cancel(self) -> None:
        self.asked.append(("cancel", None))

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback)

    def tell(self, kind: EventKind) -> None:
        for callback in list(self.callbacks):
            callback(kind)


def products(count: int, seed: int = 7) -> Iterable[tuple[str, str, str, float]]:
    """Yield (sku, name, ean, price); `count` of them, all different."""
    chance = random.Random(seed)
    made = 0
    series = 0
    while made < count:
        for short, name, colours, sizes, price in _WORDS:
            for colour in colours:
                for size in sizes:
                    if made >= count:
                        return
                    tail = f"-{series}" if series else ""
                    more = f" linha {series}" if series else ""
                    sku = f"{short}-{colour[:2].upper()}-{size}{tail}"
                    size_word = "" if size == "U" else f" {size}"
                    yield sku, f"{name} {colour}{size_word}{more}", f"789{chance.randrange(10**10):010d}", price
                    made += 1
        series += 1


def fill_catalogue(path: Path, count: int = 120, seed: int = 7, *, troubles: bool = True) -> list[str]:
    """Put products, ERP items, De/Para and values in; answers the SKUs."""
    chance = random.Random(seed)
    now, before = stored(NOW), stored(NOW - timedelta(minutes=30))
    hub: list[tuple[object, ...]] = []
    erp: list[tuple[object, ...]] = []
    mapping: list[tuple[object, ...]] = []
    values: list[tuple[object, ...]] = []
    pushes: list[tuple[object, ...]] = []
    skus: list[str] = []
    for place, (sku, name, ean, price) in enumerate(products(count, seed)):
        skus.append(sku)
        code = f"{place + 123:06d}"
        balance = chance.choice((0, 1, 2, 3, 5, 8, 10, 14, 27, 41, 130))
        text = f"{price:.2f}"
        hub.append((sku, f"p{place}", name, ean, None, balance, text, text, 0, 0, 0, before, 0))
        erp.append((code, str(balance), text, None, None, None, name, ean, before))
        state = place % 41 if troubles else 0
        if state == 17 or (troubles and place % 97 == 5):
            continue
        units = 3 if sku.startswith("MEI") else 1
        mapping.append((sku, 0, "009999" if state == 23 else code, units, "typed", before, 1))
        available = max(0, balance // units - (1 if balance > 3 else 0))
        confirmed = now if state != 29 else stored(NOW - timedelta(hours=2))
        values.append((sku, "stock", str(available if state != 29 else available + 2), confirmed, None, None, None))
        values.append((sku, "price", f"{text}/{text}", now, None, None, None))
        basis = {
            "quantity": available,
            "components": [
                {
                    "erp_code": code,
                    "balance": str(balance),
                    "committed": 1 if balance > 3 else 0,
                    "safety": 0,
                    "units": units,
                }
            ],
        }
        if state == 31:
            pushes.append(
                (
                    sku,
                    "price",
                    f"{price / 10:.2f}/{price / 10:.2f}",
                    f"{text}/{text}",
                    "changed",
                    "{}",
                    "held",
                    1,
                    10,
                    0,
                    now,
                    None,
                    None,
                    None,
                    now,
                )
            )
        if state == 11:
            pushes.append(
                (
                    sku,
                    "stock",
                    str(available),
                    str(available + 1),
                    "changed",
                    json.dumps(basis),
                    "due",
                    None,
                    5,
                    0,
                    now,
                    None,
                    None,
                    None,
                    now,
                )
            )
    with sqlite3.connect(path) as connection:
        connection.executemany(f"INSERT INTO hub_product ({_PRODUCT}) VALUES ({','.join('?' * 13)})", hub)
        connection.executemany(f"INSERT INTO erp_item VALUES ({','.join('?' * 9)})", erp)
        connection.executemany(f"INSERT INTO mapping ({_MAPPING}) VALUES ({','.join('?' * 7)})", mapping)
        connection.executemany(
            "INSERT INTO sku_value (sku, kind, confirmed, confirmed_at, doubt, doubt_at, next_change) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        if any(push[6] == "held" for push in pushes):
            params = "{}"
            connection.execute(
                "INSERT INTO held_plan VALUES (1, 'G-211', ?, 'open', ?, NULL, NULL, NULL)",
                (params, stored(NOW - timedelta(minutes=25))),
            )
        connection.executemany(f"INSERT INTO push VALUES ({','.join('?' * 15)})", pushes)
        for hours in range(24):
            for _ in range(chance.choice((0, 0, 1, 2, 4, 9)) if hours > 6 else 0):
                at = NOW - timedelta(hours=24 - hours, minutes=chance.randrange(59))
                sku, kind = chance.choice(skus), chance.choice(("stock", "stock", "price"))
                value = str(chance.randrange(20)) if kind == "stock" else "49.90/49.90"
                connection.execute(
                    _SENT,
                    (sku, kind, value, None, "changed", "{}", stored(at), "confirmed"),
                )
        for days, price in ((14, "54.90/54.90"), (9, "49.90/49.90"), (3, "49.90/44.90"), (1, "49.90/49.90")):
            at = stored(NOW - timedelta(days=days, hours=2))
            connection.execute(_SENT, (skus[0], "price", price, None, "changed", "{}", at, "confirmed"))
        for days in range(14):
            basis = {
                "components": [
                    {"erp_code": "000123", "balance": str(14 - days // 2), "committed": 2, "safety": 0, "units": 1}
                ]
            }
            connection.execute(
                _SENT,
                (
                    skus[0],
                    "stock",
                    str(12 - days // 2),
                    str(13 - days // 2),
                    "changed",
                    json.dumps(basis),
                    stored(NOW - timedelta(days=14 - days)),
                    "confirmed",
                ),
            )
    connection.close()
    return skus


def code_for(number: int) -> str:
    """A tracking code with a right digit."""
    serial = f"{12345678 + number:08d}"
    return f"AA{serial}{s10_check_digit(serial)}BR"


def fill_orders(path: Path, skus: Sequence[str], count: int = 48, seed: int = 3) -> list[str]:
    """Put orders in every stage, their items, events, invoices and codes in; answers the hub ids."""
    chance = random.Random(seed)
    ids: list[str] = []
    connection = sqlite3.connect(path)
    with connection:
        for place in range(count):
            hub_id = f"6650a1f2{place:04d}c0ffee00{place:04d}"
            ids.append(hub_id)
            channel = _CHANNELS[place % len(_CHANNELS)]
            original = {"Magalu": f"LU-98{place:05d}", "Shopee": f"2611{place:04d}XK{place:02d}"}.get(
                channel, f"{100198 + place}"
            )
            approved = NOW - timedelta(hours=2 * place // 3, minutes=7 * place % 60)
            stage = ("tracked", "invoiced", "invoiced", "imported", "seen", "invoiced")[place % 6]
            error, params, cancel = None, None, 0
            if place == 4:
                error, params = "O-501", json.dumps({"order": original, "skus": skus[5]})
            elif place == 10:
                error, params = "O-502", json.dumps({"order": original})
            elif place == 9:
                cancel, stage = 1, "imported"
            elif place in {22, 28}:
                stage = "imported"
            buyer = _BUYERS[place % len(_BUYERS)] if place != 10 else "A*** S***"
            send = NOW + timedelta(hours=3 - place if place % 4 else 20)
            total = f"{chance.choice((49.9, 99.8, 129.9, 199.0, 328.9, 1990.0)):.2f}"
            carrier = chance.choice(
                (("Correios", "PAC"), ("Correios", "SEDEX"), ("Jadlog", "Package"), ("Loggi", "Expresso"))
            )
            order = Order(
                hub_id,
                original,
                "canceled" if cancel else "approved",
                channel=channel,
                channel_account="LOJA EXEMPLO",
                delivery_type="standard",
                created=approved,
                approved=approved,
                expected_send=send,
                total=Decimal(total),
                payer=Party(buyer, "12345678909"),
                shipments=(Shipment(f"s{place}", company=carrier[0], method=carrier[1]),),
                raw={"id": hub_id, "original_id": original, "status": "approved", "channel": channel},
            )
            _order(connection, order, stage, place, error, params, cancel)
            for line in range(1 + place % 2):
                sku = skus[(place * 3 + line) % len(skus)] if place != 4 else skus[5]
                connection.execute(
                    "INSERT INTO order_item VALUES (?,?,?,?,?,?)",
                    (hub_id, line, sku, f"Produto {sku}", 1 + line, total),
                )
            for code, minutes in (("O-511", 0), ("O-510", 1), ("O-512", 2)):
                if stage != "seen" or code == "O-511":
                    connection.execute(
                        "INSERT INTO order_event (hub_id, at, code, params) VALUES (?,?,?,?)",
                        (
                            hub_id,
                            stored(approved + timedelta(minutes=minutes)),
                            code,
                            json.dumps({"reference": f"PED-{9000 + place}", "order": original}),
                        ),
                    )
            if stage in {"invoiced", "tracked"} or place in {22, 28}:
                state = "proposed" if place in {22, 28} else "confirmed"
                _invoice(connection, place, hub_id, state, total)
            if stage == "tracked":
                _tracking(connection, place, hub_id, carrier[0], "confirmed")
            elif place in {1, 5}:
                _tracking(connection, place, hub_id, carrier[0], "typed" if place == 1 else "sent")
            elif place == 7:
                _tracking(connection, place, hub_id, carrier[0], "problem")
    connection.close()
    return ids


_SENT = "INSERT INTO sent_value (sku, kind, value, previous, reason, basis, at, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def _order(
    connection: sqlite3.Connection,
    order: Order,
    stage: str,
    place: int,
    error: str | None = None,
    params: str | None = None,
    cancel: int = 0,
) -> None:
    approved = order.approved or NOW
    out = {"seen", "first_run", "pending"}
    row = {
        **columns_of(order),
        "hub_id": order.hub_id,
        "stage": stage,
        "stage_at": stored(NOW - timedelta(hours=place)),
        "seen_at": stored(approved),
        "read_at": stored(NOW),
        "imported_at": None if stage in out else stored(approved + timedelta(minutes=2)),
        "erp_ref": None if stage in out else f"PED-{9000 + place}",
        "attempts": 0,
        "due_at": stored(NOW),
        "error_code": error,
        "error_params": params,
        "cancel_open": cancel,
    }
    insert(connection, "orders", row)


def insert(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    """Insert one row by column names."""
    names = ", ".join(row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def key_for(number: int) -> str:
    """An NF-e key with a right digit."""
    body = f"3526115943150001575500100{number:07d}1{number:010d}"[:43]
    return body + check_digit(body)


def _invoice(connection: sqlite3.Connection, place: int, hub_id: str, state: str, total: str) -> None:
    number, at = 3120 + place, NOW - timedelta(hours=place)
    record = InvoiceRecord(
        key_for(number),
        str(number),
        "1",
        at,
        "2026-11-23",
        cnpj="59431500015755",
        total=Decimal(total),
        source=f"{number}.xml",
    )
    insert(
        connection,
        "invoice",
        {
            "key": record.key,
            "number": record.number,
            "serie": record.serie,
            "issued": stored(at),
            "issued_date": record.issued_date,
            "cnpj": record.cnpj,
            "total": total,
            "state": state,
            "hub_id": hub_id,
            "matched_by": "document_total" if state == "proposed" else "order_ref",
            "record": json_text(dump(record)),
            "source": record.source,
            "found_at": stored(at),
            "sent_at": stored(at) if state == "confirmed" else None,
            "confirmed_at": stored(at) if state == "confirmed" else None,
            "attempts": 0,
            "due_at": stored(NOW),
        },
    )


def _tracking(connection: sqlite3.Connection, place: int, hub_id: str, carrier: str, state: str) -> None:
    at = NOW - timedelta(minutes=9 * place + 4)
    insert(
        connection,
        "tracking",
        {
            "hub_id": hub_id,
            "volume": 1,
            "code": code_for(place),
            "carrier": carrier,
            "method": "PAC",
            "url": "https://example.invalid/",
            "state": state,
            "warnings": "[]",
            "typed_at": stored(at),
            "sent_at": stored(at) if state in {"sent", "confirmed"} else None,
            "confirmed_at": stored(at) if state == "confirmed" else None,
            "attempts": 0,
            "due_at": stored(NOW),
            "error_code": "T-611" if state == "problem" else None,
            "error_params": json.dumps({"order": "100198"}) if state == "problem" else None,
        },
    )


def fill_problems(path: Path) -> None:
    """Put a few problems in."""
    rows = (
        (
            "stock",
            "TEN-PR-42",
            "P-130",
            {"item": "TEN-PR-42", "details": "invalid quantity"},
            '{"type":"error","details":"invalid quantity"}',
            3,
        ),
        ("invoices", "NFe-3127.xml", "I-702", {"number": "3127", "digit": "3", "expected": "7"}, "", 1),
        ("orders", "6650a1f20009c0ffee000009", "O-521", {"order": "100207", "status": "canceled"}, "", 1),
    )
    connection = sqlite3.connect(path)
    with connection:
        for place, (flow, item, code, params, raw, times) in enumerate(rows):
            since = stored(NOW - timedelta(minutes=40 * (place + 1)))
            connection.execute(
                "INSERT INTO problem VALUES (?,?,?,?,?,?,?,?)",
                (flow, item, code, json.dumps(params), raw, since, stored(NOW), times),
            )
    connection.close()
