"""The laws of the layout: arrows go one way, no Qt in the engine, the simulator stands alone."""

from __future__ import annotations

import ast
from pathlib import Path

import grimp
import pytest
from importlinter import configuration
from importlinter.application import use_cases

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "otimo_tray"
ENGINE = ("domain", "sync", "pluggto", "erp", "store", "web", "errors", "ports", "demo.simulator", "service")
SOURCES = sorted(path for top in (PACKAGE, "installer", "tests") for path in (ROOT / top).rglob("*.py"))


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)


def test_contracts_of_pyproject_hold(capsys: pytest.CaptureFixture[str]) -> None:
    # Not through importlinter.cli: its set-up of logging switches off every logger that exists by then.
    configuration.configure()
    passed = use_cases.lint_imports(
        config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, is_debug_mode=False, no_logo=True
    )
    assert passed, capsys.readouterr().out


@pytest.mark.parametrize("part", ENGINE)
def test_engine_reaches_no_qt(graph: grimp.ImportGraph, part: str) -> None:
    name = f"{PACKAGE}.{part}"
    if name not in graph.modules:
        return  # a layer that has no module yet has no wrong import either
    for toolkit in ("PySide6", "shiboken6"):
        if toolkit in graph.modules:
            chain = graph.find_shortest_chain(importer=name, imported=toolkit, as_packages=True)
            assert chain is None, " -> ".join(chain or ())


def test_simulator_imports_nothing_of_the_program(graph: grimp.ImportGraph) -> None:
    simulator = f"{PACKAGE}.demo.simulator"
    inside = {name for name in graph.modules if name == simulator or name.startswith(simulator + ".")}
    wrong = {
        f"{name} imports {imported}"
        for name in inside
        for imported in graph.find_modules_directly_imported_by(name)
        if imported.startswith(PACKAGE) and imported not in inside
    }
    assert not wrong, wrong


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_opens_with_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if not text.strip():
        assert path.name == "__init__.py", "an empty module"
        return
    words = ast.get_docstring(ast.parse(text))
    assert words, "no docstring"
    assert words.split("\n\n")[0].rstrip()[-1] in ".:…?!", "it opens with no whole sentence"
