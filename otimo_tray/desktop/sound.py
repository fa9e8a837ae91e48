"""Short sounds for whoever scans without looking: success, attention and error can't be confused.

Success is one high tone, attention two middle ones, error three low ones. On Windows they are small WAV files,
written once for each volume and played by the system itself, beside whatever runs; elsewhere the caller beeps.
"""

from __future__ import annotations

import contextlib
import io
import math
import struct
import sys
import wave
from enum import StrEnum
from pathlib import Path
from typing import Final

from otimo_tray.desktop import atomic

RATE: Final = 22_050
_FADE_S: Final = 0.006
"""Without it each tone begins and ends with a click."""


class Sound(StrEnum):
    """What a sound says."""

    SUCCESS = "success"
    ATTENTION = "attention"
    ERROR = "error"


class Volume(StrEnum):
    """How loud; the system's own volume comes on top."""

    OFF = "off"
    LOW = "low"
    NORMAL = "normal"
    LOUD = "loud"


TONES: Final[dict[Sound, tuple[tuple[int, float], ...]]] = {
    Sound.SUCCESS: ((1320, 0.09),),
    Sound.ATTENTION: ((740, 0.12), (0, 0.05), (740, 0.12)),
    Sound.ERROR: ((300, 0.16), (0, 0.05), (300, 0.16), (0, 0.05), (300, 0.26)),
}
"""(hertz, seconds) one after the other; 0 is silence."""
_STRENGTH: Final = {Volume.OFF: 0.0, Volume.LOW: 0.12, Volume.NORMAL: 0.38, Volume.LOUD: 0.95}


def wave_bytes(sound: Sound, volume: Volume) -> bytes:
    """A whole WAV file: 16 bits, one channel."""
    samples: list[int] = []
    for hertz, seconds in TONES[sound]:
        count = int(RATE * seconds)
        for place in range(count):
            edge = min(1.0, place / (_FADE_S * RATE), (count - 1 - place) / (_FADE_S * RATE))
            samples.append(int(32_767 * _STRENGTH[volume] * edge * math.sin(2 * math.pi * hertz * place / RATE)))
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return target.getvalue()


def wave_file(folder: Path, sound: Sound, volume: Volume) -> Path:
    """The sound's file in `folder`, written when it isn't there yet. Raises OSError."""
    path = folder / f"{sound}-{volume}.wav"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        atomic.write(path, wave_bytes(sound, volume))
    return path


def play(folder: Path, sound: Sound, volume: Volume) -> bool:
    """Plays a sound and returns at once; False when the system can't and the caller should beep.

    A PC without speakers, or whose folder can't be written, is no trouble of the packer's: silence.
    """
    if volume is Volume.OFF:
        return True
    if sys.platform != "win32":
        return False
    import winsound

    with contextlib.suppress(OSError, RuntimeError):
        path = wave_file(folder, sound, volume)
        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        return True
    return False
