"""Steps about the installer: what it puts where, what it refuses, what it takes away again."""

from __future__ import annotations

import json
import shutil
import zipfile

from installer.windows import layout, payload, signing
from installer.windows.trial import BROKEN, CERTIFICATE, NEXT, RUN_KEY, TRAY, UNINSTALL_KEY, Trial, expect
from installer.windows.wine import PROBE, until

OWN_KEYS = (
    UNINSTALL_KEY, r"HKCU\Software\OtimoTray", r"HKCU\Software\Classes\AppUserModelId\OtimoGestor.OtimoTray",
)  # fmt: skip


def install(trial: Trial) -> None:
    """Silent: every file of the payload, and the program runs."""
    trial.setup("real")
    wanted = {name for name, _ in payload.files_below(layout.Layout().payload)} | {"Uninstall.exe"}
    found = set(trial.installed())
    expect(found == wanted, f"missing {sorted(wanted - found)[:5]}, too many {sorted(found - wanted)[:5]}")
    until(trial.is_running, "the installer starts the program", 60)
    trial.quit()


def traces(trial: Trial) -> None:
    """Shortcut, autostart, *Apps*, name of the toasts."""
    data = trial.shortcut.read_bytes()
    expect("OtimoTray.exe".encode("utf-16-le") in data, "the shortcut leads elsewhere")
    # Wine takes the application id, but doesn't write it into the file: its being there is on the manual checklist.
    made = trial.wine.exe(rf"{trial.folder}\otimo-tray.exe", "--make-shortcut", rf"{trial.local}\probe.lnk").code
    expect(made == 0, f"making a shortcut with application id ended with {made}")
    trial.wine.c_drive(rf"{trial.local}\probe.lnk").unlink()
    expect(trial.wine.value(RUN_KEY, "OtimoTray") == rf'"{trial.folder}\OtimoTray.exe" --minimized', "no autostart")
    shown = trial.wine.exported(UNINSTALL_KEY)
    for name, value in (
        ("DisplayName", "Ótimo Tray"),
        ("DisplayVersion", layout.read_version()),
        ("Publisher", "Ótimo Gestor"),
    ):
        expect(f'"{name}"="{value}"' in shown, f"apps and features has no {name} {value}: {shown}")
    expect('"DisplayName"="Ótimo Tray"' in trial.wine.exported(OWN_KEYS[2]), "toasts would have no name")


def self_test(trial: Trial) -> None:
    """The installed program's own test, by both executables."""
    answer = trial.cli("self-test")
    broken = [check for check in answer["checks"] if not check["ok"]]
    expect(answer["ok"] and not broken and len(answer["checks"]) > 8, f"broken: {broken}")
    ran = trial.wine.exe(rf"{trial.folder}\OtimoTray.exe", "--self-test", "--only", "imports", seconds=120)
    expect(ran.code == 0, f"OtimoTray.exe --self-test ended with {ran.code}")


def command_line(trial: Trial) -> None:
    """UTF-8 output and the contract's exit codes."""
    ran = trial.wine.exe(rf"{trial.folder}\otimo-tray.exe", "check")
    expect(ran.code == 3, f"check without credentials ended with {ran.code}")
    expect("✓ Cofre de senhas" in ran.out and "Falta" in ran.out, f"no UTF-8: {ran.out[:200]!r}")
    expect(trial.wine.exe(rf"{trial.folder}\otimo-tray.exe", "nonsense").code == 2, "wrong usage is not 2")


def portable(trial: Trial) -> None:
    """The ZIP unpacked anywhere: its test, its window, and nothing of it in the registry."""
    target = trial.wine.prefix / "drive_c" / "Ferramentas de loja"
    with zipfile.ZipFile(trial.setups["portable"]) as archive:
        archive.extractall(target)
    folder = r"C:\Ferramentas de loja\OtimoTray"
    ran = trial.wine.exe(rf"{folder}\otimo-tray.exe", "self-test", "--only", "imports", "--only", "icons", seconds=120)
    expect(ran.code == 0, f"self-test of the portable program ended with {ran.code}: {ran.out[-400:]}")
    autostart = trial.wine.value(RUN_KEY, "OtimoTray")
    trial.wine.start(rf"{folder}\OtimoTray.exe", "--profile-dir", r"C:\Ferramentas de loja\dados")
    trial.window("Ótimo Tray")
    trial.show("portable")
    expect(trial.wine.exe(rf"{folder}\otimo-tray.exe", "--quit-from", folder, "30", seconds=60).code == 0, "it stays")
    expect((target / "dados" / "state.db").exists(), "the profile is elsewhere than asked for")
    expect(trial.wine.value(RUN_KEY, "OtimoTray") == autostart, "the portable program changed the autostart")


def update(trial: Trial) -> None:
    """From the version before while it runs: settings, secrets and the choice of autostart stay."""
    trial.wine.exe("reg", "delete", RUN_KEY, "/v", "OtimoTray", "/f")  # the person switched autostart off
    settings = trial.wine.c_drive(rf"{trial.local}\Otimo Tray\settings.toml")
    before = settings.read_bytes()
    expect(trial.is_running(), "the program runs before the update")
    trial.setup("next")
    expect(trial.version().endswith(NEXT), f"version after the update: {trial.version()}")
    expect(settings.read_bytes() == before, "the settings changed")
    expect(trial.wine.value(RUN_KEY, "OtimoTray") is None, "the update switched autostart on again")
    expect(trial.wine.value(UNINSTALL_KEY, "DisplayVersion") == NEXT, "apps and features shows another version")
    trial.nothing_left_behind()
    until(trial.answers, "the new program runs and answers", 60)
    expect(trial.cli("check")["ok"], "the secrets are still there")


