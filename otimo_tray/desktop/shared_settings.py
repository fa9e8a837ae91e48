"""Which settings belong to the shop and which to this PC, when several desks share one state. Pure.

The shop's lie in the shared state as texts by dotted name; a desk lays them over its own `settings.toml`. What only
makes sense on one PC (where its state is, its language, its folders) never leaves it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, cast

import tomli_w

from otimo_tray.desktop.settings_file import VERSION, dump, parse
from otimo_tray.desktop.settings_keys import RULES, sections
from otimo_tray.domain.settings import Settings

LOCAL: Final = frozenset({"shop.language", "check_updates", "erp.folder", "erp.nfe_folder", "erp.demo_data"})
"""Each PC's own, besides all of `[state]`."""
_ABSENT: Final = "null"


def is_local(name: str) -> bool:
    """Whether a setting never leaves this PC."""
    return name in LOCAL or name.startswith("state.")


def shared_names() -> list[str]:
    """The dotted names of the shop's settings that this version knows."""
    names = [key.name for _, keys in sections().values() for key in keys.values()]
    return [*(name for name in names if not is_local(name)), RULES]


def entries_of(settings: Settings) -> dict[str, str]:
    """The shop's settings as texts by dotted name; one that isn't set is there as none."""
    flat = _flat(tomllib.loads(dump(settings).decode(), parse_float=Decimal))
    return {name: _text(flat.get(name)) for name in shared_names()}


def changed_entries(before: Settings, after: Settings) -> dict[str, str]:
    """The shop's settings that an edit changes."""
    old = entries_of(before)
    return {name: text for name, text in entries_of(after).items() if text != old[name]}


def overlay(own: Settings, entries: Mapping[str, str]) -> Settings:
    """This desk's settings with the shop's laid over them.

    A name that this version doesn't know (a newer desk set it) is passed over, one that isn't in `entries` keeps the
    desk's own value.

    Raises:
        ConfigurationError: C-402 or C-405, a value that isn't allowed here.
    """
    document = tomllib.loads(dump(own).decode(), parse_float=Decimal)
    for name in shared_names():
        if name not in entries:
            continue
        value = json.loads(entries[name], parse_float=Decimal)
        table, _, key = name.rpartition(".")
        place: dict[str, Any] = document.setdefault(table, {}) if table else document
        if value is None:
            place.pop(key, None)
        else:
            place[key] = value
    plain = {name: value for name, value in document.items() if not _is_table(value)}
    tables = {name: value for name, value in document.items() if _is_table(value)}
    data = tomli_w.dumps({"version": VERSION, **plain, **tables})
    return parse(data.encode(), source="shared_setting")


def _is_table(value: object) -> bool:
    if isinstance(value, list):
        entries = cast("list[object]", value)
        return bool(entries) and isinstance(entries[0], dict)
    return isinstance(value, dict)


def _flat(document: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in document.items():
        if name in sections() and name:
            found.update({f"{name}.{key}": entry for key, entry in value.items()})
        else:
            found[name] = value
    return found


def _text(value: object) -> str:
    return _ABSENT if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=_number)


def _number(value: object) -> object:
    """TOML's floats were read as Decimal; `repr` of the float is what was written."""
    return float(str(value))
