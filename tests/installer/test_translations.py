"""The translations of the windows are complete, current and sound; a text added without one turns this red."""

from __future__ import annotations

import ast
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from installer import translations
from installer.translations import Message, doubled, file_of, messages, release, update, wrong

ROOT = Path(__file__).parent.parent.parent
UPDATE = Path(sysconfig.get_path("scripts")) / "pyside6-lupdate"
RELEASE = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
ENGLISH = tuple(messages(ROOT / file_of("en")))
SAID = "run `dev.py translations`, translate what it names, and commit both files"


def test_every_text_has_a_sound_english_translation() -> None:
    assert len(ENGLISH) > 1000
    assert [one for message in ENGLISH for one in wrong(message)] == []


def test_portuguese_has_both_forms_of_every_text_with_a_number() -> None:
    found = tuple(messages(ROOT / file_of("pt_BR")))
    assert [one for message in found for one in wrong(message)] == []
    assert {(one.context, one.source) for one in found} == {(one.context, one.source) for one in ENGLISH if one.counted}
    for counted in (found, [one for one in ENGLISH if one.counted]):
        forms: dict[tuple[str, str], list[str]] = {}
        for one in counted:
            forms.setdefault((one.context, one.source), []).append(one.target)
        assert {text: said for text, said in forms.items() if len(said) != 2 or said[0] == said[1]} == {}


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_texts_are_those_that_the_code_asks_for(language: str, tmp_path: Path) -> None:
    kept = ROOT / file_of(language)
    fresh = tmp_path / kept.name
    fresh.write_bytes(kept.read_bytes())
    update(ROOT, UPDATE, language, fresh)
    now = {(one.context, one.source) for one in messages(fresh)}
    before = {(one.context, one.source) for one in messages(kept)}
    assert sorted(now - before) == [], SAID
    assert sorted(before - now) == [], SAID
    assert fresh.read_text("utf-8") == kept.read_text("utf-8"), SAID


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_what_qt_reads_is_made_of_the_texts(language: str, tmp_path: Path) -> None:
    kept = ROOT / file_of(language)
    release(RELEASE, kept, tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == kept.with_suffix(".qm").read_bytes(), SAID


def test_a_key_with_alt_belongs_to_one_text_of_a_window_in_english_where_it_does_in_portuguese() -> None:
    allowed = doubled(ENGLISH, translated=False)
    found = doubled(ENGLISH, translated=True)
    assert {context: twice for context, twice in found.items() if context not in allowed} == {}


@dataclass(frozen=True)
class Asked:
    """One place of the code that asks for a translation. `source` is None where it is no plain text."""

    where: str
    context: str | None
    source: str | None


def asked_for(path: Path) -> Iterator[Asked]:
    """Yield what a module asks for, with the class it stands in."""

    def walk(node: ast.AST, inside: str) -> Iterator[Asked]:
        if isinstance(node, ast.ClassDef):
            inside = node.name
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            where = f"{path.relative_to(ROOT)}:{node.lineno}"
            if name == "tr":
                yield Asked(where, inside, _plain(node.args[0]))
            elif name == "translate" and len(node.args) > 1:
                yield Asked(where, _plain(node.args[0]), _plain(node.args[1]))
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    yield from walk(ast.parse(path.read_text("utf-8")), "")


def _plain(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_every_text_is_asked_for_as_it_stands() -> None:
    """No variable and no f-string is translated: nobody could find those texts, and Qt wouldn't either."""
    asked = [one for path in sorted((ROOT / translations.SOURCES).rglob("*.py")) for one in asked_for(path)]
    assert len(asked) > 1000
    assert [one.where for one in asked if one.context is None or one.source is None] == []
    known = {(message.context, message.source) for message in ENGLISH}
    assert [one for one in asked if (one.context, one.source) not in known] == []


def test_a_text_outside_of_the_windows_would_not_be_found() -> None:
    """Only the windows' own package asks Qt: elsewhere `lupdate` doesn't look."""
    others = [
        path
        for path in sorted((ROOT / "otimo_tray").rglob("*.py"))
        if translations.SOURCES not in path.relative_to(ROOT).parents
    ]
    assert [
        str(path) for path in others if "QCoreApplication" in path.read_text("utf-8") and list(asked_for(path))
    ] == []


@pytest.mark.parametrize(
    ("source", "target", "fault"),
    [
        ("Ler {file}", "Read", "placeholders"),
        ("Ler {file}", "Read {name}", "placeholders"),
        ("%n linha(s)", "rows", "placeholders"),
        ("&Salvar", "Save", "Alt"),
        ("Salvar", "Sa&ve", "Alt"),
        ("um\ndois", "one two", "line breaks"),
        ("&Guia\tF1", "&Guide", "tabs"),
        (" Nada", "Nothing", "spaces"),
        ("✓ feito", "done", "sign"),
        ("Ler…", "Read", "sign"),
        ("Ler", "", "no translation"),
    ],
)
def test_a_fault_is_told(source: str, target: str, fault: str) -> None:
    (said,) = wrong(Message("Here", source, target, finished=True))
    assert fault in said
    assert "Here" in said


def test_a_text_nobody_has_looked_at_is_told() -> None:
    assert wrong(Message("Here", "Ler", "Read", finished=False))
    assert not wrong(Message("Here", "Ler {n}…", "Read {n}…", finished=True))


def test_two_texts_with_one_key_are_told() -> None:
    texts = [Message("W", "&Abrir", "&Open", finished=True), Message("W", "&Sobre", "&Other", finished=True)]
    assert doubled(texts, translated=False) == {}
    assert list(doubled(texts, translated=True)) == ["W"]


def test_a_text_with_a_number_yields_each_form(tmp_path: Path) -> None:
    ts = tmp_path / "x.ts"
    ts.write_text(
        '<TS><context><name>W</name><message numerus="yes"><source>%n dia(s)</source><translation>'
        "<numerusform>%n day</numerusform><numerusform></numerusform></translation></message></context></TS>",
        "utf-8",
    )
    assert [one.target for one in messages(ts)] == ["%n day", ""]
    assert [len(wrong(one)) for one in messages(ts)] == [0, 1]
