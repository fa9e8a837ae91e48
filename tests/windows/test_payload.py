"""What goes into the Windows program, and that the same content always makes the same bytes."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from installer.say import SetupError
from installer.windows import archive, inputs, layout, native, payload, tree


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtWidgets.pyd",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/translations/qtbase_pt_BR.qm",
        "PySide6/translations/qtbase_en.qm",
        "PySide6/support/deprecated.py",
        "keyring/backends/Windows.py",
        "tzdata/zoneinfo/America/Sao_Paulo",
        "alembic/command.py",
        "requests-2.34.2.dist-info/METADATA",
        "requests-2.34.2.dist-info/licenses/LICENSE",
    ],
)
def test_what_the_program_needs_is_in(name: str) -> None:
    assert payload.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Quick.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/designer.exe",
        "PySide6/QtCore.pyi",
        "bin/alembic.exe",
        "sqlalchemy/testing/suite/__init__.py",
        "requests-2.34.2.dist-info/RECORD",
        "requests/__pycache__/api.cpython-311.pyc",
        "shiboken6/shiboken6.abi3.lib",
    ],
)
def test_what_only_takes_room_is_out(name: str) -> None:
    assert not payload.is_wanted(name)


def test_only_the_project_s_own_files_are_the_program() -> None:
    names = payload.program_files(layout.ROOT)
    assert "otimo_tray/__main__.py" in names
    assert "resources/icons/app.svg" in names
    assert not [name for name in names if not name.startswith(("otimo_tray/", "resources/")) or name.endswith(".pyc")]


def test_the_portable_zip_depends_on_its_content_alone(tmp_path: Path) -> None:
    for name, moment in (("one", 1_700_000_000), ("two", 1_800_000_000)):
        folder = tmp_path / name / "app"
        folder.mkdir(parents=True)
        for file in ("b.txt", "a.txt") if name == "one" else ("a.txt", "b.txt"):
            (folder / file).write_text(file, encoding="ascii")
            os.utime(folder / file, (moment, moment))
        archive.write(tmp_path / name, tmp_path / f"{name}.zip", "OtimoTray", 1_750_000_000)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as made:
        assert made.namelist() == ["OtimoTray/LEIA-ME.txt", "OtimoTray/app/a.txt", "OtimoTray/app/b.txt"]


def test_the_digest_sees_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    first = inputs.digest_of(payload.files_below(tmp_path))
    (tmp_path / "a").write_bytes(b"2")
    second = inputs.digest_of(payload.files_below(tmp_path))
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, inputs.digest_of(payload.files_below(tmp_path))}) == 3


def test_another_windows_python_needs_its_pinned_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "python-3.13.9-embed-amd64.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("python313.dll", b"MZ")
    monkeypatch.setenv("OTIMO_WINDOWS_PYTHON", str(path))
    environment = inputs.Environment(tmp_path)
    with pytest.raises(SetupError, match="must hold the SHA-256"):
        inputs.python_archive(environment)
    side = tmp_path / f"{path.name}.sha256"
    side.write_text("0" * 64, encoding="ascii")
    with pytest.raises(SetupError, match="not the pinned file"):
        inputs.python_archive(environment)
    side.write_text(f"{inputs.sha256(path)}  {path.name}\n", encoding="ascii")
    assert inputs.python_archive(environment).namelist() == ["python313.dll"]


def test_the_python_s_own_executables_stay_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        for name in ("cp313/python313.dll", "cp313/python.exe", "cp313/python313._pth", "cp313/_ssl.pyd"):
            made.writestr(name, b"MZ")
    with zipfile.ZipFile(tmp_path / "x.zip") as made:
        inputs.unpack_python(made, tmp_path / "app")
    assert sorted(path.name for path in (tmp_path / "app").iterdir()) == ["_ssl.pyd", "python313.dll"]


def test_the_version_resource_tells_version_and_publisher() -> None:
    text = native.resource_text("1.20.3", "OtimoTray.exe", "Ótimo Tray")
    assert "FILEVERSION 1,20,3,0" in text
    assert 'VALUE "ProductVersion", "1.20.3"' in text
    assert 'VALUE "CompanyName", "Ótimo Gestor"' in text


def test_updates_are_set_both_or_not_at_all(tmp_path: Path) -> None:
    source = layout.ROOT / "otimo_tray" / "desktop" / "update_channel.py"
    path = tmp_path / "update_channel.py"
    for address, key in (("https://x.example/m", ""), ("", "a" * 64), ("http://x.example/m", "a" * 64)):
        with pytest.raises(SetupError):
            payload._set_channel(path, address, key)
    path.write_bytes(source.read_bytes())
    payload._set_channel(path, "https://x.example/m.json", "ab" * 32)
    values: dict[str, object] = {}
    exec(compile(path.read_text(encoding="utf-8"), "channel", "exec"), values)
    assert (values["ADDRESS"], values["PUBLIC_KEY"]) == ("https://x.example/m.json", "ab" * 32)


def test_a_command_in_the_tree_sees_only_what_it_is_given(tmp_path: Path) -> None:
    words = tree.command(tmp_path / "tree", ["wine", "x.exe"], [tmp_path / "home"], {"WINEPREFIX": "/p"})
    assert words[-2:] == ["wine", "x.exe"]
    assert "--clearenv" in words
    binds = [words[place + 1] for place, word in enumerate(words) if word == "--bind"]
    assert binds == [str(tmp_path / "tree"), "/tmp", str(tmp_path / "home")]
