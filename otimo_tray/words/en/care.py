"""The letters to the owner of a shop."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, str]] = {
    "flow.setup": "Set-up",
    "letter.shop": "your shop",
    "letter.failed.subject": "Ótimo Tray: {shop} needs attention ({flows})",
    "letter.failed": "At {shop}, Ótimo Tray can't do all of its work:",
    "letter.flow": "• {flow}: without success since {since}.",
    "letter.todo": "What to do:",
    "letter.support": "Support: {contact}",
    "letter.nothing_lost": "Nothing is lost: what waits goes on by itself once the reason is gone. We will write then.",
    "letter.over.subject": "Ótimo Tray: {shop} is fine again",
    "letter.over": "At {shop}, everything works again since {at}. The failure began at {since}.",
    "letter.end": "Ótimo Tray (sent by the program; to stop these, take your address out in Settings → Care)",
}
