"""A newer version is offered in the window and installed on the person's word; what is refused is said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QPushButton

from otimo_tray.desktop.updates import Release, UpdateRefused
from otimo_tray.ui.parts import MessageBar
from otimo_tray.ui.updates import UpdateDesk
from tests.ui.conftest import Stage

RELEASE = Release("2.0.0", "https://example.org/setup.exe", 10, "ab" * 32)


@dataclass
class FakeWatch:
    """Answers what a test wants; `installs` are the releases whose installer was started."""

    found: Release | None = None
    refusal: UpdateRefused | None = None
    ends_with: int = 4
    installs: list[Release] = field(default_factory=list[Release])
    looked: int = 0

    def look(self) -> Release | None:
        self.looked += 1
        if self.refusal is not None:
            raise self.refusal
        return self.found

    def install(self, release: Release) -> subprocess.Popen[bytes]:
        if self.refusal is not None:
            raise self.refusal
        self.installs.append(release)
        return subprocess.Popen([sys.executable, "-c", f"raise SystemExit({self.ends_with})"])


@dataclass
class Told:
    """The desk under test and what it told."""

    stage: Stage
    watch: FakeWatch
    balloons: list[tuple[str, str, str]]
    desk: UpdateDesk

    @property
    def bar(self) -> MessageBar:
        return self.stage.window.notices

    def look(self) -> None:
        self.desk.look()
        self.stage.rest()

    def press(self) -> None:
        next(one for one in self.bar.findChildren(QPushButton) if one.text() == "&Instalar agora").click()


Make = Callable[[FakeWatch], Told]


@pytest.fixture
def make(stage: Stage) -> Make:
    def made(watch: FakeWatch, *, attach: bool = True) -> Told:
        balloons: list[tuple[str, str, str]] = []
        desk = UpdateDesk(
            watch,
            stage.bench.work,
            stage.shop.desk.error_sentence,
            lambda title, text, page: balloons.append((title, text, page)),
            stage.window,
        )
        stage.window.open_at()
        stage.rest()
        if attach:
            desk.attach(stage.window.notices)
        return Told(stage, watch, balloons, desk)

    return made


def test_a_newer_version_is_offered_once_and_installed_on_the_persons_word(make: Make) -> None:
    told = make(FakeWatch(RELEASE))
    told.look()
    told.look()
    assert "2.0.0" in told.bar.text
    assert [balloon[0] for balloon in told.balloons] == ["Nova versão pronta"]
    assert told.watch.installs == []
    told.press()
    told.stage.rest()
    assert told.watch.installs == [RELEASE]
    assert told.bar.text.startswith("Testando a nova versão")
    told.desk.stop()
    assert told.desk._setup is not None
    told.desk._setup.wait(20)


def test_an_installer_that_ends_and_leaves_us_here_has_failed(make: Make) -> None:
    told = make(FakeWatch(RELEASE, ends_with=4))
    told.desk._ended.setInterval(20)
    told.look()
    told.press()
    told.stage.wait_for(lambda: "L-345" in told.bar.text)
    assert "(4)" in told.bar.text
    told.look()  # tomorrow it is offered again
    assert "2.0.0" in told.bar.text
    told.desk.stop()


@pytest.mark.parametrize("reason", ["form", "signature", "older", "content"])
def test_a_refusal_is_said_and_nothing_is_installed(make: Make, reason: str) -> None:
    told = make(FakeWatch(RELEASE, UpdateRefused(reason)))
    told.look()
    assert "recusad" in told.bar.text or "apagado" in told.bar.text
    assert not [one for one in told.bar.findChildren(QPushButton) if one.isVisible()]
    assert (told.watch.installs, told.balloons) == ([], [])
    told.desk.stop()


def test_a_file_changed_after_the_offer_is_refused_at_the_click(make: Make) -> None:
    told = make(FakeWatch(RELEASE))
    told.look()
    told.watch.refusal = UpdateRefused("content")
    told.press()
    told.stage.rest()
    assert "L-344" in told.bar.text
    told.desk.stop()


def test_no_news_says_nothing_and_a_window_opened_later_shows_the_offer(make: Make, stage: Stage) -> None:
    told = make(FakeWatch(None))
    told.look()
    assert told.bar.text == ""
    told.desk.stop()
    watch = FakeWatch(RELEASE)
    late = UpdateDesk(watch, stage.bench.work, str, lambda _title, _text, _page: None, stage.window)
    late.look()
    stage.rest()
    assert told.bar.text == ""
    late.attach(stage.window.notices)
    assert "2.0.0" in told.bar.text
    late.stop()


def test_it_looks_after_a_minute_and_then_each_hour(make: Make) -> None:
    told = make(FakeWatch(None))
    told.desk.start()
    assert told.desk._timer.interval() == 60_000
    assert told.watch.looked == 0
    told.desk._timer.timeout.emit()
    told.stage.rest()
    assert told.watch.looked == 1
    assert (told.desk._timer.isActive(), told.desk._timer.interval()) == (True, 3_600_000)
    told.desk.stop()
    assert not told.desk._timer.isActive()
