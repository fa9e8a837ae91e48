"""Sentences about the ERP's database: E-215, E-22x, E-244, E-26x, E-29x."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-215": (
        "ERP ocupado",
        "O banco de dados do ERP está com {place} bloqueado ou sem conexões livres.",
        "O programa tenta de novo sozinho; se continuar, veja quem mantém a tabela bloqueada.",
    ),
    "E-222": (
        "Certificado do banco de dados",
        "A conexão segura com o banco de dados em {host} não foi possível: {reason}.",
        "Confira no endereço o arquivo de ssl_ca ou sslrootcert, e se o servidor é chamado como no seu certificado.",
    ),
    "E-227": (
        "Consulta não aceita",
        "A consulta {view} não pode ser usada: {reason}[[ ({word})]].",
        "Escreva um único SELECT, que só leia.",
    ),
    "E-228": (
        "Coluna de outro tipo",
        "Em {view}, a coluna {column} traz {found}, e o esperado é {expected}.",
        "Corrija a visão ou a consulta no banco de dados.",
    ),
    "E-229": (
        "Banco de dados recusou",
        "O banco de dados do ERP recusou o comando em {view}: {detail}.",
        "Corrija a visão, a tabela ou a consulta; o contrato está em resources/erp.",
    ),
    "E-244": (
        "Pedido não coube no ERP",
        "O banco de dados do ERP não aceitou o pedido {order}: {detail}.",
        "Confira o tamanho das colunas de otimo_pedidos e clique em Tentar de novo.",
    ),
    "E-260": (
        "Servidor não encontrado",
        "Não há servidor com o nome {host}.",
        "Confira o nome ou o IP do servidor do banco de dados em Ajustes → ERP, e a rede.",
    ),
    "E-261": (
        "Porta fechada",
        "O servidor {host} não aceita conexões na porta {port}.",
        "Confira a porta, se o serviço do banco de dados está ligado e se o firewall libera a porta.",
    ),
    "E-262": (
        "ERP não responde",
        "O banco de dados do ERP não respondeu em {seconds} s[[ ({place})]].",
        ("O programa tenta de novo sozinho; se continuar, crie um índice para a visão ou aumente erp.timeout_s."),
    ),
    "E-263": (
        "Usuário ou senha do banco",
        "O banco de dados em {host} não aceitou o usuário {user} ou a senha.",
        "Digite usuário e senha de novo em Ajustes → ERP.",
    ),
    "E-264": (
        "Banco de dados não existe",
        "O servidor {host} não tem o banco de dados {database}.",
        "Confira o nome, ou no Firebird o caminho do arquivo no servidor ou o alias.",
    ),
    "E-265": (
        "Falta uma visão ou tabela",
        "O banco de dados do ERP não tem {view}.",
        "Rode o arquivo de resources/erp que é do seu banco, ou confira em que esquema ela está.",
    ),
    "E-266": (
        "Falta uma coluna",
        "Em {view} falta ou se repete a coluna {missing}[[; ela tem: {found}]].",
        "Corrija a visão ou a consulta: os nomes estão em resources/erp.",
    ),
    "E-267": (
        "Falta permissão no banco",
        "O usuário do banco não tem permissão de {right} em {view}.",
        "Dê a permissão com o GRANT que está no fim do arquivo de resources/erp.",
    ),
    "E-268": (
        "Conjunto de caracteres",
        "Os textos de {view} não estão no conjunto de caracteres da conexão.",
        ("No Firebird acrescente ?charset=WIN1252 ao endereço; nos outros bancos confira a codificação das tabelas."),
    ),
    "E-269": (
        "Falta o driver do banco",
        "Este programa foi montado sem o driver {driver}[[ ({reason})]].",
        "Instale o programa de novo; em uma instalação por pip, instale o pacote.",
    ),
    "E-292": (
        "Código repetido no banco",
        (
            "A visão ou consulta {source} traz códigos repetidos ({count}): {codes}. Nada dela foi usado, "
            "pois não se sabe qual linha vale."
        ),
        "Corrija a visão: uma linha por código de produto.",
    ),
    "E-293": (
        "Linha sem código no banco",
        ("A visão ou consulta {source} traz uma linha sem código de produto (linha {row}). Nada dela foi usado."),
        "Corrija a visão, ou deixe essas linhas de fora com WHERE.",
    ),
}
