"""Steps about the running program: window, tray, sync, scanner, the end of the session."""

from __future__ import annotations

import contextlib
import csv
import io
import struct
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

from installer.say import SetupError
from installer.windows.trial import TRAY, StepFailed, Trial, expect
from installer.windows.wine import PROBE, SCREEN, Window, until

CORNER = (SCREEN[0] - 10, SCREEN[1] - 10)
"""The notification area is at the taskbar's right end; Wine doesn't tell where an icon is."""
ENDED_MS = 4000
"""The program takes two seconds at most, a busy PC some more; Windows kills after five."""
RATE = 22_050
SUCCESS_HZ = 1320
LOUD = 1000
"""The sounds as otimo_tray/desktop/sound.py makes them: samples per second, the tone of success, a sample's least."""
SECRETS = ("client_id", "client_secret", "username", "password")
CODES = ("AA473124829BR", "AA473124832BR")


def first_start(trial: Trial) -> None:
    """A PC without settings: whatever opens first is there and drawn."""
    trial.wine.start(rf"{trial.folder}\OtimoTray.exe")
    trial.window("Ótimo Tray")
    until(trial.answers, "the program runs and answers, instead of saying why it can't", 30)
    trial.show("first-start")


def single(trial: Trial) -> None:
    """A second start shows the first, and only one runs."""
    ran = trial.wine.exe(rf"{trial.folder}\otimo-tray.exe", "--minimized", seconds=60)
    expect(ran.code == 0, f"a second start ended with {ran.code}")
    expect(trial.wine.exe("tasklist").out.count(TRAY) == 1, "two programs run")
    trial.quit()
    until(lambda: not trial.is_running(), "the program ends", 10)


def set_up(trial: Trial) -> None:
    """The same shop anew by the command line, which says in a file what the wizard asks a person for."""
    file = trial.wine.home / "loja.toml"
    file.write_text(
        "version = 1\napprove_first_sync = true\nfirst_orders = 'import'\n"
        f"[hub]\nbase_url = '{trial.hub}'\n[erp]\nkind = 'folder'\nfolder = 'troca'\n",
        encoding="utf-8",
    )
    trial.cli("setup", "--from", "Z:" + str(file).replace("/", "\\"), "--secrets-stdin", stdin=trial.line)
    answer = trial.cli("check")
    expect(answer["ok"], f"check: {[one for one in answer['checks'] if not one['ok']]}")


def write_sheet(trial: Trial, raised: int) -> dict[str, float]:
    """Let the ERP write its sheet of balances and prices, as its own programs do; the prices by SKU.

    Args:
        trial: where the shop is.
        raised: so many products cost 40 cents more than the others' pattern.
    """
    rows, prices = ["codigo;descricao;saldo;preco"], dict[str, float]()
    for place, sku in enumerate(sorted(entry["sku"] for entry in trial.at_hub("skus"))):
        cents = 90 if place < raised else 50
        rows.append(f"{sku};Peça nº {place};{place + 40};{place + 10},{cents}")
        prices[sku] = place + 10 + cents / 100
    (trial.exchange / "estoque.csv").write_bytes(("\r\n".join(rows) + "\r\n").encode("cp1252"))
    return prices


def sync(trial: Trial) -> None:
    """Prices are at the hub, approved orders in the folder, their invoices at the hub."""
    prices = write_sheet(trial, raised=3)
    answer = trial.cli("sync", "--once")
    expect(answer["ok"], f"sync: {answer}")
    found = {entry["sku"]: float(entry["price"]) for entry in trial.at_hub("skus")}
    wrong = [sku for sku, price in prices.items() if abs(found[sku] - price) > 0.001]
    expect(not wrong, f"prices at the hub: {wrong[:5]}")
    files = sorted((trial.exchange / "pedidos").glob("pedido_*.csv"))
    approved = sum(order["status"] == "approved" for order in trial.at_hub("orders"))
    expect(files and len(files) <= approved, f"{len(files)} order files for {approved} approved orders")
    invoice_orders(trial, files)
    answer = trial.cli("sync", "--once")
    expect(answer["ok"], f"sync with invoices: {answer}")
    sent = trial.cli("invoices", "list")["invoices"]
    expect(len(sent) == len(files), f"{len(sent)} of {len(files)} invoices are known")


