"""Sentences about Plugg.to: P-1xx."""

from __future__ import annotations

from typing import Final

_ALONE = "O programa tenta de novo sozinho."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "P-101": (
        "Acesso recusado",
        "O Plugg.to não aceitou o API user ou o API secret.",
        "Confira em Ajustes → Plugg.to.",
    ),
    "P-102": (
        "Sem permissão no Plugg.to",
        "O Plugg.to aceitou o acesso, mas não deixa este usuário ler os dados da loja.",
        "Peça ao suporte do Plugg.to que libere o API user para pedidos e produtos.",
    ),
    "P-103": (
        "Outro PC com as mesmas credenciais",
        "O acesso ao Plugg.to cai pouco depois de ser dado: outro computador parece usar as mesmas credenciais.",
        ("Deixe o programa em um só computador, ou peça ao Plugg.to credenciais próprias para cada um; até lá este"
        " entra poucas vezes, para que os dois não se derrubem."),
    ),
    "P-104": (
        "Outro programa muda os valores",
        "De {looked} SKUs conferidos no Plugg.to, {count} têm valores que nem este programa nem uma venda colocou.",
        "Veja se outro computador ou outro sistema envia estoque e preço às mesmas credenciais; deixe só um.",
    ),
    "P-110": (
        "Sem conexão",
        "Não foi possível falar com o Plugg.to[[ ({host}: {reason})]].",
        f"Confira a internet deste computador. {_ALONE}",
    ),
    "P-111": (
        "Resposta incompleta",
        "O Plugg.to respondeu pela metade; nada dessa resposta foi usado.",
        _ALONE,
    ),
    "P-112": (
        "Outra página respondeu",
        "No lugar do Plugg.to respondeu uma página da internet, como a de entrada de um Wi-Fi ou de um bloqueio.",
        f"Abra o navegador e libere o acesso à internet. {_ALONE}",
    ),
    "P-113": (
        "Endereço mudou",
        "O Plugg.to mandou procurar em outro endereço[[ ({location})]]; por segurança o programa não foi.",
        "Confira o endereço em Ajustes → Plugg.to.",
    ),
    "P-114": (
        "Conexão não é segura",
        "Não foi possível confirmar que quem responde é o Plugg.to; nada foi enviado.",
        "Confira a data e a hora do computador, o antivírus e o proxy.",
    ),
    "P-115": (
        "Plugg.to com defeito",
        "O Plugg.to está com um problema do lado dele[[ (resposta {status})]].",
        _ALONE,
    ),
    "P-116": (
        "Endereço não encontrado",
        "Este computador não achou o endereço do Plugg.to[[ ({host})]].",
        f"Confira a internet. {_ALONE}",
    ),
    "P-117": ("Plugg.to demorou", "O Plugg.to demorou demais para responder.", _ALONE),
    "P-118": (
        "Acesso caiu",
        "O Plugg.to aceitou o acesso e logo depois o recusou.",
        f"Veja se outro computador usa as mesmas credenciais. {_ALONE}",
    ),
    "P-119": (
        "Resposta grande demais",
        "O Plugg.to mandou uma resposta com mais de {limit_mb} MB; ela não foi usada.",
        _ALONE,
    ),
    "P-120": (
        "Plugg.to pediu calma",
        "O Plugg.to pediu para enviar mais devagar.",
        "O programa espera e continua sozinho.",
    ),
    "P-130": (
        "Recusado pelo Plugg.to",
        "O Plugg.to não aceitou a alteração de {item}[[: {details}]].",
        "Veja a resposta completa nos detalhes e corrija o item; o programa tenta de novo mais tarde.",
    ),
    "P-131": (
        "Nada a mudar",
        "O Plugg.to diz que {item} já estava assim, mas o valor lá é outro.",
        "Confira o item no painel do Plugg.to.",
    ),
    "P-132": (
        "Não existe no Plugg.to",
        "O Plugg.to não tem {item}.",
        "Confira o SKU ou o pedido no painel do Plugg.to; se foi apagado, tire-o do De/Para.",
    ),
    "P-133": (
        "Valor não ficou",
        "O Plugg.to aceitou o envio do SKU {sku}, mas não guardou o valor[[ {wanted}]].",
        "O programa tenta de novo; se continuar, confira o SKU no painel do Plugg.to.",
    ),
    "P-134": (
        "SKU parado",
        "O SKU {sku} não pode ser enviado: não é um código que o Plugg.to aceite num endereço.",
        "Troque o SKU no painel do Plugg.to.",
    ),
    "P-136": (
        "Produto trocado",
        "O Plugg.to respondeu com outro produto ao receber o SKU {sku}; ele não é mais enviado.",
        "Veja no painel do Plugg.to se há um produto repetido com esse SKU e apague-o.",
    ),
    "P-135": (
        "Resposta trocada",
        "O Plugg.to respondeu sobre outro item quando a pergunta era sobre {item}; a resposta não foi usada.",
        "O programa tenta de novo mais tarde.",
    ),
}
