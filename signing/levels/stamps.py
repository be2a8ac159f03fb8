"""
Levels of released results: a time stamp, the proof of revocation, and a stamp over both.

A result never waits for them: it was verified before it left, and is carried meanwhile.
Signing is not slowed by an authority that is slow (131 s were seen) or down for a day.

B-B leaves the gate. A stamp over it makes B-T; then the proof is gathered and goes, with a
second stamp that covers it, into one more revision: B-LTA. All is kept at once, unless the proof
is late: then the first stamp is kept, because time cannot be made up for, and the rest follows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from dossiers import facts
from dossiers.signing_status import Level
from register import documents, ledger, world
from register.ledger import HUB
from signing import kinds, results, trays
from signing.evidence import rounds
from signing.evidence.stamps import Token
from signing.levels import proofs, tokens
from signing.levels.revocation import RevocationError
from signing.levels.terms import current as terms
from signing.models import LastStamp, Unstamped
from signing.pdf import stamping

#: A stamp that is waited for longer is a person's business.
LATE = timedelta(hours=1)

#: What was refused, or did not hold, is tried again after so long: a person may have mended it.
AGAIN = timedelta(hours=1)

#: The engine is patient for half a day; a job that was lost is asked for anew after that.
ASKED = timedelta(hours=13)

TOO_LARGE, MISSING, CHANGED = "too_large", "stamp_missing", "file_changed"

Stamp = Callable[[bytes], bytes]
"""Gives the token (DER) of an authority for a SHA-256."""


class NotHeldError(Exception):
    """What was made does not hold and was thrown away; ``word`` says why."""

    def __init__(self, word: str) -> None:
        """Keep the *word*."""
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Outside:
    """Whom a result needs for its level."""

    stamp: Stamp
    proof: proofs.Ask | None = None
    """None where nobody is connected who tells of revocation: then B-T is all there is."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file on its way to a level, and what was added to it so far."""

    data: bytes
    level: Level
    signatures: int
    """How many it must have: two, and every time stamp."""
    token: bytes = b""
    """The newest one; empty if nothing was added."""


def want(code: str) -> None:
    """Have released dossier *code* completed later; joins the transaction of its release."""
    if kinds.is_xml(ledger.state(code).document):
        return  # XML leaves at B-B: its stamps (signing.xml.stamping) have no job yet
    now = world.now()
    Unstamped.objects.get_or_create(pk=code, defaults={"wanted_at": now, "ask_after": now})


def pending(code: str) -> bool:
    """Tell whether dossier *code* waits for a stamp, or for the proof that belongs to it."""
    return Unstamped.objects.filter(pk=code).exists()


def overdue(at: datetime) -> bool:
    """Tell whether a result has waited for longer than the grace period by *at*."""
    return Unstamped.objects.filter(wanted_at__lt=at - terms().grace).exists()


def level(code: str) -> Level:
    """Return the level that the file of dossier *code* has."""
    row = LastStamp.objects.filter(pk=code).first()
    if row:
        return Level(row.level)
    return Level.B_T if ledger.state(code).stamped else Level.B_B


def take_due(most: int) -> list[str]:
    """Return at most so many dossiers to ask about now; in a transaction with their jobs."""
    now = world.now()
    rows = Unstamped.objects.select_for_update(skip_locked=True).filter(ask_after__lte=now)
    codes = [row.pk for row in rows.order_by("ask_after", "pk")[:most]]
    Unstamped.objects.filter(pk__in=codes).update(ask_after=now + ASKED)
    return codes


def put_off(code: str, trouble: str) -> None:
    """Note why dossier *code* is not complete, and when to ask again."""
    Unstamped.objects.filter(pk=code).update(trouble=trouble[:60], ask_after=world.now() + AGAIN)


def late(now: datetime) -> list[Unstamped]:
    """Return what a person should look at by *now*: waited for too long, or in real trouble."""
    found = Unstamped.objects.filter(Q(wanted_at__lt=now - LATE) | ~Q(trouble=""))
    return list(found.order_by("wanted_at", "pk"))


