"""Values ↔ the text of a column: times, JSON, errors and whole dataclasses (orders, invoices, rules)."""

from __future__ import annotations

import dataclasses
import json
import re
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from otimo_tray.errors import OtimoError

_T = TypeVar("_T")
_NOT_TEXT: Final = re.compile("[\x00\ud800-\udfff]")


def time_text(moment: datetime) -> str:
    """An aware time as sortable text: UTC, microseconds, a trailing Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def time_or_none(moment: datetime | None) -> str | None:
    """`time_text` where there is a time."""
    return None if moment is None else time_text(moment)


def time_of(text: str) -> datetime:
    """Inverse of `time_text`."""
    return datetime.fromisoformat(text)


def maybe_time(text: str | None) -> datetime | None:
    """`time_of` where there is a text."""
    return None if text is None else datetime.fromisoformat(text)


def decimal_text(value: Decimal | None) -> str | None:
    """An amount as exact text."""
    return None if value is None else str(value)


def clean(text: str) -> str:
    """Half a character (a lone surrogate, from a name cut off) and NUL replaced: not every database takes them."""
    if text.isascii() and "\0" not in text:
        return text
    return _NOT_TEXT.sub("\ufffd", text)


def _plain(value: object) -> object:
    """What JSON has no type for. A Decimal stays a number where that is exact."""
    if isinstance(value, Decimal):
        if value.is_finite():
            if value == value.to_integral_value():
                return int(value)
            if Decimal(repr(float(value))) == value:
                return float(value)
        return str(value)
    if isinstance(value, datetime):
        return time_text(value) if value.tzinfo is not None else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(cast("set[object]", value))
    return str(value)


def json_text(value: object) -> str:
    """JSON of anything; what it has no type for becomes its text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def raw_text(value: object) -> str:
    """JSON of the other side's answer: pure ASCII, since it may hold half characters."""
    return json.dumps(value, separators=(",", ":"), default=_plain)


def json_of(text: str | None) -> Any:
    """Inverse of `json_text`; numbers with a point come back as Decimal. None and "" are an empty object."""
    return json.loads(text, parse_float=Decimal) if text else {}


def params_of(text: str | None) -> dict[str, Any]:
    """Parameters of a sentence."""
    return cast("dict[str, Any]", json.loads(text)) if text else {}


def error_columns(error: OtimoError | None) -> dict[str, str | None]:
    """`error_code`, `error_params` and `error_raw` of an error; all None without one."""
    if error is None:
        return {"error_code": None, "error_params": None, "error_raw": None}
    return {
        "error_code": error.code,
        "error_params": clean(json_text(error.params)),
        "error_raw": clean(error.raw),
    }


# --- dataclasses


def dump(value: Any) -> dict[str, Any]:
    """A dataclass as JSON values: Decimal and times as text, fields that hold their default left out."""
    found: dict[str, Any] = {}
    for entry in _fields(cast("type[Any]", type(value))):
        content = getattr(value, entry.name)
        if content != entry.default:
            found[entry.name] = _dumped(content)
    return found


def _dumped(value: Any) -> Any:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, tuple):
        return [_dumped(one) for one in cast("tuple[Any, ...]", value)]
    if dataclasses.is_dataclass(cast("object", value)):
        return dump(value)
    return None if value is None else str(value)


def load(kind: type[_T], data: Mapping[str, Any]) -> _T:
    """Inverse of `dump`. Fields that aren't there get their default, unknown ones are left out.

    Raises:
        TypeError: a field without default is missing. ValueError: a value of another type.
    """
    return kind(**{name: convert(data[name]) for name, convert in _loaders(kind) if name in data})


@cache
def _fields(kind: type) -> tuple[dataclasses.Field[Any], ...]:
    """The fields that are kept: one that takes no part in comparisons (`Order.raw`) has a column of its own."""
    return tuple(entry for entry in dataclasses.fields(cast("Any", kind)) if entry.compare)


@cache
def _loaders(kind: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(kind)
    return tuple((entry.name, _loader(hints[entry.name])) for entry in _fields(kind))


def _same(value: Any) -> Any:
    return value


def _loader(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _loader(next(one for one in arguments if one is not types.NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            each = _loader(arguments[0])
            return lambda value: tuple([each(one) for one in value])
        parts = [_loader(one) for one in arguments]
        return lambda value: tuple([part(one) for part, one in zip(parts, value, strict=True)])
    if origin is Literal or hint in (str, int, bool):
        return _same
    if hint is Decimal:
        return Decimal
    if hint is datetime:
        return time_of
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        known: type[Any] = hint
        return lambda value: load(known, value)
    raise TypeError(f"no codec for {hint!r}")
