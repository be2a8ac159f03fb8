"""
Whether an evidence record proves that some bytes were there, unchanged, since its first stamp.

RFC 4998 §3.3, §4.3 and §5.3: every stamp covers what was before it, each held when the next one
was given, and the last one holds now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509

from signing.evidence.records import Chain, Record
from signing.evidence.stamps import StampError, Token
from signing.evidence.trees import climb, hasher

NOT_COVERED, DISORDERED = "not_covered", "disordered"


class ProofError(ValueError):
    """The record does not prove it; its word is the reason."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a record that holds proves."""

    since: datetime
    """The bytes were there at this instant, UTC."""
    stamps: int
    until: datetime
    """The last stamp's certificate ends: renew before."""


def check(
    record: Record,
    digest: Callable[[str], bytes],
    roots: Iterable[x509.Certificate],
    *,
    at: datetime,
) -> Proof:
    """
    Return what *record* proves at the instant *at* (aware) of the bytes that *digest* tells of.

    *digest* gives their digest by an algorithm's name. ProofError if it proves nothing.
    """
    tokens = list(_covered(record, digest))
    trusted = list(roots)
    for mine, after in zip(tokens, [*tokens[1:], None], strict=True):
        if after and after.at < mine.at:
            raise ProofError(DISORDERED)
        try:
            mine.check(trusted, at=after.at if after else at)
        except StampError as error:
            raise ProofError(str(error)) from error
    return Proof(tokens[0].at, len(tokens), tokens[-1].until)


def target(digest: bytes, before: bytes, algorithm: str) -> bytes:
    """Return what a new chain is over: *digest*, and the DER of the chains *before* (§5.2)."""
    hashed = hasher(algorithm)
    return hashed(digest + hashed(before))


def _covered(record: Record, digest: Callable[[str], bytes]) -> Iterator[Token]:
    """Yield the tokens in order of time, each once it is certain that it covers what it must."""
    if not record.chains:
        raise ProofError(NOT_COVERED)
    for place, chain in enumerate(record.chains):
        leaf = digest(chain.algorithm)
        if place:
            leaf = target(leaf, Record(record.chains[:place]).sequence(), chain.algorithm)
        yield from _chain(chain, leaf)


def _chain(chain: Chain, leaf: bytes) -> Iterator[Token]:
    hashed = hasher(chain.algorithm)
    for stamp in chain.stamps:
        try:
            token = Token.load(stamp.token)
        except StampError as error:
            raise ProofError(str(error)) from error
        root = climb(leaf, stamp.reduced, hashed)
        if (token.algorithm, token.imprint) != (chain.algorithm, root):
            raise ProofError(NOT_COVERED)
        yield token
        leaf = hashed(stamp.token)
