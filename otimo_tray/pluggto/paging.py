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


def entries(session: HubSession, path: str, name: str, query: dict[str, str]) -> Iterator[Json]:
    """Every entry of a list once, unwrapped from `{name: …}`.

    It ends at an empty page, at a page shorter than the answer's own `limit` (unless `total` says there is
    more), or when nothing new comes any more. Entries without an id can't be told apart: skipped with a log line.

    Raises:
        As `HubSession.call`.
    """
    known: set[str] = set()
    cursor, pages, by_page = "", 0, False
    while True:
        place = {} if pages == 0 else {"page": str(pages + 1)} if by_page else {"next": cursor}
        answer, page = _page(session, path, name, {**query, **place})
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


def newest(session: HubSession, path: str, name: str, query: dict[str, str], pages: int) -> Iterator[Json]:
    """The entries of the `pages` newest pages of a list, each once; it doesn't matter at which end the hub puts them.

    Where the hub shows the oldest first, the last pages are asked for by number. If that doesn't work either, the
    list is read to its end: slower, but nothing new is overlooked.

    Raises:
        As `HubSession.call`.
    """
    known: set[str] = set()
    answer, first = _page(session, path, name, query)
    of_first = _fresh(first, known, path)
    total = wire.whole(answer.get("total"))
    is_whole = len(first) < _full(answer) if total is None else len(first) >= total
    if not first or is_whole:
        yield from of_first
        return
    if _is_newest_first(first):
        yield from of_first
        numbers = range(2, pages + 1)
    elif total is None:
        yield from entries(session, path, name, query)
        return
    else:
        last = -(-total // len(first))
        numbers = range(last, max(0, last - pages), -1)
    shown = known.copy() if numbers.step == 1 else set[str]()
    for number in numbers:
        if number == 1:
            yield from of_first
            continue
        _, page = _page(session, path, name, {**query, "page": str(number)})
        fresh = _fresh(page, known, path)
        if page and not fresh:  # the number was ignored
            for one in entries(session, path, name, query):
                if wire.text(one.get("id")) not in shown:
                    yield one
            return
        yield from fresh
        shown |= {wire.text(one.get("id")) for one in fresh}


def _is_newest_first(page: list[Json]) -> bool:
    for name in ("created", "modified"):
        found = [moment for one in page if (moment := wire.moment(one.get(name))) is not None]
        if found and found[0] != found[-1]:
            return found[0] > found[-1]
    return guesses.NEWEST_FIRST


def _page(session: HubSession, path: str, name: str, query: dict[str, str]) -> tuple[Json, list[Json]]:
    asked = {**query, "limit": str(guesses.PAGE_LIMIT)}
    answer = wire.mapping(session.call("GET", path, query=asked))
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
