"""settings.toml and the set-up file: read with a sentence for every mistake, written whole or not at all.

The format is in `resources/contracts.md`, section 1. Unknown keys are refused: a typing mistake in a guard's
name must not leave the guard at its default in silence.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, cast

import tomli_w

from otimo_tray.desktop import atomic
from otimo_tray.desktop.settings_keys import RULES, Key, all_names, rule_keys, sections
from otimo_tray.domain.rules import NO_RULE, PATTERN_FIELDS, PatternRule, SkuRule
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ConfigurationError, StoreAway

VERSION: Final = 1
_LARGEST: Final = 1024 * 1024
_DECIMAL: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?")


def read(path: Path) -> Settings:
    """Reads a settings or set-up file.

    Raises:
        ConfigurationError: C-407 there is no such file; C-408 it can't be read; otherwise as `parse`.
    """

    def content() -> bytes:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)

    try:
        data = atomic.patiently(content)
    except FileNotFoundError:
        raise ConfigurationError("C-407", path=str(path)) from None
    except OSError as error:
        raise ConfigurationError("C-408", path=str(path), reason=type(error).__name__) from None
    return parse(data, source=str(path))


def parse(data: bytes, *, source: str) -> Settings:
    """Reads the content of a settings file.

    Args:
        data: the bytes, UTF-8 with or without BOM.
        source: what sentences call it.

    Raises:
        ConfigurationError: C-404 not TOML; C-406 no version; C-403 made for a newer program; C-401 unknown
        key;
            C-402 a value of the wrong type; C-405 a value that isn't allowed.
    """
    try:
        if len(data) > _LARGEST:
            raise ConfigurationError("C-404", file=source, reason="size")
        found = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, InvalidOperation, RecursionError, ValueError) as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else None
        raise ConfigurationError("C-404", file=source, line=line, reason=type(error).__name__) from None
    _check_version(found, source)
    values: dict[str, Any] = {}
    for name, value in found.items():
        if name == "version":
            continue
        if name == RULES:
            values[name] = _rules(value, source)
        elif name in sections() and name:
            values[name] = _table(name, value, source)
        else:
            values[name] = _value(_known(name, sections()[""][1], source), value, source)
    return Settings(**values)


def _check_version(found: dict[str, Any], source: str) -> None:
    version = found.get("version")
    if version is None:
        raise ConfigurationError("C-406", file=source)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ConfigurationError("C-402", file=source, key="version", expected="int", value=_shown(version))
    if version > VERSION:
        raise ConfigurationError("C-403", file=source, version=version, supported=VERSION)


def _table(name: str, value: object, source: str) -> object:
    kind, keys = sections()[name]
    if not isinstance(value, dict):
        raise ConfigurationError("C-402", file=source, key=name, expected="table", value=_shown(value))
    entries = cast("dict[str, object]", value)
    return kind(**{one: _value(_known(one, keys, source, f"{name}."), entry, source) for one, entry in entries.items()})


def _rules(value: object, source: str) -> tuple[PatternRule, ...]:
    """The tables of `[[rules]]`, in their order, counted from 1 in sentences."""
    if not isinstance(value, list):
        raise ConfigurationError("C-402", file=source, key=RULES, expected="table", value=_shown(value))
    entries = enumerate(cast("list[object]", value), 1)
    return tuple(_rule(f"{RULES}[{number}]", entry, source) for number, entry in entries)


def _rule(place: str, value: object, source: str) -> PatternRule:
    if not isinstance(value, dict):
        raise ConfigurationError("C-402", file=source, key=place, expected="table", value=_shown(value))
    typed: dict[str, Any] = {}
    for name, entry in cast("dict[str, object]", value).items():
        key = rule_keys().get(name)
        if key is None:
            told = nearest(f"{RULES}.{name}")
            raise ConfigurationError("C-401", file=source, key=f"{place}.{name}", nearest=told)
        typed[name] = _value(replace(key, name=f"{place}.{name}"), entry, source)
    pattern, brand = typed.pop("pattern", None), typed.pop("brand", "").strip()
    if pattern is None and not brand:
        raise ConfigurationError("C-405", file=source, key=f"{place}.pattern", expected="pattern", value="")
    rule = SkuRule(**typed)
    if rule == NO_RULE:
        raise ConfigurationError("C-405", file=source, key=place, expected="rule", value=pattern or brand)
    return PatternRule("*" if pattern is None else pattern, rule, brand)


def _known(name: str, keys: dict[str, Key], source: str, prefix: str = "") -> Key:
    key = keys.get(name)
    if key is None:
        raise ConfigurationError("C-401", file=source, key=prefix + name, nearest=nearest(prefix + name))
    return key


def nearest(name: str) -> str:
    """The known key most like a mistyped one, "" when none is: first by its own name, then by the whole
    path."""
    known = all_names()
    last = name.rpartition(".")[2].casefold()
    close = difflib.get_close_matches(name.casefold(), known, 1, 0.75)
    if not close:
        tails = {one.rpartition(".")[2]: one for one in reversed(known)}
        close = [tails[one] for one in difflib.get_close_matches(last, tails, 1, 0.6)]
    return close[0] if close else ""


def _value(key: Key, value: object, source: str) -> object:
    typed = _typed(key, value)
    if typed is None:
        expected = f"choice: {', '.join(key.choices)}" if key.kind == "choice" else key.kind
        code = "C-405" if key.kind == "choice" and isinstance(value, str) else "C-402"
        raise ConfigurationError(code, file=source, key=key.name, expected=expected, value=_shown(value))
    if isinstance(typed, int | float | Decimal) and not isinstance(typed, bool):
        number = typed if isinstance(typed, Decimal) else Decimal(str(typed))
        if (key.lowest is not None and number < key.lowest) or (key.highest is not None and number > key.highest):
            expected = f"{_plain(key.lowest)} .. {_plain(key.highest)}"
            raise ConfigurationError("C-405", file=source, key=key.name, expected=expected, value=_shown(value))
    if key.test is not None and not key.test(typed):
        raise ConfigurationError("C-405", file=source, key=key.name, expected=key.expects, value=_shown(value))
    return typed


def _typed(key: Key, value: object) -> object:
    """The value as the dataclass wants it; None when its type is wrong."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    match key.kind:
        case "bool":
            return value if isinstance(value, bool) else None
        case "int":
            return value if whole else None
        case "number":
            finite = isinstance(value, Decimal) and value.is_finite()
            return float(cast(Decimal, value)) if whole or finite else None
        case "decimal":
            return _decimal(value)
        case "choice":
            return value if value in key.choices else None
        case "texts":
            return _texts(key, value)
        case "table":
            entries = cast("dict[object, object]", value) if isinstance(value, dict) else {None: None}
            return entries if all(isinstance(one, str) for one in entries.values()) else None
        case _:
            return value if isinstance(value, str) else None


