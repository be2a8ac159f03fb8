"""
The one door out: the connectors that this installation has, by their code.

``config`` installs how they are made; they are made at first use, once per process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from connectors import Connector
from connectors.banks import Gateway, PayingBank, StatementBank
from connectors.carriers import Carrier
from connectors.signers import RemoteSigner

C = TypeVar("C", bound=Connector)


class NotConnectedError(LookupError):
    """No such connector is configured; the operator adds it to motcua.toml."""


@dataclass(frozen=True, slots=True)
class Connections:
    """Every configured connector."""

    connectors: dict[str, Connector] = field(default_factory=dict)

    def of(self, kind: type[C]) -> dict[str, C]:
        """Return the connectors of one *kind* by code."""
        return {code: one for code, one in self.connectors.items() if isinstance(one, kind)}

    def one(self, kind: type[C], code: str) -> C:
        """Return the connector *code*; NotConnectedError if it is not there or of another kind."""
        found = self.of(kind).get(code)
        if found is None:
            raise NotConnectedError(code)
        return found


_make: Callable[[], Connections] = Connections
_made: Connections | None = None


def install(make: Callable[[], Connections]) -> None:
    """Let *make* make the connections when they are first needed."""
    global _make, _made
    _make, _made = make, None


def current() -> Connections:
    """Return the connections of this process."""
    global _made  # noqa: PLW0603 - made at first use
    if _made is None:
        _made = _make()
    return _made


def gateway(code: str) -> Gateway:
    """Return the payment gateway *code*."""
    return current().one(Gateway, code)


def statement_bank(code: str) -> StatementBank:
    """Return the bank *code*."""
    return current().one(StatementBank, code)


def paying_bank(code: str) -> PayingBank | None:
    """Return the bank *code* if it takes orders to send money, None if it does not."""
    return current().of(PayingBank).get(code)


def carrier(code: str) -> Carrier:
    """Return the carrier *code*."""
    return current().one(Carrier, code)


def remote_signer(code: str) -> RemoteSigner:
    """Return the remote signing service *code*."""
    return current().one(RemoteSigner, code)


def patience(code: str) -> tuple[int, ...]:
    """Return the seconds between tries that the connector *code* asks for; empty if it does not."""
    found = current().connectors.get(code)
    return found.patience if found else ()
