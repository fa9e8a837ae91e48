"""The catalogue in Brazilian Portuguese: what the shop reads."""

from __future__ import annotations

from typing import Final

from otimo_tray.words.catalogue import Entry
from otimo_tray.words.pt_br import (
    audit,
    care,
    desks,
    erp,
    erp_database,
    erp_http,
    flows,
    hub,
    local,
    server,
    sheets,
    values,
)
from otimo_tray.words.pt_br.phrases import PHRASES as _PHRASES

SENTENCES: Final[dict[str, Entry]] = {
    code: Entry(*parts)
    for part in (hub, erp, erp_database, erp_http, local, values, flows, sheets, audit, desks, server)
    for code, parts in part.SENTENCES.items()
}
PHRASES: Final[dict[str, str]] = {
    **_PHRASES,
    **sheets.PHRASES,
    **audit.PHRASES,
    **care.PHRASES,
    **desks.PHRASES,
    **erp_http.PHRASES,
}
