"""Reads every code in the source, and the parameters it is raised with, from the syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "otimo_tray"
CODE = re.compile(r"[CEGILMOPSTX]-\d{3}")
NO_PARAMETER = frozenset({"raw", "after_send"})
"""Keywords of the exceptions that aren't parameters of the sentence."""
OPEN = None
"""Parameters that the syntax tree doesn't tell."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a code stands. `params` None = not told by the syntax."""

    code: str
    place: str
    params: frozenset[str] | None


def _params_of(call: ast.Call) -> frozenset[str] | None:
    names: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg is None:
            if not (
                isinstance(keyword.value, ast.Dict) and all(isinstance(key, ast.Constant) for key in keyword.value.keys)
            ):
                return OPEN
            names |= {str(key.value) for key in keyword.value.keys if isinstance(key, ast.Constant)}
        else:
            names.add(keyword.arg)
    return frozenset(names - NO_PARAMETER)


def _is_code(node: ast.AST | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        return node.value
    return None


def _exceptions(trees: dict[Path, ast.Module]) -> dict[str, str | None]:
    """Every exception of errors.py with its default code."""
    found: dict[str, str | None] = {}
    for node in ast.walk(trees[SOURCE / "errors.py"]):
        if isinstance(node, ast.ClassDef):
            own = [_is_code(entry.value) for entry in node.body if isinstance(entry, ast.Assign)]
            inherited = next((found.get(base.id) for base in node.bases if isinstance(base, ast.Name)), None)
            found[node.name] = next((code for code in own if code), inherited)
    return found


def uses() -> Iterator[Use]:
    """Every code literal in the program (the catalogue itself apart), and every exception raised by its default."""
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).parts[0] != "words"
    }
    exceptions = _exceptions(trees)
    for path, tree in trees.items():
        told: set[int] = set()
        place = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            refuses = isinstance(node.func, ast.Attribute) and node.func.attr == "refuse"
            first = node.args[0] if node.args else None
            code = _is_code(first)
            if name in exceptions or (refuses and code):
                told.add(id(first))
                used = code or (None if node.args else exceptions.get(name))
                params = _params_of(node)
                if refuses and params is not None:
                    params |= {"line"}  # a sheet's row tells its place by itself
                if used is not None:
                    yield Use(used, f"{place}:{node.lineno}", params)
        for node in ast.walk(tree):
            code = _is_code(node)
            if code is not None and id(node) not in told:
                yield Use(code, f"{place}:{getattr(node, 'lineno', 0)}", OPEN)
