"""Words of a shop's state on a server: away from it, codes kept meanwhile, and the way there and back."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
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

PHRASES: Final[dict[str, str]] = {}
