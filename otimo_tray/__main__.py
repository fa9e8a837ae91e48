"""`python -m otimo_tray` and the `otimo-tray` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Starts the command line, which starts the tray when there is no command."""
    from otimo_tray.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
