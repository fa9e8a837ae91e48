"""The shop's settings as plain values. Secrets are not settings: they live in the OS keyring.

The file format (settings.toml, and the set-up file of `otimo-tray setup`, which is the same) is in
`resources/contracts.md`; reading and writing it is `otimo_tray.desktop.settings_file`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from otimo_tray.domain.rules import PatternRule

Booking = Literal["on_invoice", "on_import"]
FirstOrders = Literal["ask", "import", "in_erp", "ignore"]
ErpKind = Literal["folder", "demo", "database", "http"]


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """A flow's own switch and interval in seconds."""

    enabled: bool = True
    interval_s: int = 300


@dataclass(frozen=True, slots=True)
class HubSettings:
    """How to reach Plugg.to; time-outs in seconds."""

    base_url: str = "https://api.plugg.to"
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 60.0
    connections: int = 5
    nets_reservations: bool = False
    """The hub publishes `quantity` minus its own reservation (unknown to API.md): then we don't subtract it again."""
    panel_order_url: str = "https://app.plugg.to/orders/{id}"
    """Guess: address of an order in Plugg.to's own panel, for *Abrir no Plugg.to*."""


@dataclass(frozen=True, slots=True)
class ErpSettings:
    """Which way into the ERP, and where."""

    kind: ErpKind = "folder"
    folder: str = ""
    """Exchange folder (kind = folder)."""
    nfe_folder: str = ""
    """Folder of NF-e XMLs, if it isn't the exchange folder's `notas`."""
    columns: dict[str, str] = field(default_factory=dict[str, str])
    """Our column → the file's header, where the standard names don't fit."""
    demo_data: str = ""
    """Database file of the demo ERP (kind = demo)."""
    queries: dict[str, str] = field(default_factory=dict[str, str])
    """Own SELECTs in place of the contract views "items" and "invoices" (kind = database)."""
    timeout_s: float = 60.0
    """Longest that one statement or request of the ERP may take, in seconds (kind = database, http)."""
    address: str = ""
    """Base address of the ERP's HTTP API (kind = http)."""
    auth: Literal["token", "basic"] = "token"
    """How the HTTP API knows us (kind = http)."""
    watch: bool = True
    """A change in the exchange folder starts a sync within five seconds (kind = folder)."""


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """Facts of the shop and of how its ERP books."""

    time_zone: str = "America/Sao_Paulo"
    cnpjs: tuple[str, ...] = ()
    """The shop's own CNPJs; empty = any issuer is accepted."""
    booking: Booking = "on_invoice"
    balance_is_net: bool = False
    """The ERP's balance is already net of its own reservations from the import on."""
    match_equal_codes: bool = True
    support_contact: str = ""
    language: Literal["pt_BR", "en"] = "pt_BR"


@dataclass(frozen=True, slots=True)
class StockRules:
    """The shop's defaults for stock; a SKU's own rule wins. Units, per cent of the balance, units."""

    safety_stock: int = 0
    safety_percent: Decimal = Decimal(0)
    max_announced: int | None = None


@dataclass(frozen=True, slots=True)
class PriceRules:
    """`markup_percent` on the ERP price, then `margin_percent` of the price that comes out, then `rounding` ("none",
    "x.90", "x.99"), never under `floor` (BRL)."""

    markup_percent: Decimal = Decimal(0)
    rounding: Literal["none", "90", "99"] = "none"
    floor: Decimal | None = None
    margin_percent: Decimal = Decimal(0)
    """The share of the announced price that isn't the ERP's, such as a channel's commission: price ÷ (1 − share)."""


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """Thresholds that hold a plan for a person; per cent of the mapped SKUs unless said otherwise."""

    half_read_percent: int = 50
    zero_percent: int = 30
    price_move_percent: int = 50
    changes_percent: int = 60
    far_prices_percent: int = 10
    """More prices than this moving too far at once hold everything that changes with them."""
    minimum_items: int = 10
    """Mass guards stay silent under this number of SKUs."""
    repair_divergences: bool = False
    """What the hub shows otherwise than it confirmed is sent again, under the guards; else it is only listed."""


@dataclass(frozen=True, slots=True)
class StateSettings:
    """Where the state lives: this PC's own file, or a PostgreSQL that several desks share (`resources/desks.md`)."""

    kind: Literal["sqlite", "postgresql"] = "sqlite"
    address: str = ""
    """`postgresql://user@server:5432/database`, without the password (secret `state.password`)."""
    schema: str = "otimo_tray"
    """The shop's schema in that database."""
    desk: str = ""
    """What this PC is called, e.g. "Balcão 1"; empty = the computer's name."""
    ca_file: str = ""
    """Certificate authorities for TLS, when the system's own don't know the server's."""


@dataclass(frozen=True, slots=True)
class CareSettings:
    """Word to whoever looks after the shop; nothing is sent anywhere while these are empty."""

    shop: str = ""
    """What the shop is called there. No person's name."""
    heartbeat_url: str = ""
    """Where version, last successes and counts go (https, or loopback); format in `resources/contracts.md`."""
    heartbeat_interval_s: int = 900
    mail_to: str = ""
    """Who is written to when a flow has failed for `mail_after_min` minutes; several with commas."""
    mail_after_min: int = 60
    mail_from: str = ""
    """Sender; empty = the server's user, else the first receiver."""
    smtp_server: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """"none" only for a server on this machine."""
    smtp_user: str = ""
    """Empty = no log-in; else the password is the secret `care.smtp`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a shop can set, whole and valid."""

    state: StateSettings = StateSettings()
    care: CareSettings = CareSettings()
    hub: HubSettings = HubSettings()
    erp: ErpSettings = field(default_factory=ErpSettings)
    shop: ShopSettings = ShopSettings()
    stock: FlowSettings = FlowSettings()
    price: FlowSettings = FlowSettings()
    orders: FlowSettings = FlowSettings()
    invoices: FlowSettings = FlowSettings(interval_s=20)
    tracking: FlowSettings = FlowSettings(interval_s=300)
    """Typed codes go at once; the interval is for codes that came in Plugg.to's own panel."""
    stock_rules: StockRules = StockRules()
    price_rules: PriceRules = PriceRules()
    rules: tuple[PatternRule, ...] = ()
    """Rules for many SKUs at once; the first that fits wins, field by field, and a SKU's own rule wins over all."""
    guards: GuardSettings = GuardSettings()
    approve_first_sync: bool = False
    first_orders: FirstOrders = "ask"
    import_fulfillment: bool = False
    report_failures_to_hub: bool = False
    pilot_skus: tuple[str, ...] = ()
    """Only these SKUs are pushed while not empty."""
    retention_days: int = 90
    check_updates: bool = True
    """Look for newer versions, where the publisher's build has an address for them."""
