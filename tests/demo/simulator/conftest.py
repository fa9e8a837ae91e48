"""A running simulator and an outsider's client: plain `requests`, nothing of the program's own."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
import requests

from otimo_tray.demo.simulator import Simulator

Json = dict[str, Any]
TIMEOUT = 20
NOON = 1_760_000_000.0
"""The wall clock of the tests: a moment in October 2025."""


class Wall:
    """A wall clock that the test moves."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> float:
        return self.moment


class Outsider:
    """Somebody else's client of the hub at `address`."""

    def __init__(self, address: str, credentials: Json) -> None:
        self.address = address
        self.credentials = credentials
        self.session = requests.Session()
        self.session.trust_env = False

    def token(self, **form: str | None) -> requests.Response:
        """Ask for a token; a form's None leaves the field out."""
        whole = {"grant_type": "password", **self.credentials, **form}
        return self.session.post(f"{self.address}/oauth/token", data=whole, timeout=TIMEOUT)

    def login(self) -> Outsider:
        """Log in and carry the token from now on."""
        self.session.headers["Authorization"] = f"Bearer {self.token().json()['access_token']}"
        return self

    def call(self, method: str, path: str, body: object = None, **named: Any) -> requests.Response:
        """One call with the token."""
        return self.session.request(method, self.address + path, json=body, timeout=TIMEOUT, **named)

    def get(self, path: str) -> Any:
        """The JSON of a GET that succeeds."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def put(self, path: str, body: object) -> Any:
        """The JSON of a PUT that succeeds."""
        answer = self.call("PUT", path, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: object) -> Any:
        """The JSON of a POST that succeeds."""
        answer = self.call("POST", path, body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def order(self, **fields: object) -> Json:
        """A new order."""
        return self.post("/orders", fields)["Order"]

    def switch(self, **values: object) -> None:
        """Set switches."""
        self.post("/_sim/switches", values)

    def fault(self, *rules: Json) -> None:
        """Put faults in force, instead of those before."""
        self.post("/_sim/faults", {"rules": list(rules)})


MakeHub = Callable[..., Outsider]


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def make_hub(wall: Wall) -> Generator[MakeHub]:
    """Start simulators that the test's end stops; each call answers a client that isn't logged in."""
    started: list[tuple[Simulator, Outsider]] = []

    def make(**options: Any) -> Outsider:
        simulator = Simulator(wall=wall, **options).start()
        given = simulator.credentials
        client = Outsider(
            simulator.address,
            {
                "client_id": given.client_id,
                "client_secret": given.client_secret,
                "username": given.username,
                "password": given.password,
            },
        )
        started.append((simulator, client))
        return client

    yield make
    for simulator, client in started:
        client.session.close()
        simulator.stop()


@pytest.fixture
def hub(make_hub: MakeHub) -> Outsider:
    """A logged-in client of a hub with 12 products and no orders."""
    return make_hub(products=12).login()
