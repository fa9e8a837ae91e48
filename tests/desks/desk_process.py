"""One desk's process: the real command, whose requests tell under which lease they leave, and when.

    python -m tests.desks.desk_process run --profile-dir DIR --json

Environment: `DESKS_HASTE`: divides all times of the lease, for runs that must be short. `DESKS_FENCE=open`: takes the
fence away, to see that its absence would be found.
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from typing import Any

from otimo_tray.pluggto import connection
from otimo_tray.store.shared import lease, lease_sql
from otimo_tray.sync import fence

HEADER = "X-Otimo-Lease"


def _mark_requests() -> None:
    """Behind the fence's last look, right before the socket."""
    send = http.client.HTTPConnection.send

    def marked(self: http.client.HTTPConnection, data: Any) -> None:
        if isinstance(data, bytes) and data.startswith((b"GET ", b"PUT ", b"POST ", b"DELETE ")):
            gate = getattr(connection._sent, "gate", None)
            number = gate.__self__.number if gate is not None else 0
            data = data.replace(b"\r\n", f"\r\n{HEADER}: {number} {time.time():.6f}\r\n".encode(), 1)
        send(self, data)

    http.client.HTTPConnection.send = marked


def _hurry(haste: float) -> None:
    fence.VALID_S = fence.VALID_S / haste
    for module, names in (
        (lease, ("BEAT_S", "STALE_S", "ANSWER_S", "QUIET_S", "_SOON_S")),
        (lease_sql, ("QUIET_S",)),
    ):
        for name in names:
            setattr(module, name, getattr(module, name) / haste)


def _open_fence() -> None:
    fence.Term.check = lambda self: None
    fence.Term.is_valid = lambda self: True


def main() -> int:
    haste = float(os.environ.get("DESKS_HASTE", "1"))
    if haste != 1:
        _hurry(haste)
    if os.environ.get("DESKS_FENCE") == "open":
        _open_fence()
    _mark_requests()
    from otimo_tray.cli.main import main as command

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
