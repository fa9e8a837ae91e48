"""Sentences about the ERP's side: E-2xx."""

from __future__ import annotations

from typing import Final

_ALONE = "O programa tenta de novo sozinho."
_FIX_FILE = "Corrija a exportação no ERP e gere o arquivo de novo; até lá vale a leitura anterior."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-210": (
        "ERP fora do alcance",
        "Não foi possível chegar ao ERP[[ em {folder}]][[ em {host}, porta {port}]].",
        "Confira se o servidor (e sua porta) ou a pasta da rede está no ar. O programa tenta de novo sozinho.",
    ),
    "E-211": (
        "Arquivo em uso",
        "Outro programa está usando o arquivo {source}.",
        "Feche-o se estiver aberto no Excel; o programa tenta de novo sozinho.",
    ),
    "E-212": (
        "Arquivo ainda chegando",
        "O arquivo {source} mudou há pouco; o programa espera ele ficar pronto.",
        "Nada a fazer.",
    ),
    "E-213": (
        "Arquivo trocado",
        "O arquivo {source} foi trocado ou sumiu durante a leitura; nada dele foi usado.",
        _ALONE,
    ),
    "E-214": (
        "Disco cheio",
        "Não há espaço na pasta do ERP[[ ({folder})]].",
        "Libere espaço nesse disco; o programa tenta de novo sozinho.",
    ),
    "E-220": (
        "ERP mal configurado",
        "O ERP responde, mas os dados não estão como combinado[[: {detail}]].",
        "Confira em Ajustes → ERP.",
    ),
    "E-221": (
        "Sem permissão na pasta",
        "O programa não pode gravar na pasta {folder}.",
        "Peça a quem cuida da rede que dê permissão de leitura e gravação.",
    ),
    "E-223": (
        "Coluna não encontrada",
        "O arquivo {source} não tem a coluna {header}, indicada para {column}. Ele tem: {found}.",
        "Corrija a coluna em Ajustes → ERP.",
    ),
    "E-224": (
        "Falta o arquivo de estoque",
        "Não há arquivo estoque.csv ou estoque.xlsx na pasta {folder}.",
        "Configure a exportação no ERP para gravar nessa pasta.",
    ),
    "E-225": (
        "Pasta de notas não existe",
        "A pasta de notas {folder} não existe.",
        "Corrija em Ajustes → ERP ou crie a pasta.",
    ),
    "E-226": (
        "ERP de demonstração de outra versão",
        "O arquivo {file} é da versão {version}; este programa usa a {expected}.",
        "Apague o arquivo da demonstração e comece de novo.",
    ),
    "E-230": (
        "Linha não aproveitada",
        "Uma linha do ERP não pôde ser lida[[: código {erp_code}]][[, campo {field}]][[, valor {value}]].",
        "Corrija o cadastro no ERP; os outros produtos seguem normalmente.",
    ),
    "E-231": (
        "Número que não se lê",
        "O produto {code} veio com {field} que não é um número: {value}.",
        "Corrija no ERP; os outros produtos seguem normalmente.",
    ),
    "E-232": (
        "Data que não se lê",
        "O produto {code} veio com {field} que não é uma data: {value}.",
        "Corrija no ERP; os outros produtos seguem normalmente.",
    ),
    "E-233": (
        "Promoção ao contrário",
        "A promoção do produto {code} termina ({value}) antes de começar ({start}).",
        "Corrija as datas no ERP; os outros produtos seguem normalmente.",
    ),
    "E-240": (
        "ERP recusou o pedido",
        "O ERP não aceitou o pedido[[ {order}]][[: {detail}]].",
        "Veja o motivo nos detalhes, corrija no ERP e clique em Tentar de novo.",
    ),
    "E-241": (
        "Pedido sem itens",
        "O pedido {order} não tem nenhuma linha para o ERP.",
        "Confira o pedido no Plugg.to e o De/Para dos itens.",
    ),
    "E-242": (
        "Pedido sem número",
        "O pedido[[ {order}]] veio do Plugg.to sem identificação.",
        "Confira o pedido no painel do Plugg.to.",
    ),
    "E-243": (
        "Código não está no ERP",
        "O ERP não tem o código {code}, do SKU {sku}, e por isso não aceitou o pedido {order}.",
        "Corrija o De/Para do SKU e clique em Tentar de novo.",
    ),
    "E-250": ("Leitura recusada", "A leitura do ERP não pôde ser usada[[: {source}]].", _FIX_FILE),
    "E-251": (
        "Leitura antiga",
        "{source} é de {as_of}, mais antigo do que a última leitura, de {last}; não foi usado.",
        "Gere a exportação de novo no ERP.",
    ),
    "E-252": (
        "Arquivo incompleto",
        (
            "O arquivo {source} não está inteiro: {reason} (linha {row})[[; há {found}, o esperado é "
            "{expected}]]. Nada dele foi usado."
        ),
        _FIX_FILE,
    ),
    "E-253": (
        "Vírgula ou ponto?",
        (
            "No arquivo {source} não dá para saber o que é decimal: {reason} (linha {row}: {value})[[, "
            "(linha {other_row}: {other_value})]]. Nada dele foi usado."
        ),
        "Exporte os números com vírgula decimal e sem ponto de milhar.",
    ),
    "E-254": (
        "Código repetido",
        (
            "O arquivo {source} traz códigos repetidos ({count}): {codes}. Nada dele foi usado, pois não "
            "se sabe qual linha vale."
        ),
        _FIX_FILE,
    ),
    "E-255": (
        "Cabeçalho errado",
        (
            "O arquivo {source} não tem as colunas esperadas[[: falta {missing}]][[: {repeated} aparece "
            "mais de uma vez]]. Ele tem: {found}."
        ),
        "Corrija o cabeçalho ou indique as colunas em Ajustes → ERP.",
    ),
    "E-256": (
        "Arquivo grande demais",
        "O arquivo {source} é grande demais ({size} bytes; o máximo é {limit}).",
        "Exporte menos colunas, ou em CSV.",
    ),
    "E-257": (
        "Dois arquivos iguais",
        "Há mais de um arquivo {source} na pasta: {files}. Nenhum foi usado, pois não se sabe qual vale.",
        "Deixe só um deles.",
    ),
    "E-258": (
        "Arquivo que não se abre",
        "O arquivo {source} não pôde ser aberto: {reason}.",
        "Exporte de novo em CSV ou XLSX.",
    ),
    "E-259": (
        "Linha sem código",
        "O arquivo {source} tem uma linha sem código de produto (linha {row}[[: {value}]]). Nada dele foi usado.",
        _FIX_FILE,
    ),
}
