"""`python -m tests.servers`: start every server, tell in a line of JSON where they are, end them when input ends."""

from __future__ import annotations

import contextlib
import json
import sys

from tests.servers import KINDS, NotInstalledError


def main() -> None:
    with contextlib.ExitStack() as stack:
        running: dict[str, dict[str, object]] = {}
        for kind, make in KINDS.items():
            server = make()
            try:
                server.start()
            except NotInstalledError as error:
                sys.stderr.write(f"{error}\n")
                continue
            stack.callback(server.stop)
            running[kind] = {"port": server.port, "folder": str(server.folder)}
        sys.stdout.write(json.dumps(running) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


main()
