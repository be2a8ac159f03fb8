"""
Tokens in memory: keys of the simulated authority, a PIN counter, and a plug that can be pulled.

They keep what a signed day must be judged by: how often a PIN was sent, and that an intent
stood in the register before anything was signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from proving.chance import Chance, Fault
from signing.devices.tokens import PinWrong, TokenBroken, TokenError, TokenMissing


@dataclass(slots=True)
class Hardware:
    """What is plugged in, and what was done with it."""

    keys: dict[str, RSAPrivateKey]
    """By the token's label."""
    chance: Chance
    before_signing: Callable[[str], None]
    """Told the SHA-256 of each text that is about to be signed."""
    wrong: Counter[str] = field(default_factory=Counter)
    """Wrong PINs sent, by token."""
    leaves: Counter[str] = field(default_factory=Counter)
    """Persons' leaves to send a PIN again, by token."""
    mistyped: set[str] = field(default_factory=set)
    """Tokens whose PIN file is wrong until a person mends it."""
    pulled: set[str] = field(default_factory=set)

    def mend(self, token: str) -> None:
        """A person plugs the token in and puts the PIN right."""
        self.mistyped.discard(token)
        self.pulled.discard(token)


class Driver:
    """One worker's door to the tokens; it remembers a refused PIN as the hub's does."""

    def __init__(self, hardware: Hardware) -> None:
        """Open nothing yet."""
        self._hardware = hardware
        self._open: set[str] = set()
        self._refused: dict[str, type[TokenError]] = {}

    def find(self, token: str) -> bool:
        """Tell whether *token* is open already."""
        return token in self._open

    def login(self, token: str, _pin_file: Path, *, retry: bool = False) -> None:
        """Open *token*; PinWrong once, and again without asking it until *retry*."""
        if retry:
            self._refused.pop(token, None)
            self._hardware.leaves[token] += 1
        if token in self._refused:
            raise self._refused[token]
        if token in self._open:
            return
        self._plugged(token)
        if self._hardware.chance.strikes(Fault.WRONG_PIN):
            self._hardware.mistyped.add(token)
        if token in self._hardware.mistyped:
            self._hardware.wrong[token] += 1
            self._refused[token] = PinWrong
            raise PinWrong
        self._open.add(token)

    def sign(
        self,
        token: str,
        _key: str,
        texts: Sequence[bytes],
        *,
        scheme: str = "",  # noqa: ARG002 - every key here is RSA
    ) -> list[bytes]:
        """Return a signature of each of *texts*."""
        self._plugged(token)
        if token not in self._open:
            raise TokenBroken
        if self._hardware.chance.strikes(Fault.TOKEN_BROKEN):
            self._open.clear()
            raise TokenBroken
        return [self._sign(token, text) for text in texts]

    def _sign(self, token: str, text: bytes) -> bytes:
        self._hardware.before_signing(sha256(text).hexdigest())
        return self._hardware.keys[token].sign(text, PKCS1v15(), hashes.SHA256())

    def _plugged(self, token: str) -> None:
        if self._hardware.chance.strikes(Fault.TOKEN_PULLED):
            self._hardware.pulled.add(token)
        if token in self._hardware.pulled:
            self._open.discard(token)
            raise TokenMissing
