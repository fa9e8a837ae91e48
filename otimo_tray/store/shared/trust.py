"""The system's certificate authorities, as a file for libpq.

The driver's own OpenSSL knows none: it was built for folders that no computer has.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import ssl
import tempfile
from functools import cache
from pathlib import Path


@cache
def system_authorities() -> str:
    """Path of a file with the system's certificate authorities; "system" when there is none (then nothing is trusted).

    What `SSL_CERT_FILE` names counts first, as for every program that uses OpenSSL.
    """
    places = ssl.get_default_verify_paths()
    for place in (places.cafile, places.openssl_cafile):
        if place and Path(place).is_file():
            return place
    # Windows and macOS keep them elsewhere: a copy for the length of this process.
    known = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not known:
        return "system"
    handle, name = tempfile.mkstemp(prefix="otimo-tray-ca-", suffix=".pem")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("".join(ssl.DER_cert_to_PEM_cert(one) for one in known))
    atexit.register(_remove, name)
    return name


def _remove(name: str) -> None:
    with contextlib.suppress(OSError):
        Path(name).unlink()
