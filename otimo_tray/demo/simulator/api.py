"""Which call is which: the hub's routes, their token check, and the transaction around each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from . import orders, products, tokens
from .wire import Answer, RefusedError, Request, error
from .world import World

Handler = Callable[[World, sqlite3.Connection, Request], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path; `*` is one segment of any text."""

    method: str
    path: tuple[str, ...]
    name: str
    handler: Handler


def _route(method: str, path: str, handler: Handler) -> Route:
    pattern = tuple("*" if part.startswith("{") else part for part in path.strip("/").split("/"))
    return Route(method, pattern, f"{method} {path}", handler)


ROUTES = (
    _route("POST", "/oauth/token", tokens.issue),
    _route("GET", "/orders", orders.listing),
    _route("POST", "/orders", orders.create),
    _route("GET", "/orders/{id}", orders.read),
    _route("PUT", "/orders/{id}", orders.change),
    _route("GET", "/products", products.listing),
    _route("POST", "/products", products.create),
    _route("GET", "/products/tabledata", products.tabledata),
    _route("GET", "/products/{id}", products.read),
    _route("GET", "/skus/{sku}", products.read_sku),
    _route("PUT", "/skus/{sku}", products.upsert),
    _route("PUT", "/skus/{sku}/stock", products.put_stock),
)
"""All calls; the first that fits is it."""


def find(request: Request) -> tuple[Route | None, list[str]]:
    """The route of a request, and the methods its path takes; HEAD goes where GET goes."""
    method = "GET" if request.method == "HEAD" else request.method
    allowed: list[str] = []
    for route in ROUTES:
        if _fits(route.path, request.segments):
            if route.method == method:
                return route, []
            allowed.append(route.method)
    return None, sorted({*allowed, "OPTIONS", *(["HEAD"] if "GET" in allowed else [])}) if allowed else []


def answer(world: World, request: Request, route: Route | None, allowed: list[str]) -> Answer:
    """Answer one call; an exception other than a refusal passes through, its transaction undone."""
    if route is None:
        if not allowed:
            return error(404, "not_found", f"There is nothing at {request.path}")
        headers = {"Allow": ", ".join(allowed)}
        if request.method == "OPTIONS":
            return Answer(204, b"", headers=headers)
        return error(405, "method_not_allowed", f"{request.method} is not possible here", headers)
    scope = world.store.reading() if route.method == "GET" else world.store.transaction()
    try:
        with scope as db:
            if route.handler is not tokens.issue:
                tokens.check(world, db, request)
            return route.handler(world, db, request)
    except RefusedError as refused:
        return refused.answer


def _fits(pattern: tuple[str, ...], segments: tuple[str, ...]) -> bool:
    return len(pattern) == len(segments) and all(
        part == given or (part == "*" and given != "") for part, given in zip(pattern, segments, strict=True)
    )
