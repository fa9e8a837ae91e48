"""`dev.py windows-test`: the installer and the installed program tried under Wine on a virtual screen, step by step.

Each step looks at what a shop's PC would show: files, registry, shortcut, exit codes, a sync's other side, pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from installer import session, system
from installer.environment import ROOT, Environment, clean_env
from installer.say import SetupError, say
from installer.windows import build, layout, payload, signing, suite, wine
from installer.windows.wine import Wine, until

LOCAL = r"C:\users\{user}\AppData\Local"
RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\OtimoTray"
OWN_KEYS = (
    UNINSTALL_KEY, r"HKCU\Software\OtimoTray", r"HKCU\Software\Classes\AppUserModelId\OtimoGestor.OtimoTray",
)  # fmt: skip
CERTIFICATE = ROOT / "build" / "windows-certificate" / "test.pem"
NEXT = "0.0.2"
BROKEN = "0.0.3"


class StepFailed(Exception):
    """What a step expected and didn't find."""


def expect(condition: object, what: str) -> None:
    """Raise StepFailed with `what` unless the condition holds."""
    if not condition:
        raise StepFailed(what)


class Proof:
    """One run of all steps in one prefix.

    Args:
        wine: a booted prefix.
        setups: the installers by name: `real`, `next`, `broken`.
        pictures: where screenshots go.
        python: the checkout's Python, for the simulator.
    """

    def __init__(self, wine: Wine, setups: dict[str, Path], pictures: Path, python: Path) -> None:
        self.wine = wine
        self.setups = setups
        self.pictures = pictures
        self.python = python
        self.simulator: subprocess.Popen[str] | None = None
        self.line = ""
        self.hub = ""
        user = next(path.name for path in (wine.prefix / "drive_c" / "users").iterdir() if path.name != "Public")
        self.local = LOCAL.format(user=user)
        self.folder = rf"{self.local}\Programs\OtimoTray"
        roaming = wine.prefix / "drive_c" / "users" / user / "AppData" / "Roaming"
        self.shortcut = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Ótimo Tray.lnk"

    # ---------------------------------------------------------------------------------- small helpers

    def setup(self, which: str, *words: str, code: int = 0) -> None:
        """Run an installer in silence and expect its exit code."""
        path = "Z:" + str(self.setups[which]).replace("/", "\\")
        ran = self.wine.exe(path, "/S", *words, seconds=300)
        said = [file.read_bytes().decode("utf-16", "replace") for file in self.reports()]
        expect(ran.code == code, f"{path} ended with {ran.code} instead of {code}: {said}")

    def reports(self) -> list[Path]:
        """What the program told the installer to be wrong."""
        return sorted((self.wine.prefix / "drive_c" / "users").rglob("OtimoTray-*.txt"))

    def cli(self, *words: str, stdin: str = "", code: int | None = 0) -> dict[str, Any]:
        """Run the installed command with --json and return its object."""
        ran = self.wine.exe(rf"{self.folder}\otimo-tray.exe", *words, "--json", stdin=stdin, seconds=180)
        expect(code is None or ran.code == code, f"{words} ended with {ran.code}: {ran.out[-600:]} {ran.err[-600:]}")
        try:
            return json.loads(ran.out)
        except ValueError as error:
            raise StepFailed(f"{words} wrote no JSON: {ran.out[-300:]!r} {ran.err[-600:]}") from error

    def is_running(self) -> bool:
        """Whether the tray program runs."""
        return "OtimoTray.exe" in self.wine.exe("tasklist").out

    def quit(self) -> None:
        """Ask the program to end, as the installer does."""
        ran = self.wine.exe(rf"{self.folder}\otimo-tray.exe", "--quit-from", self.folder, "30", seconds=60)
        expect(ran.code == 0, f"the program did not end within 30 s ({ran.code})")

    def show(self, name: str) -> None:
        """Take a picture."""
        self.wine.photograph(self.pictures / f"{name}.png")

    def version(self) -> str:
        """The version that the installed command tells."""
        return self.wine.exe(rf"{self.folder}\otimo-tray.exe", "--version").out.strip()

    def installed(self) -> list[str]:
        """The installed files, without what Python writes for itself."""
        return [name for name, _ in payload.files_below(self.wine.c_drive(self.folder))]

    # ---------------------------------------------------------------------------------- the steps

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """Every step with its name, in the order in which they build on each other."""
        return [
            ("silent install of the first version", self.install),
            ("shortcut with application id, registry, autostart", self.traces),
            ("self-test of the installed program, both executables", self.self_test),
            ("output and exit codes of the command-line twin", self.command_line),
            ("first start shows its window and its icon", self.first_start),
            ("second start shows the first, and only one runs", self.single),
            ("set-up against the simulator", self.set_up),
            ("one sync reaches the hub", self.sync),
            ("the tray's menu by mouse", self.tray_menu),
            ("update in place while running", self.update),
            ("every program of a signed build is signed", self.signatures),
            ("a version that fails its self-test changes nothing", self.rollback),
            ("uninstall keeps the data and leaves nothing else", self.uninstall),
            ("a shop provisioned by /CONFIG=, its secrets' file removed", self.provision),
        ]

    def install(self) -> None:
        self.setup("real")
        wanted = {name for name, _ in payload.files_below(layout.Layout().payload)} | {"Uninstall.exe"}
        found = set(self.installed())
        expect(found == wanted, f"missing {sorted(wanted - found)[:5]}, too many {sorted(found - wanted)[:5]}")
        until(self.is_running, "the installer starts the program", 60)
        self.quit()

    def traces(self) -> None:
        data = self.shortcut.read_bytes()
        expect("OtimoTray.exe".encode("utf-16-le") in data, "the shortcut leads elsewhere")
        # Wine takes the application id, but doesn't write it into the file: its being there is on the manual checklist.
        made = self.wine.exe(rf"{self.folder}\otimo-tray.exe", "--make-shortcut", rf"{self.local}\probe.lnk").code
        expect(made == 0, f"making a shortcut with application id ended with {made}")
        self.wine.c_drive(rf"{self.local}\probe.lnk").unlink()
        expect(self.wine.value(RUN_KEY, "OtimoTray") == rf'"{self.folder}\OtimoTray.exe" --minimized', "no autostart")
        shown = self.wine.exported(UNINSTALL_KEY)
        for name, value in (
            ("DisplayName", "Ótimo Tray"),
            ("DisplayVersion", layout.read_version()),
            ("Publisher", "Ótimo Gestor"),
        ):
            expect(f'"{name}"="{value}"' in shown, f"apps and features has no {name} {value}: {shown}")
        expect('"DisplayName"="Ótimo Tray"' in self.wine.exported(OWN_KEYS[2]), "toasts would have no name")

    def self_test(self) -> None:
        answer = self.cli("self-test")
        broken = [check for check in answer["checks"] if not check["ok"]]
        expect(answer["ok"] and not broken and len(answer["checks"]) > 8, f"broken: {broken}")
        ran = self.wine.exe(rf"{self.folder}\OtimoTray.exe", "--self-test", "--only", "imports", seconds=120)
        expect(ran.code == 0, f"OtimoTray.exe --self-test ended with {ran.code}")

    def command_line(self) -> None:
        ran = self.wine.exe(rf"{self.folder}\otimo-tray.exe", "check")
        expect(ran.code == 3, f"check without credentials ended with {ran.code}")
        expect("✓ Cofre de senhas" in ran.out and "Falta" in ran.out, f"no UTF-8: {ran.out[:200]!r}")
        expect(self.wine.exe(rf"{self.folder}\otimo-tray.exe", "nonsense").code == 2, "wrong usage is not 2")

    def first_start(self) -> None:
        self.wine.start(rf"{self.folder}\OtimoTray.exe")
        until(lambda: bool(self.wine.windows("Ótimo Tray")), "the first window", 60)
        time.sleep(2)  # what is drawn must be on the screen before it is photographed
        self.show("first-start")

    def single(self) -> None:
        ran = self.wine.exe(rf"{self.folder}\otimo-tray.exe", "--minimized", seconds=60)
        expect(ran.code in {0, 5}, f"a second start ended with {ran.code}")
        expect(self.wine.exe("tasklist").out.count("OtimoTray.exe") == 1, "two programs run")
        self.quit()
        until(lambda: not self.is_running(), "the program ends", 10)

    def set_up(self) -> None:
        data = self.wine.home / "hub.db"
        command = [str(self.python), "-m", "otimo_tray", "simulator", "--data", str(data), "--products", "30"]
        self.simulator = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**clean_env(), "PYTHONPATH": str(ROOT)}, cwd=ROOT
        )
        assert self.simulator.stdout is not None
        line = self.simulator.stdout.readline()
        self.line = line
        self.hub = json.loads(line)["address"]
        folder = self.wine.home / "troca"
        folder.mkdir()
        rows = ["codigo;descricao;saldo;preco"]
        rows += [f"{sku};Peça nº {place};{place + 1};{place + 10},90" for place, sku in enumerate(sorted(self._skus()))]
        (folder / "estoque.csv").write_bytes(("\r\n".join(rows) + "\r\n").encode("cp1252"))
        file = self.wine.home / "loja.toml"
        file.write_text(
            "version = 1\napprove_first_sync = true\nfirst_orders = 'import'\n"
            f"[hub]\nbase_url = '{self.hub}'\n[erp]\nkind = 'folder'\nfolder = 'troca'\n",
            encoding="utf-8",
        )
        self.cli("setup", "--from", "Z:" + str(file).replace("/", "\\"), "--secrets-stdin", stdin=line)
        answer = self.cli("check")
        expect(answer["ok"], f"check: {[one for one in answer['checks'] if not one['ok']]}")

    def _skus(self) -> dict[str, dict[str, Any]]:
        code = "import json,sys,urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())"
        command = [str(self.python), "-I", "-c", code, f"{self.hub}/_sim/skus"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return {entry["sku"]: entry for entry in json.loads(done.stdout)["skus"]}

    def sync(self) -> None:
        answer = self.cli("sync", "--once")
        expect(answer["ok"], f"sync: {answer}")
        skus = self._skus()
        wrong = [
            sku for place, sku in enumerate(sorted(skus)) if abs(float(skus[sku]["price"]) - (place + 10.9)) > 0.001
        ]
        expect(not wrong, f"prices at the hub: {wrong[:5]}")

    def tray_menu(self) -> None:
        self.wine.start(rf"{self.folder}\OtimoTray.exe", "--minimized")
        until(self.is_running, "the program starts", 30)
        until(lambda: self.cli("status", code=None).get("running") is True, "the program answers", 60)
        time.sleep(3)
        self.show("tray")
        # The taskbar's notification area is at the right end; Wine doesn't tell where an icon is.
        self.wine.click(1270, 790, 3)
        time.sleep(1.5)
        self.show("tray-menu")
        self.wine.tool("xdotool", "key", "Escape")
        self.wine.click(1270, 790, 1)
        until(lambda: bool(self.wine.windows("Ótimo Tray")), "a click on the icon opens the window", 20)
        time.sleep(1.5)
        self.show("tray-window")

    def update(self) -> None:
        self.wine.exe("reg", "delete", RUN_KEY, "/v", "OtimoTray", "/f")  # the person switched autostart off
        settings = self.wine.c_drive(rf"{self.local}\Otimo Tray\settings.toml")
        before = settings.read_bytes()
        expect(self.is_running(), "the program runs before the update")
        self.setup("next")
        expect(self.version().endswith(NEXT), f"version after the update: {self.version()}")
        expect(settings.read_bytes() == before, "the settings changed")
        expect(self.wine.value(RUN_KEY, "OtimoTray") is None, "the update switched autostart on again")
        expect(self.wine.value(UNINSTALL_KEY, "DisplayVersion") == NEXT, "apps and features shows another version")
        left = [name for name in self.installed() if name.startswith(("new/", "old/"))]
        expect(not left, f"left behind: {left[:5]}")
        until(lambda: self.cli("status", code=None).get("running") is True, "the new program runs and answers", 60)
        expect(self.cli("check")["ok"], "the secrets are still there")

    def signatures(self) -> None:
        folder = self.wine.c_drive(self.folder)
        speedups = next((folder / "app" / "packages" / "markupsafe").glob("_speedups*.pyd"))
        ours = [folder / f"{name}.exe" for name in ("OtimoTray", "otimo-tray", "Uninstall")]
        for path in (self.setups["next"], *ours, speedups):
            expect(signing.verify(path, CERTIFICATE), f"{path.name} has no whole signature of the trial's certificate")
        names = [path for _, path in payload.files_below(folder) if path.suffix in {".exe", ".dll", ".pyd"}]
        unsigned = [path.name for path in names if not signing.is_signed(path)]
        expect(not unsigned, f"unsigned: {unsigned[:5]}")

    def rollback(self) -> None:
        self.setup("broken", code=4)
        expect(self.version().endswith(NEXT), f"version after the failed update: {self.version()}")
        expect(self.is_running(), "the old version was stopped for a version that doesn't work")
        left = [name for name in self.installed() if name.startswith(("new/", "old/"))]
        expect(not left, f"left behind: {left[:5]}")
        told = "".join(file.read_bytes().decode("utf-16") for file in self.reports())
        expect("openpyxl" in told, f"the report doesn't name the missing part: {told}")

    def uninstall(self) -> None:
        state = self.wine.c_drive(rf"{self.local}\Otimo Tray\state.db")
        expect(state.exists(), "there is a state to keep")
        # With _?= the uninstaller runs in place instead of from a copy, so that its exit code can be had.
        ran = self.wine.exe(rf"{self.folder}\Uninstall.exe", "/S", f"_?={self.folder}", seconds=120)
        expect(ran.code == 0, f"uninstall ended with {ran.code}")
        until(lambda: not self.is_running(), "the program ends", 10)
        left = [name for name in self.installed() if name != "Uninstall.exe"]
        expect(not left, f"files left: {left[:5]}")
        expect(not self.shortcut.exists(), "the shortcut is left")
        expect(self.wine.value(RUN_KEY, "OtimoTray") is None, "the autostart is left")
        keys = [key for key in OWN_KEYS if self.wine.has_key(key)]
        expect(not keys, f"registry left: {keys}")
        expect("Otimo Tray" not in self.wine.exe("cmd", "/c", "cmdkey", "/list").out, "credentials are left")
        stored = self.wine.exe("reg", "query", r"HKCU\Software\Wine\Credential Manager").out
        expect("Otimo Tray" not in stored, f"credentials are left: {stored[:300]}")
        expect(state.exists(), "a silent uninstall keeps the state")

    def provision(self) -> None:
        shutil.rmtree(self.wine.c_drive(rf"{self.local}\Otimo Tray"))
        file = self.wine.home / "zero.toml"
        secrets = {name: json.loads(self.line)[name] for name in ("client_id", "client_secret", "username", "password")}
        table = "".join(f"{name} = {json.dumps(value)}\n" for name, value in secrets.items())
        good = (self.wine.home / "loja.toml").read_text(encoding="utf-8") + f"[secrets]\n{table}"
        file.write_text(good.replace("base_url", "base_ulr"), encoding="utf-8")
        path = "Z:" + str(file).replace("/", "\\")
        self.setup("next", "/NOSTART", f"/CONFIG={path}", code=7)
        expect(file.exists(), "a file that was refused is gone")
        told = "".join(report.read_bytes().decode("utf-16") for report in self.reports())
        expect("base_ulr" in told and secrets["password"] not in told, f"the report says {told}")
        file.write_text(good, encoding="utf-8")
        self.setup("next", "/NOSTART", f"/CONFIG={path}")
        expect(not file.exists(), "the file with secrets is still there")
        expect(self.cli("check")["ok"], "the provisioned shop works")
        expect(not self.is_running(), "/NOSTART started the program")

    def close(self) -> None:
        """End what the steps started."""
        if self.simulator is not None:
            self.simulator.terminate()
            self.simulator.wait(20)
            if self.simulator.stdout is not None:
                self.simulator.stdout.close()
            self.simulator = None


def make_setups(environment: Environment) -> dict[str, Path]:
    """Build the installers that the steps need: the real one unless it is there, and two small-effort ones."""
    places = layout.Layout()
    version = layout.read_version()
    if not places.setup_exe(version).exists() or not places.payload.is_dir():
        build.build(environment, places, version)
    later = layout.Layout(variant="-next")
    os.environ[signing.SETTING] = str(signing.make_test_certificate(CERTIFICATE.parent))
    try:
        following = build.build(environment, later, NEXT, quick=True).setup
    finally:
        del os.environ[signing.SETTING]
    broken = layout.Layout(variant="-broken")
    return {"real": places.setup_exe(version), "next": following, "broken": build.broken(later, broken, BROKEN)}


def run_steps(proof: Proof) -> list[str]:
    """Run every step; the first that fails ends the run, since the others build on it."""
    for name, step in proof.steps():
        began = time.monotonic()
        try:
            step()
        except (StepFailed, SetupError) as error:
            proof.show("failed")
            say(f"windows-test: FAILED: {name}: {error}")
            return [name]
        say(f"windows-test: ok: {name} ({time.monotonic() - began:.0f} s)")
    return []


def own_tests(environment: Environment, under: Wine) -> list[str]:
    """Run the project's own tests in the Windows Python; answer the failed step's name, if it failed."""
    began = time.monotonic()
    folder = under.home / "suite"
    suite.prepare(environment, layout.Layout(variant="-next"), folder)
    ran = suite.run(under, folder, ["-p", "no:randomly"])
    sys.stdout.write(ran.out[-6000:] if ran.code else ran.out[-200:])
    sys.stdout.flush()
    word = "FAILED" if ran.code else "ok"
    say(f"windows-test: {word}: own tests ({time.monotonic() - began:.0f} s) {ran.err[-600:]}")
    return ["own tests"] if ran.code else []


def windows_test(arguments: Sequence[str]) -> int:
    """Try the installer and the installed program under Wine."""
    parser = argparse.ArgumentParser(prog="dev.py windows-test", description=windows_test.__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the prefix, to look into it")
    parser.add_argument("--only-suite", action="store_true", help="the project's own tests alone")
    parser.add_argument("--no-suite", action="store_true", help="leave out the project's own tests")
    parser.add_argument("--no-wine-ok", action="store_true", help="exit code 0 when the Wine tree can't be had")
    args = parser.parse_args(arguments)
    system.ensure_packages((*system.QT, *layout.PACKAGES, *wine.PACKAGES))
    environment = Environment()
    environment.ensure()
    try:
        wine.tree.ensure()
    except SetupError as error:
        say("=" * 78)
        say(f"THE WINDOWS PROGRAM WAS NOT TESTED: {error}")
        say("=" * 78)
        return 0 if args.no_wine_ok else 2
    setups = make_setups(environment)
    pictures = ROOT / "build" / "windows-pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    home = Path(tempfile.mkdtemp(prefix="otimo-wine-"))
    with session.session(session.Parts(tray=False, keyring=False)) as env:
        under = Wine(home, env, [ROOT / "dist", ROOT / "build"])
        proof: Proof | None = None
        try:
            began = time.monotonic()
            under.boot()
            say(f"windows-test: Wine is up ({time.monotonic() - began:.0f} s)")
            proof = Proof(under, setups, pictures, environment.python)
            failed = [] if args.only_suite else run_steps(proof)
            proof.close()
            if not args.no_suite:
                failed += own_tests(environment, under)
        finally:
            if proof is not None:
                proof.close()
            under.end()
            if not args.keep:
                shutil.rmtree(home, ignore_errors=True)
    sys.stdout.write(f"windows-test: {'failed: ' + ', '.join(failed) if failed else 'all steps passed'}\n")
    say(f"pictures: {pictures.relative_to(ROOT)}")
    return 1 if failed else 0
