"""Sentences about this computer: settings and secrets (C-4xx), the state database (L-3xx), bugs (X-0xx)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "C-400": (
        "Configuração incompleta",
        "A configuração não pode ser usada[[: {detail}]].",
        "Confira em Ajustes.",
    ),
    "C-410": (
        "Endereço sem segurança",
        "O endereço do Plugg.to em {host} começa com http://; as credenciais iriam abertas pela rede.",
        "Use um endereço que comece com https:// em Ajustes → Plugg.to.",
    ),
    "C-411": (
        "Endereço inválido",
        "O endereço do Plugg.to não é válido[[: {value}]].",
        "Corrija em Ajustes → Plugg.to; o normal é https://api.plugg.to.",
    ),
    "C-412": (
        "Endereço trocado",
        "As credenciais guardadas são para {pinned}, mas a configuração aponta para {address}; nada foi enviado.",
        "Se a troca está certa, digite as credenciais de novo em Ajustes → Plugg.to.",
    ),
    "C-420": (
        "Falta configurar",
        "Falta informar {name} do Plugg.to.",
        "Digite as credenciais em Ajustes → Plugg.to.",
    ),
    "C-430": (
        "Cofre de senhas trancado",
        "O cofre de senhas do sistema não abriu agora.",
        "Desbloqueie-o ou entre de novo no computador; o programa tenta de novo sozinho.",
    ),
    "C-431": (
        "Sem cofre de senhas",
        "Este computador não tem um cofre de senhas, e as credenciais não são guardadas em arquivo.",
        "No Windows use o Gerenciador de Credenciais; no Linux instale o gnome-keyring.",
    ),
    "C-450": (
        "Já está aberto",
        "O Ótimo Tray já está em uso com este perfil.",
        "Procure o ícone perto do relógio.",
    ),
    "C-461": (
        "Nada a liberar",
        "A retenção nº {plan} não existe ou já foi resolvida.",
        "Veja a lista do que aguarda liberação.",
    ),
    "L-310": (
        "Não foi possível gravar",
        "O programa não conseguiu gravar neste computador[[: {detail}]].",
        "Libere espaço em disco; o programa tenta de novo sozinho e nada foi enviado sem registro.",
    ),
    "L-320": (
        "Dados danificados",
        "Os dados deste perfil não estão íntegros ou são de uma versão mais nova do programa[[: {detail}]].",
        "Não apague nada: ligue para o suporte e informe o código.",
    ),
    "X-000": (
        "Algo deu errado",
        "Aconteceu algo que o programa não esperava[[: {detail}]].",
        "Tente de novo; se continuar, ligue para o suporte e informe o código.",
    ),
    "X-001": (
        "Erro do programa",
        "O programa falhou neste item[[: {error}]]; os outros seguiram normalmente.",
        "O detalhe ficou registrado; ligue para o suporte e informe o código.",
    ),
}
