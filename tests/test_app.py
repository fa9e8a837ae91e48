"""The composition root: what a shop's ERP lacks is said before anything is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.app import make_erp, missing_of_erp
from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.errors import ConfigurationError
from otimo_tray.words import sentence
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets

CASES = [
    (ErpSettings(), {"setting": "erp.folder"}, "a pasta de integração"),
    (ErpSettings(kind="demo"), {"setting": "erp.demo_data"}, "demonstração"),
    (ErpSettings(kind="database"), {"name": "erp.database"}, "banco de dados"),
    (ErpSettings(kind="http"), {"setting": "erp.address"}, "endereço da API"),
    (ErpSettings(kind="http", address="https://erp.example"), {"name": "erp.http"}, "token"),
]


@pytest.mark.parametrize(("erp", "params", "words"), CASES)
def test_what_the_erp_lacks_is_named(erp: ErpSettings, params: dict[str, object], words: str, tmp_path: Path) -> None:
    settings = replace(Settings(), erp=erp)
    missing = missing_of_erp(settings, MemorySecrets())
    assert missing is not None
    assert (missing.code, missing.params) == ("C-420", params)
    assert words in sentence(missing.code, missing.params).line
    with pytest.raises(ConfigurationError) as caught:
        make_erp(settings, MemorySecrets(), FakeClock(), tmp_path)
    assert (caught.value.code, caught.value.params) == ("C-420", params)


def test_nothing_is_missing_with_the_secret_in_the_keyring() -> None:
    settings = replace(Settings(), erp=ErpSettings(kind="database"))
    assert missing_of_erp(settings, MemorySecrets({"erp.database": "sqlite:///x"})) is None
    settings = replace(Settings(), erp=ErpSettings(kind="http", address="https://erp.example"))
    assert missing_of_erp(settings, MemorySecrets({"erp.http": "t"})) is None
