"""The three sounds: told apart by pitch and number, as loud as chosen, written once."""

from __future__ import annotations

import io
import struct
import sys
import wave
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from otimo_tray.desktop.sound import RATE, Sound, Volume, play, wave_bytes, wave_file


def _samples(sound: Sound, volume: Volume) -> tuple[int, ...]:
    with wave.open(io.BytesIO(wave_bytes(sound, volume))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))


def _pitch(samples: tuple[int, ...]) -> float:
    """Crossings of zero upwards, for each second that sounds."""
    sounding = sum(1 for sample in samples if sample) / RATE
    return sum(1 for before, after in pairwise(samples) if before < 0 <= after) / sounding


def test_the_three_are_of_other_pitch_and_length() -> None:
    found = {sound: _samples(sound, Volume.NORMAL) for sound in Sound}
    assert _pitch(found[Sound.SUCCESS]) > 1.5 * _pitch(found[Sound.ATTENTION]) > 2 * _pitch(found[Sound.ERROR])
    assert len(found[Sound.SUCCESS]) < len(found[Sound.ATTENTION]) < len(found[Sound.ERROR]) < RATE


@pytest.mark.parametrize("sound", list(Sound))
def test_louder_is_louder_and_none_clicks(sound: Sound) -> None:
    peaks = [max(map(abs, _samples(sound, volume))) for volume in (Volume.LOW, Volume.NORMAL, Volume.LOUD)]
    assert peaks[0] * 2 < peaks[1]
    assert peaks[1] * 2 < peaks[2] <= 32_767
    samples = _samples(sound, Volume.LOUD)
    assert samples[0] == samples[-1] == 0


def test_the_file_is_written_once_for_each_volume(tmp_path: Path) -> None:
    path = wave_file(tmp_path / "new", Sound.ERROR, Volume.LOW)
    assert path.read_bytes() == wave_bytes(Sound.ERROR, Volume.LOW)
    before = path.stat().st_mtime_ns
    assert wave_file(tmp_path / "new", Sound.ERROR, Volume.LOW) == path
    assert path.stat().st_mtime_ns == before
    assert wave_file(tmp_path / "new", Sound.ERROR, Volume.LOUD) != path


def test_off_is_silent_and_asks_nobody_to_beep(tmp_path: Path) -> None:
    assert play(tmp_path / "none", Sound.ERROR, Volume.OFF)
    assert not (tmp_path / "none").exists()


class FakeWinsound(ModuleType):
    """What of the system's module is used."""

    SND_FILENAME, SND_ASYNC, SND_NODEFAULT = 1, 2, 4

    def __init__(self) -> None:
        super().__init__("winsound")
        self.played: list[tuple[str, int]] = []
        self.fails = False

    def PlaySound(self, path: str, flags: int) -> None:
        if self.fails:
            raise RuntimeError("no device")
        self.played.append((path, flags))


def test_windows_plays_the_file_beside_what_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeWinsound()
    monkeypatch.setattr("otimo_tray.desktop.sound.sys.platform", "win32")
    monkeypatch.setitem(sys.modules, "winsound", fake)
    assert play(tmp_path, Sound.SUCCESS, Volume.LOUD)
    assert fake.played == [(str(tmp_path / "success-loud.wav"), 7)]
    fake.fails = True
    assert not play(tmp_path, Sound.SUCCESS, Volume.LOUD)  # no device: the caller beeps
