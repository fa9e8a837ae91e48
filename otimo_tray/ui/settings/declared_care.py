"""The settings of who looks after the shop: word to them, and the server that sends it."""

from __future__ import annotations

from otimo_tray.ui.settings.options import Option, Section
from otimo_tray.ui.text import translate


def care_section() -> Section:
    """Return the section; nothing of it is on by itself."""
    return Section(
        "care",
        translate("Settings", "Acompanhamento"),
        (
            Option(
                "care.mail_to",
                "text",
                translate("Settings", "Avisar por e-mail"),
                translate(
                    "Settings", "Quando algo falha por muito tempo, e de novo quando passa. Vários: com vírgulas."
                ),
            ),
            Option(
                "care.mail_after_min",
                "whole",
                translate("Settings", "Depois de falhar por"),
                translate("Settings", "Faltas curtas se resolvem sozinhas e não viram e-mail."),
                unit="min",
            ),
            Option(
                "care.smtp_server",
                "text",
                translate("Settings", "Servidor de e-mail"),
                translate("Settings", "O nome do servidor SMTP, ex.: smtp.seu-provedor.com.br."),
            ),
            Option(
                "care.smtp_port",
                "whole",
                translate("Settings", "Porta do e-mail"),
                translate("Settings", "587 com STARTTLS, 465 com TLS, na maioria dos provedores."),
            ),
            Option(
                "care.smtp_security",
                "choice",
                translate("Settings", "Segurança do e-mail"),
                translate("Settings", "Sem proteção só para um servidor neste mesmo computador."),
                choices=(
                    ("starttls", "STARTTLS"),
                    ("tls", "TLS"),
                    ("none", translate("Settings", "sem (só neste computador)")),
                ),
            ),
            Option(
                "care.smtp_user",
                "text",
                translate("Settings", "Usuário do e-mail"),
                translate(
                    "Settings", "Vazio: sem senha. A senha é guardada por “otimo-tray setup”, como o guia explica."
                ),
            ),
            Option(
                "care.mail_from",
                "text",
                translate("Settings", "Remetente"),
                translate("Settings", "Vazio: o usuário do servidor."),
            ),
            Option(
                "care.heartbeat_url",
                "text",
                translate("Settings", "Endereço de acompanhamento"),
                translate(
                    "Settings", "De quem implanta: recebe versão, horários e contagens; nunca dados de compradores."
                ),
            ),
            Option(
                "care.heartbeat_interval_s",
                "whole",
                translate("Settings", "Enviar a cada"),
                translate("Settings", "Só quando há um endereço de acompanhamento."),
                unit="s",
            ),
            Option(
                "care.shop",
                "text",
                translate("Settings", "Nome da loja para quem acompanha"),
                translate("Settings", "Como a loja se chama lá; sem nome de pessoa."),
            ),
        ),
    )
