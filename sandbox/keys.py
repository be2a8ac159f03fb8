"""
Keys, certificates and secrets of the sandbox: made once, kept in its data folder.

Whatever is secret is a file of mode 0600. Here is the sandbox's one source of randomness
that a seed does not rule: keys and PINs should not be guessable, even in training.
"""

from __future__ import annotations

import os
import secrets
import string
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

BITS = 2048
YEARS = timedelta(days=3650)


def keep(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what *path* holds; first make it there, whole or not at all, for our eyes only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, make())
    return path.read_bytes()


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Put *data* in the place of *path* in one step."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def secret(path: Path) -> str:
    """Return the shared secret in *path*."""
    return keep(path, lambda: secrets.token_hex(24).encode()).decode()


def pin(path: Path) -> str:
    """Return the PIN in *path*: eight digits."""
    return keep(
        path, lambda: "".join(secrets.choice(string.digits) for _ in range(8)).encode()
    ).decode()


def _make() -> bytes:
    return rsa.generate_private_key(public_exponent=65537, key_size=BITS).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def ensure(paths: Iterable[Path]) -> None:
    """Make the private keys that *paths* lack, as many at a time as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda path: keep(path, _make), paths))


def private(path: Path) -> rsa.RSAPrivateKey:
    """Return the private key in *path*."""
    return load(keep(path, _make))


def load(data: bytes) -> rsa.RSAPrivateKey:
    """
    Return the RSA key in *data*, PEM or DER.

    It is not checked: the sandbox made it itself, and a check costs 40 ms.
    """
    pem = data.startswith(b"-----")
    read = serialization.load_pem_private_key if pem else serialization.load_der_private_key
    key = read(data, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        message = "not an RSA key"
        raise TypeError(message)
    return key


def self_signed(path: Path, key: rsa.RSAPrivateKey, name: str, at: datetime) -> x509.Certificate:
    """Return the certificate in *path*; first made for *name*, good for ten years from *at*."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def make() -> bytes:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(at - timedelta(days=1))
            .not_valid_after(at + YEARS)
            .sign(key, hashes.SHA256())
            .public_bytes(serialization.Encoding.PEM)
        )

    return x509.load_pem_x509_certificate(keep(path, make))
