"""Every setting on the screen, declared once: where it is, what it is called, what it means, what it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from otimo_tray.domain.settings import Settings
from otimo_tray.ui.text import translate

Kind = Literal["switch", "whole", "decimal", "text", "choice", "list", "minutes", "folder"]


@dataclass(frozen=True, slots=True)
class Option:
    """One setting.

    Attributes:
        path: attributes from `Settings` down, e.g. `guards.zero_percent`.
        help: a sentence that explains it.
        low, high: limits, included.
        unit: shown after the number.
        choices: (value, words).
        optional: an empty field means None.
    """

    path: str
    kind: Kind
    title: str
    help: str = ""
    low: float = 0
    high: float = 1_000_000
    unit: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that belong together."""

    key: str
    title: str
    options: tuple[Option, ...]


def get(settings: Settings, path: str) -> Any:
    """Return a setting's value."""
    value: Any = settings
    for name in path.split("."):
        value = getattr(value, name)
    return value


def put(settings: Settings, path: str, value: Any) -> Settings:
    """Return settings with one value changed."""
    name, _, rest = path.partition(".")
    if not rest:
        return replace(settings, **{name: value})
    return replace(settings, **{name: replace(getattr(settings, name), **{rest: value})})


def _flow(key: str, title: str, text: str) -> tuple[Option, Option]:
    return (
        Option(f"{key}.enabled", "switch", title, text),
        Option(
            f"{key}.interval_s",
            "minutes",
            translate("Settings", "A cada"),
            low=10,
            high=86_400,
        ),
    )


