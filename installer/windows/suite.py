"""The project's own tests inside the Windows Python: what judges a connector on Linux judges it there too.

The Python is the shipped one plus its `python.exe`; the packages are the shipped ones plus the lock's test tools.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer import lock
from installer.environment import Environment, clean_env
from installer.say import SetupError
from installer.windows import inputs, layout
from installer.windows.wine import Ran, Wine

#: What the tests need besides the program, by its name in the lock.
TOOLS = (
    "attrs", "cffi", "colorama", "cryptography", "hypothesis", "iniconfig", "jsonschema", "jsonschema-specifications",
    "lxml", "packaging", "pluggy", "psutil", "pycparser", "pygments", "pytest", "pytest-qt", "pytest-randomly",
    "pytest-timeout", "pyyaml", "referencing", "rpds-py", "sortedcontainers", "xlwt",
)  # fmt: skip

#: Tests that make sense on Windows. Left out: the installer's own, long ones, Linux's processes and signals, and those
#: whose scripted servers hang up on a waiting socket, which ends no waiting there.
#: What moves windows and the keyboard is in one part: the parts share the screen.
PARTS = (("cli", "desktop", "ui"), ("domain", "erp", "exports", "sheets", "store", "sync", "web", "words"))
#: Left out of those, with the reason.
_TRAY = "tests/ui/test_tray.py::test_a_left_click_on_the_real_tray_opens_the_panel_and_a_right_click_the_menu"
LEFT_OUT = (
    "--ignore=tests/erp/test_nfe.py",  # needs nfelib's 40 MB of schemas
    "--ignore=tests/erp/folder/test_damaged_sheets.py",  # likewise
    "--ignore=tests/desktop/test_ipc.py",  # looks at sockets; Windows has pipes
    "--ignore=tests/ui/test_windows_events.py",  # sends messages that its own process would act on
    # Vouched for by a variable that Windows' own store of certificates doesn't know.
    "--deselect=tests/erp/http/test_faults.py::test_the_operating_systems_roots_are_trusted",
    f"--deselect={_TRAY}",  # Wine doesn't tell where an icon is
)
_SECONDS = 1200


def subset(text: str, names: Iterable[str]) -> str:
    """The entries of a lock for `names`, hashes and all; what the lock has for Linux alone is for Windows here."""
    entries = re.split(r"\n(?=[A-Za-z])", "\n" + text)
    wanted = set(names)
    found = [entry for entry in entries if re.split(r"[=\[ ]", entry, maxsplit=1)[0] in wanted]
    return "\n".join(re.sub(r" ; [^\\\n]*", " ", entry, count=1) for entry in found) + "\n"


def prepare(environment: Environment, places: layout.Layout, folder: Path) -> None:
    """Lay the Windows Python of a finished build, with test tools, into `folder`.

    Raises:
        SetupError: something can't be had.
    """
    shutil.copytree(places.payload / "app", folder / "app")
    for name in ("QtTest.pyd", "Qt6Test.dll"):  # pytest-qt's, not shipped
        shutil.copyfile(places.build / "wheels" / "PySide6" / name, folder / "app" / "packages" / "PySide6" / name)
    for name in ("otimo_tray", "resources"):
        shutil.rmtree(folder / "app" / name)  # the checkout's are tested, as on Linux
    archive = inputs.python_archive(environment)
    name = next(entry for entry in archive.namelist() if entry.endswith("/python.exe") or entry == "python.exe")
    (folder / "app" / "python.exe").write_bytes(archive.read(name))
    needed = folder / "tools.txt"
    needed.write_text(subset(environment.lock.read_text(encoding="utf-8"), TOOLS), encoding="utf-8")
    command = [str(environment.command("uv")), "pip", "install", "--quiet", "--no-config"]
    command += ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", layout.PYTHON_LINE]
    # firebirdsql is pure Python and comes as a source archive only.
    command += ["--only-binary", ":all:", "--no-binary", "firebirdsql", "--require-hashes", "--no-deps"]
    command += ["--link-mode", "copy"]
    command += ["--target", str(folder / "tools"), "-r", str(needed)]
    env = {**clean_env(), **lock.index_settings(environment)}
    if subprocess.run(command, env=env, check=False).returncode != 0:
        raise SetupError("The Windows wheels of the test tools could not be installed; the lines above say why.")
    for part in ("otimo_tray", "resources", "tests", "installer", "pyproject.toml"):
        source = environment.root / part
        target = folder / "checkout" / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    # Beside the DLL, so that the isolated Python finds the tools and the checkout.
    pth = next((folder / "app").glob("python*._pth"))
    pth.write_text(f"{pth.stem}.zip\r\n.\r\npackages\r\n..\\tools\r\n..\\checkout\r\n", encoding="ascii", newline="")


@contextlib.contextmanager
def servers(environment: Environment) -> Generator[str]:
    """Start Debian's database servers, which the drivers for Windows are tried on; gives where they are, as JSON.

    Raises:
        SetupError: they don't come up.
    """
    command = [str(environment.python), "-m", "tests.servers"]
    with subprocess.Popen(
        command, cwd=environment.root, env=clean_env(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            line = process.stdout.readline().strip()
            if not line:
                raise SetupError("The database servers of the tests don't start; the lines above say why.")
            yield line
        finally:
            process.stdin.close()  # ends them


def run(wine: Wine, folder: Path, running: str, arguments: Sequence[str]) -> list[Ran]:
    """Run pytest there, once for each of `PARTS` and all at once, with these servers.

    Args:
        wine: the prefix.
        folder: what `prepare` made.
        running: what `servers` gave.
        arguments: more of pytest's own.

    Raises:
        SetupError: a part didn't end in time.
    """
    inside = "Z:" + str(folder).replace("/", "\\")

    def part(number: int) -> Ran:
        words = ["env", f"OTIMO_TEST_SERVERS={running}", "wine"]
        words += [rf"{inside}\app\python.exe", "-X", "utf8", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rfEs"]
        words += ["-o", "addopts=--import-mode=importlib --strict-markers --tb=short"]
        words += ["--rootdir", rf"{inside}\checkout", rf"--basetemp=C:\part-{number}"]
        words += [*(f"tests/{name}" for name in PARTS[number]), *LEFT_OUT, *arguments]
        return wine.run(words, seconds=_SECONDS, folder=folder / "checkout", beside=f"part-{number}-")

    with ThreadPoolExecutor(len(PARTS)) as pool:
        return list(pool.map(part, range(len(PARTS))))
