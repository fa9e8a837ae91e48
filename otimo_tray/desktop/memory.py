"""Gives memory that a large cycle used back to the system: a shop's PC has other programs."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Asks the C library (Linux) or the system (Windows) to take free pages back. Does nothing elsewhere.

    Python frees what it used, but the C library keeps free pages for itself: after the first 100,000 SKUs more than
    it ever needs again.
    """
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        whole = ctypes.c_size_t(-1)
        kernel.SetProcessWorkingSetSize(ctypes.c_void_p(kernel.GetCurrentProcess()), whole, whole)
    elif sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's own; musl has none
        if trim is not None:
            trim(0)
