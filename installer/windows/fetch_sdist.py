"""Saves one pinned sdist without building it: pip's own finder and session, but none of the package's code.

`pip download` would run the package's set-up script for its metadata. Runs in the checkout's environment:
`python fetch_sdist.py NAME VERSION FILE`; the caller checks the hash.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def fetch(name: str, version: str, target: Path) -> None:
    """Save the sdist of `name` `version` as `target`, from the index that pip is set to use."""
    from pip._internal.commands.download import DownloadCommand

    command: Any = DownloadCommand("download", "")
    options, _ = command.parse_args(["--no-deps", "--no-binary", ":all:", name])
    with command.main_context():
        session = command.get_default_session(options)
        finder = command._build_package_finder(options, session)  # noqa: SLF001 - pip has no public way
        links = [
            candidate.link
            for candidate in finder.find_all_candidates(name)
            if str(candidate.version) == version and not candidate.link.is_wheel
        ]
        if not links:
            raise SystemExit(f"the package index has no sdist of {name} {version}")
        if links[0].is_file:
            target.write_bytes(Path(links[0].file_path).read_bytes())
            return
        answer = session.get(links[0].url_without_fragment, headers={"Accept-Encoding": "identity"})
        answer.raise_for_status()
        target.write_bytes(answer.content)


if __name__ == "__main__":
    fetch(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