def sections() -> Sequence[Section]:
    """Return all settings in the order of the screen. Connections stand above, they have forms of their own."""
    return (
        Section(
            "flows",
            translate("Settings", "Fluxos"),
            (
                *_flow(
                    "stock",
                    translate("Settings", "Estoque"),
                    translate("Settings", "Envia o disponível de cada SKU ao Plugg.to."),
                ),
                *_flow(
                    "price",
                    translate("Settings", "Preço"),
                    translate("Settings", "Envia o preço de cada SKU ao Plugg.to."),
                ),
                *_flow(
                    "orders",
                    translate("Settings", "Pedidos"),
                    translate("Settings", "Traz os pedidos aprovados para o ERP."),
                ),
                *_flow(
                    "invoices",
                    translate("Settings", "Notas"),
                    translate("Settings", "Envia número, série, data e chave da NF-e."),
                ),
                *_flow(
                    "tracking",
                    translate("Settings", "Rastreio"),
                    translate(
                        "Settings", "Códigos digitados seguem na hora; o intervalo é para os que aparecem no Plugg.to."
                    ),
                ),
            ),
        ),
        Section(
            "stock",
            translate("Settings", "Estoque"),
            (
                Option(
                    "stock_rules.safety_stock",
                    "whole",
                    translate("Settings", "Estoque de segurança"),
                    translate("Settings", "Unidades de cada código que nunca são anunciadas."),
                    high=100_000,
                    unit=translate("Settings", "unidades"),
                ),
                Option(
                    "stock_rules.safety_percent",
                    "decimal",
                    translate("Settings", "Mais, do saldo"),
                    translate("Settings", "Parte do saldo que também não é anunciada."),
                    high=100,
                    unit="%",
                ),
                Option(
                    "stock_rules.max_announced",
                    "whole",
                    translate("Settings", "Máximo anunciado"),
                    translate("Settings", "Nunca mostra mais do que isto por SKU. Vazio: sem limite."),
                    low=1,
                    high=1_000_000,
                    optional=True,
                ),
                Option(
                    "shop.booking",
                    "choice",
                    translate("Settings", "O ERP baixa o saldo"),
                    translate("Settings", "Quando a venda sai do saldo do ERP."),
                    choices=(
                        ("on_invoice", translate("Settings", "ao emitir a nota")),
                        ("on_import", translate("Settings", "ao receber o pedido")),
                    ),
                ),
                Option(
                    "shop.balance_is_net",
                    "switch",
                    translate("Settings", "O saldo do ERP já desconta as reservas dele"),
                ),
                Option(
                    "hub.nets_reservations",
                    "switch",
                    translate("Settings", "O Plugg.to já desconta as reservas dele"),
                    translate("Settings", "Ligue se o Plugg.to mostra a quantidade menos os pedidos em aberto."),
                ),
            ),
        ),
        Section(
            "price",
            translate("Settings", "Preço"),
            (
                Option(
                    "price_rules.markup_percent",
                    "decimal",
                    translate("Settings", "Acréscimo sobre o preço do ERP"),
                    low=-90,
                    high=1000,
                    unit="%",
                ),
                Option(
                    "price_rules.rounding",
                    "choice",
                    translate("Settings", "Arredondar"),
                    choices=(
                        ("none", translate("Settings", "não arredondar")),
                        ("90", translate("Settings", "para terminar em ,90")),
                        ("99", translate("Settings", "para terminar em ,99")),
                    ),
                ),
                Option(
                    "price_rules.floor",
                    "decimal",
                    translate("Settings", "Preço mínimo"),
                    translate("Settings", "Nenhum preço menor é enviado. Vazio: sem mínimo."),
                    high=1_000_000,
                    unit="R$",
                    optional=True,
                ),
            ),
        ),
        Section(
            "orders",
            translate("Settings", "Pedidos e notas"),
            (
                Option(
                    "first_orders",
                    "choice",
                    translate("Settings", "Pedidos já aprovados na primeira vez"),
                    choices=(
                        ("ask", translate("Settings", "perguntar")),
                        ("import", translate("Settings", "importar")),
                        ("in_erp", translate("Settings", "já estão no ERP")),
                        ("ignore", translate("Settings", "ignorar")),
                    ),
                ),
                Option(
                    "import_fulfillment",
                    "switch",
                    translate("Settings", "Importar pedidos que o canal despacha"),
                    translate("Settings", "Fulfillment: o canal envia do depósito dele e costuma emitir a nota."),
                ),
                Option(
                    "shop.cnpjs",
                    "list",
                    translate("Settings", "CNPJs da loja"),
                    translate("Settings", "Só notas destes CNPJs são enviadas. Vazio: qualquer emitente."),
                ),
                Option(
                    "report_failures_to_hub",
                    "switch",
                    translate("Settings", "Anotar falhas no pedido do Plugg.to"),
                ),
            ),
        ),
        Section(
            "guards",
            translate("Settings", "Proteções"),
            (
                Option(
                    "guards.half_read_percent",
                    "whole",
                    translate("Settings", "Leitura do ERP menor que"),
                    translate("Settings", "Uma leitura com menos linhas que esta parte da anterior espera você."),
                    high=100,
                    unit="%",
                ),
                Option(
                    "guards.zero_percent",
                    "whole",
                    translate("Settings", "SKUs que iriam a zero"),
                    translate("Settings", "Acima desta parte, o envio espera você."),
                    low=1,
                    high=100,
                    unit="%",
                ),
                Option(
                    "guards.price_move_percent",
                    "whole",
                    translate("Settings", "Mudança de um preço"),
                    translate("Settings", "Um preço que muda mais do que isto espera você."),
                    low=1,
                    high=1000,
                    unit="%",
                ),
                Option(
                    "guards.changes_percent",
                    "whole",
                    translate("Settings", "Mudanças de uma vez"),
                    translate("Settings", "Se mais valores do que isto mudam juntos, o envio espera você."),
                    low=1,
                    high=100,
                    unit="%",
                ),
                Option(
                    "guards.minimum_items",
                    "whole",
                    translate("Settings", "Proteções de conjunto a partir de"),
                    low=0,
                    high=10_000,
                    unit="SKUs",
                ),
                Option(
                    "pilot_skus",
                    "list",
                    translate("Settings", "Piloto: só estes SKUs"),
                    translate("Settings", "Enquanto houver SKUs aqui, só eles são enviados."),
                ),
            ),
        ),
        Section(
            "shop",
            translate("Settings", "Loja e programa"),
            (
                Option(
                    "shop.time_zone",
                    "choice",
                    translate("Settings", "Fuso horário"),
                    choices=(
                        ("America/Sao_Paulo", translate("Settings", "Brasília")),
                        ("America/Manaus", translate("Settings", "Manaus, Cuiabá, Campo Grande")),
                        ("America/Rio_Branco", translate("Settings", "Rio Branco")),
                        ("America/Noronha", translate("Settings", "Fernando de Noronha")),
                    ),
                ),
                Option(
                    "shop.match_equal_codes",
                    "switch",
                    translate("Settings", "Vincular códigos iguais sozinho"),
                    translate(
                        "Settings", "Um SKU com o mesmo nome de um código do ERP entra no De/Para sem ninguém pedir."
                    ),
                ),
                Option(
                    "shop.support_contact",
                    "text",
                    translate("Settings", "Contato do suporte"),
                    translate("Settings", "Mostrado onde algo falha."),
                ),
                Option(
                    "retention_days",
                    "whole",
                    translate("Settings", "Guardar o histórico por"),
                    low=7,
                    high=3650,
                    unit=translate("Settings", "dias"),
                ),
                Option(
                    "check_updates",
                    "switch",
                    translate("Settings", "Procurar versões novas"),
                    translate(
                        "Settings",
                        "No máximo uma vez por dia, no endereço do fornecedor; só instala quando você manda.",
                    ),
                ),
            ),
        ),
    )
