"""`otimo-tray invoices`: the invoices we know, and a person's yes to a proposed one."""

from __future__ import annotations

import argparse
from typing import Any

from otimo_tray.cli import exits
from otimo_tray.cli.commands.orders import known_order
from otimo_tray.cli.listing import ItemResult, add_full, add_limit, masked, tell_items
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import nudge
from otimo_tray.domain import text as formats
from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.errors import ItemError
from otimo_tray.profile import Profile
from otimo_tray.sync.decisions import confirm_invoice
from otimo_tray.sync.storage import InvoiceRow, Storage
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds `invoices list` and `invoices confirm`."""
    parser = subparsers.add_parser("invoices", help="invoices: list, confirm")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", parents=[common], help="the newest first")
    listing.add_argument("--state", choices=[state.value for state in InvoiceState], help="only this state")
    add_limit(listing)
    add_full(listing)
    listing.set_defaults(run=_list)
    confirming = actions.add_parser("confirm", parents=[common], help="an invoice belongs to its order")
    confirming.add_argument("key", metavar="KEY", help="access key, 44 characters")
    confirming.add_argument("--order", metavar="ID", help="another order than the proposed one")
    confirming.set_defaults(run=_confirm)


def _list(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    storage = profile.store()
    states = tuple(InvoiceState) if args.state is None else (InvoiceState(args.state),)
    found = storage.invoices.by_state(states, 100_000)
    rows = sorted(found, key=lambda row: (-row.found_at.timestamp(), row.record.key))[: args.limit]
    for row in rows:
        record = row.record
        state = phrase(f"invoice.{row.state}", None, output.language)
        why = f"  {output.sentence(row.error_code, row.error_params)}" if row.error_code else ""
        output.say(
            f"{record.number}/{record.serie}  {record.issued_date or '–'}  {formats.money(record.total)}  "
            f"{state}  {_number(storage, row) or '–'}  {record.key}{why}"
        )
    output.say(phrase("done.listed", {"count": len(rows), "total": len(found)}, output.language))
    output.result(total=len(found), invoices=[_entry(storage, row, output, full=args.full) for row in rows])
    return exits.OK


def _number(storage: Storage, row: InvoiceRow) -> str:
    order = storage.orders.get(row.hub_id) if row.hub_id else None
    return order.order.original_id if order else row.hub_id or ""


def _entry(storage: Storage, row: InvoiceRow, output: Output, *, full: bool) -> dict[str, Any]:
    record = row.record
    error = ItemError(row.error_code, **row.error_params) if row.error_code else None
    return {
        "key": record.key,
        "number": record.number,
        "serie": record.serie,
        "issued": record.issued or record.issued_date or None,
        "cnpj": record.cnpj,
        "buyer_document": record.buyer_document if full else masked(record.buyer_document),
        "total": record.total,
        "state": row.state,
        "order": row.hub_id,
        "order_number": _number(storage, row),
        "shipment": row.shipment_id,
        "matched_by": row.matched_by,
        "source": record.source,
        "found_at": row.found_at,
        "error": output.trouble(error) if error else None,
    }


def _confirm(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    storage = profile.store()
    key = "".join(args.key.split()).upper()
    error: ItemError | None = None
    try:
        hub_id = None
        if args.order is not None:
            row = known_order(storage, args.order)
            hub_id = row.order.hub_id if row is not None else args.order
        confirm_invoice(storage, key, hub_id, profile.clock.now())
        nudge(profile, "invoices")
    except ItemError as refused:
        error = refused
    return tell_items([ItemResult(key, "done.confirmed", error)], output)
