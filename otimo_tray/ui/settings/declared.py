"""Every setting on the screen, declared once: where it is, what it is called, what it means, what it may be."""

from __future__ import annotations

from collections.abc import Sequence

from otimo_tray.ui.settings.options import Option, Section
from otimo_tray.ui.text import translate


def _flow(key: str, title: str, text: str) -> tuple[Option, Option]:
    return (
        Option(f"{key}.enabled", "switch", title, text),
        Option(
            f"{key}.interval_s",
            "minutes",
            translate("Settings", "A cada"),
        ),
    )


def declared() -> Sequence[Section]:
    """Return the declarations in the order of the screen; limits are the settings file's own."""
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
                    unit=translate("Settings", "unidades"),
                ),
                Option(
                    "stock_rules.safety_percent",
                    "decimal",
                    translate("Settings", "Mais, do saldo"),
                    translate("Settings", "Parte do saldo que também não é anunciada."),
                    unit="%",
                ),
                Option(
                    "stock_rules.max_announced",
                    "whole",
                    translate("Settings", "Máximo anunciado"),
                    translate("Settings", "Nunca mostra mais do que isto por SKU. Vazio: sem limite."),
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
                    translate("Settings", "Ligue se o ERP mostra o saldo menos os pedidos já importados."),
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
                    translate(
                        "Settings", "Soma esta parte a cada preço; negativo desconta. Regras por SKU valem mais."
                    ),
                    unit="%",
                ),
                Option(
                    "price_rules.margin_percent",
                    "decimal",
                    translate("Settings", "Parte do canal no preço"),
                    translate(
                        "Settings", "A comissão, por exemplo: o preço anunciado sobe até que, sem ela, sobre o do ERP."
                    ),
                    unit="%",
                ),
                Option(
                    "price_rules.rounding",
                    "choice",
                    translate("Settings", "Arredondar"),
                    translate("Settings", "Depois do acréscimo, sempre para cima."),
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
                    translate(
                        "Settings",
                        "Os que já estavam no Plugg.to: um pedido já digitado no ERP não deve entrar de novo.",
                    ),
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
                    translate("Settings", "Quem olha o painel do Plugg.to vê por que o pedido não entrou no ERP."),
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
                    unit="%",
                ),
                Option(
                    "guards.zero_percent",
                    "whole",
                    translate("Settings", "SKUs que iriam a zero"),
                    translate("Settings", "Acima desta parte, o envio espera você."),
                    unit="%",
                ),
                Option(
                    "guards.price_move_percent",
                    "whole",
                    translate("Settings", "Mudança de um preço"),
                    translate("Settings", "Um preço que muda mais do que isto espera você."),
                    unit="%",
                ),
                Option(
                    "guards.changes_percent",
                    "whole",
                    translate("Settings", "Mudanças de uma vez"),
                    translate("Settings", "Se mais valores do que isto mudam juntos, o envio espera você."),
                    unit="%",
                ),
                Option(
                    "guards.far_prices_percent",
                    "whole",
                    translate("Settings", "Preços que mudam demais juntos"),
                    translate(
                        "Settings",
                        "Se mais preços do que isto saltam de uma vez, uma coluna pode ter trocado: tudo espera você.",
                    ),
                    unit="%",
                ),
                Option(
                    "guards.minimum_items",
                    "whole",
                    translate("Settings", "Proteções de conjunto a partir de"),
                    translate("Settings", "Com menos SKUs no De/Para, só as proteções de cada preço valem."),
                    unit="SKUs",
                ),
                Option(
                    "approve_first_sync",
                    "switch",
                    translate("Settings", "Primeira sincronização sem conferência"),
                    translate("Settings", "Desligado, o primeiro envio de todos espera você ver a lista."),
                ),
                Option(
                    "guards.repair_divergences",
                    "switch",
                    translate("Settings", "Corrigir o que alguém mudou no Plugg.to"),
                    translate(
                        "Settings",
                        "Na conferência diária, o que difere é enviado de novo, com as proteções; senão, só listado.",
                    ),
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
                    translate("Settings", "A hora da loja, para prazos, notas e promoções."),
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
                    "shop.language",
                    "choice",
                    translate("Settings", "Idioma"),
                    translate("Settings", "Dos avisos e das telas; vale a partir do próximo início."),
                    choices=(
                        ("pt_BR", translate("Settings", "Português")),
                        ("en", translate("Settings", "English")),
                    ),
                ),
                Option(
                    "retention_days",
                    "whole",
                    translate("Settings", "Guardar o histórico por"),
                    translate(
                        "Settings",
                        "O mais antigo é apagado; a identidade dos pedidos fica, para nunca entrarem duas vezes.",
                    ),
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
        Section(
            "advanced",
            translate("Settings", "Avançado"),
            (
                Option(
                    "hub.connections",
                    "whole",
                    translate("Settings", "Conexões com o Plugg.to"),
                    translate("Settings", "Quantos envios ao mesmo tempo. Menos, se o Plugg.to pedir calma."),
                ),
                Option(
                    "hub.connect_timeout_s",
                    "number",
                    translate("Settings", "Espera para conectar"),
                    translate("Settings", "Depois disto o Plugg.to conta como fora do ar."),
                    unit="s",
                ),
                Option(
                    "hub.read_timeout_s",
                    "number",
                    translate("Settings", "Espera pela resposta"),
                    translate("Settings", "O Plugg.to às vezes demora; curto demais repete o que já foi feito."),
                    unit="s",
                ),
                Option(
                    "erp.timeout_s",
                    "number",
                    translate("Settings", "Espera pelo ERP"),
                    translate("Settings", "O mais que uma consulta ao banco ou à API do ERP pode demorar."),
                    unit="s",
                ),
                Option(
                    "hub.panel_order_url",
                    "text",
                    translate("Settings", "Página de um pedido no Plugg.to"),
                    translate("Settings", "Para “Abrir no Plugg.to”; {id} é o número do pedido lá."),
                ),
            ),
        ),
    )
