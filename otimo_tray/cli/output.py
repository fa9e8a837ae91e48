"""What a command prints: JSON for scripts or sentences for people on stdout, nothing else there."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TextIO, cast

from otimo_tray.errors import OtimoError
from otimo_tray.words import sentence

VERSION = 1


def plain(value: object) -> Any:
    """A value as JSON types: money as text with a point, times as ISO text in UTC."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in cast("Mapping[object, object]", value).items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in cast("list[object]", value)]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


class Output:
    """Writes a command's result. `as_json`: one object with `version`; else lines for people."""

    def __init__(self, *, as_json: bool, language: str, stream: TextIO | None = None) -> None:
        self.as_json = as_json
        self.language = language
        self._stream = stream or sys.stdout

    def say(self, line: str = "") -> None:
        """A line for people; silent with --json."""
        if not self.as_json:
            # Names of buyers and products come from outside: nothing in them may act on a terminal.
            print("".join(char for char in line if char.isprintable() or char == "\t"), file=self._stream)

    def result(self, **fields: object) -> None:
        """The one JSON object; silent without --json."""
        if self.as_json:
            text = json.dumps({"version": VERSION, **plain(fields)}, ensure_ascii=False)
            print(text, file=self._stream, flush=True)

    def sentence(self, code: str, params: Mapping[str, object] | None = None) -> str:
        """What happened and what to do, in the shop's language, with its code."""
        return sentence(code, params or {}, self.language).line

    def trouble(self, error: OtimoError) -> dict[str, Any]:
        """An error as a JSON value: code, params and the sentence."""
        return {"code": error.code, "params": plain(error.params), "text": self.sentence(error.code, error.params)}
