"""Everything we rely on that nobody states about Plugg.to, named, with what happens if it is the other way.

Standings as in the interface notes: *doc*, *official*, *seen*, *guess*, *unknown*. A fact that turns out
otherwise is changed here and nowhere else. Where a line says "copes", both ways work already and the tests
run both.
"""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from typing import Final

# --------------------------------------------------------------------------------------------- token

TOKEN_LIFETIME_S: Final = 3600
"""doc. Used when an answer has no `expires_in`. Shorter in truth: a 401 renews, one more call an hour."""

LOGIN_REFUSED_STATUSES: Final = frozenset({400, 401, 403})
"""unknown: status of wrong credentials; these mean "refused" whatever the body is. A company proxy that
answers 403 itself would be taken for wrong credentials: only possible where it decrypts TLS."""

LOGIN_REFUSED_WORDS: Final = ("credentials are invalid", "invalid_grant", "grant_type", "invalid_client")
"""official / guess: words that make any other 4xx/5xx (a 503 has been seen) a refusal. Without them a 503 is
"away"."""

# --------------------------------------------------------------------------------------------- lists

PAGE_LIMIT: Final = 100
"""seen: nobody asks for more. A lower maximum of the server: copes (the answer's own `limit` decides)."""

TOTAL_COUNTS_ALL: Final = True
"""guess: `total` counts the whole list, so a short page before `total` items isn't the end. If it counts
only what is left: copes, at most one call more that answers empty."""

IGNORES_NEXT_SHARE: Final = 0.5
"""unknown whether `next` works on every list. More than this share of known ids in a page means it was
ignored (or the last page repeated): we go on by `page`. Both copes; ids are told apart, nothing comes
twice."""

NEWEST_FIRST: Final = True
"""unknown: order of a list, where its dates don't tell. Where they do, both cope. The other way without dates: the
look at the newest pages overlooks changes, and the hourly rotation over open orders finds those."""

# --------------------------------------------------------------------------------------------- times

NAIVE_ZONE: Final[tzinfo] = UTC
"""unknown: zone of `yyyy-mm-dd hh:mm:ss` without one. The other way: three hours early, shown only."""

BARE_DATE_ZONE: Final[tzinfo] = timezone(timedelta(hours=-3))
"""guess: a bare date is that day in Brasília: the samples show `T03:00:00.000Z`, which is midnight there."""

# --------------------------------------------------------------------------------------------- products

PARENT_SELLS: Final = True
"""guess: a product with variations can be sold itself too (API.md: a product and a sku are the same entity), so its
SKU stands in the De/Para and a person decides. If it can't: one row more that stays unmapped."""

VARIATION_ID_IS_OWN: Final = True
"""guess: a variation's `id` is its product id; without one the parent's stands in. An answer that shows the
variation as a product of its own carries the same id. The other way: a false "product created by mistake"
alarm, nothing sent."""

# --------------------------------------------------------------------------------------------- orders

EXTERNAL_FILTER_PAGES: Final = 3
"""seen: `external=` filters orders. If the hub ignores it, this bounds what we read; matches are checked by
us."""
