"""The raw exchange as it may be shown: secrets were never kept; people are masked here, since screens are shared."""

from __future__ import annotations

import json

from otimo_tray.support.redaction import Redactor


def shown(raw: str) -> str:
    """Return a raw answer readable and redacted: JSON indented, anything else as text."""
    redactor = Redactor()
    try:
        tree = json.loads(raw)
    except ValueError:
        return redactor.text(raw)
    if not isinstance(tree, dict | list):
        return redactor.text(raw)
    return json.dumps(redactor.tree(tree), indent=2, ensure_ascii=False)
