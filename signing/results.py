"""
The finished result is verified once more, by rules of its own, before the gate may see it.
"""

from __future__ import annotations

from dossiers import facts
from dossiers.roles import Role
from dossiers.signing_status import Policy
from dossiers.work import TaskKind
from register import documents, ledger, tasks, world
from signing.pdf import fields
from signing.verification.findings import Seen
from signing.verification.verify import Trust, Verdict
from signing.verification.verify import verify as judge

VERIFIER = "pyhanko"


def trust() -> Trust:
    """Return the installation's trusted certificates: the folder ``trust`` of its data."""
    return Trust(world.home() / "trust", Policy.OURS)


def verify(code: str) -> Verdict:
    """
    Judge the dossier's sealed file and record ``Verified`` if all of it holds.

    Valid, with exactly the two signatures that the facts tell of, in their fields, by their
    certificates. Otherwise nothing is recorded and a task is opened.
    """
    state = ledger.state(code)
    verdict, reasons = judged(code, documents.get(state.document))
    if reasons:
        detail = {"reasons": reasons, "document": state.document}
        tasks.open(TaskKind.SIGNATURE_INVALID, Role.CLERK, dossier=code, detail=detail)
    else:
        ledger.record(code, facts.Verified(state.document, VERIFIER), by=VERIFIER)
    return verdict


def judged(code: str, data: bytes) -> tuple[Verdict, list[str]]:
    """Judge *data* as the dossier's result; return the verdict and every reason against it."""
    verdict = judge(data, trust())
    return verdict, [*verdict.reasons, *_unexpected(code, verdict.signatures)]


def _unexpected(code: str, found: tuple[Seen, ...]) -> list[str]:
    """Return how the signatures differ from those the facts tell of."""
    told = [row.told() for row in ledger.history(code)]
    signed = [fact for fact in told if isinstance(fact, facts.Signed)][-1:]
    sealed = [fact for fact in told if isinstance(fact, facts.Sealed)][-1:]
    expected = [
        *((fields.OFFICIAL, fact.certificate) for fact in signed),
        *((fields.SEAL, fact.certificate) for fact in sealed),
    ]
    if expected != [(seen.field, seen.certificate) for seen in found if not seen.stamp]:
        return ["unexpected_signer"]
    return []
