"""Sentences about orders (O-5xx), invoices (I-7xx) and tracking codes (T-6xx)."""

from __future__ import annotations

from typing import Final

_FIX_NFE = "Confira a nota no ERP; ela não foi enviada."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "I-701": (
        "Chave inválida",
        "A chave da nota {number} não tem a forma de uma chave de NF-e ({length} caracteres; o certo são 44).",
        _FIX_NFE,
    ),
    "I-702": (
        "Chave não confere",
        "O dígito da chave da nota {number} não confere: está {digit}, o certo é {expected}.",
        _FIX_NFE,
    ),
    "I-703": (
        "Não é NF-e",
        "O documento {number} é do modelo {model}; o Plugg.to só recebe NF-e (modelo 55).",
        "Se a venda foi pelo canal, emita uma NF-e.",
    ),
    "I-704": (
        "Número não confere",
        "A nota {number} traz uma chave com o número {in_key}.",
        _FIX_NFE,
    ),
    "I-705": (
        "Série não confere",
        "A nota {number} é da série {serie}, mas a chave traz a série {in_key}.",
        _FIX_NFE,
    ),
    "I-706": (
        "CNPJ não confere",
        "A nota {number} é do CNPJ {cnpj}, mas a chave traz o CNPJ {in_key}.",
        _FIX_NFE,
    ),
    "I-707": (
        "Data não confere",
        "A nota {number} é de {date}, mas a chave traz o mês {in_key}.",
        _FIX_NFE,
    ),
    "I-708": (
        "CNPJ de outra empresa",
        "A nota {number} foi emitida pelo CNPJ {cnpj}, que não é desta loja.",
        "Se for uma filial, inclua o CNPJ em Ajustes → CNPJs da loja.",
    ),
    "I-709": (
        "Sem data",
        "A nota {number} está sem data de emissão que se possa ler.",
        _FIX_NFE,
    ),
    "I-710": (
        "Não é NF-e",
        "O arquivo {source} não é uma NF-e[[ (é {root})]].",
        "Deixe na pasta só os XMLs das notas.",
    ),
    "I-711": ("XML incompleto", "O arquivo {source} não é um XML inteiro.", "Gere o XML de novo no ERP."),
    "I-712": (
        "XML não aceito",
        "O arquivo {source} traz uma definição externa, que uma NF-e não tem; por segurança não foi lido.",
        "Apague o arquivo se não souber de onde veio.",
    ),
    "I-713": (
        "XML grande demais",
        "O arquivo {source} é grande demais para uma nota ({size} bytes; o máximo é {limit}).",
        "Confira se é mesmo uma nota.",
    ),
    "I-714": (
        "Falta um campo na nota",
        "A nota do arquivo {source} está sem {field}, ou ele não se lê[[: {value}]].",
        "Gere o XML de novo no ERP.",
    ),
    "I-715": (
        "Protocolo de outra nota",
        "No arquivo {source} o protocolo é da chave {protocol_key}, mas a nota tem a chave {key}.",
        "Gere o XML de novo no ERP; a nota não foi enviada.",
    ),
    "I-716": (
        "Linha de nota não se lê",
        "Em {source}, {field} falta ou não se lê[[: {value}]].",
        "Corrija a linha no arquivo de notas; as outras seguem normalmente.",
    ),
    "I-720": (
        "Sem pedido",
        "A nota[[ {number}]] não combina com nenhum pedido do Plugg.to.",
        "Se é de um pedido do canal, confirme qual em Pedidos.",
    ),
    "I-721": (
        "Mais de um pedido",
        "A nota[[ {number}]] combina com mais de um pedido[[: {orders}]].",
        "Escolha o pedido em Pedidos.",
    ),
    "I-740": (
        "Nota não encontrada",
        "Não há nota a confirmar com a chave {key}: ela não é conhecida ou já foi enviada.",
    ),
    "I-741": (
        "Pedido não encontrado",
        "O pedido {order} não é conhecido aqui; a nota não foi ligada a ele.",
        "Confira o número do pedido.",
    ),
    "I-742": (
        "Pedido cancelado",
        "O pedido {order} foi cancelado no canal; a nota {number} não foi enviada.",
        "Veja se a nota deve ser cancelada no ERP.",
    ),
    "I-743": (
        "Nota não ficou",
        "O Plugg.to aceitou a nota {number} do pedido {order}, mas não a guardou.",
        "O programa tenta de novo; se continuar, confira o pedido no painel do Plugg.to.",
    ),
    "I-751": (
        "Entrega já tem nota",
        "O pedido {order} já tem outra nota no Plugg.to em cada entrega; a nota {number} não foi enviada.",
        "Se ela substitui a outra, cancele a primeira no ERP; senão, confira de que pedido ela é.",
    ),
    "I-752": (
        "Qual entrega?",
        "O pedido {order} tem mais de uma entrega, e não dá para saber de qual é a nota {number}.",
        "Escolha a entrega em Pedidos.",
    ),
    "O-501": (
        "Falta De/Para",
        "O pedido {order} espera pelo De/Para de: {skus}.",
        "Preencha em De/Para; o pedido entra no ERP em seguida, inteiro.",
    ),
    "O-502": (
        "Comprador oculto",
        "O canal ainda esconde os dados do comprador do pedido {order}.",
        "O programa espera o canal mostrar os dados e importa sozinho.",
    ),
    "O-503": (
        "Pedido não está mais aprovado",
        "O pedido {order} está como {status} no Plugg.to e ainda não entrou no ERP.",
        "Veja no Plugg.to o que houve; se voltar a aprovado, entra sozinho.",
    ),
    "O-504": (
        "Enviado pelo canal",
        "O pedido sai do depósito do próprio canal e por isso não vai para o ERP.",
    ),
    "O-505": (
        "Pedido por fora",
        "O pedido {order} está como {status} no Plugg.to sem ter passado por este programa.",
        "Se ele deve ir para o ERP, use Importar este pedido.",
    ),
    "O-506": (
        "Pedido incompleto",
        "O pedido {order} veio sem itens, ou com um item sem SKU ou sem quantidade.",
        "Corrija o pedido no Plugg.to; o programa olha de novo sozinho.",
    ),
    "O-510": ("Indo para o ERP", "O envio do pedido ao ERP começou."),
    "O-511": ("Aprovado", "O pedido foi aprovado no Plugg.to."),
    "O-512": ("No ERP", "O pedido entrou no ERP como {reference}."),
    "O-520": ("Cancelado", "O pedido[[ {order}]] foi cancelado no Plugg.to ({status})."),
    "O-521": (
        "NÃO DESPACHAR",
        "O pedido {order} foi cancelado no canal ({status}) depois de importado.",
        "Não despache; cancele no ERP e marque como tratado.",
    ),
    "O-522": ("Cancelamento tratado", "Uma pessoa marcou o cancelamento como tratado."),
    "O-523": ("Unidades livres", "O ERP não emitiu nota para o pedido: as unidades voltam ao disponível."),
    "O-530": ("Primeira execução", "Pedido que já estava aprovado no início: {choice}."),
    "O-531": ("Faturado", "A nota {number} está no Plugg.to."),
    "O-532": ("Nota emitida", "O ERP emitiu a nota {number} para o pedido."),
    "O-540": ("Rastreio informado", "O código de rastreio está no Plugg.to: {codes}."),
    "O-541": ("Código pelo canal", "O código de rastreio foi informado pelo canal ou no painel do Plugg.to."),
    "O-560": ("Visto", "O pedido chegou de {channel}."),
    "O-561": ("Nota encontrada", "O ERP emitiu a nota {number}, série {serie}, de {date}."),
    "O-562": ("Nota transmitida", "Foram ao Plugg.to: nota {number}, série {serie}, data {date}, chave {key}."),
    "O-563": ("Nota confirmada", "O Plugg.to mostra a nota {number} como foi enviada."),
    "O-564": ("Código digitado", "{code}, {carrier}, volume {volume}."),
    "O-565": ("Código transmitido", "Foram ao Plugg.to: código {code}, transportadora {carrier}[[, {method}]]."),
    "O-566": ("Código confirmado", "O Plugg.to mostra o código {code} como foi enviado."),
    "T-601": (
        "Dígito não confere",
        "O dígito do código de rastreio não confere.",
        "Confira o código, ou use assim mesmo.",
    ),
    "T-602": (
        "Código já usado",
        "Este código de rastreio já está em outro pedido[[: {used_by}]].",
        "Confira o pacote, ou use assim mesmo.",
    ),
    "T-603": (
        "É a chave da nota",
        "O que foi lido parece a chave de uma nota fiscal, não um código de rastreio.",
        "Leia o código da etiqueta de transporte, ou use assim mesmo.",
    ),
    "T-604": (
        "Código vazio",
        "O código de rastreio está vazio ou é longo demais (até 60 caracteres).",
        "Leia ou digite de novo.",
    ),
    "T-605": ("Pedido não encontrado", "O pedido {order} não é conhecido aqui.", "Confira o número."),
    "T-606": (
        "NÃO DESPACHAR",
        "O pedido {order} foi cancelado; não despache este pacote.",
        "Separe o pacote e avise quem cuida dos pedidos.",
    ),
    "T-610": (
        "Esperando a nota",
        "O código do pedido {order} está guardado e segue assim que a nota for enviada.",
        "Nada a fazer.",
    ),
    "T-611": (
        "Código não ficou",
        "O Plugg.to aceitou o código do pedido {order}, mas não o guardou.",
        "O programa tenta de novo; se continuar, confira o pedido no painel do Plugg.to.",
    ),
}
