"""A refund is sent once: whatever the bank answers, and wherever a worker dies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from connectors import ConnectorError, Unavailable, Unsure, http
from connectors.banks.soap_bank import SoapBank
from dossiers.settlement import RefundState
from dossiers.work import IntentState, TaskKind
from payments import book, intake, matching, refunds
from payments.models import Account, Discrepancy, Refund
from register import ledger, world
from register.models import Intent, Task
from sandbox.faults import Faults, Plan
from sandbox.parties import bank as sandbox
from sandbox.parties import camt
from sandbox.wire import VIETNAM, now
from scheduler import connections
from scheduler import refunds as scheduler_refunds
from scheduler.connections import Connections
from scheduler.effects import BusyError
from scheduler.refunds import refund
from tests.support.certificates import identity, pem
from tests.support.contract import IMPATIENT
from tests.support.loopback import nowhere, serve
from tests.support.money_kit import NUMBER
from tests.support.refund_kit import approved, paid_of

OUR_KEY, OURS = identity("hub")
THEIR_KEY, THEIRS = identity("bank")

#: More tries than any of these stories takes.
TRIES = 12


@dataclass
class Bank:
    """The sandbox's bank on loopback, the hub's connection to it, and the hub's clock."""

    faults: Faults
    party: sandbox.Bank
    url: str
    late: timedelta = timedelta()
    points: list[str] = field(default_factory=list)
    die_at: int | None = None
    """Number of the point at which the worker dies; None: it lives."""

    def connect(self, url: str) -> None:
        """Have the hub speak to the bank at *url*."""
        given = {"certificate": pem(OURS), "key": pem(OUR_KEY), "bank_certificate": pem(THEIRS)}
        made = SoapBank(http.client(timeout=IMPATIENT), SoapBank.Settings(url=url, **given))
        connections.install(lambda: Connections({"soap_bank": made}))

    def sent(self, reference: str = "%") -> list[int]:
        """The amounts that went out under *reference*, by the bank's own ledger."""
        rows = self.party.store.rows(
            "SELECT amount FROM entries WHERE amount < 0 AND end_to_end LIKE ?", reference
        )
        return [-row["amount"] for row in rows]

    def point(self, name: str) -> None:
        """Note where the hub is, and die there if it is time."""
        self.points.append(name)
        if len(self.points) - 1 == self.die_at:
            raise KeyboardInterrupt(name)

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Run the hub by this bank's clock, noting its points."""
        real = world.current()
        late = replace(real, now=lambda: real.now() + self.late, point=self.point)
        with world.running_in(late):
            yield

    def work(self, reference: str) -> None:
        """Be the engine: run the job until it ends, one try a minute."""
        for _try in range(TRIES):
            with suppress(ConnectorError, BusyError), self.alive():
                refund(reference)
                return
            self.late += timedelta(minutes=1)
        pytest.fail("the job goes on and on")


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    """A bank that the hub's account is at."""
    faults = Faults(tmp_path / "faults.sqlite", Plan(slow=0.05))
    who = sandbox.Identity(THEIR_KEY, THEIRS, OURS, "http://127.0.0.1")
    accounts = [camt.Account(NUMBER, "Sở Xây dựng", date(2026, 1, 1), 10**9)]
    party = sandbox.Bank(tmp_path / "bank.sqlite", faults, who, accounts)
    with ExitStack() as stack:
        url = stack.enter_context(serve(party))
        stack.callback(connections.install, Connections)
        stack.callback(party.close)
        made = Bank(faults, party, url)
        made.connect(url)
        yield made


def wanted(number: int = 1) -> Refund:
    """Return a refund that two persons want, of an account at the bank."""
    ours = approved(number)
    Account.objects.update(bank="soap_bank")
    return ours


def in_order(ours: Refund, bank: Bank) -> None:
    """Check that the money went once, and that dossier, book, intent and lists say so."""
    ours.refresh_from_db()
    assert RefundState.DONE == ours.state
    assert [75_000] == bank.sent(ours.reference)
    kinds = Counter(row.kind for row in ledger.history(ours.charge.dossier_id))
    assert (1, 75_000) == (kinds["Refunded"], paid_of(ours.charge))
    assert IntentState.DONE == Intent.objects.get(reference=ours.reference).state
    assert not Task.objects.filter(closed_at=None, dossier=ours.charge.dossier_id).exists()
    assert not Discrepancy.objects.filter(closed_at=None, charge=ours.charge).exists()
    assert [] == book.check()


