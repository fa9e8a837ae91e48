"""Sentences about the ERP's side: E-2xx."""

from __future__ import annotations

from typing import Final

_ALONE = "The program tries again by itself."
_FIX_FILE = "Correct the export in the ERP and write the file again; until then the last reading holds."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-210": (
        "ERP out of reach",
        "The ERP couldn't be reached[[ at {path}]].",
        f"Check whether the server or the network folder is on. {_ALONE}",
    ),
    "E-220": (
        "ERP set up wrongly",
        "The ERP answers, but its data isn't as agreed[[: {detail}]].",
        "Check in Settings → ERP.",
    ),
    "E-230": (
        "Row not used",
        "A row of the ERP couldn't be read[[: code {erp_code}]][[, field {field}]][[, value {value}]].",
        "Correct it in the ERP; the other products go on.",
    ),
    "E-240": (
        "ERP refused the order",
        "The ERP didn't accept the order[[ {order}]][[: {detail}]].",
        "See why in the details, correct it in the ERP and click Try again.",
    ),
    "E-250": ("Reading refused", "The ERP's reading couldn't be used[[: {source}]].", _FIX_FILE),
    "E-251": (
        "Old reading",
        "{source} is of {as_of}, older than the last reading, of {last}; it wasn't used.",
        "Export again in the ERP.",
    ),
}
