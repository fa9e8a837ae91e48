"""Keeps the translations of the windows: finds the texts, says which lack one, makes the files Qt reads.

Portuguese is what the code says; `resources/translations/otimo_tray_en.ts` holds the English, and the one for pt_BR
only the forms of texts with a number. They are made by Qt's own tools: anybody can open them in Qt Linguist.
"""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("resources") / "translations"
SOURCES = Path("otimo_tray") / "ui"
LANGUAGES = ("en", "pt_BR")


@dataclass(frozen=True)
class Message:
    """One text of the windows.

    Attributes:
        context: class or name under which the code asks for it. source: Portuguese. target: "" when there is none.
        finished: a person has said that the translation is right.
    """

    context: str
    source: str
    target: str
    finished: bool


def file_of(language: str) -> Path:
    """Return the .ts file of a language, from the root."""
    return FOLDER / f"otimo_tray_{language}.ts"


def update(root: Path, tool: Path, language: str, ts: Path) -> None:
    """Bring a .ts file up to what the code asks for; texts that are gone leave it.

    Raises:
        subprocess.CalledProcessError: the tool failed.
    """
    command = [str(tool), "-silent", "-no-obsolete", "-locations", "none", "-extensions", "py"]
    command += ["-source-language", "pt_BR", "-target-language", language]
    if language == "pt_BR":
        command.append("-pluralonly")
    command += [str(SOURCES), "-ts", str(ts)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def release(tool: Path, ts: Path, qm: Path) -> None:
    """Make the file that Qt reads.

    Raises:
        subprocess.CalledProcessError: the tool failed.
    """
    subprocess.run([str(tool), "-silent", str(ts), "-qm", str(qm)], check=True, capture_output=True)


def messages(ts: Path) -> Iterator[Message]:
    """Yield the texts of a .ts file; a text with a number once for each of its forms."""
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314  # our own file
        name = context.findtext("name", "")
        for message in context.iter("message"):
            found = message.find("translation")
            if found is None:
                continue
            finished = found.get("type") is None
            forms = [form.text or "" for form in found.iter("numerusform")] or [found.text or ""]
            for form in forms:
                yield Message(name, message.findtext("source", ""), form, finished)
