"""Words of a shop's state on a server: its troubles, codes kept meanwhile, the way there and back."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "L-330": (
        "Servidor não encontrado",
        "O servidor dos dados, {host}, não foi encontrado na rede.",
        "Confira o endereço em Ajustes → Vários computadores e a rede; o programa tenta de novo sozinho.",
    ),
    "L-331": (
        "Servidor não responde",
        "O servidor dos dados, {host}, não aceita conexões[[: {detail}]].",
        "Confira se ele está ligado e se o firewall deixa passar; o programa tenta de novo sozinho.",
    ),
    "L-332": (
        "Servidor recusou a senha",
        "O servidor dos dados, {host}, não aceitou o usuário ou a senha.",
        "Digite os dois de novo em Ajustes → Vários computadores.",
    ),
    "L-333": (
        "Banco de dados não existe",
        "O servidor {host} não tem o banco de dados do endereço.",
        "Confira o nome em Ajustes → Vários computadores, ou crie o banco no servidor.",
    ),
    "L-334": (
        "Sem direito no banco de dados",
        "O usuário não tem direito ao esquema desta loja no servidor {host}[[: {detail}]].",
        "Peça a quem cuida do servidor o direito de criar e usar o esquema.",
    ),
    "L-335": (
        "Servidor sem identidade conferida",
        "A conexão segura com {host} não pôde ser conferida[[: {detail}]]; nada foi enviado.",
        "Indique o arquivo da autoridade certificadora em Ajustes → Vários computadores.",
    ),
    "L-336": (
        "Servidor demorou demais",
        "O servidor dos dados, {host}, não respondeu a tempo.",
        "O programa tenta de novo sozinho; se continuar, confira a rede e o servidor.",
    ),
    "L-337": (
        "Servidor ocupado",
        "O servidor dos dados, {host}, está iniciando, parando ou sem lugar para mais conexões.",
        "O programa tenta de novo sozinho; se continuar, aumente max_connections no servidor.",
    ),
    "L-338": (
        "Conexão com o servidor caiu",
        "A conexão com o servidor dos dados, {host}, caiu no meio do trabalho; nada ficou pela metade.",
        "O programa tenta de novo sozinho.",
    ),
    "L-339": (
        "Servidor não serve",
        "O servidor {host} não serve para os dados da loja: {detail}.",
        "É preciso PostgreSQL 13 ou mais novo, com o banco em UTF8 e aberto para gravação.",
    ),
    "L-360": (
        "Servidor não responde",
        "O servidor dos dados[[, {host},]] não responde; o que se vê é de {as_of}.",
        "Códigos de rastreio podem ser digitados e sobem sozinhos quando ele voltar; o resto espera.",
    ),
    "L-361": (
        "Nada para mostrar ainda",
        "O servidor dos dados não responde, e este computador ainda não viu os dados da loja.",
        "Confira a rede e o servidor; o programa tenta de novo sozinho.",
    ),
    "L-362": (
        "Código não foi guardado",
        "O servidor não responde, e o código também não pôde ser guardado neste computador[[: {detail}]].",
        "Anote o código, confira o disco e digite de novo.",
    ),
    "L-370": (
        "Já há dados no destino",
        "{where} já tem dados de uma loja; nada foi mudado.",
        "Escolha outro esquema, ou guarde à parte o que está lá.",
    ),
    "L-371": (
        "Cópia não confere",
        "A tabela {table} não ficou igual no destino[[ (linha {row})]]; os dados continuam onde estavam.",
        "Tente de novo; se continuar, ligue para o suporte e informe o código.",
    ),
    "L-372": (
        "Outro computador usa os dados",
        "O Ótimo Tray está aberto em outro computador da loja: {desks}.",
        "Feche-o lá e tente de novo; depois da mudança, só este computador terá os dados.",
    ),
    "L-373": (
        "Linha não cabe no destino",
        "Uma linha da tabela {table} não cabe no destino[[ ({detail})]]; os dados continuam onde estavam.",
        "Ligue para o suporte e informe o código.",
    ),
    "L-374": (
        "Dados foram levados para outro lugar",
        "Os dados da loja não estão mais aqui[[: foram levados em {detail}]].",
        "Veja no computador que os levou onde estão, e indique o mesmo em Ajustes → Vários computadores.",
    ),
    "L-375": (
        "Dados levados",
        "Os dados estão em {where}: {rows} linhas conferidas, uma a uma. O que havia antes ficou guardado em {aside}.",
        "",
    ),
    "L-376": ("Mudança cancelada", "A mudança foi cancelada; os dados continuam onde estavam.", ""),
    "L-377": ("Já estão lá", "Os dados já estão em {where}.", ""),
    "L-378": (
        "Códigos ainda não subiram",
        "Há códigos de rastreio guardados neste computador que ainda não subiram ao servidor ({count}).",
        "Espere que subam e tente de novo.",
    ),
    "L-379": (
        "Sem permissão para criar o esquema",
        "O usuário não pode criar o esquema {schema} neste banco de dados.",
        "Peça a quem cuida do servidor que crie o esquema e o dê a este usuário, ou que permita criá-lo.",
    ),
    "L-380": (
        "Os dados estão no servidor",
        "Os dados desta loja estão em {where}; a cópia {name} não foi recolocada.",
        "Se o servidor se perdeu, repita com --leave-server: este computador segue sozinho com a cópia dele.",
    ),
    "T-630": (
        "Dois códigos para o mesmo pacote",
        (
            "Sem o servidor foi digitado {code} para o pedido {order}; enquanto isso outra pessoa[[, {by},]] digitou"
            " {other}. Vale {other}; {code} não foi usado."
        ),
        "Confira o pacote; se {code} for o certo, digite-o de novo no pedido.",
    ),
    "T-631": (
        "NÃO DESPACHAR",
        "Sem o servidor foi digitado {code} para o pedido {order}, que foi cancelado; o código não foi usado.",
        "Separe o pacote e avise quem cuida dos pedidos.",
    ),
    "T-632": (
        "Pedido não existe mais",
        "Sem o servidor foi digitado {code} para o pedido {order}, que não existe mais aqui; o código não foi usado.",
        "Confira o pedido no painel do Plugg.to.",
    ),
    "T-633": (
        "Código já transmitido",
        "Sem o servidor o código {code} do pedido {order} foi desfeito, mas ele já tinha sido transmitido.",
        "Para corrigir, digite o código certo no pedido.",
    ),
    "T-634": (
        "Guardado neste computador",
        "O código {code} do pedido {order} está guardado neste computador e sobe quando o servidor voltar.",
        "Nada a fazer.",
    ),
}
