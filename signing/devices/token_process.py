"""
The only process that loads a PKCS#11 module and the only one that ever holds a PIN.

Started by ``tokens.Tokens`` as ``python -m signing.devices.token_process MODULE``. One thread: two
threads with two sessions crash the binding (reference: python-pkcs11 initialises a module
without OS locking). A crash of a vendor's driver takes only this process with it.

It speaks frames (see ``frames``) on its standard input and output. Requests:

- ``{"do": "list"}`` → ``{"tokens": [{"label", "serial", "certificates": [{"id", …}]}]}``
- ``{"do": "probe"}`` → the same with all that ``looking`` can read
- ``{"do": "find", "token"}`` → ``{"open"}``: plugged in, and whether its session is open
- ``{"do": "login", "token", "pin_file", "retry"}`` → ``{"ok": true}``
- ``{"do": "sign", "token", "key", "scheme", "sizes"}`` + the signed attributes one after another
  → one frame per signature, so that a crash loses no signature that was already made

``{"wait": SECONDS}`` may come before an answer: a person is asked at the reader's own keys.

An error is ``{"error": NAME}``; the names are those of ``tokens.ERRORS``. A PIN comes from a file
that only its owner can read (mode 0600 or 0400), never over the pipe, and is wiped after use.
A PIN that the token refused is not sent again until a person says so (``retry``).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, ObjectClass

from signing import frames
from signing.devices import looking, mechanisms
from signing.devices.pins import Pin, PinFileError

PAD_SECONDS = 150
"""How long a person may take at a reader's own keys."""
RESET = 1.0
"""Seconds in which a card that was reset is back."""


class Why(StrEnum):
    """Why there is no signature; the hub knows the same names (``tokens.ERRORS``)."""

    TOKEN_MISSING = "TokenMissing"  # noqa: S105 - a word, not a secret
    TOKEN_BROKEN = "TokenBroken"  # noqa: S105 - a word, not a secret
    KEY_MISSING = "KeyMissing"
    KEY_UNFIT = "KeyUnfit"
    PIN_WRONG = "PinWrong"
    PIN_LAST_TRY = "PinLastTry"
    PIN_LOCKED = "PinLocked"
    PIN_TO_CHANGE = "PinToChange"
    PIN_FILE = "PinFile"


#: What a driver's error means to us; anything else is a broken token.
NAMES: dict[type[pkcs11.PKCS11Error], Why] = {
    pkcs11.PinIncorrect: Why.PIN_WRONG,
    pkcs11.PinInvalid: Why.PIN_WRONG,
    pkcs11.PinLenRange: Why.PIN_WRONG,
    pkcs11.FunctionCancelled: Why.PIN_WRONG,  # at a reader's own keys
    pkcs11.PinLocked: Why.PIN_LOCKED,
    pkcs11.PinExpired: Why.PIN_TO_CHANGE,
    pkcs11.NoSuchToken: Why.TOKEN_MISSING,
    pkcs11.TokenNotPresent: Why.TOKEN_MISSING,
    pkcs11.TokenNotRecognised: Why.TOKEN_MISSING,
    pkcs11.DeviceRemoved: Why.TOKEN_MISSING,
    pkcs11.SlotIDInvalid: Why.TOKEN_MISSING,
    pkcs11.SessionHandleInvalid: Why.TOKEN_MISSING,
    pkcs11.NoSuchKey: Why.KEY_MISSING,
    pkcs11.KeyHandleInvalid: Why.KEY_MISSING,
}
#: After these the same PIN is not sent again by itself.
REFUSALS = frozenset({Why.PIN_WRONG, Why.PIN_LAST_TRY, Why.PIN_LOCKED, Why.PIN_TO_CHANGE})


class RefusedError(Exception):
    """We refuse before the driver is asked: the error's name, and more if there is more to say."""

    def __init__(self, name: Why, detail: str = "") -> None:
        """Keep *name* and *detail*."""
        super().__init__(name)
        self.detail = detail or name


@dataclass(slots=True)
class Open:
    """A token's session, and where the PIN is read again if a key wants it each time."""

    session: Any
    pin_file: Path | None
    """None if the PIN is typed on the reader's own keys."""


@dataclass(slots=True)
class Held:
    """A key, the ways it can sign, best first, and what it asks for."""

    key: Any
    ways: list[mechanisms.Way]
    curve: bytes
    pin_each_time: bool


