"""PyMySQL's connection, without what it does for nothing each time."""

from __future__ import annotations

import functools
import ssl
from typing import Any

import pymysql.connections

_Connection: Any = pymysql.connections.Connection
"""Its types aren't known."""


class QuickConnection(_Connection):
    """Without `ssl_ca` the driver takes TLS where the server offers it and looks at no certificate, but reads all of
    the system's for it: twenty milliseconds of the processor for each connection, and each poll makes one."""

    def _create_ssl_ctx(self, sslp: Any) -> Any:
        return _Connection._create_ssl_ctx(self, sslp) if sslp else _unchecked()  # noqa: SLF001 - no public way


@functools.cache
def _unchecked() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def connect(dialect: object, record: object, arguments: Any, keywords: Any) -> QuickConnection:
    """For SQLAlchemy's event `do_connect`."""
    del dialect, record
    return QuickConnection(*arguments, **keywords)
