"""
The tokens: a SoftHSM2 token for every official and every seal, as USB tokens would be.

Run as a program (``python -m sandbox.tokens JOB``) because PKCS#11 is read once per process
and its configuration is an environment variable. PINs go through files, never arguments:
python-pkcs11 0.9 cannot initialise a token, and ``softhsm2-util`` wants the PIN as an
argument that every user of the machine can see; so ``C_InitToken`` is called directly.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute, ObjectClass
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from sandbox import keys

#: Where distributions put SoftHSM 2; ``SOFTHSM2_MODULE`` names another place.
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib64/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
OK = 0
LABEL_LENGTH = 32
OBJECT_ID = b"\x01"


class TokensError(RuntimeError):
    """The tokens could not be made; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token and what belongs on it; all values but the label are paths."""

    label: str
    key: str
    certificate: str
    pin_file: str


def module() -> str:
    """Return the path of SoftHSM 2. TokensError with the package to install if it is missing."""
    for path in (os.environ.get("SOFTHSM2_MODULE", ""), *MODULES):
        if path and Path(path).exists():
            return path
    message = "Không tìm thấy SoftHSM2 · SoftHSM2 is missing: apt-get install softhsm2"
    raise TokensError(message)


def ensure(folder: Path, tokens: list[Token]) -> Path:
    """
    Make *tokens* in *folder* unless they are there already; return their SOFTHSM2_CONF.

    They are there when the last run ended well with the same certificates. Otherwise all
    are made anew: a token that died half way cannot be told from a locked one.
    """
    configuration, done = folder / "softhsm2.conf", folder / "done"
    wanted = hashlib.sha256(
        b"".join(Path(token.certificate).read_bytes() for token in tokens)
    ).hexdigest()
    if done.exists() and done.read_text() == wanted:
        return configuration
    done.unlink(missing_ok=True)
    shutil.rmtree(folder / "store", ignore_errors=True)
    (folder / "store").mkdir(parents=True)
    keys.write(
        configuration,
        f"directories.tokendir = {folder / 'store'}\nobjectstore.backend = file\n"
        "log.level = ERROR\nslots.removable = false\n".encode(),
    )
    for token in tokens:
        keys.pin(Path(token.pin_file))
    job = folder / "job.json"
    keys.write(job, json.dumps([asdict(token) for token in tokens]).encode())
    made = subprocess.run(
        [sys.executable, "-m", "sandbox.tokens", str(job)],
        env={**os.environ, "SOFTHSM2_CONF": str(configuration), "PYTHONPATH": _root()},
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise TokensError(made.stderr.strip() or f"token maker ended with {made.returncode}")
    keys.write(done, wanted.encode())
    return configuration


def _root() -> str:
    return str(Path(__file__).resolve().parents[1])


# What runs in the process of its own


def _make(tokens: list[Token]) -> None:
    path = module()
    officer = secrets.token_hex(8)
    _initialise(path, [token.label for token in tokens], officer)
    library = pkcs11.lib(path)
    for token in tokens:
        _fill(library.get_token(token_label=token.label), token, officer)


def _initialise(path: str, labels: list[str], officer: str) -> None:
    """Call ``C_InitToken`` once per label: SoftHSM offers one empty slot after the last token."""
    library = ctypes.CDLL(path)
    _call(library.C_Initialize(None))
    for label in labels:
        count = ctypes.c_ulong()
        _call(library.C_GetSlotList(0, None, ctypes.byref(count)))
        slots = (ctypes.c_ulong * count.value)()
        _call(library.C_GetSlotList(0, slots, ctypes.byref(count)))
        padded = label.encode().ljust(LABEL_LENGTH)
        slot = ctypes.c_ulong(slots[count.value - 1])
        _call(library.C_InitToken(slot, officer.encode(), ctypes.c_ulong(len(officer)), padded))
    _call(library.C_Finalize(None))


def _call(answer: int) -> None:
    if answer != OK:
        message = f"SoftHSM2: CKR 0x{answer:08x}"
        raise TokensError(message)


def _fill(device: pkcs11.Token, token: Token, officer: str) -> None:
    """Set the user's PIN; put the private key and its certificate on the device."""
    user = Path(token.pin_file).read_text()
    with device.open(rw=True, so_pin=officer) as session:
        session.init_pin(user)
    key = keys.load(Path(token.key).read_bytes())
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    certificate = Path(token.certificate).read_bytes()
    named = {Attribute.TOKEN: True, Attribute.LABEL: token.label, Attribute.ID: OBJECT_ID}
    with device.open(rw=True, user_pin=user) as session:
        session.create_object(
            decode_rsa_private_key(der)
            | named
            | {
                Attribute.CLASS: ObjectClass.PRIVATE_KEY,
                Attribute.PRIVATE: True,
                Attribute.SENSITIVE: True,
                Attribute.EXTRACTABLE: False,
            }
        )
        session.create_object(decode_x509_certificate(_der(certificate)) | named)


def _der(pem: bytes) -> bytes:
    certificate = x509.load_pem_x509_certificate(pem)
    return certificate.public_bytes(serialization.Encoding.DER)


if __name__ == "__main__":
    try:
        _make([Token(**row) for row in json.loads(Path(sys.argv[1]).read_bytes())])
    except (TokensError, pkcs11.PKCS11Error) as error:
        sys.exit(f"{type(error).__name__}: {error}")
