"""A Plugg.to of one's own: the hub's HTTP interface on loopback, in one SQLite file, with its quirks and
faults.

Start it with `python -m otimo_tray.demo.simulator --port P --data FILE`, or in a test::

    with Simulator(products=10, orders=5) as hub:
        requests.post(f"{hub.address}/oauth/token", data={...})

It imports nothing from the rest of the program: it is an independent reading of the interface. What the
interface leaves open are switches (`switches.py`, `--list-switches`).

Control calls, JSON, without a token, on the same port. They are no part of Plugg.to:

- `GET /_sim/state`: counts, orders by status, clock, latency, switches, connections.
- `GET /_sim/skus`: every SKU with id, quantity (as pushed), reserved, price, special_price, `advertised`
  (what channels may sell) and variation; `limit` and `next` page.
- `GET /_sim/orders`: every order in full; `limit` and `next` page.
- `GET /_sim/requests`: counters by call and by outcome since the start or reset, the `last` (50) requests,
  connections. `POST /_sim/requests/reset` starts again.
- `GET`, `POST /_sim/faults`: `{"rules":[{"kind":…}],"add":false}`, see `faults.py`; an empty list ends all.
  `POST /_sim/faults/release` lets hanging requests go.
- `POST /_sim/clock`: `{"set":"2025-…Z"}`, `{"advance":3600}`, `{"freeze":true}`.
- `POST /_sim/latency`: `{"seconds":0.05}`.
- `GET`, `POST /_sim/switches`: list; `{"name":value,…}` sets, all or none.
- `POST /_sim/sell`: a customer buys: `sku`, `quantity`, `force`, and any field of an order.
- `POST /_sim/approve`: `{"id":…}`, or `{"all":true}` for all that are pending.
- `POST /_sim/cancel`: `{"id":…}`.
- `POST /_sim/change-order`: `{"id":…, fields}`: the channel or the panel changes an order.
- `POST /_sim/change-sku`: `{"sku":…, fields}`: a person changes a product in the panel.

Orders, products, tokens, credentials, switches and the clock are kept in the file; faults, latency and
counters are not.
"""

from .catalogue import CatalogueItem, generate_catalogue
from .cli import main
from .simulator import Simulator

__all__ = ["CatalogueItem", "Simulator", "generate_catalogue", "main"]
