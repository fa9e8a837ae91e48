"""The demo ERP behind its HTTP interface, for the contract suite."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

from otimo_tray.demo.erp.http_server import DroppedError, ErpServer
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.http import HttpErp, open_http_erp
from tests.contract.erp_rigs import ZONE, DemoRig

TOKEN = "segredo-do-teste"


class HttpRig(DemoRig):
    """A step is a point that a served call goes through; a failing one drops the connection there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._served = super().open()
        self._opened: list[HttpErp] = []
        self.server = self._serve(0)

    def _serve(self, port: int) -> ErpServer:
        server = ErpServer(self._served, self.clock, TOKEN, port)
        server.start()
        return server

    def open(self) -> HttpErp:  # pyright: ignore[reportIncompatibleMethodOverride]
        settings = ErpSettings(kind="http", address=self.server.address, timeout_s=20)
        erp = open_http_erp(settings, TOKEN, ZONE, self.clock)
        self._opened.append(erp)
        return erp

    @contextlib.contextmanager
    def failing(self, step: int, *, after: bool) -> Generator[list[int]]:
        steps = [0]

        def at(point: str, is_after: bool) -> None:
            steps[0] += not is_after
            if steps[0] - 1 == step and is_after == after:
                raise DroppedError(point)

        self.server.at = at
        try:
            yield steps
        finally:
            self.server.at = lambda point, is_after: None

    @contextlib.contextmanager
    def away(self) -> Generator[None]:
        port = self.server.server_port
        self.server.stop()
        try:
            yield
        finally:
            self.server = self._serve(port)

    def close(self) -> None:
        for erp in self._opened:
            erp.close()
        self.server.stop()
        self._served.close()
        self._erp.close()
