"""`python -m otimo_tray.demo.simulator`."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
