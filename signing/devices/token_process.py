"""
The only process that loads a PKCS#11 module and the only one that ever holds a PIN.

Started by ``tokens.Tokens`` as ``python -m signing.devices.token_process MODULE``. One thread: two
threads with two sessions crash the binding (reference: python-pkcs11 initialises a module
without OS locking). A crash of a vendor's driver takes only this process with it.

It speaks frames (see ``frames``) on its standard input and output. Requests:

- ``{"do": "list"}`` → ``{"tokens": [{"label", "serial", "certificates": [{"id", …}]}]}``
- ``{"do": "login", "token", "pin_file", "retry"}`` → ``{"ok": true}``
- ``{"do": "sign", "token", "key", "sizes"}`` + the signed attributes one after another
  → one frame per signature, so that a crash loses no signature that was already made

An error is ``{"error": NAME}``; the names are those of ``tokens.ERRORS``. A PIN comes from a file
that only its owner can read (mode 0600 or 0400), never over the pipe, and is wiped after use.
A PIN that the token refused is not sent again until a person says so (``retry``).
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from contextlib import suppress
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag

from signing import frames

#: DER of DigestInfo{sha256} up to the hash itself (RFC 8017 §9.2, note 1).
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


class Why(StrEnum):
    """Why there is no signature; the hub knows the same names (``tokens.ERRORS``)."""

    TOKEN_MISSING = "TokenMissing"  # noqa: S105 - a word, not a secret
    TOKEN_BROKEN = "TokenBroken"  # noqa: S105 - a word, not a secret
    KEY_MISSING = "KeyMissing"
    PIN_WRONG = "PinWrong"
    PIN_LOCKED = "PinLocked"
    PIN_FILE = "PinFile"


#: What a driver's error means to us; anything else is a broken token.
NAMES: dict[type[pkcs11.PKCS11Error], Why] = {
    pkcs11.PinIncorrect: Why.PIN_WRONG,
    pkcs11.PinInvalid: Why.PIN_WRONG,
    pkcs11.PinLenRange: Why.PIN_WRONG,
    pkcs11.PinLocked: Why.PIN_LOCKED,
    pkcs11.PinExpired: Why.PIN_LOCKED,
    pkcs11.NoSuchToken: Why.TOKEN_MISSING,
    pkcs11.TokenNotPresent: Why.TOKEN_MISSING,
    pkcs11.TokenNotRecognised: Why.TOKEN_MISSING,
    pkcs11.DeviceRemoved: Why.TOKEN_MISSING,
    pkcs11.SlotIDInvalid: Why.TOKEN_MISSING,
    pkcs11.SessionHandleInvalid: Why.TOKEN_MISSING,
    pkcs11.NoSuchKey: Why.KEY_MISSING,
    pkcs11.KeyHandleInvalid: Why.KEY_MISSING,
}


class RefusedError(Exception):
    """We refuse before the driver is asked; the text is the error's name."""


class Pin:
    """A PIN read from a file, with a buffer that can be wiped."""

    def __init__(self, path: Path) -> None:
        """Read *path*; RefusedError("PinFile") unless only its owner can read it."""
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            raise RefusedError(Why.PIN_FILE) from error
        try:
            found = os.fstat(fd)
            private = not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            if not stat.S_ISREG(found.st_mode) or not private or found.st_uid != os.geteuid():
                raise RefusedError(Why.PIN_FILE)
            typed = bytearray(256)
            length = os.readv(fd, [typed])
        finally:
            os.close(fd)
        while length and typed[length - 1] in b"\r\n":
            length -= 1
        # The binding wants bytes: one object of the right length, whose place we know.
        self._text = bytes(memoryview(typed)[:length])
        typed[:] = bytes(len(typed))

    def encode(self, _encoding: str) -> bytes:
        """Give the binding the PIN; it asks for ``str.encode`` and nothing else."""
        return self._text

    def wipe(self) -> None:
        """Overwrite the PIN: CPython keeps bytes after a fixed head and before a zero."""
        if len(self._text) > 1:  # the interpreter shares bytes of length 0 and 1
            ctypes.memset(id(self._text) + sys.getsizeof(b"") - 1, 0, len(self._text))


