"""Frases sobre a API HTTP do ERP: E-27x (fora do alcance), E-28x (configuração), E-29x (leitura)."""

from __future__ import annotations

from typing import Final

_ALONE = "O programa tenta de novo sozinho."
_VENDOR = "Mostre esta mensagem a quem fez a API do ERP."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-245": (
        "Pedido descartado no ERP",
        "O pedido {order} já esteve no ERP e foi descartado lá[[: {detail}]].",
        "Se ele deve entrar, recupere-o no ERP; senão, marque-o como ignorado.",
    ),
    "E-270": (
        "Endereço do ERP não encontrado",
        "Não existe, ou não se acha agora, um servidor de nome {host}.",
        "Confira a internet e o endereço em Ajustes → ERP. O programa tenta de novo sozinho.",
    ),
    "E-271": (
        "Conexão segura recusada",
        "O certificado de {host}, porta {port}, não é aceito por este computador: {reason}.",
        "Peça a quem cuida do servidor do ERP um certificado válido para {host}, ou instale o dele no sistema.",
    ),
    "E-272": (
        "ERP não respondeu a tempo",
        "O ERP em {host} não deu uma resposta inteira em {seconds} segundos.",
        "O programa tenta de novo sozinho. Se for sempre assim, aumente o tempo limite em Ajustes → ERP.",
    ),
    "E-273": (
        "ERP com problema",
        "O ERP em {host} disse que não pode responder agora (HTTP {status})[[: {detail}]].",
        _ALONE,
    ),
    "E-274": (
        "Resposta que não é do ERP",
        "O que respondeu em {host}[[ (HTTP {status})]] não é a API do ERP: a resposta não é JSON ou veio pela metade.",
        "Confira a rede (proxy, página de acesso ao wi-fi) e o endereço em Ajustes → ERP.",
    ),
    "E-275": (
        "Resposta grande demais",
        "A resposta de {path} passa de {limit_mb} MB e foi recusada.",
        "A API do ERP deve mandar páginas menores. " + _VENDOR,
    ),
    "E-276": (
        "Leitura interrompida pelo ERP",
        "O ERP não pôde continuar a leitura de estoque e preço; nada dela foi usado.",
        _ALONE,
    ),
    "E-280": (
        "ERP não aceitou a senha",
        "A API do ERP em {host} recusou o token, ou o usuário e a senha (HTTP 401).",
        "Digite-os de novo em Ajustes → ERP.",
    ),
    "E-281": (
        "Sem permissão no ERP",
        "O token ou usuário do ERP não tem permissão para {right}[[: {detail}]].",
        "Peça a quem administra o ERP que libere essa permissão.",
    ),
    "E-282": (
        "Endereço errado",
        "Em {address} não existe {path} (HTTP {status}).",
        "Confira o endereço da API em Ajustes → ERP, até a última barra.",
    ),
    "E-283": (
        "Versão da API",
        "A resposta de {path} é da versão {version}; este programa entende a {expected}.",
        "Atualize este programa ou a API do ERP.",
    ),
    "E-284": (
        "API fora do combinado",
        "A resposta de {path} não segue o contrato: {field}[[ ({detail})]].",
        _VENDOR,
    ),
    "E-285": (
        "API mudou de endereço",
        "{address} manda para outro endereço[[ ({host})]]; o programa não segue, para não entregar a senha.",
        "Escreva o endereço novo em Ajustes → ERP.",
    ),
    "E-287": (
        "Endereço inválido",
        "O endereço da API do ERP não serve[[: {address}]].",
        "Escreva-o como https://servidor/caminho em Ajustes → ERP, sem usuário nem senha.",
    ),
    "E-288": (
        "Conexão sem segurança",
        "O endereço da API em {host} é http://; a senha passaria aberta pela rede.",
        "Use https://. Sem ele, só com um servidor neste computador (127.0.0.1).",
    ),
    "E-289": (
        "Senha do ERP inválida",
        "O que está guardado para a API do ERP não serve como {auth}.",
        "Digite de novo em Ajustes → ERP.",
    ),
    "E-290": (
        "Leitura do ERP não fecha",
        "A leitura de {source} não fecha: {reason}[[ ({found} em vez de {expected})]]. Nada dela foi usado.",
        _VENDOR,
    ),
    "E-291": (
        "Código repetido",
        "A leitura de {source} tem códigos repetidos ({count}). Nada dela foi usado, pois não se sabe qual linha vale.",
        _VENDOR,
    ),
}

PHRASES: Final[dict[str, str]] = {
    "check.erp_api": "API do ERP",
    "check.erp_api_rights": "Permissões no ERP",
    "check.erp_api_items": "Estoque e preço do ERP",
    "check.erp_api_invoices": "Notas do ERP",
    "right.health": "consultar o ERP",
    "right.items": "ler estoque e preço",
    "right.orders": "gravar pedidos",
    "right.invoices": "ler notas",
    "auth.token": "token (só letras, números e sinais, sem espaços)",
    "auth.basic": "usuário e senha (usuario:senha)",
    "reason.snapshot": "as páginas são de leituras diferentes",
    "reason.removed": "uma leitura completa traz produtos removidos",
    "reason.blank_page": "uma página vazia aponta para outra",
    "reason.rows_told": "vieram mais ou menos linhas do que o anunciado",
    "reason.TLS": "o servidor não fala TLS como deve",
}
