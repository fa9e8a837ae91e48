"""Lists read to their end, whichever way the hub pages: by `next`, by `page`, with its own maximum, shifting
meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from otimo_tray.errors import HubAway
from otimo_tray.pluggto import guesses, wire
from otimo_tray.pluggto.session import HubSession
from otimo_tray.pluggto.wire import Json

_log: Final = logging.getLogger(__name__)


def entries(session: HubSession, path: str, name: str, query: dict[str, str], max_pages: int | None) -> Iterator[Json]:
    """Every entry of a list once, unwrapped from `{name: …}`.

    It ends at an empty page, at a page shorter than the answer's own `limit` (unless `total` says there is
    more), when nothing new comes any more, or after `max_pages`. Entries without an id can't be told apart:
    skipped with a log line.

    Raises:
        As `HubSession.call`.
    """
    known: set[str] = set()
    cursor, pages, by_page = "", 0, False
    while max_pages is None or pages < max_pages:
        place = {} if pages == 0 else {"page": str(pages + 1)} if by_page else {"next": cursor}
        answer, page = _page(session, path, name, {**query, "limit": str(guesses.PAGE_LIMIT), **place})
        fresh = _fresh(page, known, path)
        yield from fresh
        total = wire.whole(answer.get("total"))
        missing = guesses.TOTAL_COUNTS_ALL and total is not None and len(known) < total
        repeated = len(page) - len(fresh) > len(page) * guesses.IGNORES_NEXT_SHARE
        if pages and not by_page and repeated and (missing or total is None):
            # `next` was ignored, or the last page came again: what was new counts, the rest goes by number.
            by_page = True
            continue
        pages += 1
        if not fresh or (len(page) < _full(answer) and not missing):
            if missing:
                _log.warning("list %s ended at %d of %s entries", path, len(known), total)
            return
        cursor = next((found for one in reversed(page) if (found := wire.text(one.get("id")))), "")


def _page(session: HubSession, path: str, name: str, query: dict[str, str]) -> tuple[Json, list[Json]]:
    answer = wire.mapping(session.call("GET", path, query=query))
    result = answer.get("result")
    if not isinstance(result, list) and (result is not None or wire.whole(answer.get("total")) != 0):
        # An answer without a list is no empty list: "the hub has no products" would be a costly mistake.
        raise HubAway("P-111", status=200, after_send=False)
    return answer, [wire.unwrap(one, name) for one in wire.rows(result)]


def _fresh(page: list[Json], known: set[str], path: str) -> list[Json]:
    """The entries not met before, in their order; their ids become known."""
    fresh: list[Json] = []
    for one in page:
        identity = wire.text(one.get("id"))
        if not identity:
            _log.warning("list %s: an entry without id was skipped", path)
        elif identity not in known:
            known.add(identity)
            fresh.append(one)
    return fresh


def _full(answer: Json) -> int:
    """How many entries a full page has: the hub's own `limit` where it is lower than what we asked for."""
    limit = wire.whole(answer.get("limit"))
    return guesses.PAGE_LIMIT if limit is None or limit < 1 else min(limit, guesses.PAGE_LIMIT)
