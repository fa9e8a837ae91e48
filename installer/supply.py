"""What the program is made of: names, versions and licences of its packages, as a bill of materials (CycloneDX 1.5).

Source: CycloneDX specification 1.5 (ECMA-424), JSON; package URL specification, type `pypi`.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

ALLOWED = frozenset(
    {
        "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "MPL-2.0", "ISC", "0BSD", "Unlicense",
        # Loaded from files of their own that a person can replace: what the LGPL asks for.
        "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
    }
)  # fmt: skip
"""SPDX names of licences under which a closed program may carry a package unchanged."""

#: How packages name their licence without SPDX.
_WORDS = {
    "mit license": "MIT",
    "apache software license": "Apache-2.0",
    "bsd license": "BSD-3-Clause",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "psfl": "PSF-2.0",
    "gnu lesser general public license": "LGPL-2.1-only",
}
#: Packages whose metadata name none; read in their LICENSE file.
_READ = {"firebirdsql": "BSD-2-Clause"}


@dataclass(frozen=True)
class Part:
    """One package: `licence` is an SPDX expression, empty when it can't be told."""

    name: str
    version: str
    licence: str

    @property
    def is_allowed(self) -> bool:
        """Whether one of its alternatives is in `ALLOWED` as a whole."""
        return any(
            all(word.strip(" ()") in ALLOWED for word in choice.split(" AND "))
            for choice in self.licence.split(" OR ")
        )


def normal(name: str) -> str:
    """A package's name as the index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def part_of(metadata: str) -> Part:
    """Read one METADATA file."""
    fields = HeaderParser().parsestr(metadata)
    name = normal(fields["Name"])
    licence = (fields["License-Expression"] or "").strip()
    if not licence:
        # Some put the licence's whole text there: its first line is its name.
        told = " ".join((fields["License"] or "").strip().partition("\n")[0].split())
        classed = [
            entry.rpartition(" :: ")[2] for entry in fields.get_all("Classifier") or [] if entry.startswith("License ")
        ]
        for word in (told, *classed):
            spdx = all(one.strip(" ()") in ALLOWED or "GPL-" in one for one in re.split(" OR | AND ", word))
            licence = licence or (word if word and spdx else _WORDS.get(word.lower(), ""))
    return Part(name, fields["Version"], licence or _READ.get(name, ""))


def parts_in(folder: Path) -> list[Part]:
    """The packages installed in a folder, by name."""
    files = folder.glob("*.dist-info/METADATA")
    return sorted((part_of(path.read_text(encoding="utf-8")) for path in files), key=lambda part: part.name)


def locked(text: str) -> dict[str, str]:
    """Name and version of every package of a lock."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE)
    return {normal(name): version for name, version in found}


def bill(version: str, parts: Iterable[Part], python: str, files: dict[str, str], epoch: int) -> str:
    """The bill of materials of a build, the same bytes for the same build.

    Args:
        version: the program's.
        parts: its packages.
        python: the version of the Windows Python in it.
        files: SHA-256 by file name of what the build made.
        epoch: the build's time, seconds since 1970.
    """
    components = [_component(part) for part in parts]
    components.append(
        {
            "type": "platform", "bom-ref": f"cpython@{python}", "name": "CPython", "version": python,
            "purl": f"pkg:generic/python@{python}", "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )  # fmt: skip
    program = f"otimo-tray@{version}"
    seed = json.dumps([program, components, files], sort_keys=True)
    found: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, seed)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application", "bom-ref": program, "name": "Ótimo Tray", "version": version,
                "publisher": "Ótimo Gestor",
                "components": [
                    {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}
                    for name, digest in sorted(files.items())
                ],
            },
        },
        "components": components,
        "dependencies": [{"ref": program, "dependsOn": [one["bom-ref"] for one in components]}],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _component(part: Part) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library", "bom-ref": f"{part.name}@{part.version}", "name": part.name, "version": part.version,
        "purl": f"pkg:pypi/{part.name}@{part.version}",
    }  # fmt: skip
    if re.search(" OR | AND ", part.licence):
        made["licenses"] = [{"expression": part.licence}]
    elif part.licence:
        made["licenses"] = [{"license": {"id": part.licence}}]
    return made


def complaints(parts: Iterable[Part]) -> Iterator[str]:
    """What is wrong with the licences."""
    for part in parts:
        if not part.licence:
            yield f"{part.name} {part.version}: its licence can't be told"
        elif not part.is_allowed:
            yield f"{part.name} {part.version}: {part.licence} is not on the list"
