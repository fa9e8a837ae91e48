"""A checkout's one command: `python3 installer/dev.py demo` or `test` (Windows: `py installer\\dev.py …`).

It sets up what is missing, then runs; `--help` lists the rest. This file stays readable for old Pythons, so
that they can say what is wrong; the work is in the modules beside it.
"""

import sys
from pathlib import Path

NEEDED = (3, 11)


def main() -> int:
    """Check the Python that runs this, then hand over to `installer.commands`."""
    if sys.version_info < NEEDED:
        sys.stderr.write(
            "Ótimo Tray needs Python {}.{} or newer; this is {} ({}).\n".format(
                *NEEDED, sys.version.split()[0], sys.executable
            )
        )
        if sys.platform == "win32":
            sys.stderr.write("Install a newer one, then type:  py -3 installer\\dev.py ...\n")
        else:
            sys.stderr.write("Install a newer one, then type:  python3.11 installer/dev.py ...\n")
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from installer import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