@pytest.mark.django_db
def test_the_bank_sends_it_and_all_is_told(bank: Bank) -> None:
    """One order, one fact, one entry; running again does nothing."""
    ours = wanted()

    bank.work(ours.reference)
    bank.work(ours.reference)

    in_order(ours, bank)


@pytest.mark.django_db
@pytest.mark.parametrize("operation", ["transfer", "find_transfer"])
@pytest.mark.parametrize(
    "fault", ["slow", "silent_after_accepting", "error_500_after_accepting", "refused"]
)
def test_no_fault_of_the_bank_doubles_a_refund(bank: Bank, operation: str, fault: str) -> None:
    """Silence, 500 or a no to our question: the money has gone once, or surely not at all."""
    ours = wanted()
    if operation == "find_transfer":
        bank.faults.arm("bank", "transfer", "silent_after_accepting")
    bank.faults.arm("bank", operation, fault)

    bank.work(ours.reference)

    if (operation, fault) == ("transfer", "refused"):
        ours.refresh_from_db()
        assert RefundState.REFUSED == ours.state
        assert ([], 150_000) == (bank.sent(), paid_of(ours.charge))
        assert IntentState.REFUSED == Intent.objects.get().state
        assert Task.objects.filter(kind=TaskKind.REFUND_REFUSED, closed_at=None).exists()
        assert [] == book.check()
    else:
        in_order(ours, bank)


@pytest.mark.django_db
def test_a_no_to_the_question_is_no_to_the_order(bank: Bank) -> None:
    """The bank took the order in silence and refuses to be asked: a person looks."""
    ours = wanted()
    bank.faults.arm("bank", "transfer", "silent_after_accepting")
    with pytest.raises(Unsure):
        refund(ours.reference)
    bank.faults.arm("bank", "find_transfer", "refused")

    with pytest.raises(Unsure):
        refund(ours.reference)

    ours.refresh_from_db()
    assert RefundState.APPROVED == ours.state
    assert Task.objects.filter(kind=TaskKind.OUTCOME_UNKNOWN, subject=ours.reference).exists()
    bank.work(ours.reference)
    in_order(ours, bank)


@pytest.mark.django_db
def test_a_bank_that_is_not_reached_changes_nothing(bank: Bank) -> None:
    """An order that never left is given later."""
    ours = wanted()
    bank.connect(nowhere())
    with pytest.raises(Unavailable):
        refund(ours.reference)

    bank.connect(bank.url)
    bank.work(ours.reference)

    in_order(ours, bank)


@pytest.mark.django_db
def test_another_amount_under_our_reference_is_a_persons(bank: Bank) -> None:
    """What the bank shows is not what we ordered: nothing is told, and nothing sent again."""
    ours = wanted()
    bank.faults.arm("bank", "transfer", "silent_after_accepting")
    with pytest.raises(Unsure):
        refund(ours.reference)
    Refund.objects.update(amount=74_000)

    with pytest.raises(Unsure, match="another amount"):
        refund(ours.reference)

    assert [75_000] == bank.sent()
    assert Task.objects.filter(kind=TaskKind.OUTCOME_UNKNOWN).exists()


