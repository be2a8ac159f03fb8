"""Surplus money, and who may get it back."""

from __future__ import annotations

from dossiers import facts
from dossiers.personal import AccountNumber, Name
from payments import matching, refunds
from payments.models import Charge, Discrepancy, Refund
from register import ledger
from tests.support.money_kit import Line, charge, take

PAYEE = refunds.Payee(Name("Nguyễn Văn An"), "970436", AccountNumber("0011004123456"))
ASKER, SECOND = "hang", "quanly"


def surplus(number: int = 1) -> Discrepancy:
    """Have charge *number* paid twice; return the difference."""
    due = charge(number)
    take(
        Line(75_000, due.reference, f"FT{number}A"),
        Line(75_000, due.reference, f"FT{number}B"),
        sequence=number,
    )
    matching.run()
    return Discrepancy.objects.get(charge=due, closed_at=None)


def after_withdrawal(number: int = 1) -> Discrepancy:
    """Have charge *number* paid once, after its dossier was withdrawn."""
    due = charge(number)
    ledger.record(due.dossier_id, facts.Withdrawn("thay đổi"), by="test")
    take(Line(75_000, due.reference, f"FT{number}A"))
    matching.run()
    return Discrepancy.objects.get(charge=due, closed_at=None)


def approved(number: int = 1) -> Refund:
    """Return a refund of 75,000 đồng that two persons want."""
    return refunds.approve(refunds.ask(surplus(number), PAYEE, by=ASKER), by=SECOND)


def outgoing(refund: Refund, *, amount: int | None = None, reference: str = "FTR1") -> Line:
    """Return the line of a statement that shows *refund*."""
    return Line(
        -(refund.amount if amount is None else amount),
        f"HOAN PHI {refund.charge.reference}",
        reference,
        end_to_end=refund.reference,
    )


def paid_of(due: Charge) -> int:
    """Return what the dossier of *due* holds."""
    return ledger.state(due.dossier_id).paid
