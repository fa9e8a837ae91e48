"""One fuzzing process: `python -m tests.fuzz TARGET --seconds N --seed S --folder DIR`, or `monster NAME`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Runs one target or meets one monster; the exit code is libFuzzer's or 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target")
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path())
    options = parser.parse_args()
    if options.target == "monster":
        return _monster(options.name)
    try:
        import atheris
    except ImportError:
        return _mutate(options.target, options.seconds, options.seed)
    # Its own types are incomplete.
    with atheris.instrument_imports(include=["otimo_tray"]):  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        from tests.fuzz import targets
    from tests.fuzz.seeds import seeds

    corpus = options.folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(options.target)):
        (corpus / str(number)).write_bytes(data)

    def one(data: bytes) -> None:
        targets.feed(options.target, data)

    words = [
        f"-max_total_time={options.seconds}", f"-seed={options.seed}", "-print_final_stats=1", "-timeout=20",
        "-rss_limit_mb=2048", "-max_len=65536", f"-artifact_prefix={options.folder}/", str(corpus),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *words], one)
    atheris.Fuzz()
    return 0


def _mutate(target: str, seconds: int, seed: int) -> int:
    """Without atheris (it has no wheel for Windows): mutations as long as the time allows."""
    from tests.fuzz.mutate import mutations
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import feed

    sys.stderr.write("atheris isn't here\n")
    tried, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for data in mutations(seeds(target), 100, seed + tried):
            tried += 1
            try:
                feed(target, data)
            except Exception as error:  # whatever it is, it is what we look for
                sys.stderr.write(f"found: {error!r} by {data[:200]!r}\n")
    sys.stdout.write(str(tried))
    return 0


def _monster(name: str) -> int:
    import resource  # POSIX's: the mutations run without it

    from tests.fuzz.monsters import MONSTERS

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory(prefix="otimo-monster-") as folder:
        began = time.monotonic()
        said = MONSTERS[name](Path(folder))
        seconds = time.monotonic() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    sys.stdout.write(json.dumps({"said": said, "seconds": seconds, "mb": grown}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