@pytest.mark.django_db
def test_a_bank_that_cannot_be_sure_leaves_it_to_a_person(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a reference may be taken twice, an order not shown is never given again."""
    monkeypatch.setattr(SoapBank, "shows_within", None)
    ours = wanted()
    monkeypatch.setattr(SoapBank, "transfer", lose)
    with pytest.raises(Unsure):
        refund(ours.reference)
    monkeypatch.undo()
    monkeypatch.setattr(SoapBank, "shows_within", None)

    for _again in range(3):
        with pytest.raises(Unsure, match="not shown"):
            refund(ours.reference)

    assert [] == bank.sent()
    assert 1 == Task.objects.filter(kind=TaskKind.OUTCOME_UNKNOWN, closed_at=None).count()


def lose(_bank: SoapBank, _order: object) -> str:
    """Lose the order on its way, and say nothing."""
    message = "lost"
    raise Unsure(message)


@pytest.mark.django_db
def test_an_account_whose_bank_takes_no_orders_is_paid_from_by_hand(bank: Bank) -> None:
    """A person sends it under the reference; the statement's line ends it."""
    ours = approved()

    refund(ours.reference)
    refund(ours.reference)

    assert 1 == Task.objects.filter(kind=TaskKind.REFUND_BY_HAND, closed_at=None).count()
    assert 0 == Intent.objects.count()
    assert [] == bank.sent()


@pytest.mark.django_db
def test_the_statement_ends_what_the_bank_did_not_tell(bank: Bank) -> None:
    """The line is taken while the answer is lost: done once, and the intent settled too."""
    ours = wanted()
    bank.faults.arm("bank", "transfer", "silent_after_accepting")
    with pytest.raises(Unsure):
        refund(ours.reference)
    today = now().astimezone(VIETNAM).date()
    account = Account.objects.get(number=NUMBER)
    intake.take(bank.party.statement(NUMBER, today), account=account, source="soap_bank")
    matching.run()
    assert 75_000 == paid_of(ours.charge)
    assert 0 == book.balance("refunds")

    bank.work(ours.reference)

    in_order(ours, bank)


@pytest.mark.django_db
def test_a_forgotten_refund_is_asked_for_again(bank: Bank) -> None:
    """Its job was lost: the sweep finds it, once, and leaves those alone that a job is about."""
    ours = wanted()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    bank.late = timedelta(minutes=3)
    with bank.alive():
        scheduler_refunds.sweep()
        scheduler_refunds.sweep()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'refund'"
            " AND args->>'reference' = %s",
            [ours.reference],
        )
        assert (1,) == cursor.fetchone()


def good(_bank: Bank, _ours: Refund) -> None:
    """Nothing has happened yet, and the bank answers."""


def silent(bank: Bank, ours: Refund) -> None:
    """The bank has taken the order and said nothing."""
    bank.faults.arm("bank", "transfer", "silent_after_accepting")
    with pytest.raises(Unsure):
        refund(ours.reference)


def lost(bank: Bank, ours: Refund) -> None:
    """The order was lost on its way to the bank, which would show it by now."""
    bank.connect(nowhere())
    with pytest.raises(Unavailable):
        refund(ours.reference)
    bank.connect(bank.url)
    bank.late += timedelta(minutes=2)


def no(bank: Bank, _ours: Refund) -> None:
    """The bank will refuse the order."""
    bank.faults.arm("bank", "transfer", "refused")


def dies(bank: Bank, number: int, ours: Refund) -> bool:
    """Run the job by a worker that dies at its point *number*; False if it has no such point."""
    bank.points, bank.die_at = [], number
    try:
        with suppress(ConnectorError), bank.alive():
            refund(ours.reference)
    except KeyboardInterrupt:
        return True
    else:
        return False
    finally:
        bank.die_at = None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("story", [good, silent, lost, no])
def test_a_worker_may_die_at_any_point(bank: Bank, story: Callable[[Bank, Refund], None]) -> None:
    """After any commit and any call the worker dies; the next one ends it, and money goes once."""
    number, died = -1, True
    while died:
        number += 1
        ours = wanted(number + 1)
        story(bank, ours)
        died = dies(bank, number, ours)
        # The dead worker's database session is gone, and its lease with it.
        Intent.objects.update(leased_by="gone")
        bank.work(ours.reference)
        if story is no and RefundState.REFUSED == refunds.get(ours.reference).state:
            assert 150_000 == paid_of(ours.charge)
            assert IntentState.REFUSED == Intent.objects.get(reference=ours.reference).state
        else:
            in_order(ours, bank)

    assert number >= 5, "there are fewer points than commits and calls"
    done = Refund.objects.filter(state=RefundState.DONE).count()
    assert [75_000] * done == bank.sent()
    assert [] == book.check()
