"""The commands of `installer/dev.py`: each sets up what it needs, then runs, and gives the exit code on."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import audit, lock, session, system, translations
from installer.environment import ROOT, Environment, clean_env
from installer.say import SetupError, say, typed
from installer.windows import build as windows_build
from installer.windows import proof as windows_proof
from installer.windows.manifest import windows_manifest

PROG = "python3 installer/dev.py" if sys.platform != "win32" else "py installer\\dev.py"

HEADLESS_PACKAGES = (*system.QT, *system.KEYRING)
WINDOW_PACKAGES = (*HEADLESS_PACKAGES, *system.XCB)
TEST_PACKAGES = (*WINDOW_PACKAGES, *system.DESKTOP)

#: What `check` runs, each with the name that its failure is reported under.
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff", ("ruff", "check", ".")),
    ("basedpyright", ("basedpyright",)),
    ("import-linter", ("lint-imports",)),
)


@dataclass(frozen=True)
class Command:
    """One command of dev.py.

    Attributes:
        run: does it; gets the arguments after the command, returns the exit code.
        help: one line for `--help`.
    """

    run: Callable[[Sequence[str]], int]
    help: str


def prepare(packages: Sequence[str]) -> Environment:
    """Bring system packages and the virtual environment up to date.

    Raises:
        SetupError: with a sentence and, where there is one, the command to type.
    """
    system.ensure_packages(packages)
    environment = Environment()
    seconds = environment.ensure()
    if seconds > 1:
        say(f"set up in {seconds:.0f} s")
    return environment


def in_session(command: Sequence[str], parts: session.Parts, env: Mapping[str, str]) -> int:
    """Run `command` in a private desktop on Linux, on the one that is there elsewhere.

    Raises:
        SetupError: the private desktop didn't come up.
    """
    if not sys.platform.startswith("linux"):
        return subprocess.run(command, env=env, check=False).returncode
    try:
        return session.run(command, parts, env)
    except session.SessionError as error:
        words = ", ".join(TEST_PACKAGES)
        raise SetupError(f"{error} On a system without apt-get, install what Debian calls: {words}.") from error


def run_checks(environment: Environment) -> list[str]:
    """Run the static checks and return the names of those that failed."""
    failed: list[str] = []
    for name, (program, *arguments) in CHECKS:
        started = time.monotonic()
        command = [str(environment.command(program)), *arguments]
        code = subprocess.run(command, cwd=environment.root, env=clean_env(), check=False).returncode
        say(f"{name}: {'ok' if code == 0 else f'exit code {code}'} ({time.monotonic() - started:.0f} s)")
        if code != 0:
            failed.append(name)
    return failed


def check(arguments: Sequence[str]) -> int:
    """Style, types and layers."""
    if arguments:
        raise SetupError("check takes no arguments.", f"{PROG} check")
    return 1 if run_checks(prepare(())) else 0


def test(arguments: Sequence[str]) -> int:
    """Style, types, layers, then the tests on a private desktop; the exit code is pytest's or a check's."""
    environment = prepare((*TEST_PACKAGES, *system.DATABASES))
    failed = run_checks(environment)
    started = time.monotonic()
    command = [str(environment.python), "-m", "pytest", *arguments]
    env = {**clean_env(), "OTIMO_STRICT": "1"}
    if not arguments:
        os.chdir(environment.root)
    code = in_session(command, session.Parts(), env)
    say(f"pytest: {'ok' if code == 0 else f'exit code {code}'} ({time.monotonic() - started:.0f} s)")
    if failed:
        say(f"not passed: {', '.join(failed)}")
    return code or (1 if failed else 0)


def demo(arguments: Sequence[str]) -> int:
    """Start the demo shop; without a screen, as `--headless`."""
    headless = "--headless" in arguments
    if not headless and sys.platform.startswith("linux") and not has_display(os.environ):
        say("no screen here (DISPLAY and WAYLAND_DISPLAY are empty): running the demo with --headless")
        arguments = ["--headless", *arguments]
        headless = True
    environment = prepare(HEADLESS_PACKAGES if headless else WINDOW_PACKAGES)
    command = [str(environment.command("otimo-tray")), "demo", *arguments]
    env = clean_env()
    if not sys.platform.startswith("linux") or has_secret_service(environment):
        return subprocess.run(command, env=env, check=False).returncode
    say("no Secret Service on this session: running with a private one that ends with the demo")
    keep = {name: env[name] for name in ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR") if name in env}
    command = ["env", *(f"{name}={value}" for name, value in keep.items()), *command] if not headless else command
    return in_session(command, session.Parts(display=False, tray=False), env)


def has_display(env: Mapping[str, str]) -> bool:
    """Tell whether the environment names a screen."""
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def has_secret_service(environment: Environment) -> bool:
    """Tell whether the person's session bus has, or can start, a Secret Service."""
    code = "import secretstorage as s; raise SystemExit(not s.check_service_availability(s.dbus_init()))"
    command = [str(environment.python), "-I", "-W", "ignore", "-c", code]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def module_command(module: str, what: str) -> Callable[[Sequence[str]], int]:
    """Return a command that runs `python -m module ARGUMENTS` on a private desktop."""

    def run(arguments: Sequence[str]) -> int:
        if importlib.util.find_spec(module.split(".", maxsplit=1)[0]) is None or not _module_file(module):
            raise SetupError(f"This checkout has no {what} yet ({module} is missing).")
        environment = prepare(TEST_PACKAGES)
        env = {**clean_env(), "PYTHONPATH": str(environment.root)}
        return in_session([str(environment.python), "-m", module, *arguments], session.Parts(), env)

    return run


