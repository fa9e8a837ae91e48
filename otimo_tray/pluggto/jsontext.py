"""JSON as text, exact to the cent: numbers become Decimal when read and stay what they are when written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, cast

_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MAX_DEPTH: Final = 200


class NotJsonError(ValueError):
    """The text isn't JSON we can use (malformed, cut off, nested without end)."""


def _nothing(_name: str) -> None:
    """NaN and the infinities aren't JSON; they mean "no number"."""


def loads(text: str) -> Any:
    """Reads JSON: whole numbers as int, others as Decimal, NaN as None, lone surrogates replaced.

    Raises:
        NotJsonError: malformed, too deep, or a number of thousands of digits.
    """
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_nothing)
        return _clean(value, 0) if _SURROGATE_ESCAPE.search(text) else _measured(value, text)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise NotJsonError(type(error).__name__) from None


def _measured(value: Any, text: str) -> Any:
    """Refuses what is nested so deep that others would stumble over it; looks only where it can be."""
    if text.count("[") + text.count("{") > _MAX_DEPTH:
        layer, depth = [value], 0
        while layer:
            depth += 1
            if depth > _MAX_DEPTH:
                raise NotJsonError("depth")
            layer = [inner for one in layer for inner in _inside(one)]
    return value


def _inside(value: Any) -> list[Any]:
    """The values directly inside an object or a list; none for a scalar."""
    if isinstance(value, dict):
        return list(cast("dict[str, Any]", value).values())
    return cast("list[Any]", value) if isinstance(value, list) else []


def _clean(value: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise NotJsonError("depth")
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(one, depth + 1) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {_clean(k, depth): _clean(v, depth + 1) for k, v in cast("dict[str, Any]", value).items()}
    return value


def dumps(value: object) -> str:
    """Writes JSON; a Decimal becomes its plain number text (``19.90``), never a float.

    Raises:
        TypeError: a type JSON doesn't have. ValueError: a Decimal that is no number.
    """
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("not a finite number")
        return format(value, "f")
    if value is None or isinstance(value, str | bool | int):
        return json.dumps(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return "{" + ",".join(f"{json.dumps(key)}:{dumps(one)}" for key, one in pairs) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(dumps(one) for one in cast("Sequence[object]", value)) + "]"
    raise TypeError(type(value).__name__)