def invoice_orders(trial: Trial, files: list[Path]) -> None:
    """Write the ERP's invoices for order files, as a sheet."""
    lines = ["pedido;numero;serie;data;chave"]
    for number, file in enumerate(files, 4001):
        row = next(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
        lines.append(f"{row['id_pluggto']};{number};1;{_today():%d/%m/%Y};{nfe_key(number)}")
    folder = trial.exchange / "notas"
    folder.mkdir(exist_ok=True)
    (folder / "notas_1.csv").write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))


def _today() -> date:
    """The date on the invoices: that of Brasília, whatever zone this machine is in."""
    return datetime.now(timezone(timedelta(hours=-3))).date()


def nfe_key(number: int) -> str:
    """An NF-e's key of today with its check digit: modulo 11 from the right with weights 2 to 9 (NF-e manual)."""
    body = f"35{_today():%y%m}1234567800019555001{number:09d}1{number:08d}"
    rest = sum(int(char) * (2 + index % 8) for index, char in enumerate(reversed(body))) % 11
    return body + str(0 if rest < 2 else 11 - rest)


def popup(trial: Trial, button: int) -> Window:
    """Press a button on the icon until the menu is there."""
    found: list[Window] = []

    def there() -> bool:
        found[:] = [one for one in trial.wine.windows(TRAY) if "Popup" in one.kind]
        return bool(found)

    for _ in range(3):  # the icon may not have been there yet
        trial.wine.click(*CORNER, button)
        with contextlib.suppress(SetupError):
            until(there, "the tray's menu", 8)
        if found:
            until(lambda: trial.wine.colours(found[0]) >= 4, "the menu is drawn", 10)
            return found[0]
    raise StepFailed("the icon shows no menu")


