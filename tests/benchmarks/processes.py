"""What the engine and the tray take as processes of their own, looked at from outside: memory, start, rest."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from otimo_tray.desktop import ipc, settings_file
from otimo_tray.desktop.clock import SystemClock
from otimo_tray.desktop.paths import ProfilePaths, profile_paths
from otimo_tray.errors import AlreadyRunning
from otimo_tray.store import open_store
from tests.benchmarks import outside
from tests.benchmarks.shop import SKUS, BenchShop, check, median

STARTS = 5
REST_S = 60.0
_LONGEST_S = 180.0
_SETTLED_S = 3.0
"""After a cycle or a new window, until what it does in the background is done."""
_ICON_LOOK_S = 0.005


@dataclass
class TrayFigures:
    """Seconds, megabytes (10**6 bytes), per cent of one processor, bytes."""

    start_s: float
    rss_mb: float
    busy_rss_mb: float
    idle_cpu_percent: float
    idle_write_bytes: int


def need_desktop(*parts: str) -> None:
    """Raises outside.AbsentError unless this is Linux with these parts of a private desktop (`OTIMO_SESSION`)."""
    there = os.environ.get("OTIMO_SESSION", "").split(",")
    missing = [part for part in parts if part not in there]
    if not sys.platform.startswith("linux"):
        raise outside.AbsentError("read from /proc, which only Linux has")
    if missing:
        raise outside.AbsentError(f"needs {', '.join(missing)}: run `python3 installer/dev.py bench`")
    if "tray" in parts and shutil.which("xdotool") is None:
        raise outside.AbsentError("needs xdotool, to see the icon from outside")


def make_profile(shop: BenchShop) -> ProfilePaths:
    """A profile of this shop, set up by the command, with nothing read yet."""
    paths = profile_paths(shop.folder / "perfil")
    settings = replace(shop.settings, shop=replace(shop.settings.shop, language="pt_BR"))
    source = shop.folder / "loja.toml"
    source.write_bytes(settings_file.dump(settings))
    done = subprocess.run(
        [*_command(paths), "setup", "--from", str(source), "--secrets-stdin", "--json"],
        input=shop.hub_process.first_line, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    check(done.returncode == 0, "setup", f"{done.stdout} {done.stderr}")
    return paths


def engine_rss(shop: BenchShop, paths: ProfilePaths, say: Callable[[str], None]) -> tuple[float, float]:
    """MB of `otimo-tray run` after a cycle that reads all rows and computes all SKUs anew, over a profile that knows
    them; and, before that, after its first cycle ever, which reads the hub's whole catalogue too."""
    found: list[float] = []
    for words in ("the first cycle ever", "a cycle"):
        _young_sheet(shop)
        if found:
            _mark_all(paths)
        with _running(paths, "run") as process:
            _until_cycle(paths, process)
            after = outside.memory_mb(process.pid)
            time.sleep(_SETTLED_S)
            found.append(max(after, outside.memory_mb(process.pid)))
            peak = outside.memory_mb(process.pid, "VmHWM")
        _check_state(paths)
        say(f"{shop.source}: engine {found[-1]:.0f} MB after {words}, {peak:.0f} MB at most")
    return found[1], found[0]


def _mark_all(paths: ProfilePaths) -> None:
    """Every SKU is to be computed anew."""
    store = open_store(paths.state, SystemClock())
    store.values.mark_dirty([("all", "")])
    store.close()


def tray(shop: BenchShop, paths: ProfilePaths, say: Callable[[str], None]) -> TrayFigures:
    """The tray over a profile that knows its 100,000 SKUs; its cycle computes them all anew."""
    starts: list[float] = []
    resting: list[float] = []
    for _ in range(STARTS):
        with _running(paths, "--minimized") as process:
            starts.append(_icon_after(process))
            resting.append(_rss_before_cycle(paths, process))
    _young_sheet(shop)
    _mark_all(paths)
    shop.hub_process.forget_requests()
    with _running(paths, "--minimized") as process:
        _icon_after(process)
        resting.append(_rss_before_cycle(paths, process))
        _until_cycle(paths, process)
        time.sleep(_SETTLED_S)
        cpu, written = _rest(paths, process)
        ipc.ask(paths, "show", {"page": "mapping"})
        _until(lambda: _visible(process.pid, "De/Para|Ótimo"), "window")
        time.sleep(_SETTLED_S)
        busy = outside.memory_mb(process.pid)
    figures = TrayFigures(median(starts), max(resting), busy, cpu, written)
    say(f"{shop.source}: {figures}")
    return figures


# --- the processes ---------------------------------------------------------------------------------------------------


