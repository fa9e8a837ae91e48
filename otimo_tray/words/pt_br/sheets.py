"""Sentences about sheets and lists: files (C-48x), rows of De/Para (M-4xx), of codes (T-62x), items named (O-55x)."""

from __future__ import annotations

from typing import Final

_OTHERS = "Corrija a linha e importe de novo; as outras não dependem dela."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "C-480": (
        "Colunas não reconhecidas",
        "{file} não tem as colunas esperadas ({expected})[[; encontrei: {found}]][[; repetida: {repeated}]].",
        "Corrija os nomes na primeira linha da planilha.",
    ),
    "C-481": (
        "Planilha fora do alcance",
        "{file} não pôde ser aberta: {why}.",
        "Confira o lugar do arquivo, feche-o no Excel e tente de novo.",
    ),
    "C-482": (
        "Não é uma planilha",
        "{file} não pôde ser lida: {why}[[ (linha {row})]]; nada foi alterado.",
        "Salve-a de novo no Excel como .xlsx ou CSV.",
    ),
    "C-483": (
        "Planilha não gravada",
        "{file} não pôde ser gravada: {why}; a anterior, se havia, ficou como estava.",
        "Feche-a no Excel ou escolha outro lugar.",
    ),
    "C-484": (
        "Tipo de arquivo",
        "{file} não termina em .xlsx nem em .csv.",
        "Escolha um destes dois tipos.",
    ),
    "G-231": (
        "Não está na retenção",
        "O SKU {sku} não aguarda liberação na retenção nº {plan}.",
        "Veja os valores desta retenção na lista.",
    ),
    "O-550": (
        "Nada a decidir",
        "O pedido {order} não espera mais por essa decisão: ele está como {stage}.",
        "Veja em Pedidos o que houve com ele.",
    ),
    "O-551": (
        "Pedido não encontrado",
        "O Plugg.to não tem um pedido com o número {order}.",
        "Confira o número no canal ou no painel do Plugg.to.",
    ),
    "O-552": (
        "Pedido cancelado",
        "O pedido {order} está como {status} no Plugg.to; não foi importado.",
        "Não despache; confira no canal.",
    ),
    "O-553": ("Trazido pelo número", "Uma pessoa pediu a importação do pedido[[ {order}]]."),
    "O-556": (
        "Pedido em andamento",
        "O pedido {order} ainda não terminou: os dados do comprador são necessários para entregar.",
        "Apague quando o pedido estiver entregue ao transportador ou cancelado.",
    ),
    "O-554": (
        "Sem cancelamento",
        "O pedido {order} não tem um cancelamento a tratar.",
        "Confira o número.",
    ),
    "M-401": ("Sem SKU", "A linha {line} não tem SKU.", _OTHERS),
    "M-402": (
        "Código não está no ERP",
        "O ERP não tem o código {erp_code}, dado ao SKU {sku}[[; ele tem {like}, com zeros à esquerda]].",
        "Corrija o código; no Excel, deixe a coluna como texto.",
    ),
    "M-403": (
        "SKU não está no Plugg.to",
        "O Plugg.to não tem o SKU {sku}.",
        "Corrija o SKU, ou cadastre o produto no Plugg.to e importe de novo.",
    ),
    "M-404": (
        "Quantidade inválida",
        "A Qtd. por SKU do SKU {sku} é {value}; ela é um número inteiro a partir de 1.",
        _OTHERS,
    ),
    "M-405": (
        "Linha repetida",
        "O SKU {sku} já tem o código {erp_code} na linha {other}.",
        "Deixe uma só, com a quantidade certa.",
    ),
    "M-406": (
        "Texto longo demais",
        "A linha {line} tem um texto de {length} caracteres em {field}; cabem {limit}.",
        _OTHERS,
    ),
    "M-407": (
        "O Excel cortou o número",
        "{value} é um código longo que o Excel transformou em número; os algarismos se perderam.",
        "Deixe a coluna como texto no Excel e digite o código de novo.",
    ),
    "M-408": (
        "Kit incompleto",
        "A linha {other}, do mesmo SKU {sku}, não está certa; o kit só entra inteiro.",
        "Corrija a outra linha e importe de novo.",
    ),
    "M-409": (
        "Linha de kit sem código",
        "O SKU {sku} tem outras linhas com código, mas esta está sem.",
        "Preencha o código ou apague a linha.",
    ),
    "T-620": (
        "Mais de um pedido",
        "{order} pode ser mais de um pedido: {orders}.",
        "Use o número do pedido no Plugg.to ou a chave da nota.",
    ),
    "T-621": ("Sem pedido", "A linha {line} não diz de que pedido é o código.", _OTHERS),
    "T-622": (
        "Falta a transportadora",
        "O código {code} do pedido {order} não mostra de que transportadora é.",
        "Preencha a coluna Transportadora.",
    ),
    "T-623": (
        "Transportadora desconhecida",
        "A transportadora {carrier} não é conhecida; as conhecidas são: {carriers}.",
        "Corrija o nome, ou inclua a transportadora em Rastreio.",
    ),
    "T-624": ("Volume inválido", "O volume {value} não é um número de 1 a 99.", _OTHERS),
    "T-625": (
        "Volume repetido",
        "O volume {volume} do pedido {order} já está na linha {other}.",
        "Numere os volumes, ou deixe a coluna vazia.",
    ),
    "T-627": (
        "Falta a transportadora",
        "Nem o código {code} nem o canal dizem quem transporta o pedido {order}.",
        "Escolha a transportadora (Alt+T) e bipe o código de novo.",
    ),
    "T-626": (
        "O Excel cortou o número",
        "{value} é um código longo que o Excel transformou em número; os algarismos se perderam.",
        "Deixe a coluna como texto no Excel e digite o código de novo.",
    ),
}

PHRASES: Final[dict[str, str]] = {
    "mapping.mapped": "Com De/Para",
    "mapping.unmapped": "Sem De/Para",
    "mapping.no_code": "Código não está no ERP",
    "mapping.not_at_hub": "SKU não está no Plugg.to",
    "row.new": "nova",
    "row.changed": "alterada",
    "row.same": "igual",
    "row.warning": "aviso",
    "row.refused": "recusada",
    "why.gone": "o arquivo não está lá",
    "why.locked": "outro programa está com ela, ou falta permissão",
    "why.folder": "a pasta não existe",
    "why.full": "o disco está cheio",
    "why.rows": "há mais linhas do que cabem no Excel",
    "why.other": "o sistema não deixou",
    "why.not_text": "o conteúdo não é texto",
    "why.not_excel": "o conteúdo não é do Excel",
    "why.password": "tem senha",
    "why.empty": "está vazia",
    "why.quotes": "há aspas sem fechar",
    "why.no_end": "está pela metade",
    "why.size": "é grande demais",
    "done.exported": "{count} linhas gravadas em {file}.",
    "done.applied": "Gravado: {count}. Linhas: {counts}.",
    "done.previewed": "Nada foi gravado (prévia). Linhas: {counts}.",
    "done.listed": "{count} de {total}.",
    "done.fetched": "trazido do Plugg.to",
    "done.handled": "tratado",
    "done.erased": "dados apagados",
    "done.confirmed": "confirmada",
    "cli.cancel_open": "CANCELADO, a tratar",
    "field.sku": "SKU",
    "field.code": "código",
}
"""Names in the sheets themselves, what became of a row, and what a command did."""
