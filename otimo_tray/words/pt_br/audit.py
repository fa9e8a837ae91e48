"""Words of *explain*, the audit and undo."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "G-240": (
        "SKU desconhecido",
        "O SKU {sku} não está no catálogo do Plugg.to nem no De/Para.",
        "Confira o código; o catálogo é lido uma vez por dia.",
    ),
    "G-241": (
        "Nada a desfazer",
        "Não há envio de {kind} a desfazer, ou o último já foi desfeito.",
        "Veja os envios feitos.",
    ),
    "S-331": (
        "Estoque menor no Plugg.to",
        (
            "O Plugg.to mostra {found} do SKU {sku}, e tinha confirmado {confirmed}; as vendas conhecidas não explicam "
            "a diferença."
        ),
        "Pode ser uma venda que ainda não chegou ou uma mudança no painel do Plugg.to: confira lá.",
    ),
    "S-332": (
        "Valor mudou no Plugg.to",
        (
            "No SKU {sku}, o valor de {kind} no Plugg.to é {found}, e não {confirmed}, que ele tinha confirmado: "
            "alguém pode ter alterado no painel do Plugg.to."
        ),
        "Altere no ERP ou na regra do SKU; no painel, o próximo envio desfaz.",
    ),
}

PHRASES: Final[dict[str, str]] = {
    "explain.unmapped": "Sem De/Para: nada deste SKU é enviado.",
    "explain.as_of": "Saldo do ERP de {when}",
    "explain.component": (
        "código {erp_code}: saldo {balance} − vendido {committed} − segurança {safety}, {units} por SKU → {possible}"
    ),
    "explain.order": "  vendido {units} no pedido {order} (SKU {sku})",
    "explain.price_part": "código {erp_code}: {units} × {price}, vendido a {selling}",
    "explain.base": "soma {value}",
    "rule.safety_stock": "segurança {value}",
    "rule.safety_percent": "segurança {value} % do saldo",
    "rule.max_announced": "máximo anunciado {value}",
    "rule.stop_selling": "venda parada",
    "rule.markup_percent": "acréscimo {value} %",
    "rule.margin_percent": "margem {value} % do preço",
    "rule.rounding": "arredondado para ,{value}",
    "rule.floor": "preço mínimo {value}",
    "rule.own_price": "preço próprio {value}",
    "rule.own_special_price": "preço promocional próprio {value}",
    "rule_from.own": "regra do SKU",
    "rule_from.pattern": "regra {pattern}",
    "rule_from.brand": "regra {pattern} da marca {brand}",
    "rule_from.default": "padrão da loja",
    "explain.taken_back": "desfeito por uma pessoa: {instead} em vez de {value}, até o valor mudar",
    "explain.next_change": "muda sozinho em {when}",
    "explain.confirmed": "o Plugg.to confirmou {value} em {when}",
    "explain.doubt": "em dúvida: {value}, enviado em {when} e sem resposta",
    "explain.waiting": "na fila: {value}, {state}, desde {when}",
    "explain.held": "retenção nº {plan}: {why}",
    "explain.sent": "Últimos envios",
    "push.due": "a enviar",
    "push.held": "aguarda liberação",
    "push.discarded": "descartado",
    "push.stopped": "parado por uma recusa",
    "reason.released": "liberado por uma pessoa",
    "reason.undo": "desfeito por uma pessoa",
    "done.asked_leader": "{desk} sincroniza esta loja e foi avisado.",
    "done.reconciled": "{looked} SKUs comparados com o Plugg.to: {count} divergem, {repaired} serão reenviados.",
    "undo.batch": "Envio de {name} entre {since} e {until}",
    "undo.first": "era o primeiro valor: não há anterior",
    "undo.done": "{count} valores voltam ao que eram, no próximo envio e com as proteções; sem anterior: {first}.",
    "undo.dry": "{count} valores voltariam ao que eram; sem anterior: {first}. Nada foi alterado.",
    "unsent.values": "Ainda não transmitidos: {count}, o mais antigo há {minutes} min; vão sozinhos mais tarde.",
    "audit.sent": "Envios",
    "audit.at": "Quando",
    "audit.sku": "SKU",
    "audit.kind": "Valor de",
    "audit.value": "Enviado",
    "audit.previous": "Antes",
    "audit.reason": "Motivo",
    "audit.basis": "Conta",
    "audit.answer": "Resposta",
}
