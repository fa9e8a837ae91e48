"""Sentences about the ERP's side: E-2xx."""

from __future__ import annotations

from typing import Final

_ALONE = "O programa tenta de novo sozinho."
_FIX_FILE = "Corrija a exportação no ERP e gere o arquivo de novo; até lá vale a leitura anterior."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-210": (
        "ERP fora do alcance",
        "Não foi possível chegar ao ERP[[ em {path}]].",
        f"Confira se o servidor ou a pasta da rede está ligada. {_ALONE}",
    ),
    "E-220": (
        "ERP mal configurado",
        "O ERP responde, mas os dados não estão como combinado[[: {detail}]].",
        "Confira em Ajustes → ERP.",
    ),
    "E-230": (
        "Linha não aproveitada",
        "Uma linha do ERP não pôde ser lida[[: código {erp_code}]][[, campo {field}]][[, valor {value}]].",
        "Corrija o cadastro no ERP; os outros produtos seguem normalmente.",
    ),
    "E-240": (
        "ERP recusou o pedido",
        "O ERP não aceitou o pedido[[ {order}]][[: {detail}]].",
        "Veja o motivo nos detalhes, corrija no ERP e clique em Tentar de novo.",
    ),
    "E-250": ("Leitura recusada", "A leitura do ERP não pôde ser usada[[: {source}]].", _FIX_FILE),
    "E-251": (
        "Leitura antiga",
        "{source} é de {as_of}, mais antigo do que a última leitura, de {last}; não foi usado.",
        "Gere a exportação de novo no ERP.",
    ),
}