class Module:
    """One PKCS#11 module with at most one open session per token."""

    def __init__(self, path: str) -> None:
        """Load the driver at *path*."""
        self._lib: Any = pkcs11.lib(path)
        self._sessions: dict[str, Any] = {}
        self._keys: dict[tuple[str, str], Any] = {}
        self._wrong: set[str] = set()

    def tokens(self) -> dict[str, Any]:
        """Return every token with its public certificates."""
        tokens = [
            {
                "label": token.label.strip(),
                "serial": token.serial.decode("ascii", "replace").strip(),
                "certificates": self._certificates(token),
            }
            for token in self._lib.get_tokens()
            if token.flags & TokenFlag.TOKEN_INITIALIZED
        ]
        return {"tokens": tokens}

    def _certificates(self, token: Any) -> list[dict[str, str]]:
        with token.open() as session:
            found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
            return [
                {
                    "id": bytes(item[Attribute.ID]).hex(),
                    "label": str(item[Attribute.LABEL]),
                    "der": bytes(item[Attribute.VALUE]).hex(),
                }
                for item in found
            ]

    def login(self, label: str, pin_file: Path, *, retry: bool) -> dict[str, Any]:
        """Open the token's session; the PIN is sent once, and never again after a refusal."""
        if label in self._sessions:
            return {"ok": True}
        if retry:
            self._wrong.discard(label)
        if label in self._wrong:
            raise RefusedError(Why.PIN_WRONG)
        token = self._token(label)
        self._may_try(token.flags, retry=retry)
        pin = Pin(pin_file)
        try:
            self._sessions[label] = token.open(user_pin=pin)
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked):
            self._wrong.add(label)
            raise
        finally:
            pin.wipe()
        return {"ok": True}

    def _token(self, label: str) -> Any:
        found = [token for token in self._lib.get_tokens() if token.label.strip() == label]
        if len(found) != 1:
            raise RefusedError(Why.TOKEN_MISSING)
        return found[0]

    @staticmethod
    def _may_try(flags: TokenFlag, *, retry: bool) -> None:
        """Refuse by what the token remembers: it outlives us and our memory of a wrong PIN."""
        if flags & TokenFlag.USER_PIN_LOCKED:
            raise RefusedError(Why.PIN_LOCKED)
        doubt = TokenFlag.USER_PIN_COUNT_LOW | TokenFlag.USER_PIN_FINAL_TRY
        if flags & doubt and not retry:
            raise RefusedError(Why.PIN_WRONG)

    def sign(self, label: str, key_id: str, text: bytes) -> bytes:
        """Sign *text* (DER of the signed attributes) with RSA PKCS#1 v1.5 or ECDSA over SHA-256."""
        if label not in self._sessions:
            raise RefusedError(Why.TOKEN_MISSING)
        key, mechanism, kind = self._key(label, key_id)
        if mechanism in (Mechanism.SHA256_RSA_PKCS, Mechanism.ECDSA_SHA256):
            return bytes(key.sign(text, mechanism=mechanism))
        digest = sha256(text).digest()
        head = DIGEST_INFO if kind is KeyType.RSA else b""
        return bytes(key.sign(head + digest, mechanism=mechanism))

    def _key(self, label: str, key_id: str) -> Any:
        """Find the key and the best mechanism once; a key costs several calls to the token."""
        if (label, key_id) not in self._keys:
            session = self._sessions[label]
            key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=bytes.fromhex(key_id))
            offered = session.token.slot.get_mechanisms()
            self._keys[label, key_id] = (key, _mechanism(key.key_type, offered), key.key_type)
        return self._keys[label, key_id]

    def forget(self, label: str) -> None:
        """Close what we hold of a token, for example after it was pulled out."""
        self._keys = {place: key for place, key in self._keys.items() if place[0] != label}
        if session := self._sessions.pop(label, None):
            # A session of a token that is gone cannot be closed, and need not be.
            with suppress(pkcs11.PKCS11Error):
                session.close()


def _mechanism(kind: KeyType, offered: set[Mechanism]) -> Mechanism:
    """Let the token hash where it can, else sign raw; RefusedError if it offers neither."""
    choices = {
        KeyType.RSA: (Mechanism.SHA256_RSA_PKCS, Mechanism.RSA_PKCS),
        KeyType.EC: (Mechanism.ECDSA_SHA256, Mechanism.ECDSA),
    }
    for choice in choices.get(kind, ()):
        if choice in offered:
            return choice
    raise RefusedError(Why.TOKEN_BROKEN)


def serve(module: Module, source: int, sink: int) -> None:
    """Answer frames until the hub closes the pipe."""
    while True:
        try:
            request, payload = frames.receive(source)
        except frames.ClosedError:
            return
        try:
            _answer(module, request, payload, sink)
        except RefusedError as refused:
            frames.send(sink, {"error": str(refused)})
        except pkcs11.PKCS11Error as error:
            module.forget(str(request.get("token", "")))
            name = NAMES.get(type(error), Why.TOKEN_BROKEN)
            frames.send(sink, {"error": name, "detail": type(error).__name__})


def _answer(module: Module, request: dict[str, Any], payload: bytes, sink: int) -> None:
    match request["do"]:
        case "list":
            frames.send(sink, module.tokens())
        case "login":
            path = Path(request["pin_file"])
            frames.send(sink, module.login(request["token"], path, retry=request["retry"]))
        case "sign":
            start = 0
            for size in request["sizes"]:
                text = payload[start : start + size]
                start += size
                frames.send(sink, {"ok": True}, module.sign(request["token"], request["key"], text))
        case other:
            frames.send(sink, {"error": Why.TOKEN_BROKEN, "detail": f"unknown request {other!r}"})


def main() -> None:
    """Serve the module named by the first argument on standard input and output."""
    source, sink = os.dup(0), os.dup(1)
    # A vendor's driver may print; it must not print into our frames.
    os.dup2(2, 1)
    try:
        module = Module(sys.argv[1])
    except (pkcs11.PKCS11Error, OSError) as error:
        frames.send(sink, {"error": Why.TOKEN_BROKEN, "detail": type(error).__name__})
        return
    frames.send(sink, {"ok": True})
    serve(module, source, sink)


if __name__ == "__main__":
    main()
