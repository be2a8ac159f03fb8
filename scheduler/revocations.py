"""
Proof that certificates are not revoked, asked for where the certificate says: OCSP, else a list.

What an answer is worth is judged in ``signing.levels.revocation``; who asks how often, here.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors import ConnectorError
from connectors.revocation import RevocationSource
from dossiers.signing_status import ProofKind
from scheduler import connections, effects
from signing.levels.proofs import NotToldError
from signing.levels.revocation import NO_ADDRESS, RevocationError


def connected() -> bool:
    """Tell whether this installation asks after revocation at all."""
    return bool(connections.current().of(RevocationSource))


def ask(certificate: bytes, issuer: bytes) -> tuple[ProofKind, bytes]:
    """
    Return what is told of *certificate* by the first who answers; see ``proofs.Ask``.

    The list is the second choice, for a responder that is silent or says no: not for one whose
    answer is bad, because that has to be looked at.
    """
    failure: ConnectorError | None = None
    for kind, source in _named(certificate):
        try:
            return kind, _fetch(source, certificate, issuer)
        except ConnectorError as error:
            failure = failure or error
    if failure is None:
        raise RevocationError(NO_ADDRESS)
    raise NotToldError(str(failure)) from failure


def _fetch(source: RevocationSource, certificate: bytes, issuer: bytes) -> bytes:
    return effects.call(source.code, lambda: source.fetch(certificate, issuer))


def _named(certificate: bytes) -> Iterator[tuple[ProofKind, RevocationSource]]:
    """Give the connected sources that the certificate names, OCSP first."""
    sources = connections.current().of(RevocationSource)
    for kind in ProofKind:
        if kind in sources and sources[kind].address(certificate):
            yield kind, sources[kind]
