"""The demo ERP keeps the HTTP contract: calls made up from `resources/erp/openapi.yaml`, right ones and wrong ones."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Generator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, seed, settings

from otimo_tray.demo.erp import DemoErp
from otimo_tray.demo.erp.http_server import ErpServer
from otimo_tray.erp.http.orders import key_of
from tests.support.clock import FakeClock

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its dependencies' deprecations are not ours
    # Its types are half known only.
    schemathesis: Any = importlib.import_module("schemathesis")
    checks: Any = importlib.import_module("schemathesis.specs.openapi.checks")

POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
CONTRACT = Path(__file__).parents[3] / "resources" / "erp" / "openapi.yaml"
TOKEN = "segredo-do-teste"
EXAMPLES = 25
ALLOWED: dict[Any, tuple[int, ...]] = {POSITIVE: (200, 201, 404, 410, 422), NEGATIVE: (200, 404, 405, 410, 415, 422)}
CALLS = ("GET /health", "GET /items", "GET /orders/{key}", "PUT /orders/{key}", "GET /invoices")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[ErpServer]:
    erp = DemoErp(tmp_path_factory.mktemp("erp") / "erp.sqlite", FakeClock())
    erp.seed((f"{n:05d}", "Caneca “São João” 😀", "", Decimal("19.90"), n) for n in range(30))
    erp.shop.counter_note("00001", 1)
    erp.shop.add_xml(b"<lixo/>")
    made = ErpServer(erp, FakeClock(), TOKEN)
    made.start()
    yield made
    made.stop()
    erp.close()


@pytest.fixture(scope="module")
def operations(server: ErpServer) -> dict[str, Any]:
    schema = schemathesis.openapi.from_path(CONTRACT)
    schema.config.update(base_url=server.address)
    found = [result.ok() for result in schema.get_all_operations()]
    return {f"{one.method.upper()} {one.path}": one for one in found}


def test_every_call_of_the_contract_is_tried(operations: dict[str, Any]) -> None:
    assert sorted(operations) == sorted(CALLS)


@pytest.mark.parametrize("mode", [POSITIVE, NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("call", CALLS)
def test_what_comes_back_is_what_the_contract_says(operations: dict[str, Any], call: str, mode: Any) -> None:
    operation = operations[call]
    seen: set[int] = set()

    @seed(7)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        if mode is POSITIVE and call.startswith("PUT"):
            # What a schema can't say: the key is the id's, and the ERP has the codes.
            case.path_parameters["key"] = key_of(case.body["hub_id"])
            for line in case.body["lines"]:
                line["erp_code"] = "00001"
        with requests.Session() as session:
            answer = case.call(session=session, headers={"Authorization": f"Bearer {TOKEN}"})
        seen.add(answer.status_code)
        # A schema-valid cursor or key need not be one that was ever given out; parameters nobody knows are ignored.
        left_out = (
            [checks.positive_data_acceptance]
            if call.startswith("PUT")
            else [checks.positive_data_acceptance, checks.negative_data_rejection]
        )
        case.validate_response(answer, excluded_checks=left_out)

    check()
    assert not seen - {*ALLOWED[mode], 400}
    if mode is POSITIVE:
        assert seen & ({404} if call.startswith("GET /orders") else {200, 201})
    elif call != "GET /health":
        assert seen & {400, 404, 410, 422}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/items?limit=0", 400),
        ("/items?limit=5001", 400),
        ("/items?limit=10&limit=10", 400),
        ("/items?updated_since=ontem", 400),
        ("/items?updated_since=2026-11-24T10:00:00", 400),
        ("/items?cursor=nunca-dado", 410),
        ("/invoices?limit=x", 400),
        ("/invoices?cursor=nunca-dado", 410),
        ("/invoices?cursor=999999", 410),
        ("/orders/a%2Fb", 400),
        ("/orders/nunca", 404),
        ("/nada", 404),
    ],
)
def test_a_wrong_parameter_is_a_problem(server: ErpServer, path: str, status: int) -> None:
    answer = requests.get(server.address + path, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_nothing_is_told_without_a_log_in(server: ErpServer) -> None:
    for path in ("/health", "/items", "/orders/1", "/invoices"):
        for log_in in ("", "Bearer outro", "Basic b3RpbW86"):
            answer = requests.get(server.address + path, headers={"Authorization": log_in}, timeout=10)
            assert answer.status_code == 401
            assert "Bearer" in answer.headers["WWW-Authenticate"]
