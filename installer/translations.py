"""Keeps the translations of the windows: finds the texts, says which lack one, makes the files Qt reads.

Portuguese is what the code says; `resources/translations/otimo_tray_en.ts` holds the English, and the one for pt_BR
only the forms of texts with a number. They are made by Qt's own tools: anybody can open them in Qt Linguist.
"""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("resources") / "translations"
SOURCES = Path("otimo_tray") / "ui"
LANGUAGES = ("en", "pt_BR")

_PLACE = re.compile(r"\{[^{}]*\}|%\d+|%n")
_KEY = re.compile(r"&([^&\s])")
_EDGES = re.compile(r"^\s*|\s*$")
_MARKS = "✓✖▲●○→■≠–=+−÷?"


@dataclass(frozen=True)
class Message:
    """One text of the windows.

    Attributes:
        context: class or name under which the code asks for it. source: Portuguese. target: "" when there is none.
        finished: a person has said that the translation is right.
        counted: it has forms for numbers, and this is one of them.
    """

    context: str
    source: str
    target: str
    finished: bool
    counted: bool = False


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
            counted = message.get("numerus") == "yes"
            forms = [form.text or "" for form in found.iter("numerusform")] if counted else [found.text or ""]
            for form in forms or [""]:
                yield Message(name, message.findtext("source", ""), form, finished, counted)


def wrong(message: Message) -> list[str]:
    """Return what a translation has otherwise than its source, or lacks: what a person can't see in Qt Linguist."""
    if not message.finished or not message.target:
        return [f"{message.context}: {message.source!r} has no translation"]
    source, target = message.source, message.target
    found: list[str] = []
    if sorted(_PLACE.findall(source)) != sorted(_PLACE.findall(target)):
        found.append("has other placeholders")
    if len(_KEY.findall(source)) != len(_KEY.findall(target)):
        found.append("has a key with Alt in one language only")
    if source.count("\n") != target.count("\n") or source.count("\t") != target.count("\t"):
        found.append("has other line breaks or tabs")
    if _EDGES.findall(source) != _EDGES.findall(target):
        found.append("begins or ends with other spaces")
    if _mark(source) != _mark(target):
        found.append("begins with another sign")
    if source.endswith(("…", ":", "?", "." if " " in source else "…")) and target[-1:] != source[-1:]:
        found.append("ends with another sign")
    return [f"{message.context}: {source!r} {one}: {target!r}" for one in found]


def doubled(texts: Iterable[Message], *, translated: bool) -> dict[str, set[str]]:
    """Return for each context the keys with Alt that two of its texts claim."""
    claims: dict[tuple[str, str], set[str]] = {}
    for message in texts:
        for key in _KEY.findall(message.target if translated else message.source):
            claims.setdefault((message.context, key.casefold()), set()).add(message.source)
    found: dict[str, set[str]] = {}
    for (context, key), claimed in claims.items():
        if len(claimed) > 1:
            found.setdefault(context, set()).add(f"{key}: {sorted(claimed)}")
    return found


def _mark(text: str) -> str:
    return text[0] if text[:1] and text[0] in _MARKS else ""