def tray_menu(trial: Trial) -> None:
    """By mouse: the menu opens, an entry opens its page, the last entry ends the program; a click opens the panel."""
    trial.wine.start(rf"{trial.folder}\OtimoTray.exe", "--minimized")
    until(trial.answers, "the program answers", 60)
    trial.show("tray")
    menu = popup(trial, 3)
    trial.show("tray-menu")
    trial.wine.keys("Escape")
    opened = try_entries(trial, menu, "Pedidos")
    expect("Pedidos" in opened, f"no entry led to Pedidos, but to {opened}")
    trial.show("tray-page")
    trial.wine.click(*CORNER, 1)
    trial.window("Painel")
    trial.show("tray-window")
    menu = popup(trial, 3)
    trial.wine.click((menu.left + menu.right) // 2, menu.bottom - 12)
    until(lambda: not trial.is_running(), "the last entry, Sair, ends the program", 30)


def try_entries(trial: Trial, menu: Window, wanted: str) -> list[str]:
    """Click on the menu's entries from the middle downward until the window shows the wanted page; the pages seen."""
    seen: list[str] = []
    for y in range((menu.top + menu.bottom) // 2, menu.bottom - 30, 9):
        shown = popup(trial, 3)
        trial.wine.click((shown.left + shown.right) // 2, y)
        until(lambda: not any("Popup" in one.kind for one in trial.wine.windows(TRAY)), "the menu closes", 10)
        titles = [one.title for one in trial.wine.windows(TRAY)]
        seen += [title.partition(" – ")[0] for title in titles if " – " in title]
        if wanted in seen:
            trial.window(wanted)
            break
    return seen


def open_page(trial: Trial, title: str, key: str) -> None:
    """Open the window by the icon and a page by its key."""
    trial.wine.click(*CORNER, 1)
    shown = trial.window("Ótimo Tray")
    # A click on the title gives it the keyboard.
    trial.wine.click((shown.left + shown.right) // 2, shown.top + 10)
    trial.wine.keys(key)
    trial.window(title)


def waiting(trial: Trial) -> list[str]:
    """Numbers of the orders that wait for a tracking code."""
    return [one["number"] for one in trial.cli("tracking", "list")["parcels"] if not one["codes"]]


def arrived(trial: Trial, code: str) -> Callable[[], bool]:
    """A look whether a code is at the hub."""
    return lambda: any(code in str(order) for order in trial.at_hub("orders"))


def tone(trial: Trial) -> float:
    """The height of the last sound in hertz, by its waves' number and length; 0 for silence."""
    heard = trial.wine.heard
    data = heard.read_bytes() if heard.exists() else b""
    waves = struct.unpack(f"<{len(data) // 2}h", data[: len(data) // 2 * 2])
    loud = bool(waves) and max(waves) > LOUD
    return sum(one < 0 <= other for one, other in pairwise(waves)) * RATE / len(waves) if loud else 0.0


def tracking(trial: Trial) -> None:
    """Order, Enter, code, Enter, as a scanner types: the code is at the hub."""
    trial.wine.start(rf"{trial.folder}\OtimoTray.exe", "--minimized")
    until(trial.answers, "the program answers", 60)
    number = waiting(trial)[0]
    open_page(trial, "Rastreio", "ctrl+3")
    trial.wine.type(number)
    trial.wine.type(CODES[0])
    until(lambda: abs(tone(trial) - SUCCESS_HZ) < 60, "the packer hears the high tone of success", 20)
    until(arrived(trial, CODES[0]), "the typed code arrives at the hub", 60)
    trial.show("tracking")


def session_end(trial: Trial) -> None:
    """Windows ends the session while a code was just typed: done in 2 seconds, and the code arrives after the start."""
    open_orders = waiting(trial)
    expect(open_orders, "an order waits for a code")
    trial.wine.type(open_orders[0])
    trial.wine.type(CODES[1])
    ran = trial.wine.exe(PROBE, "end-session", TRAY, seconds=60)
    expect(ran.code == 0, f"a window said no to the end of the session ({ran.code})")
    expect(int(ran.out) <= ENDED_MS, f"the end of the session took {ran.out.strip()} ms")
    trial.wine.exe(PROBE, "kill", TRAY)
    until(lambda: not trial.is_running(), "the session is over", 20)
    log = trial.wine.c_drive(rf"{trial.local}\Otimo Tray\logs\otimo-tray.log")
    told = log.read_text(encoding="utf-8") if log.exists() else ""
    expect("Traceback" not in told, f"the log has an error: {told[-800:]}")
    start_again(trial)
    until(arrived(trial, CODES[1]), "the code typed just before the end arrives", 60)


def session_end_hidden(trial: Trial) -> None:
    """The same with the icon alone, without a window; and waking up goes unharmed before it."""
    expect(trial.wine.exe(PROBE, "wake", TRAY).code == 0, "the program could not be told")
    expect(trial.answers(), "the program answers after waking up")
    ran = trial.wine.exe(PROBE, "end-session", TRAY, seconds=60)
    expect(ran.code == 0 and int(ran.out) <= ENDED_MS, f"the end of the session: {ran.code}, {ran.out.strip()} ms")
    # It ends by itself, and has let go of its profile; who is slower is killed by Windows.
    trial.wine.exe(PROBE, "kill", TRAY)
    until(lambda: not trial.is_running(), "the session is over", 20)
    start_again(trial)


def start_again(trial: Trial) -> None:
    """The next session: the program starts, and found nothing broken."""
    trial.wine.start(rf"{trial.folder}\OtimoTray.exe", "--minimized")
    until(trial.answers, "the program starts after the session's end", 60)
    status = trial.cli("status", code=None)
    expect(not status.get("notices") and status["trouble"] is None, f"something was lost: {status}")
