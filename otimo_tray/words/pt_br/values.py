"""Sentences about stock and price: what can't be told (S-3xx) and what a guard holds (G-2xx)."""

from __future__ import annotations

from typing import Final

_RELEASE = "Veja a lista e libere ou descarte."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "G-201": (
        "Leitura vazia",
        "A leitura do ERP veio vazia[[ ({source})]]; nada foi alterado.",
        "Confira a exportação no ERP, ou libere se está certo.",
    ),
    "G-202": (
        "Faltam produtos na leitura",
        "A leitura do ERP veio com produtos de menos[[: {rows} em vez de {before}]]; nada foi alterado.",
        "Confira a exportação no ERP, ou libere se está certo.",
    ),
    "G-203": (
        "Leitura repetida",
        "A leitura do ERP[[ ({source})]] é igual a uma anterior à última, como um backup; nada foi alterado.",
        "Confira a exportação no ERP, ou libere se está certo.",
    ),
    "G-211": (
        "Preço mudou demais",
        "O preço mudaria mais do que o limite[[ no SKU {sku}]][[: de {previous} para {value}]].",
        _RELEASE,
    ),
    "G-212": (
        "Abaixo do preço mínimo",
        "O preço ficaria abaixo do mínimo[[ no SKU {sku}]][[: {value}]].",
        _RELEASE,
    ),
    "G-213": (
        "Primeiro preço de kit",
        "É a primeira vez que o preço deste kit seria enviado[[: SKU {sku}]][[, {value}]].",
        "Confira a conta e libere ou descarte.",
    ),
    "G-214": (
        "SKU com tabela no Plugg.to",
        "O SKU tem uma tabela de preço ou de estoque no Plugg.to[[: {sku}]]; um valor só poderia desfazê-la.",
        "Decida quem manda no valor e libere ou descarte.",
    ),
    "G-221": (
        "Primeira sincronização",
        "É a primeira sincronização desta loja[[: {count} valores seriam enviados]].",
        "Confira a lista e libere para começar.",
    ),
    "G-222": (
        "Muitos produtos a zero",
        "SKUs demais ficariam com estoque zero[[: {count} de {mapped} (limite de {limit} %)]].",
        "Confira a exportação do ERP e libere ou descarte.",
    ),
    "G-223": (
        "Muitas mudanças de uma vez",
        "Valores demais mudariam de uma só vez[[: {count} de {mapped} (limite de {limit} %)]].",
        "Confira a exportação do ERP e libere ou descarte.",
    ),
    "G-224": (
        "Muitos preços mudariam demais",
        (
            "Preços demais mudariam mais do que o limite[[: {count} de {mapped} (limite de {limit} %)]]; as colunas da "
            "exportação podem ter trocado, e tudo o que mudou com eles espera."
        ),
        "Confira a exportação do ERP e libere ou descarte.",
    ),
    "G-230": (
        "Nada a liberar",
        "A retenção nº {plan} não existe ou já foi resolvida.",
        "Veja a lista do que aguarda liberação.",
    ),
    "S-301": (
        "Sem saldo no ERP",
        (
            "O código {erp_code}, usado pelo SKU {sku}, não está no ERP ou está sem saldo; o estoque do SKU não foi "
            "enviado."
        ),
        "Corrija o De/Para ou o cadastro no ERP.",
    ),
    "S-302": (
        "De/Para incompleto",
        "O De/Para do SKU {sku} está sem código ou com Qtd. por SKU menor que 1.",
        "Corrija em De/Para.",
    ),
    "S-311": (
        "Sem preço no ERP",
        "O código {erp_code}, usado pelo SKU {sku}, não está no ERP ou está sem preço; o preço do SKU não foi enviado.",
        "Informe o preço no ERP ou um preço próprio para o SKU.",
    ),
    "S-312": (
        "Preço inválido",
        "As regras de preço do SKU {sku} dão zero ou menos; o preço não foi enviado.",
        "Confira o preço próprio e a margem do SKU.",
    ),
    "S-321": (
        "SKU não existe no Plugg.to",
        (
            "O SKU {sku} tem De/Para, mas não está no catálogo do Plugg.to; nada foi enviado, para não criar um "
            "produto por engano."
        ),
        "Cadastre o SKU no Plugg.to ou tire-o do De/Para.",
    ),
}
