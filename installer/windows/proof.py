"""`dev.py windows-test`: the installer and the installed program tried under Wine on a virtual screen, step by step.

Each step looks at what a shop's PC would show: files, registry, shortcut, exit codes, a sync's other side, pictures.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from installer import session, system, temporary
from installer.environment import ROOT, Environment
from installer.say import SetupError, say
from installer.windows import build, layout, payload, signing, suite, wine
from installer.windows import steps_install as setup
from installer.windows import steps_run as running
from installer.windows import steps_wizard as wizard
from installer.windows.trial import BROKEN, CERTIFICATE, NEXT, StepFailed, Trial
from installer.windows.wine import Wine

STEPS: tuple[tuple[str, Callable[[Trial], None]], ...] = (
    ("silent install of the first version", setup.install),
    ("shortcut with application id, registry, autostart", setup.traces),
    ("self-test of the installed program, both executables", setup.self_test),
    ("output and exit codes of the command-line twin", setup.command_line),
    ("first start shows its window and its icon", running.first_start),
    ("second start shows the first, and only one runs", running.single),
    ("the portable program", setup.portable),
    ("a shop set up in the wizard by keyboard", wizard.wizard),
    ("set-up by the command line", running.set_up),
    ("stock, prices, orders and invoices in step", running.sync),
    ("the tray's menu by mouse", running.tray_menu),
    ("a typed tracking code arrives", running.tracking),
    ("the end of the session loses nothing", running.session_end),
    ("the end of the session with the icon alone", running.session_end_hidden),
    ("update in place while running", setup.update),
    ("every program of a signed build is signed", setup.signatures),
    ("a version that fails its self-test changes nothing", setup.rollback),
    ("a program that hangs is left alone (5)", setup.hanging),
    ("files in use bring the old version back (6)", setup.in_use),
    ("uninstall keeps the data and leaves nothing else", setup.uninstall),
    ("a shop provisioned by /CONFIG=, its secrets' file removed", setup.provision),
)
"""In the order in which they build on each other."""


_NONE_CHOSEN = 5
"""pytest's exit code when it found no test."""


def make_setups(environment: Environment) -> dict[str, Path]:
    """Build the installers that the steps need: the real one unless it is of this source, and two small-effort ones."""
    places = layout.Layout()
    version = layout.read_version()
    if not build.is_current(places, version):
        build.build(environment, places, version)
    later = layout.Layout(variant="-next")
    os.environ[signing.SETTING] = str(signing.make_test_certificate(CERTIFICATE.parent))
    try:
        following = build.build(environment, later, NEXT, quick=True).setup
    finally:
        del os.environ[signing.SETTING]
    broken = layout.Layout(variant="-broken")
    return {
        "real": places.setup_exe(version), "portable": places.portable_zip(version), "next": following,
        "broken": build.broken(later, broken, BROKEN),
    }  # fmt: skip


def run_steps(trial: Trial) -> list[str]:
    """Run every step; the first that fails ends the run, since the others build on it."""
    for name, step in STEPS:
        began = time.monotonic()
        try:
            step(trial)
        except (StepFailed, SetupError) as error:
            trial.wine.photograph(trial.pictures / "failed.png")
            say(f"windows-test: FAILED: {name}: {error}")
            return [name]
        say(f"windows-test: ok: {name} ({time.monotonic() - began:.0f} s)")
    return []


def own_tests(environment: Environment, under: Wine, arguments: Sequence[str] = ()) -> list[str]:
    """Run the project's own tests in the Windows Python; answer the failed step's name, if it failed.

    Args:
        environment: the checkout's.
        under: a booted prefix.
        arguments: more of pytest's own.
    """
    began = time.monotonic()
    folder = under.home / "suite"
    places = layout.Layout(variant="-suite")
    payload.build(environment, places, layout.read_version(), layout.source_epoch())
    suite.prepare(environment, places, folder)
    shutil.rmtree(places.build)
    with suite.servers(environment) as running:
        parts = suite.run(under, folder, running, ["-p", "no:randomly", *arguments])
    told = ROOT / "build" / "windows-suite.txt"
    told.write_text("\n".join(ran.out + ran.err for ran in parts), encoding="utf-8")
    for ran in parts:
        sys.stdout.write(ran.out[-12000:] if ran.code else ran.out[-3000:])
    sys.stdout.flush()
    # With arguments that choose tests a part may have none.
    failed = any(ran.code not in ((0, _NONE_CHOSEN) if arguments else (0,)) for ran in parts)
    say(f"windows-test: {'FAILED' if failed else 'ok'}: own tests ({time.monotonic() - began:.0f} s)")
    return ["own tests"] if failed else []


def windows_test(arguments: Sequence[str]) -> int:
    """Try the installer and the installed program under Wine."""
    parser = argparse.ArgumentParser(prog="dev.py windows-test", description=windows_test.__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the prefix, to look into it")
    parser.add_argument("--only-suite", action="store_true", help="the project's own tests alone")
    parser.add_argument("--no-suite", action="store_true", help="leave out the project's own tests")
    parser.add_argument("--no-wine-ok", action="store_true", help="exit code 0 when the Wine tree can't be had")
    parser.add_argument("pytest", nargs="*", help="after --: pytest's own arguments for the project's tests")
    args = parser.parse_args(arguments)
    system.ensure_packages((*system.QT, *system.DATABASES, *layout.PACKAGES, *wine.PACKAGES))
    environment = Environment()
    environment.ensure()
    try:
        wine.tree.ensure()
    except SetupError as error:
        say("=" * 78)
        say(f"THE WINDOWS PROGRAM WAS NOT TESTED: {error}")
        say("=" * 78)
        return 0 if args.no_wine_ok else 2
    setups = {} if args.only_suite else make_setups(environment)
    pictures = ROOT / "build" / "windows-pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    place = temporary.Folder("otimo-wine-")
    shared = [ROOT / "dist", ROOT / "build"]
    for folder in shared:
        folder.mkdir(exist_ok=True)
    screen = "{}x{}x24".format(*wine.SCREEN)
    with session.session(session.Parts(tray=False, keyring=False, screen=screen)) as env:
        under = Wine(place.path, env, shared)
        trial: Trial | None = None
        try:
            began = time.monotonic()
            under.boot()
            say(f"windows-test: Wine is up ({time.monotonic() - began:.0f} s)")
            trial = Trial(under, setups, pictures, environment.python)
            failed = [] if args.only_suite else run_steps(trial)
            trial.close()
            if not args.no_suite:
                failed += own_tests(environment, under, args.pytest)
        finally:
            if trial is not None:
                trial.close()
            under.end()
            if args.keep:
                say(f"kept until the next run: {place.path}")
            else:
                place.remove()
    sys.stdout.write(f"windows-test: {'failed: ' + ', '.join(failed) if failed else 'all steps passed'}\n")
    say(f"pictures: {pictures.relative_to(ROOT)}")
    return 1 if failed else 0
