"""The program's own help, and every command's."""

from __future__ import annotations

import pytest

from otimo_tray.cli import main as cli


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_the_whole_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "--help")
    for command in ("simulator", "demo-erp", "explain", "audit", "reconcile", "undo", "held"):
        assert f"    {command} " in text


@pytest.mark.parametrize("command", ["demo-erp", "explain", "audit", "reconcile", "undo", "held"])
def test_a_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"otimo-tray {command}" in told(capsys, command, "--help")
