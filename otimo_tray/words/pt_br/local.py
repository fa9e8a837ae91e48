"""Sentences about this computer: settings and secrets (C-4xx), the state database (L-3xx), bugs (X-0xx)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "C-400": (
        "Configuração incompleta",
        "A configuração não pode ser usada[[: {detail}]].",
        "Confira em Ajustes.",
    ),
    "C-401": (
        "Chave desconhecida",
        "O arquivo {file} tem uma chave que não existe: {key}[[ (seria {nearest}?)]].",
        "Corrija ou apague essa linha.",
    ),
    "C-402": (
        "Valor de outro tipo",
        "No arquivo {file}, {key} deve ser {expected}[[; está {value}]].",
        "Corrija essa linha.",
    ),
    "C-403": (
        "Arquivo de versão mais nova",
        "O arquivo {file} é da versão {version}; este programa entende até a {supported}.",
        "Atualize o programa.",
    ),
    "C-404": (
        "Arquivo de configuração ilegível",
        "O arquivo {file} não pôde ser lido: {reason}[[ (linha {line})]].",
        "Corrija o arquivo; a configuração anterior continua valendo.",
    ),
    "C-405": (
        "Valor não aceito",
        "No arquivo {file}, {key} não aceita {value}; o esperado é {expected}.",
        "Corrija essa linha.",
    ),
    "C-406": ("Falta a versão", "O arquivo {file} não diz a versão.", "Acrescente a linha version = 1 no começo."),
    "C-407": ("Arquivo não encontrado", "O arquivo {path} não existe.", "Confira o caminho."),
    "C-408": (
        "Arquivo não se abre",
        "O arquivo {path} não pôde ser lido: {reason}.",
        "Confira as permissões do arquivo.",
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
    "C-420": ("Falta configurar", "Falta informar[[ {name}]][[ {setting}]].", "Preencha em Ajustes."),
    "C-421": (
        "Endereço do banco não entendido",
        "O endereço do banco de dados não foi entendido: confira {part}.",
        "Use a forma firebird://usuário:senha@servidor:3050/caminho (ou postgresql, mariadb, mssql, sqlite).",
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
    "C-432": (
        "Credencial grande demais",
        "O cofre de senhas não guarda {name}: o valor tem {size} bytes, e cabem {limit}.",
        "Confira se o valor foi copiado certo.",
    ),
    "C-433": (
        "Credenciais não entendidas",
        "As credenciais recebidas não servem: confira {name}.",
        (
            "Envie um objeto JSON com client_id, client_secret, username e password"
            " (ou erp_database, erp_http, state_password, care_smtp)."
        ),
    ),
    "C-440": (
        "Pasta do perfil",
        "A pasta {path} não pode ser usada: {reason}.",
        "Confira as permissões da pasta ou escolha outra com --profile-dir.",
    ),
    "C-441": (
        "Trava do perfil",
        "Não foi possível travar o perfil em {path}: {reason}.",
        "Use uma pasta deste computador para o perfil, não uma da rede.",
    ),
    "C-442": (
        "Sem conversa entre janelas",
        "O programa não conseguiu abrir o canal por onde outros comandos falam com ele: {reason}.",
        "Feche e abra o programa de novo.",
    ),
    "C-450": (
        "Já está aberto",
        "O Ótimo Tray já está em uso com este perfil.",
        "Procure o ícone perto do relógio.",
    ),
    "C-451": (
        "Aberto, mas sem resposta",
        "O Ótimo Tray já está aberto neste perfil, mas não respondeu[[ ({reason})]].",
        "Espere um minuto; se continuar, feche-o e abra de novo.",
    ),
    "C-452": (
        "Serviço parado",
        "O serviço que cuida destas lojas não está rodando, ou não responde.",
        "Confira com systemctl status otimo-tray ou, no Windows, no serviço ou na tarefa agendada que o inicia.",
    ),
    "C-460": (
        "Comando não entendido",
        "O programa que está aberto não entendeu o comando; talvez seja de outra versão.",
        "Feche o programa e abra de novo.",
    ),
    "C-461": (
        "Comando desconhecido",
        "O programa que está aberto não conhece o comando {command}; talvez seja de outra versão.",
        "Feche o programa e abra de novo.",
    ),
    "C-462": (
        "Comando grande demais",
        "O comando é grande demais ({size} bytes; o máximo é {limit}).",
        "Divida o trabalho em partes menores.",
    ),
    "C-463": ("Pausa não aceita", "A pausa deve ser de 1 a 1.440 minutos.", "Escolha outro tempo."),
    "C-470": (
        "Relógio errado",
        "O relógio deste computador está {seconds} segundos diferente do relógio do Plugg.to.",
        "Acerte a data e a hora do computador.",
    ),
    "C-490": (
        "Arquivo de mudança danificado",
        "{file} não é um arquivo de mudança do Ótimo Tray, ou está danificado ({why}); nada foi alterado.",
        "Gere-o de novo no outro computador e copie-o por inteiro.",
    ),
    "C-491": (
        "Arquivo de versão mais nova",
        "{file} foi feito por um Ótimo Tray mais novo do que este; nada foi alterado.",
        "Atualize o programa neste computador e tente de novo.",
    ),
    "L-310": (
        "Não foi possível gravar",
        "O programa não conseguiu gravar neste computador[[: {detail}]][[ ({path})]].",
        "Confira o disco; o programa tenta de novo sozinho, e nada é enviado sem registro.",
    ),
    "L-311": (
        "Configuração não foi gravada",
        "A configuração não pôde ser gravada em {path}: {reason}.",
        "Confira o disco e as permissões da pasta; vale a configuração anterior.",
    ),
    "L-312": (
        "Disco cheio",
        "O disco deste computador está cheio[[: {detail}]].",
        "Libere espaço; o programa continua sozinho, e nada é enviado sem registro.",
    ),
    "L-313": (
        "Dados ocupados",
        "Outro programa está usando os dados deste perfil[[: {detail}]].",
        "Feche cópias de segurança ou antivírus que os travem; o programa tenta de novo sozinho.",
    ),
    "L-314": (
        "Sem permissão para gravar",
        "O programa não pode gravar na pasta do perfil[[: {detail}]].",
        "Confira as permissões da pasta; o programa tenta de novo sozinho.",
    ),
    "L-320": (
        "Dados danificados",
        "Os dados deste perfil não estão íntegros ou são de uma versão mais nova do programa[[: {detail}]].",
        "Não apague nada: ligue para o suporte e informe o código.",
    ),
    "L-321": (
        "Dados de versão mais nova",
        "Os dados deste perfil são de uma versão mais nova do programa[[: {detail}]].",
        "Atualize o programa; não apague nada.",
    ),
    "L-322": (
        "Dados danificados",
        "O arquivo de dados deste perfil está danificado[[: {detail}]].",
        "Não apague nada: feche o programa e abra de novo; ele volta sozinho à última cópia boa.",
    ),
    "L-323": (
        "Dados recuperados",
        ("O arquivo de dados estava danificado: foi guardado à parte, o programa voltou à cópia {copy} e refez o que"
        " foi digitado depois dela ({typed}). O resto é lido de novo do ERP e do Plugg.to."),
        "Nada precisa ser feito; se acontecer outra vez, verifique o disco deste computador.",
    ),
    "L-324": (
        "Dados refeitos",
        ("O arquivo de dados estava danificado e não havia cópia boa: foi guardado à parte e um novo foi feito, com o"
        " que tinha sido digitado ({typed}). O resto é lido de novo do ERP e do Plugg.to."),
        "Confira o De/Para e as liberações; verifique o disco deste computador.",
    ),
    "L-325": (
        "Cópia não encontrada",
        "Não há cópia com o nome {name}.",
        "Veja os nomes com otimo-tray backup list.",
    ),
    "L-326": (
        "Cópia recolocada",
        ("Os dados voltaram à cópia {copy}; o que foi digitado depois dela foi refeito ({typed}) e o arquivo anterior"
        " foi guardado à parte."),
        "",
    ),
    "L-340": (
        "Atualizações fora do ar",
        "O endereço das atualizações não respondeu.",
        "O programa tenta de novo amanhã.",
    ),
    "L-341": (
        "Aviso de atualização recusado",
        "O aviso de atualização não tem a forma certa e foi recusado; nada foi instalado.",
        "Avise o suporte.",
    ),
    "L-342": (
        "Atualização sem assinatura",
        "O aviso de atualização não tem a assinatura do Ótimo Gestor e foi recusado; nada foi instalado.",
        "Avise o suporte.",
    ),
    "L-343": (
        "Atualização mais velha",
        "O endereço das atualizações oferece uma versão mais velha que esta; foi recusada.",
        "Avise o suporte.",
    ),
    "L-344": (
        "Instalador trocado",
        "O instalador baixado não é o que foi anunciado; foi apagado e nada foi instalado.",
        "O programa tenta de novo amanhã; se continuar, avise o suporte.",
    ),
    "L-345": (
        "Atualização não instalada",
        "A nova versão não pôde ser instalada[[ ({detail})]]; a atual continua, nada foi mudado.",
        "Tente de novo mais tarde; se continuar, avise o suporte.",
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
