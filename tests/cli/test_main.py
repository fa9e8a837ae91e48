"""The command line's own grammar: common options count on either side of the command's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from otimo_tray.cli import main as cli


def parse(*words: str) -> tuple[str, Path | None, bool]:
    args = cli.build_parser(cli.wanted_command(words)).parse_args(words)
    return args.command, args.profile_dir, args.json


@pytest.mark.parametrize(
    "words",
    [
        ("--profile-dir", "X", "--json", "orders", "list"),
        ("orders", "list", "--profile-dir", "X", "--json"),
        ("--profile-dir", "X", "orders", "list", "--json"),
    ],
)
def test_common_options_count_before_and_after_the_command(words: tuple[str, ...]) -> None:
    assert parse(*words) == ("orders", Path("X"), True)


def test_a_command_that_has_an_option_of_its_own_takes_it_from_no_other() -> None:
    """`run` has a `--profile-dir` that may stand several times."""
    parser = cli.build_parser(None)
    assert parser.parse_args(["check", "--profile-dir", "X"]).profile_dir == Path("X")
    assert parser.parse_args(["check"]).profile_dir is None
    assert parser.parse_args(["check", "--profile-dir", "X", "--json"]).json
    assert parser.parse_args(["packing", "--profile-dir", "X"]).profile_dir == Path("X")


def test_a_folder_named_like_a_command_is_no_command() -> None:
    assert parse("--profile-dir", "demo", "status") == ("status", Path("demo"), False)


def test_without_a_command_the_tray_starts() -> None:
    assert parse("--profile-dir", "demo")[0] is None


@pytest.mark.parametrize("command", ["setup", "check", "sync", "status", "demo", "run"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(command, "--help")
    assert ended.value.code == 0
    assert "--profile-dir" in capsys.readouterr().out
