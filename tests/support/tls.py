"""A certificate for `localhost` of an authority that nobody knows, and an HTTPS server that has one."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AUTHORITY = "ca.pem"
"""The certificate's file in its folder."""


@dataclass(frozen=True, slots=True)
class TlsServer:
    """Attributes:
    port: on 127.0.0.1. authority: file of the certificate that vouches for it.
    """

    port: int
    authority: Path


class _Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        pass  # who doesn't trust us hangs up


def certificate(folder: Path) -> tuple[Path, Path]:
    """Writes a certificate for `localhost`, its own authority, and its key; answers both files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / AUTHORITY, folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return chain, private


@contextmanager
def serve_tls(folder: Path, handler: type[BaseHTTPRequestHandler]) -> Generator[TlsServer]:
    """Serve with `handler` until the block ends; the certificate's files go into `folder`."""
    chain, private = certificate(folder)
    server = _Server(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, private)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield TlsServer(server.server_port, chain)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