def _decimal(value: object) -> Decimal | None:
    """A Decimal from text (the form we write), a whole number or TOML's float, which was read exactly."""
    if isinstance(value, str):
        return Decimal(value.strip()) if _DECIMAL.fullmatch(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value) if _DECIMAL.fullmatch(str(value)) else None


def _texts(key: Key, value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    entries = cast("list[object]", value)
    if not all(isinstance(one, str) for one in entries):
        return None
    texts = tuple(cast(str, one) for one in entries)
    # People copy a CNPJ with its punctuation.
    return tuple(re.sub(r"[\s./-]", "", one).upper() for one in texts) if key.expects == "cnpj" else texts


def _plain(limit: Decimal | None) -> str:
    return "" if limit is None else format(limit, "f")


def _shown(value: object) -> str:
    """The beginning of a value; of an address with a password not the password."""
    return re.sub(r"://[^/@]*@", "://***@", str(value))[:80]


def dump(settings: Settings) -> bytes:
    """The file's content for these settings: every key, so that a person finds what can be set."""
    document: dict[str, Any] = {"version": VERSION}
    for table, (_, keys) in sections().items():
        holder = getattr(settings, table) if table else settings
        entries = {name: _written(getattr(holder, name)) for name in keys}
        present = {name: value for name, value in entries.items() if value is not None}
        document |= {table: present} if table else present
    if settings.rules:
        document[RULES] = [_written_rule(entry) for entry in settings.rules]
    # Tables after plain keys: TOML takes a plain key behind a table for the table's.
    return tomli_w.dumps(document).encode()


def _written_rule(entry: PatternRule) -> dict[str, Any]:
    """What a rule sets, and nothing besides: here a missing key means that another rule or the default counts."""
    brand = {"brand": entry.brand} if entry.brand else {}
    told = {name: getattr(entry.rule, name) for name in PATTERN_FIELDS}
    said = {name: _written(value) for name, value in told.items() if value is not None and value is not False}
    return {"pattern": entry.pattern, **brand, **said}


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return list(cast("tuple[str, ...]", value))
    return value


def write(path: Path, settings: Settings) -> None:
    """Replaces the settings file whole and keeps the one before as `.bak`.

    Raises:
        ConfigurationError: as `parse`, these settings couldn't be read back; nothing was written.
        StoreAway: L-311, the disk is full or the file can't be replaced; the old one is unharmed.
    """
    data = dump(settings)
    if parse(data, source=path.name) != settings:
        raise ConfigurationError("C-400", file=path.name)
    try:
        atomic.write(path, data, backup=True)
    except OSError as error:
        raise StoreAway("L-311", path=str(path), reason=type(error).__name__) from None
