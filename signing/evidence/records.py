"""
Evidence records: their DER (RFC 4998, and RFC 3161 for the stamps in them), and nothing else.

Written with our own few lines of DER because a renewal of the whole archive writes a million of
them; read strictly with asn1crypto.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from asn1crypto import algos, cms, core

from signing.cms import SEQUENCE, der, oid
from signing.evidence.trees import Reduced

OCTETS = 0x04
_VERSION_1 = b"\x02\x01\x01"

#: Digest algorithms that a record may use, the strongest last.
ALGORITHMS: Final = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_DER_OF = {name: der(SEQUENCE, oid(dotted)) for name, dotted in ALGORITHMS.items()}
_NAME_OF = {dotted: name for name, dotted in ALGORITHMS.items()}


class UnreadableError(ValueError):
    """Not an evidence record, or one that uses what we do not know."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """One archive time stamp: a reduced hash tree and the token over its root."""

    token: bytes
    """DER of the RFC 3161 token (ContentInfo)."""
    reduced: Reduced = ()
    """Empty if the token is over the digest itself."""

    def dump(self, algorithm: str) -> bytes:
        """Return the DER of the ArchiveTimeStamp."""
        named = der(0xA0, _DER_OF[algorithm][2:])
        if not self.reduced:
            return der(SEQUENCE, named, self.token)
        return der(SEQUENCE, named, der(0xA2, *map(_list, self.reduced)), self.token)


@dataclass(frozen=True, slots=True)
class Chain:
    """Stamps by one digest algorithm, each over the one before it."""

    algorithm: str
    stamps: tuple[Stamp, ...]

    def dump(self) -> bytes:
        """Return the DER of the ArchiveTimeStampChain."""
        first, *later = self.stamps
        return der(SEQUENCE, first.dump(self.algorithm), _dumped(tuple(later), self.algorithm))


@dataclass(frozen=True, slots=True)
class Record:
    """An evidence record: chains in the order of time, each over all that was before it."""

    chains: tuple[Chain, ...]

    def dump(self) -> bytes:
        """Return the DER of the EvidenceRecord."""
        used = dict.fromkeys(chain.algorithm for chain in self.chains)
        algorithms = der(SEQUENCE, *(_DER_OF[name] for name in used))
        return der(SEQUENCE, _VERSION_1, algorithms, self.sequence())

    def sequence(self) -> bytes:
        """Return the DER of the ArchiveTimeStampSequence: what a new chain is over (§5.2)."""
        return der(SEQUENCE, *(chain.dump() for chain in self.chains))

    @classmethod
    def load(cls, data: bytes) -> Record:
        """Read the DER *data*; UnreadableError for anything but a record of version 1."""
        try:
            found = _EvidenceRecord.load(data, strict=True)
            if found["version"].native != 1:
                raise UnreadableError(found["version"].native)
            return cls(tuple(_chain(chain) for chain in found["archive_time_stamp_sequence"]))
        except (ValueError, TypeError, KeyError) as error:
            raise UnreadableError(type(error).__name__) from error


@lru_cache(maxsize=8)
def _dumped(stamps: tuple[Stamp, ...], algorithm: str) -> bytes:
    """Return stamps one after another; a renewal of everything has the same for a million."""
    return b"".join(stamp.dump(algorithm) for stamp in stamps)


def _list(digests: tuple[bytes, ...]) -> bytes:
    """Return the DER of one PartialHashtree; by far the most have one digest."""
    if len(digests) == 1:
        return _before_one(len(digests[0])) + digests[0]
    return der(SEQUENCE, *(der(OCTETS, one) for one in digests))


@cache
def _before_one(size: int) -> bytes:
    return der(SEQUENCE, der(OCTETS, bytes(size)))[:-size]


class _PartialHashtree(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.OctetString


class _ReducedHashtree(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _PartialHashtree


class _ArchiveTimeStamp(core.Sequence):  # type: ignore[misc]
    _fields = [  # noqa: RUF012 - asn1crypto's own way
        ("digest_algorithm", algos.DigestAlgorithm, {"implicit": 0, "optional": True}),
        ("attributes", cms.CMSAttributes, {"implicit": 1, "optional": True}),
        ("reduced_hashtree", _ReducedHashtree, {"implicit": 2, "optional": True}),
        ("time_stamp", cms.ContentInfo),
    ]


class _Chain(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _ArchiveTimeStamp


class _Chains(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _Chain


class _Algorithms(core.SequenceOf):  # type: ignore[misc]
    _child_spec = algos.DigestAlgorithm


class _Anything(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.Any


class _EvidenceRecord(core.Sequence):  # type: ignore[misc]
    _fields = [  # noqa: RUF012 - asn1crypto's own way
        ("version", core.Integer),
        ("digest_algorithms", _Algorithms),
        ("crypto_infos", _Anything, {"implicit": 0, "optional": True}),
        ("encryption_info", _Anything, {"implicit": 1, "optional": True}),
        ("archive_time_stamp_sequence", _Chains),
    ]


def _chain(found: Sequence[_ArchiveTimeStamp]) -> Chain:
    stamps = [_stamp(one) for one in found]
    names = {name for name, _stamp in stamps}
    if len(names) != 1:
        raise UnreadableError(sorted(names))  # RFC 4998 §5.1: one algorithm in a chain
    return Chain(names.pop(), tuple(stamp for _name, stamp in stamps))


def _stamp(found: _ArchiveTimeStamp) -> tuple[str, Stamp]:
    lists = found["reduced_hashtree"]
    reduced = () if lists.native is None else tuple(tuple(some.native) for some in lists)
    token = found["time_stamp"]
    dotted = (
        found["digest_algorithm"]["algorithm"].dotted
        if (found["digest_algorithm"].native is not None)
        else _imprint(token)
    )
    if dotted not in _NAME_OF:
        raise UnreadableError(dotted)
    return _NAME_OF[dotted], Stamp(token.dump(), reduced)


def _imprint(token: cms.ContentInfo) -> str:
    """RFC 4998 §4.1: where no algorithm is named, it is the stamp's own."""
    said = token["content"]["encap_content_info"]["content"].parsed
    return str(said["message_imprint"]["hash_algorithm"]["algorithm"].dotted)
