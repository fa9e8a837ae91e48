"""The letters to the owner of a shop."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, str]] = {
    "flow.setup": "Configuração",
    "letter.shop": "sua loja",
    "letter.failed.subject": "Ótimo Tray: {shop} precisa de atenção ({flows})",
    "letter.failed": "Na loja {shop}, o Ótimo Tray não está conseguindo fazer tudo:",
    "letter.flow": "• {flow}: sem sucesso desde {since}.",
    "letter.todo": "O que fazer:",
    "letter.support": "Suporte: {contact}",
    "letter.nothing_lost": "Nada se perde: o que espera segue sozinho quando o motivo passar, e avisaremos então.",
    "letter.over.subject": "Ótimo Tray: {shop} está em ordem de novo",
    "letter.over": "Na loja {shop}, tudo voltou a funcionar em {at}. A falha começou em {since}.",
    "letter.end": (
        "Ótimo Tray (mensagem automática; para não receber mais, tire seu endereço em Ajustes → Acompanhamento)"
    ),
}
