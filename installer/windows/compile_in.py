"""Compiles a folder for the Python that runs this: `python3.13 compile_in.py FOLDER`. One process, one order.

The .pyc files are checked neither by time nor by hash: nothing changes them, and a start reads no source.
"""

import py_compile
import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Compile every module below `folder`, in the order of their names."""
    for path in sorted(folder.rglob("*.py"), key=lambda found: found.relative_to(folder).as_posix()):
        # The name in tracebacks is relative: the same bytes wherever the build ran.
        py_compile.compile(
            str(path),
            dfile=path.relative_to(folder).as_posix(),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
