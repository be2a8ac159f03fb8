"""
Parity: the register says what the rooms say, and its chains say what the register says.

A net below the transactions that keep them together; it finds nothing on a good day. What
differs becomes one task that names dossier and difference, and that closes once both agree.
Each kind is one statement over a slice of dossiers, so a round costs what has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dossiers.roles import Role
from dossiers.work import TaskKind
from register import documents, ledger, tasks, world
from register.ledger import HUB
from register.models import Dossier, Task
from scheduler import queries

#: What is compared by one statement each, over a whole slice: the files of ``sql/``.
COMPARED = ("projection", "paid", "charge", "parcel", "signatures")

#: What is looked at one by one, in a sample of a slice.
SAMPLED = ("chain", "document")

#: Dossiers of a slice whose chain is folded anew and whose file is looked for.
SAMPLE = 25

#: An effect whose outcome was open for less is still on its way.
SETTLING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Difference:
    """What the register and a room, or the disk, do not agree on."""

    what: str
    """One of ``COMPARED`` or ``SAMPLED``, or ``intent``."""
    about: str
    """A dossier's code, an intent's reference or a document's hash."""
    ours: str
    """What the register says; codes and amounts, never personal data."""
    theirs: str
    dossier: str | None = None

    @property
    def subject(self) -> str:
        """The name of its task."""
        return f"{self.what} {self.about}"[:120]


def check(codes: Sequence[str], *, thorough: bool = False) -> list[Difference]:
    """
    Compare the dossiers *codes*; open a task per difference, close those that are gone.

    Chains and files are looked at in a sample of ``SAMPLE``, or all of them if *thorough*.
    """
    sample = codes if thorough else codes[:: max(len(codes) // SAMPLE, 1)]
    found = [*_compared(codes), *_sampled(sample)]
    _tell(found)
    _close(COMPARED, codes, found)
    _close(SAMPLED, sample, found)
    return found


def check_files(digests: Sequence[tuple[str, int]]) -> list[Difference]:
    """Look for the files of *digests* (SHA-256 and size); open a task for each that is missing."""
    found = [one for digest, size in digests for one in _file(digest, size)]
    _tell(found)
    _close(("file",), [digest for digest, _size in digests], found)
    return found


def check_intents() -> list[Difference]:
    """Find effects of unknown outcome that nobody looks after, wherever they are."""
    rows = queries.run("intents", {"before": world.now() - SETTLING})
    found = [
        Difference("intent", row["reference"], row["ours"], row["kind"], row["code"] or None)
        for row in rows
    ]
    _tell(found)
    kept = {one.subject for one in found}
    for subject in _open("intent"):
        if subject not in kept:
            tasks.close(TaskKind.PARITY, subject, by=HUB)
    return found


def suspects() -> list[str]:
    """Return the dossiers that differed when they were last looked at."""
    known = Task.objects.filter(kind=TaskKind.PARITY, closed_at=None, dossier__isnull=False)
    return sorted(set(known.values_list("dossier_id", flat=True)))


def _compared(codes: Sequence[str]) -> Iterator[Difference]:
    for what in COMPARED:
        for row in queries.run(what, {"codes": list(codes)}):
            ours, theirs = str(row["ours"]), str(row["theirs"])
            yield Difference(what, row["code"], ours, theirs, row["code"])


def _sampled(codes: Sequence[str]) -> Iterator[Difference]:
    for code in codes:
        for broken in ledger.audit(code):
            yield Difference("chain", code, f"fact {broken.seq}", broken.reason, code)
    for code, digest in Dossier.objects.filter(pk__in=codes).values_list("code", "document"):
        if digest and not documents.path(digest).is_file():
            yield Difference("document", code, digest, "no file", code)


def _file(digest: str, size: int) -> Iterator[Difference]:
    path = documents.path(digest)
    there = path.stat().st_size if path.is_file() else -1
    if there != size:
        yield Difference("file", digest, f"{size} bytes", f"{there} bytes")


def _tell(found: Iterable[Difference]) -> None:
    for one in found:
        tasks.open(
            TaskKind.PARITY,
            Role.MANAGER,
            dossier=one.dossier,
            subject=one.subject,
            unit="" if one.dossier else tasks.PROVINCE,
            detail={"what": one.what, "register": one.ours[:100], "room": one.theirs[:100]},
        )


def _close(kinds: Iterable[str], codes: Sequence[str], found: Iterable[Difference]) -> None:
    """Close the tasks of *kinds* about *codes* that are no longer among what was *found*."""
    kept = {one.subject for one in found}
    looked = set(codes)
    for what in kinds:
        for subject in _open(what):
            if subject not in kept and subject.removeprefix(f"{what} ") in looked:
                tasks.close(TaskKind.PARITY, subject, by=HUB)


def _open(what: str) -> list[str]:
    known = Task.objects.filter(
        kind=TaskKind.PARITY, closed_at=None, subject__startswith=f"{what} "
    )
    return list(known.values_list("subject", flat=True))
