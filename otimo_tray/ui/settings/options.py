"""What a setting on the screen is, and how its value is taken from the settings and put into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from otimo_tray.desktop import settings_keys
from otimo_tray.desktop.settings_keys import Key
from otimo_tray.domain.settings import Settings

Kind = Literal["switch", "whole", "number", "decimal", "text", "choice", "list", "minutes"]


@dataclass(frozen=True, slots=True)
class Option:
    """One setting.

    Attributes:
        path: attributes from `Settings` down, e.g. `guards.zero_percent`.
        help: a sentence that explains it.
        low, high: limits, included.
        unit: shown after the number.
        choices: (value, words).
        optional: an empty field means None.
    """

    path: str
    kind: Kind
    title: str
    help: str = ""
    low: float = 0
    high: float = 1_000_000
    unit: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that belong together."""

    key: str
    title: str
    options: tuple[Option, ...]


def get(settings: Settings, path: str) -> Any:
    """Return a setting's value."""
    value: Any = settings
    for name in path.split("."):
        value = getattr(value, name)
    return value


def put(settings: Settings, path: str, value: Any) -> Settings:
    """Return settings with one value changed."""
    name, _, rest = path.partition(".")
    if not rest:
        return replace(settings, **{name: value})
    return replace(settings, **{name: replace(getattr(settings, name), **{rest: value})})


def key_of(path: str) -> Key:
    """Return what the settings file knows of a setting: its type, limits and test."""
    table, _, name = path.rpartition(".")
    return settings_keys.sections()[table][1][name]


def sections() -> Sequence[Section]:
    """Return all settings in the order of the screen, with the settings file's own limits.

    Connections stand above, they have forms of their own.
    """
    from otimo_tray.ui.settings.declared import declared
    from otimo_tray.ui.settings.declared_care import care_section

    first, last = declared()[:-1], declared()[-1]
    return [
        replace(section, options=tuple(map(_limited, section.options))) for section in (*first, care_section(), last)
    ]


def _limited(option: Option) -> Option:
    key = key_of(option.path)
    low = option.low if key.lowest is None else float(key.lowest)
    return replace(option, low=low, high=option.high if key.highest is None else float(key.highest))