def signatures(trial: Trial) -> None:
    """Every program of a signed build is signed, and by whom."""
    folder = trial.wine.c_drive(trial.folder)
    speedups = next((folder / "app" / "packages" / "markupsafe").glob("_speedups*.pyd"))
    ours = [folder / f"{name}.exe" for name in ("OtimoTray", "otimo-tray", "Uninstall")]
    for path in (trial.setups["next"], *ours, speedups):
        expect(signing.verify(path, CERTIFICATE), f"{path.name} has no whole signature of the trial's certificate")
    names = [path for _, path in payload.files_below(folder) if path.suffix in {".exe", ".dll", ".pyd"}]
    unsigned = [path.name for path in names if not signing.is_signed(path)]
    expect(not unsigned, f"unsigned: {unsigned[:5]}")


def rollback(trial: Trial) -> None:
    """A version that fails its self-test: exit code 4, the old one was not even stopped."""
    trial.setup("broken", code=4)
    expect(trial.version().endswith(NEXT), f"version after the failed update to {BROKEN}: {trial.version()}")
    expect(trial.is_running(), "the old version was stopped for a version that doesn't work")
    trial.nothing_left_behind()
    told = "".join(file.read_bytes().decode("utf-16") for file in trial.reports())
    expect("openpyxl" in told, f"the report doesn't name the missing part: {told}")


def hanging(trial: Trial) -> None:
    """A program that doesn't end within 30 seconds: exit code 5, nothing changed, and it goes on."""
    expect(trial.wine.exe(PROBE, "suspend", TRAY).code == 0, "the program could not be made to hang")
    trial.setup("next", code=5)
    trial.nothing_left_behind()
    expect(trial.version().endswith(NEXT), "the program's files changed")
    expect(trial.wine.exe(PROBE, "resume", TRAY).code == 0, "the program could not be let go on")
    # Who asked has given up meanwhile: it goes on working, as the installer said.
    until(trial.answers, "the program goes on once it moves again", 60)


def in_use(trial: Trial) -> None:
    """Files in use: exit code 6, and every file of the old version is back."""
    before = trial.installed()
    trial.hold(rf"{trial.folder}\otimo-tray.exe")
    trial.setup("next", "/NOSTART", code=6)
    trial.wine.exe(PROBE, "kill", "probe.exe")
    expect(trial.installed() == before, "the old version is not whole")
    expect(trial.version().endswith(NEXT), "the old version doesn't start")


def uninstall(trial: Trial) -> None:
    """Keeps the data when silent and leaves nothing else."""
    state = trial.wine.c_drive(rf"{trial.local}\Otimo Tray\state.db")
    expect(state.exists(), "there is a state to keep")
    # With _?= the uninstaller runs in place instead of from a copy, so that its exit code can be had.
    ran = trial.wine.exe(rf"{trial.folder}\Uninstall.exe", "/S", f"_?={trial.folder}", seconds=120)
    expect(ran.code == 0, f"uninstall ended with {ran.code}")
    until(lambda: not trial.is_running(), "the program ends", 10)
    left = [name for name in trial.installed() if name != "Uninstall.exe"]
    expect(not left, f"files left: {left[:5]}")
    expect(not trial.shortcut.exists(), "the shortcut is left")
    expect(trial.wine.value(RUN_KEY, "OtimoTray") is None, "the autostart is left")
    keys = [key for key in OWN_KEYS if trial.wine.has_key(key)]
    expect(not keys, f"registry left: {keys}")
    expect("Otimo Tray" not in trial.wine.exe("cmd", "/c", "cmdkey", "/list").out, "credentials are left")
    stored = trial.wine.exe("reg", "query", r"HKCU\Software\Wine\Credential Manager").out
    expect("Otimo Tray" not in stored, f"credentials are left: {stored[:300]}")
    expect(state.exists(), "a silent uninstall keeps the state")


def provision(trial: Trial) -> None:
    """A shop set up by /CONFIG= without a question; the file that held secrets is gone, a refused one stays."""
    shutil.rmtree(trial.wine.c_drive(rf"{trial.local}\Otimo Tray"))
    file = trial.wine.home / "zero.toml"
    secrets = {name: json.loads(trial.line)[name] for name in ("client_id", "client_secret", "username", "password")}
    table = "".join(f"{name} = {json.dumps(value)}\n" for name, value in secrets.items())
    good = (trial.wine.home / "loja.toml").read_text(encoding="utf-8") + f"[secrets]\n{table}"
    file.write_text(good.replace("base_url", "base_ulr"), encoding="utf-8")
    path = "Z:" + str(file).replace("/", "\\")
    trial.setup("next", "/NOSTART", f"/CONFIG={path}", code=7)
    expect(file.exists(), "a file that was refused is gone")
    told = "".join(report.read_bytes().decode("utf-16") for report in trial.reports())
    expect("base_ulr" in told and secrets["password"] not in told, f"the report says {told}")
    file.write_text(good, encoding="utf-8")
    trial.setup("next", "/NOSTART", f"/CONFIG={path}")
    expect(not file.exists(), "the file with secrets is still there")
    expect(trial.cli("check")["ok"], "the provisioned shop works")
    expect(not trial.is_running(), "/NOSTART started the program")