def _module_file(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__main__.py").exists()


def screenshots(arguments: Sequence[str]) -> int:
    """Take the screenshots into a folder."""
    if len(arguments) < 1 or arguments[0].startswith("-"):
        raise SetupError("screenshots needs the folder to write to.", f"{PROG} screenshots DIR")
    folder = str(Path(arguments[0]).resolve())
    return module_command("tests.ui.screenshots", "screenshots")([folder, *arguments[1:]])


def translate(arguments: Sequence[str]) -> int:
    """Bring the translations up to date; 1 when texts lack one."""
    if arguments:
        raise SetupError("translations takes no arguments.", f"{PROG} translations")
    environment = prepare(())
    missing = 0
    for language in translations.LANGUAGES:
        ts = environment.root / translations.file_of(language)
        translations.update(environment.root, environment.command("pyside6-lupdate"), language, ts)
        translations.release(environment.command("pyside6-lrelease"), ts, ts.with_suffix(".qm"))
        for message in translations.messages(ts):
            for one in translations.wrong(message):
                missing += 1
                say(f"{language}: {one}")
    return 1 if missing else 0


def setup(arguments: Sequence[str]) -> int:
    """Only set up."""
    if arguments:
        raise SetupError("setup takes no arguments.", f"{PROG} setup")
    environment = prepare(TEST_PACKAGES)
    say(f"ready: {typed([str(environment.command('otimo-tray')), '--help'])}")
    return 0


def refresh_lock(arguments: Sequence[str]) -> int:
    """Write the lock files anew from pyproject.toml."""
    environment = Environment()
    if not environment.lock.exists():
        raise SetupError(
            "installer/requirements.txt is missing; take the last one from git.", "git checkout -- installer"
        )
    return lock.refresh(prepare(()), arguments)


COMMANDS: dict[str, Command] = {
    "demo": Command(demo, "start the demo shop (arguments go to `otimo-tray demo`)"),
    "test": Command(test, "style, types, layers and all tests (arguments go to pytest)"),
    "check": Command(check, "style, types and layers only"),
    "bench": Command(module_command("tests.benchmarks", "benchmarks"), "print the benchmarks' ratios"),
    "faults": Command(module_command("tests.faults", "fault runs"), "break everything in turn, compare the end states"),
    "desks": Command(
        module_command("tests.desks", "desks"),
        "[--rounds N] [--seed N] [--json]: three desks whose leader is killed, frozen, cut off: lost 0, twice 0",
    ),
    "oversell": Command(
        module_command("tests.oversell", "oversell runs"),
        "[--seed N] [--json]: a simulated shop: units oversold and sales lost per 10,000 orders",
    ),
    "screenshots": Command(screenshots, "DIR: photograph every window into DIR"),
    "windows": Command(windows_build.windows, "build the Windows installer and the portable ZIP into dist/"),
    "windows-test": Command(windows_proof.windows_test, "try the installer and the installed program under Wine"),
    "windows-manifest": Command(windows_manifest, "KEY SETUP URL: print a release's signed update manifest"),
    "audit": Command(audit.audit, "licences of what the program carries, and known holes in it"),
    "translations": Command(translate, "bring the translations of the windows up to what the code says"),
    "setup": Command(setup, "only set up, run nothing"),
    "lock": Command(refresh_lock, "write the lock anew from pyproject.toml (--upgrade for newer versions)"),
}


def usage() -> str:
    """Return the text of `--help`."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join([f"usage: {PROG} COMMAND [ARGUMENT…]", "", *lines, ""])


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; 2 when the set-up can't go on."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        sys.stdout.write(usage())
        return 0 if arguments else 2
    name, *rest = arguments
    command = COMMANDS.get(name)
    if command is None:
        sys.stderr.write(f"There is no command {name!r}.\n{usage()}")
        return 2
    try:
        return command.run(rest)
    except SetupError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        return 130
