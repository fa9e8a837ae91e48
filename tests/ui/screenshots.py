"""Pictures of every page with believable data, light, dark and high contrast, at 100 and 150 per cent.

`python -m tests.ui.screenshots DIR [--language en] [PAGE…]`
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

SCALES = (1.0, 1.5)
MODES = ("light", "dark", "contrast")


def main(arguments: list[str]) -> int:
    """Take the pictures, one process a scale: the scale is fixed when Qt starts."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    if "OTIMO_PICTURES" in os.environ:
        only = arguments[1:]
        language = "pt_BR"
        if "--language" in only:
            place = only.index("--language")
            language = only[place + 1]
            del only[place : place + 2]
        modes_asked = os.environ["OTIMO_PICTURES"].split(",")
        take(folder, float(os.environ["QT_SCALE_FACTOR"]), modes_asked, only, language)
        return 0
    for scale in SCALES:
        modes = ",".join(MODES)
        environment = {
            **os.environ,
            "QT_SCALE_FACTOR": str(scale),
            "OTIMO_PICTURES": modes,
            "QT_QPA_PLATFORM": "offscreen",
        }
        done = subprocess.run([sys.executable, "-m", "tests.ui.screenshots", *arguments], env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


def take(folder: Path, scale: float, modes: list[str], only: list[str], language: str = "pt_BR") -> None:
    """Take all pictures of one scale, in one of the program's languages."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from otimo_tray.ui.app import application
    from otimo_tray.ui.bridge import Bridge
    from otimo_tray.ui.look import CONTRAST_PROPERTY, frame_fields
    from otimo_tray.ui.page import Bench
    from otimo_tray.ui.translation import speak
    from otimo_tray.ui.window import PAGES, Window
    from otimo_tray.ui.work import Work
    from tests.ui.desks import fill_all, open_shop
    from tests.ui.palettes import palette
    from tests.ui.scenes import prepare
    from tests.ui.shop import busy_status
    from tests.ui.support_scenes import WINDOWS, scenes

    app = application()
    app.setStyle("Fusion")
    speak(app, language)
    with tempfile.TemporaryDirectory() as place:
        shop = open_shop(Path(place), fill_all)
        shop.engine.shown = busy_status()
        settings = shop.desk.settings()
        shop.desk.save_settings(replace(settings, shop=replace(settings.shop, language=language)))
        bridge = Bridge()
        work = Work(bridge)
        for mode in modes:
            app.setProperty(CONTRAST_PROPERTY, mode == "contrast")
            QApplication.setPalette(palette(mode))
            frame_fields()
            layout = QSettings(str(Path(place) / f"{mode}.ini"), QSettings.Format.IniFormat)
            bench = Bench(shop.desk, bridge, work, layout)
            window = Window(bench)
            window.resize(1180, 700)
            window.show_status(busy_status())
            for page in [name for name in only or PAGES if name in PAGES]:
                window.open_at(page)
                for scene, ready in prepare(page, window.show_page(page), shop):
                    settle(app, ready)
                    name = f"{page}{scene}-{mode}-{int(scale * 100)}.png"
                    (window if not scene.startswith("-dialog") else app.activeWindow() or window).grab().save(
                        str(folder / name)
                    )
            window.hide()
            window.deleteLater()
            for name in [name for name in only or WINDOWS if name in WINDOWS]:
                for scene, ready, shown in scenes(name, bench, shop, Path(place)):
                    settle(app, ready)
                    shown.grab().save(str(folder / f"{name}{scene}-{mode}-{int(scale * 100)}.png"))
        work.close()
        shop.close()


def settle(app: object, seconds: float) -> None:
    """Let workers and events come to rest."""
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
