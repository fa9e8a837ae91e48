"""What the trial under Wine stands on: the build that it tests, the tests' tools, the tree's names."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.windows import build, layout, payload, suite, tree


def program(_root: Path) -> list[str]:
    """The program's files of the small checkout."""
    return ["otimo_tray/app.py"]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> layout.Layout:
    """A checkout of three files with a finished build of version 1.2.3."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(payload, "program_files", program)
    made = layout.Layout(root=tmp_path)
    for name in ("otimo_tray/app.py", "installer/requirements-runtime.txt", "installer/windows/setup.nsi"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    made.build.mkdir(parents=True)
    made.dist.mkdir()
    made.setup_exe("1.2.3").touch()
    made.portable_zip("1.2.3").touch()
    build.remember(made, "1.2.3")
    return made


def test_what_was_just_built_is_tested_as_it_is(places: layout.Layout) -> None:
    assert build.is_current(places, "1.2.3")


@pytest.mark.parametrize(
    "name", ["otimo_tray/app.py", "installer/requirements-runtime.txt", "installer/windows/setup.nsi"]
)
def test_a_build_of_another_source_is_not_the_newest(places: layout.Layout, name: str) -> None:
    (places.root / name).write_text("changed", "utf-8")
    assert not build.is_current(places, "1.2.3")


def test_nor_is_one_of_another_version_or_commit_or_without_its_files(
    places: layout.Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not build.is_current(places, "1.2.4")
    with monkeypatch.context() as later:
        later.setenv("SOURCE_DATE_EPOCH", "1700000001")
        assert not build.is_current(places, "1.2.3")
    places.portable_zip("1.2.3").unlink()
    assert not build.is_current(places, "1.2.3")


def test_the_tests_tools_are_for_windows_whatever_the_lock_needs_them_for() -> None:
    text = (
        "cffi==2.1.1 ; sys_platform == 'linux' \\\n    --hash=sha256:aa\n"
        "click==8.3 \\\n    --hash=sha256:bb\n"
        "pytest==9.0.2 \\\n    --hash=sha256:cc\n    # via -r x\npytest-qt==4.5 \\\n    --hash=sha256:dd\n"
    )
    lines = [line.split() for line in suite.subset(text, ("cffi", "pytest")).splitlines() if "==" in line]
    assert lines == [["cffi==2.1.1", "\\"], ["pytest==9.0.2", "\\"]]


def test_the_tree_finds_this_machine_by_its_name_also_when_it_is_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    tree.know_localhost(tmp_path)
    hosts = tmp_path / "etc" / "hosts"
    assert [line.split() for line in hosts.read_text("ascii").splitlines()] == [
        ["::1", "localhost"],
        ["127.0.0.1", "localhost"],
    ]
    hosts.write_text("10.0.0.1 localhost\n", "ascii")
    tree.know_localhost(tmp_path)
    assert hosts.read_text("ascii") == tree.HOSTS
    assert [path.name for path in hosts.parent.iterdir()] == ["hosts"]