def _command(paths: ProfilePaths) -> list[str]:
    return [sys.executable, "-m", "otimo_tray", "--profile-dir", str(paths.folder)]


@contextlib.contextmanager
def _running(paths: ProfilePaths, *words: str) -> Generator[subprocess.Popen[bytes]]:
    paths.ipc_key.unlink(missing_ok=True)
    with (paths.folder.parent / "saida.txt").open("ab") as log:
        process = subprocess.Popen([*_command(paths), *words], stdout=log, stderr=log)
    try:
        yield process
        check(process.poll() is None, "the process ended by itself", _last_words(paths))
    finally:
        process.terminate()
        process.wait(60)


def _last_words(paths: ProfilePaths) -> str:
    return (paths.folder.parent / "saida.txt").read_text(encoding="utf-8", errors="replace")[-2_000:]


def _status(paths: ProfilePaths) -> dict[str, Any] | None:
    try:
        reply = ipc.ask(paths, "status", {}, seconds=10)
    except AlreadyRunning:
        return None
    return cast("dict[str, Any]", reply.result) if reply.ok and isinstance(reply.result, dict) else None


def _until(ready: Callable[[], bool], what: str, pause: float = 0.1) -> None:
    deadline = time.monotonic() + _LONGEST_S
    while not ready():
        check(time.monotonic() < deadline, "waited too long for", what)
        time.sleep(pause)


def _until_cycle(paths: ProfilePaths, process: subprocess.Popen[bytes]) -> None:
    """Until stock and price were synchronised by this process."""
    started = datetime.now(UTC) - timedelta(seconds=_age_s(process.pid))

    def done() -> bool:
        check(process.poll() is None, "the process ended", _last_words(paths))
        status = _status(paths)
        if status is None:
            return False
        flows = [status["flows"][name] for name in ("stock", "price", "orders")]
        return all(
            not flow["running"] and flow["last_success"] and datetime.fromisoformat(flow["last_success"]) > started
            for flow in flows
        )

    _until(done, "the first cycle")


def _check_state(paths: ProfilePaths) -> None:
    """The state on the disk knows all SKUs."""
    store = open_store(paths.state, SystemClock())
    try:
        counts = store.catalogue.counts()
        last = store.values.last_reading()
        check(counts["mapped"] == SKUS, "SKUs mapped", counts)
        check(last is not None and last.row_count == SKUS, "rows read", last)
    finally:
        store.close()


def _young_sheet(shop: BenchShop) -> None:
    """A sheet younger than any reading so far, so that the next cycle reads it."""
    if shop.source == "csv":
        shop.clock.set_wall(datetime.now(UTC) - timedelta(seconds=20))
        shop.write_sheet()


# --- seen from outside -----------------------------------------------------------------------------------------------


def _visible(pid: int, name: str = "") -> bool:
    """Whether the process shows a window; the tray's icon is one, mapped inside of the tray's own."""
    command = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(pid)]
    found = subprocess.run(command + (["--name", name] if name else []), capture_output=True, check=False)
    return found.returncode == 0 and bool(found.stdout.strip())


def _icon_after(process: subprocess.Popen[bytes]) -> float:
    """Seconds from the process's start until its icon is on the screen."""
    _until(lambda: _visible(process.pid), "icon", _ICON_LOOK_S)
    return _age_s(process.pid)


def _age_s(pid: int) -> float:
    """Seconds since the process was started (to a hundredth)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def _rss_before_cycle(paths: ProfilePaths, process: subprocess.Popen[bytes]) -> float:
    """MB once the desk is made and the engine waits for its first cycle."""
    found: list[dict[str, Any]] = []

    def there() -> bool:
        check(process.poll() is None, "the process ended", _last_words(paths))
        status = _status(paths)
        found.extend([status] if status is not None else [])
        return status is not None

    _until(there, "the engine", 0.05)
    rss = outside.memory_mb(process.pid)
    running = [name for name, flow in found[0]["flows"].items() if flow["running"]]
    check(not running, "a flow ran before the memory was read", running)
    return rss


def _rest(paths: ProfilePaths, process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Per cent of one processor and bytes written in a minute in which no cycle of stock, price or orders begins."""
    status = _status(paths)
    assert status is not None
    for name in ("stock", "price", "orders"):
        left = datetime.fromisoformat(status["flows"][name]["next_run"]) - datetime.now(UTC)
        check(left.total_seconds() > REST_S + 5, f"{name} runs within the resting minute", left)
    spent, before = outside.processor_s(process.pid), outside.written(process.pid)
    began = time.monotonic()
    time.sleep(REST_S)
    seconds = time.monotonic() - began
    return (outside.processor_s(process.pid) - spent) * 100 / seconds, outside.written(process.pid) - before
