"""Words of several desks at one shop: who leads, who did what, and what came in between."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "G-232": (
        "Já resolvida",
        "A retenção nº {plan} já foi resolvida[[: {person} a {decision} em {at}]].",
        "Nada a fazer.",
    ),
    "T-607": (
        "Outra pessoa digitou há pouco",
        "Outra pessoa digitou há pouco um código para este pedido[[: {person} digitou {typed} às {time}]].",
        "Confira com ela quem tem o pacote, ou use assim mesmo.",
    ),
    "L-350": (
        "Outro computador está no comando",
        "Outro computador da loja assumiu as sincronizações; este não envia mais nada.",
        "Nada se perdeu: o que ficou pela metade é conferido por quem assumiu.",
    ),
    "L-351": (
        "Ninguém no comando",
        "Nenhum computador da loja está fazendo as sincronizações agora.",
        "Deixe aberto o Ótimo Tray em um computador que tenha as credenciais; ele assume sozinho em segundos.",
    ),
    "L-352": (
        "Outro computador sincroniza esta loja",
        "As sincronizações desta loja estão em {desk}[[ ({person})]]; só ele fala com o Plugg.to e o ERP.",
        "O pedido é feito por ele: use Sincronizar agora, ou repita este comando naquele computador.",
    ),
    "L-353": (
        "Sem resposta de quem comanda",
        "O computador que faz as sincronizações não respondeu a tempo.",
        "Veja no Painel quem está no comando e tente de novo; o pedido pode ainda chegar.",
    ),
    "C-465": (
        "Ajuste alterado por outra pessoa",
        "Enquanto você editava, {person} alterou {setting} em {at}; o que você digitou não foi salvo nesse ponto.",
        "Veja o valor novo e salve de novo se o seu deve valer.",
    ),
}

PHRASES: Final[dict[str, str]] = {
    "act.mapping": "De/Para {before} → {after}",
    "act.mapping_new": "De/Para {after}",
    "act.mapping_gone": "De/Para {before} retirado",
    "act.rule": "Regra do SKU: {rule}",
    "act.rule_gone": "Regra do SKU retirada",
    "act.code": "Código de rastreio {code}[[, no lugar de {before}]]",
    "act.code_gone": "Código de rastreio {code} retirado",
    "act.released": "Retenção nº {plan} liberada",
    "act.discarded": "Retenção nº {plan} descartada",
    "act.first_order": "Primeira execução: {choice}",
    "act.invoice": "Nota {number} confirmada para o pedido",
    "act.cancelled": "Cancelamento tratado",
    "act.erased": "Dados de um comprador apagados",
    "act.undone": "Último envio de {kind} desfeito: {count} valores",
    "act.settings": "Ajustes: {setting}",
    "act.paused": "Sincronização pausada[[ por {minutes} min]]",
    "act.resumed": "Sincronização retomada",
    "check.state_server": "Servidor dos dados",
    "check.state_schema": "Esquema da loja",
    "decision.act.released": "liberou",
    "decision.act.discarded": "descartou",
}
