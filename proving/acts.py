"""
What the buttons of a simulated day do: each is run by an actor, in the hub.
"""

from __future__ import annotations

from datetime import date

from dispatch import manifests, shipments
from dispatch.models import Manifest, Office
from dossiers import facts
from dossiers.personal import AccountNumber, Address, IdNumber, Name, Phone
from dossiers.signing_status import SigningRole
from payments import close, refunds
from payments import intake as statements
from payments.models import Account, Discrepancy
from register import intake, ledger, world
from register.models import Task
from sandbox.world import ACCOUNTS
from scheduler import failures
from signing import batches, trays
from signing.models import SigningItem
from signing.policy import confirmations

POSTAL_WORKER, OFFICER, SECOND_OFFICER = "buucuc", "ketoan", "ketoan2"
PAYEE_BANK = "970436"

#: Planted persons: whatever shows one of these words has told a secret.
CANARY = intake.Owner(
    name=Name("Canary Thị Hoàng Yến"),
    phone=Phone("0990777555"),
    id_number=IdNumber("099777555333"),
    address=Address("Số 7 ngõ Canary, phường Hồng Gai"),
    ward="06685",
)


def hand_over(handed: intake.Handed, paper: bytes) -> object:
    """A department hands over a finished result."""
    return intake.receive(handed, paper, client="so-nganh", key=handed.code)


def withdraw(code: str) -> object:
    """A citizen takes the dossier back."""
    return ledger.record(code, facts.Withdrawn("thay đổi nhu cầu"), by="mot-cua")


def approve(items: list[int], person: str, role: SigningRole) -> object:
    """An official or a clerk approves what lies on the tray."""
    rows = list(SigningItem.objects.filter(pk__in=items).order_by("dossier_id"))
    if role is SigningRole.OFFICIAL:
        for row in rows:
            confirmations.seen(person, row.document)
    return batches.open(rows, person=person, role=role)


def send_back(item: int, person: str) -> None:
    """An official does not agree."""
    trays.send_back(SigningItem.objects.get(pk=item), person=person, reason="sai tên")


def go_on(label: str) -> None:
    """Whoever holds a stopped token says that it may go on."""
    batches.go_on(label, person="admin")


def upload(data: bytes) -> object:
    """Finance uploads a statement by hand."""
    account = Account.objects.get(number=ACCOUNTS[0].number)
    return statements.take(data, account=account, source=OFFICER)


def close_day(day: date) -> object:
    """Finance closes the account's day."""
    return close.close_day(Account.objects.get(number=ACCOUNTS[0].number), day, by=OFFICER)


def ask_refund(number: int) -> object:
    """Finance asks that a surplus goes back."""
    payee = refunds.Payee(CANARY.name, PAYEE_BANK, AccountNumber("0990777555333"))
    return refunds.ask(Discrepancy.objects.get(pk=number), payee, by=OFFICER)


def approve_refund(reference: str) -> object:
    """A second person approves."""
    return refunds.approve(refunds.get(reference), by=SECOND_OFFICER)


def close_manifest() -> object:
    """The post's desk closes the manifest of what waits."""
    office = Office.objects.get()
    return manifests.close(office, office.carrier, world.today(), by=POSTAL_WORKER)


def take_parcels(number: str) -> object:
    """The postal worker takes the parcels of a manifest."""
    return manifests.hand_over(Manifest.objects.get(pk=number), postal_worker=POSTAL_WORKER)


def send_again(code: str) -> object:
    """The post sends a parcel once more."""
    return shipments.send_again(code, by=POSTAL_WORKER)


def mend_address(code: str) -> object:
    """The post mends where a parcel goes."""
    address = Address("Số 9 ngõ Canary, phường Hồng Gai")
    return shipments.correct_address(code, address=address, ward="06685", by=POSTAL_WORKER)


def keep_at_counter(code: str) -> object:
    """The post keeps a result for its owner."""
    return shipments.keep_at_counter(code, by=POSTAL_WORKER)


DECISIONS = (send_again, mend_address, keep_at_counter)


def run_again(number: int) -> object:
    """A manager has failed work run again."""
    return failures.again(Task.objects.get(pk=number), by="quanly")