class Module:
    """One PKCS#11 module with at most one open session per token."""

    def __init__(self, path: str) -> None:
        """Load the driver at *path*."""
        self._lib: Any = pkcs11.lib(path)
        self._open: dict[str, Open] = {}
        self._keys: dict[tuple[str, str, str], Held] = {}
        self._wrong: dict[str, Why] = {}
        self._begins_anew = False

    def tokens(self) -> dict[str, Any]:
        """Return every token with its public certificates."""
        return {"tokens": [self._described(token) for token in looking.present(self._lib)]}

    def probe(self) -> dict[str, Any]:
        """Return all that can be read from each token; most show their keys after login only."""
        found = [self._described(token, keys=True) for token in looking.present(self._lib)]
        return {"tokens": found}

    def _described(self, token: Any, *, keys: bool = False) -> dict[str, Any]:
        told = looking.card(token) | {"begins_anew": self._begins_anew}
        # A token has one state of login for all sessions of a process: the open one is asked.
        mine = self._open.get(told["label"])
        session = mine.session if mine else token.open()
        try:
            told["certificates"] = looking.certificates(session)
            if keys:
                told["keys"] = looking.keys(session, token.slot.get_mechanisms())
        finally:
            if not mine:
                session.close()
        return told

    def find(self, label: str) -> dict[str, Any]:
        """Tell whether the token's session is open; RefusedError if it is not plugged in."""
        if label not in self._open:
            self._token(label)
        return {"open": label in self._open}

    def login(
        self, label: str, pin_file: Path, *, retry: bool, wait: Callable[[int], None] | None = None
    ) -> dict[str, Any]:
        """
        Open the token's session; the PIN is sent once, and never again after a refusal.

        *wait* is told how many seconds a person may take, if one must type at the reader.
        """
        if label in self._open:
            return {"ok": True}
        if retry:
            self._wrong.pop(label, None)
        if label in self._wrong:
            raise RefusedError(self._wrong[label])
        token = self._token(label)
        self._may_try(token.flags, retry=retry)
        if looking.has_pad(token.flags):
            if wait:
                wait(PAD_SECONDS)
            self._open[label] = Open(token.open(user_pin=pkcs11.PROTECTED_AUTH), None)
            return {"ok": True}
        pin = Pin(pin_file)
        try:
            self._open[label] = Open(token.open(user_pin=pin), pin_file)
        finally:
            pin.wipe()
        return {"ok": True}

    def _token(self, label: str) -> Any:
        found = self._labelled(label) or self._begin_anew(label) or self._a_moment_later(label)
        if len(found) != 1:
            raise RefusedError(Why.TOKEN_MISSING)
        return found[0]

    def _begin_anew(self, label: str) -> list[Any]:
        """
        Look again after the driver has begun anew: some see only then what was plugged in.

        That ends every session, so it is done only if there is none.
        """
        if self._open:
            return []
        self._lib.reinitialize()
        found = self._labelled(label)
        self._begins_anew = self._begins_anew or bool(found)
        return found

    def _a_moment_later(self, label: str) -> list[Any]:
        """Look once more: a card is away while its reader resets it after another process."""
        time.sleep(RESET)
        return self._labelled(label)

    def _labelled(self, label: str) -> list[Any]:
        return [token for token in self._lib.get_tokens() if token.label.strip() == label]

    @staticmethod
    def _may_try(flags: pkcs11.TokenFlag, *, retry: bool) -> None:
        """Refuse by what the token remembers: it outlives us and our memory of a wrong PIN."""
        state = looking.pin_state(flags)
        if state == "locked":
            raise RefusedError(Why.PIN_LOCKED)
        if state == "last_try" and not retry:
            raise RefusedError(Why.PIN_LAST_TRY)
        if state == "refused_before" and not retry:
            raise RefusedError(Why.PIN_WRONG)

    def failed(self, label: str, error: pkcs11.PKCS11Error) -> Why:
        """Close the token after *error*, remember a refusal, and return what it means."""
        self._forget(label)
        name = NAMES.get(type(error), Why.TOKEN_BROKEN)
        states = self._states(label)
        if name is Why.TOKEN_BROKEN and states == []:
            name = Why.TOKEN_MISSING  # OpenSC says GeneralError when a card is pulled
        if name is Why.PIN_WRONG and states == ["last_try"]:
            name = Why.PIN_LAST_TRY
        if name in REFUSALS:
            self._wrong[label] = name
        return name

    def _states(self, label: str) -> list[str] | None:
        """Return the state of the token's PIN; empty if it is gone, None if nobody can say."""
        try:
            return [looking.pin_state(token.flags) for token in self._labelled(label)]
        except pkcs11.PKCS11Error:
            return None

    def sign(self, label: str, key_id: str, text: bytes, scheme: str = "") -> bytes:
        """
        Sign *text* (DER of the signed attributes) by *scheme*, or as the key's kind has it.

        ECDSA comes as r and s side by side, whatever the driver gave.
        """
        if label not in self._open:
            raise RefusedError(Why.TOKEN_MISSING)
        held = self._key(label, key_id, scheme)
        signature = self._by_the_best_way(label, held, text)
        if held.key.key_type is KeyType.EC:
            return mechanisms.side_by_side(signature, held.curve)
        return signature

    def _by_the_best_way(self, label: str, held: Held, text: bytes) -> bytes:
        """Sign by the first way that works; some drivers list mechanisms that they do not have."""
        while len(held.ways) > 1:
            try:
                return self._once(label, held, text)
            except pkcs11.MechanismInvalid:
                del held.ways[0]
        return self._once(label, held, text)

    def _once(self, label: str, held: Held, text: bytes) -> bytes:
        way = held.ways[0]
        how = {"mechanism": way.mechanism, "mechanism_param": way.parameter}
        if not held.pin_each_time:
            return bytes(held.key.sign(way.prepared(text), **how))
        path = self._open[label].pin_file
        if path is None:
            # The binding cannot ask for the pad once more, and nobody would type for a batch.
            raise RefusedError(Why.KEY_UNFIT, "wants its PIN typed for every signature")
        pin = Pin(path)
        try:
            return bytes(held.key.sign(way.prepared(text), pin=pin, **how))
        finally:
            pin.wipe()

    def _key(self, label: str, key_id: str, scheme: str) -> Held:
        """Find the key and its ways once; a key costs several calls to the token."""
        place = (label, key_id, scheme)
        if place not in self._keys:
            session = self._open[label].session
            key = self._private(session, key_id)
            curve = looking.curve(key)
            wanted = scheme or mechanisms.scheme_of(key.key_type, curve)
            usable = mechanisms.ways(wanted, session.token.slot.get_mechanisms())
            if not usable:
                raise RefusedError(Why.KEY_UNFIT, f"the token has no mechanism for {wanted}")
            self._keys[place] = Held(key, usable, curve, looking.pin_each_time(key))
        return self._keys[place]

    @staticmethod
    def _private(session: Any, key_id: str) -> Any:
        found = looking.found(session, ObjectClass.PRIVATE_KEY)
        wanted = [key for key in found if bytes(key[Attribute.ID]).hex() == key_id]
        if len(wanted) != 1:
            raise RefusedError(Why.KEY_MISSING)
        return wanted[0]

    def close(self) -> None:
        """Close every session and let the driver go."""
        for label in list(self._open):
            self._forget(label)
        # A driver that fails now has nothing left to lose.
        with suppress(pkcs11.PKCS11Error):
            self._lib.finalize()

    def _forget(self, label: str) -> None:
        """Close what we hold of a token, for example after it was pulled out."""
        self._keys = {place: key for place, key in self._keys.items() if place[0] != label}
        if mine := self._open.pop(label, None):
            # A session of a token that is gone cannot be closed, and need not be.
            with suppress(pkcs11.PKCS11Error):
                mine.session.close()


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
            frames.send(sink, {"error": str(refused), "detail": refused.detail})
        except PinFileError:
            frames.send(sink, {"error": Why.PIN_FILE})
        except pkcs11.PKCS11Error as error:
            name = module.failed(str(request.get("token", "")), error)
            frames.send(sink, {"error": name, "detail": type(error).__name__})


def _answer(module: Module, request: dict[str, Any], payload: bytes, sink: int) -> None:
    label = request.get("token", "")
    match request["do"]:
        case "list":
            frames.send(sink, module.tokens())
        case "probe":
            frames.send(sink, module.probe())
        case "find":
            frames.send(sink, module.find(label))
        case "login":
            path = Path(request["pin_file"])
            told = module.login(
                label, path, retry=request["retry"], wait=lambda s: frames.send(sink, {"wait": s})
            )
            frames.send(sink, told)
        case "sign":
            start = 0
            for size in request["sizes"]:
                text = payload[start : start + size]
                start += size
                signature = module.sign(label, request["key"], text, request["scheme"])
                frames.send(sink, {"ok": True}, signature)
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
    module.close()


if __name__ == "__main__":
    main()
