"""A shop set up through the wizard, by keyboard alone. What it did is seen from outside: its files, the hub."""

from __future__ import annotations

import configparser
import contextlib
import json
import tomllib

from installer.say import SetupError
from installer.windows.steps_run import SECRETS, write_sheet
from installer.windows.trial import RUN_KEY, TRAY, Trial, expect
from installer.windows.wine import until

STEP_S = 60
"""Longest that a page may take to do what it was asked for."""
TRIES = 4


def wizard(trial: Trial) -> None:
    """From the first window to the first prices at the hub, and to a program that starts with the session."""
    trial.start_simulator(products=30, orders=12)
    trial.exchange.mkdir()
    prices = write_sheet(trial, raised=0)
    trial.wine.exe("reg", "delete", RUN_KEY, "/v", "OtimoTray", "/f")
    trial.wine.start(rf"{trial.folder}\OtimoTray.exe")
    shown = trial.window("Ativar o Ótimo Tray")
    # A click on the title gives it the keyboard.
    trial.wine.click((shown.left + shown.right) // 2, shown.top + 10)
    until(lambda: page(trial) == "hub", "the wizard begins with Plugg.to", STEP_S)
    enter_hub(trial)
    go_on(trial, "erp")
    enter_folder(trial)
    go_on(trial, "shop")
    trial.wine.keys("i")  # *importar*, of the list that has the keyboard
    trial.show("wizard-3-shop")
    go_on(trial, "mapping")
    until(lambda: settings(trial, "", "first_orders") == "import", "the answer about the first orders is kept", STEP_S)
    trial.show("wizard-4-mapping")
    go_on(trial, "first")
    let_go(trial, prices)
    go_on(trial, "finish")
    trial.show("wizard-6-finish")
    go_on(trial, "")
    trial.window("Painel")
    trial.show("wizard-7-done")
    expect(not any("Ativar" in one.title for one in trial.wine.windows(TRAY)), "the wizard is still open")
    expect(trial.wine.value(RUN_KEY, "OtimoTray"), "the last page's box switched no autostart on")
    expect(trial.cli("check")["ok"], "what was typed is kept and works")
    trial.quit()
    until(lambda: not trial.is_running(), "the program ends", 10)


def profile(trial: Trial, name: str) -> str:
    """The text of a file in the program's profile; "" when there is none yet."""
    file = trial.wine.c_drive(rf"{trial.local}\Otimo Tray\{name}")
    return file.read_text(encoding="utf-8") if file.exists() else ""


def settings(trial: Trial, section: str, key: str) -> object:
    """What the program keeps in a section of its settings, "" for none."""
    kept = tomllib.loads(profile(trial, "settings.toml"))
    return (kept.get(section, {}) if section else kept).get(key)


def page(trial: Trial) -> str:
    """The page on which the wizard would go on if it were closed now; "" before and after it."""
    kept = configparser.ConfigParser(interpolation=None)
    kept.read_string(profile(trial, "windows.ini"))
    return kept.get("wizard", "step", fallback="")


def go_on(trial: Trial, wanted: str) -> None:
    """Press the key of *Continuar* until the next page is there: a page that isn't ready yet leaves it unheard."""
    before = page(trial)
    for _ in range(TRIES):
        trial.wine.keys("ctrl+Return")
        with contextlib.suppress(SetupError):
            until(lambda: page(trial) != before, "another page", STEP_S / TRIES)
            break
    found = page(trial)
    expect(found == wanted, f"after {before!r} the wizard is at {found!r} instead of {wanted!r}")


def enter_hub(trial: Trial) -> None:
    """Address and the four credentials, field by field; Enter tests and keeps them."""
    trial.wine.keys("shift+Tab", "ctrl+a")
    trial.wine.write(trial.hub)
    told = json.loads(trial.line)
    for name in SECRETS:
        trial.wine.keys("Tab")
        trial.wine.write(told[name])
    trial.show("wizard-1-hub")
    trial.wine.keys("Return")
    until(lambda: settings(trial, "hub", "base_url") == trial.hub, "Plugg.to's credentials are accepted", STEP_S)


def enter_folder(trial: Trial) -> None:
    """The ERP's folder, as it may be typed, tested and kept by the button's key."""
    path = "Z:" + str(trial.exchange).replace("/", "\\")
    trial.wine.keys("alt+p", "ctrl+a")
    trial.wine.write(path)
    trial.wine.keys("alt+g")
    until(lambda: settings(trial, "erp", "folder") == path, "the folder is kept", STEP_S)
    trial.show("wizard-2-erp")


def let_go(trial: Trial, prices: dict[str, float]) -> None:
    """The dry run holds every value and nothing is at the hub, until a key lets it go."""

    def at_hub() -> int:
        found = {entry["sku"]: float(entry["price"]) for entry in trial.at_hub("skus")}
        return sum(abs(found[sku] - price) < 0.001 for sku, price in prices.items())

    until(lambda: bool(trial.cli("held", "list")["plans"]), "the dry run is there", STEP_S)
    trial.show("wizard-5-first")
    expect(at_hub() == 0, "values are at the hub before anybody let them go")
    trial.wine.keys("alt+l")
    until(lambda: at_hub() == len(prices), "the released prices are at the hub", STEP_S)
    trial.show("wizard-5-released")
