"""The bill of materials is valid CycloneDX, and no licence slips in that the program must not carry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from installer import audit, supply
from installer.environment import RUNTIME_LOCK, Environment
from installer.supply import Part

PARTS = [
    Part("pyside6-essentials", "6.11.1", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"),
    Part("requests", "2.34.2", "Apache-2.0"),
    Part("strange", "1.0", ""),
]


def test_the_bill_is_valid_and_the_same_each_time() -> None:
    made = [supply.bill("1.2.3", PARTS, "3.13.2", {"setup.exe": "ab" * 32}, 1_750_000_000) for _ in range(2)]
    assert made[0] == made[1]
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(made[0]) is None
    found = json.loads(made[0])
    assert [one["name"] for one in found["components"]] == ["pyside6-essentials", "requests", "strange", "CPython"]
    assert found["components"][1]["purl"] == "pkg:pypi/requests@2.34.2"
    assert found["metadata"]["component"]["version"] == "1.2.3"
    other = supply.bill("1.2.3", PARTS[:2], "3.13.2", {"setup.exe": "ab" * 32}, 1_750_000_000)
    assert json.loads(other)["serialNumber"] != found["serialNumber"]


@pytest.mark.parametrize(
    ("fields", "licence", "allowed"),
    [
        ("License-Expression: MIT", "MIT", True),
        ("License-Expression: Apache-2.0 OR BSD-3-Clause", "Apache-2.0 OR BSD-3-Clause", True),
        ("License-Expression: Apache-2.0 AND GPL-3.0-only", "Apache-2.0 AND GPL-3.0-only", False),
        ("License-Expression: GPL-3.0-only", "GPL-3.0-only", False),
        ("License: Apache-2.0", "Apache-2.0", True),
        ("License: GNU LESSER GENERAL PUBLIC LICENSE\n        Version 2.1", "LGPL-2.1-only", True),
        ("Classifier: License :: OSI Approved :: MIT License", "MIT", True),
        ("Classifier: Topic :: Database", "", False),
    ],
)
def test_a_package_s_licence(fields: str, licence: str, allowed: bool) -> None:
    part = supply.part_of(f"Metadata-Version: 2.4\nName: Some_Thing\nVersion: 1.0\n{fields}\n\nText\n")
    assert part == Part("some-thing", "1.0", licence)
    assert part.is_allowed == allowed
    assert bool(list(supply.complaints([part]))) != allowed


def test_every_package_of_a_release_may_be_carried() -> None:
    assert audit.licences(Environment()) == []


def test_the_lock_s_names() -> None:
    names = supply.locked(RUNTIME_LOCK.read_text(encoding="utf-8"))
    assert "pyside6-essentials" in names
    assert "pywin32-ctypes" in names


@pytest.mark.parametrize(
    ("out", "found", "silent"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', [], ""),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]}', ["a 1: X-1"], ""),
        ('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', [], "the service knows 0 of 1 packages"),
        ("", [], "no route"),
    ],
)
def test_what_the_service_said(out: str, found: list[str], silent: str) -> None:
    assert audit.judge(out, "ERROR\nno route\n") == (found, silent)


def test_what_lies_in_a_folder(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}-1.dist-info").mkdir()
        text = f"Metadata-Version: 2.4\nName: {name}\nVersion: 1\nLicense-Expression: MIT\n\n"
        (tmp_path / f"{name}-1.dist-info" / "METADATA").write_text(text, encoding="utf-8")
    assert [part.name for part in supply.parts_in(tmp_path)] == ["a", "b"]