def complete(code: str, outside: Outside) -> bool:
    """
    Bring the file of dossier *code* to its level, by what *outside* gives.

    True once it is kept, or was before. The file is judged before and after; what does not
    hold is thrown away, with its reason in ``Unstamped``. What *outside* raises passes through
    (NotToldError and RevokedError after the first stamp was kept). Twice at once does no harm:
    one of the two files is kept.
    """
    if not pending(code):
        return True
    over = ledger.state(code).document
    try:
        found = sound(code, over)
        made = timed(found, outside.stamp) if found.level is Level.B_B else found
        if outside.proof and made.level is not Level.B_LTA:
            try:
                made = proved(made, outside.stamp, outside.proof)
            except (RevocationError, proofs.RevokedError, proofs.NotToldError):
                # The proof is late, but the time that was proved is not given away.
                _keep(code, made, over, complete=False)
                raise
        _keep(code, made, over, complete=True)
    except (NotHeldError, RevocationError) as error:
        put_off(code, error.word)
        return False
    return True


def sound(code: str, digest: str) -> Made:
    """Return the stored file *digest* of dossier *code*; NotHeldError if it is not valid."""
    data = documents.get(digest)
    verdict, reasons = results.judged(code, data)
    if reasons:
        raise NotHeldError(reasons[0])
    return Made(data, proofs.read(data).level, len(verdict.signatures))


def timed(found: Made, stamp: Stamp) -> Made:
    """Return the file with one more time stamp and nothing else: B-T, or what it was before."""
    return _stamped(found, _TIMED.get(found.level, found.level), stamp)


_TIMED = {Level.B_B: Level.B_T, Level.B_LT: Level.B_LTA}


def proved(found: Made, stamp: Stamp, proof: proofs.Ask) -> Made:
    """Return the file with the proof that it lacks, under one more stamp: B-LTA."""
    material = proofs.gather(proofs.read(found.data), proof)
    return _stamped(found, Level.B_LTA, stamp, material)


def _stamped(
    found: Made, reached: Level, stamp: Stamp, material: stamping.Material | None = None
) -> Made:
    prepared = stamping.prepare(found.data, material)
    token = stamp(prepared.imprint)
    if word := tokens.trouble(token, prepared.imprint):
        raise NotHeldError(word)
    try:
        return Made(prepared.finish(token), reached, found.signatures + 1, token)
    except stamping.TooLargeError as error:
        raise NotHeldError(TOO_LARGE) from error


def _keep(code: str, made: Made, over: str, *, complete: bool) -> None:
    """Keep what was *made* over the file *over*; its row goes when it is *complete*."""
    digest = judged(code, made, over) if made.token else over
    with transaction.atomic():
        waiting = Unstamped.objects.select_for_update().filter(pk=code).first()
        # One of two workers tells the fact; the other one's file is nobody's.
        if waiting is None or ledger.state(code).document != over:
            return
        if made.token:
            tell(code, made, digest, over)
        if complete:
            waiting.delete()
    world.point("stamp kept")


def judged(code: str, made: Made, over: str) -> str:
    """Store what was *made* over the file *over* if it holds, and return its SHA-256."""
    verdict, reasons = results.judged(code, made.data)
    wanted = (made.level, made.signatures)
    if not reasons and (proofs.read(made.data).level, len(verdict.signatures)) != wanted:
        reasons = [MISSING]
    if not reasons and not made.data.startswith(documents.get(over)):
        reasons = [CHANGED]
    if reasons:
        raise NotHeldError(reasons[0])
    return documents.put(made.data, trays.PDF)


def tell(code: str, made: Made, digest: str, over: str) -> None:
    """Tell the fact and note until when the stamp holds; in the caller's transaction."""
    ledger.record(code, facts.Stamped(digest, over, made.level), by=HUB)
    rounds.want(code)  # the archive covers the file as it is now
    token = Token.load(made.token)
    LastStamp.objects.update_or_create(
        pk=code,
        defaults={
            "level": made.level,
            "stamped_at": token.at,
            "renew_by": token.until,
            "ask_after": token.at,
            "trouble": "",
        },
    )
