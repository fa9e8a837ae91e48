"""`POST /oauth/token` and the check of access tokens.

A refresh token works once, and each login gives a new pair (doc). Tokens are 40 hexadecimal digits and live
in the data file, so they outlive a restart.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from typing import NoReturn
from urllib.parse import parse_qsl

from .wire import Answer, RefusedError, Request, in_form, reply
from .world import World

BAD_CREDENTIALS = "User credentials are invalid"
BAD_GRANT = "Invalid or missing grant_type parameter"


def issue(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `POST /oauth/token`; only a form-encoded body is read.

    Raises:
        RefusedError: wrong credentials, wrong or used refresh token, other or missing grant.
    """
    form = _form(request)
    grant = form.get("grant_type")
    if grant not in ("password", "refresh_token", "authorization_code"):
        _refuse(world, 400, "invalid_request", BAD_GRANT)
    own = world.credentials
    if not _same(form, client_id=own.client_id, client_secret=own.client_secret):
        _refuse(world, world.switches.bad_login_status, "invalid_client", BAD_CREDENTIALS)
    if grant == "authorization_code":
        _refuse(world, 400, "invalid_grant", "Authorization code doesn't exist or is invalid for the client")
    if grant == "refresh_token":
        _use_refresh_token(world, db, form.get("refresh_token", ""))
    elif not _same(form, username=own.username, password=own.password):
        _refuse(world, world.switches.bad_login_status, "invalid_grant", BAD_CREDENTIALS)
    return reply(_new_pair(world, db))


def check(world: World, db: sqlite3.Connection, request: Request) -> None:
    """Let a request with a living access token pass.

    Raises:
        RefusedError: 401.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.query.get("access_token", "")
    row = db.execute("SELECT expires FROM access_token WHERE token = ?", (token.strip(),)).fetchone()
    if row is None or row["expires"] <= world.clock.now():
        text = "The access token provided is invalid" if row is None else "The access token provided has expired"
        raise RefusedError(in_form(world.switches.unauthorized_form, 401, "invalid_token", text))


def _form(request: Request) -> dict[str, str]:
    if "json" in request.headers.get("content-type", ""):
        return {}
    try:
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return {}


def _same(form: dict[str, str], **wanted: str) -> bool:
    return all(hmac.compare_digest(form.get(name, "").encode(), value.encode()) for name, value in wanted.items())


def _use_refresh_token(world: World, db: sqlite3.Connection, token: str) -> None:
    row = db.execute("SELECT * FROM refresh_token WHERE token = ? AND NOT used", (token,)).fetchone()
    if row is None or (row["expires"] is not None and row["expires"] <= world.clock.now()):
        _refuse(world, 400, "invalid_grant", "Invalid refresh token")
    db.execute("UPDATE refresh_token SET used = 1 WHERE token = ?", (token,))
    if not world.switches.old_access_survives:
        db.execute("DELETE FROM access_token WHERE token = ?", (row["access"],))


def _new_pair(world: World, db: sqlite3.Connection) -> dict[str, object]:
    now, lifetime = world.clock.now(), world.switches.token_lifetime
    access, refresh = secrets.token_hex(20), secrets.token_hex(20)
    refresh_expires = now + world.switches.refresh_lifetime if world.switches.refresh_lifetime else None
    # Tokens long dead only matter as "expired" rather than "invalid" in the text of a 401.
    db.execute("DELETE FROM access_token WHERE expires < ?", (now - 86400,))
    if world.switches.one_login_alive:
        db.execute("DELETE FROM access_token")
    db.execute("INSERT INTO access_token VALUES (?, ?)", (access, now + lifetime))
    db.execute(
        "INSERT INTO refresh_token (token, expires, access) VALUES (?, ?, ?)",
        (refresh, refresh_expires, access),
    )
    return {"access_token": access, "expires_in": lifetime, "token_type": "bearer", "refresh_token": refresh}


def _refuse(world: World, status: int, kind: str, text: str) -> NoReturn:
    raise RefusedError(in_form(world.switches.login_error_form, status, kind, text))
