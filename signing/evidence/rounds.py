"""
Rounds: many results under one stamp, and stamps under a new one before they end.

A round asks an authority once, however many it covers. Asking changes nothing here, so a round
that dies before it is kept is simply made again; two at once cover twice, which does no harm.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import x509
from django.db import transaction

from dossiers.signing_status import RoundKind
from register import documents, ledger, world
from register.models import Dossier, Fact
from signing.evidence import shelves
from signing.evidence.stamps import BROKEN, StampError, Token
from signing.evidence.trees import Tree, hasher
from signing.models import ArchiveRound, Unarchived, Unstamped
from signing.verification import trusting

#: How long before the certificate of its stamp ends a round is renewed.
AHEAD = timedelta(days=90)

#: The digest of first rounds is that of the document store.
ALGORITHM, STRONGER = "sha256", "sha512"

Ask = Callable[[bytes], bytes]
"""Gives the token (DER) of an authority for a digest."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing to be proved, by both digests."""

    digest: bytes
    spare: bytes


def want(code: str) -> None:
    """Have released dossier *code* covered by the next round; joins the caller's transaction."""
    Unarchived.objects.get_or_create(pk=code, defaults={"wanted_at": world.now()})


def ready(most: int) -> list[str]:
    """Return at most so many dossiers for the next round, oldest first: none waits for a stamp."""
    waiting = Unarchived.objects.exclude(dossier__in=Unstamped.objects.values("dossier"))
    return list(waiting.order_by("wanted_at", "pk").values_list("pk", flat=True)[:most])


def waiting_since(moment: datetime) -> int:
    """Return how many results wait for a round since before *moment*."""
    return Unarchived.objects.filter(wanted_at__lt=moment).count()


def archive(codes: Sequence[str], ask: Ask) -> ArchiveRound:
    """
    Cover the results and the chains of facts of *codes* by one stamp that *ask* gives.

    StampError if the stamp does not hold: then nothing is kept. What *ask* raises passes through.
    """
    known = list(Dossier.objects.filter(pk__in=codes))
    spares = {leaf.digest: leaf.spare for dossier in known for leaf in _leaves(dossier)}
    made = stamped(RoundKind.FIRST, ALGORITHM, spares, ask)
    made.spare = shelves.store(spares[digest] for digest in sorted(spares))
    with transaction.atomic():
        made.save(force_insert=True)
        for dossier in known:
            # A file that was renewed meanwhile waits for the next round.
            Unarchived.objects.filter(pk=dossier.pk, dossier__document=dossier.document).delete()
    world.point("round kept")
    return made


def due(now: datetime) -> list[ArchiveRound]:
    """Return the rounds that no other covers and whose stamp ends soon after *now*."""
    last = ArchiveRound.objects.filter(covered_by=None, renew_by__lt=now + AHEAD)
    return list(last.order_by("pk"))


def renew(rounds: Sequence[ArchiveRound], ask: Ask) -> ArchiveRound:
    """Cover the stamps of *rounds* by one new stamp (RFC 4998 §5.2, time-stamp renewal)."""
    algorithms = {one.algorithm for one in rounds}
    if len(algorithms) != 1:
        message = "one chain has one algorithm: renew the rounds of each by themselves"
        raise ValueError(message)
    algorithm = algorithms.pop()
    hashed = hasher(algorithm)
    tokens = (hashed(bytes(one.token)) for one in rounds)
    return keep(stamped(RoundKind.STAMPS, algorithm, tokens, ask), rounds)


def keep(made: ArchiveRound, covered: Iterable[ArchiveRound]) -> ArchiveRound:
    """Keep the round *made*, which covers the rounds *covered* that nobody covered meanwhile."""
    with transaction.atomic():
        made.save(force_insert=True)
        numbers = [one.pk for one in covered]
        ArchiveRound.objects.filter(pk__in=numbers, covered_by=None).update(covered_by=made)
    world.point("round kept")
    return made


def stamped(kind: RoundKind, algorithm: str, digests: Iterable[bytes], ask: Ask) -> ArchiveRound:
    """
    Return a round over *digests*, not kept yet: the tree is built, the stamp is there and holds.

    StampError if it does not hold now, by the installation's trusted roots.
    """
    leaves = sorted(set(digests))
    root = Tree(leaves, algorithm).root
    data = ask(root)
    world.point("round stamped")
    token = Token.load(data)
    if (token.imprint, token.algorithm) != (root, algorithm):
        raise StampError(BROKEN)
    token.check(roots(), at=world.now())
    return ArchiveRound(
        kind=kind,
        algorithm=algorithm,
        leaves=shelves.store(leaves),
        count=len(leaves),
        token=data,
        stamped_at=token.at,
        renew_by=token.until,
    )


def roots() -> list[x509.Certificate]:
    """Return the installation's trusted roots; TrustError if the folder is not as it was signed."""
    return trusting.read(world.home() / "trust").trusted


def _leaves(dossier: Dossier) -> Iterable[Leaf]:
    """The result as it is now, and the text of the last fact, which binds all facts before it."""
    for data in (documents.get(dossier.document), ledger.text(_last(dossier))):
        yield Leaf(hashlib.sha256(data).digest(), hashlib.sha512(data).digest())


def _last(dossier: Dossier) -> Fact:
    return Fact.objects.get(dossier=dossier, seq=dossier.facts)
