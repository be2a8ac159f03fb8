"""Money moves in the book once; the book sums to zero and agrees with what it was posted from."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import facts
from dossiers.book import BookAccountKind, EntryKind
from payments import attempts, book, charges, matching
from payments.models import (
    Allocation,
    Attempt,
    BookAccount,
    Charge,
    Entry,
    Posting,
    StatementFile,
)
from register import ledger
from register.models import Dossier, Procedure
from tests.support.dossier_kit import dossier
from tests.support.money_kit import NUMBER, Line, account, charge, paid, take

pytestmark = pytest.mark.django_db

BANK = f"bank:{NUMBER}"
TWO_FEES = [
    {"kind": "phi", "code": "P01", "name": "Phí thẩm định", "amount": 50_000},
    {"kind": "le_phi", "code": "LP01", "name": "Lệ phí", "amount": 25_000},
]


def begun(number: int = 1) -> Attempt:
    """Return a try that its gateway has been asked about."""
    made = attempts.begin(charge(number).dossier_id)
    attempts.asked(made, "https://pay.test/1")
    return made


def told(kind: EntryKind) -> int:
    """Return how many entries there are of *kind*."""
    return Entry.objects.filter(kind=kind).count()


def prove() -> None:
    """Let the database look at what it looks at when a transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# What each event posts


def test_a_charge_is_owed_to_us_and_by_us_phi_and_le_phi_apart() -> None:
    """What is asked of a citizen is owed to the budget, each kind of fee on its own account."""
    account()
    made = dossier()
    Procedure.objects.update(fees=TWO_FEES)

    charges.open(made.code)
    charges.open(made.code)

    assert {"receivable": 75_000, "budget:phi": -50_000, "budget:le_phi": -25_000} == book.trial()
    assert [] == book.check()


def test_no_fee_is_no_entry() -> None:
    """A dossier that is exempt owes nothing."""
    made = dossier()
    Procedure.objects.update(fees=[])

    charges.open(made.code)

    assert {} == book.trial()
    assert [] == book.check()


def test_a_transfer_goes_from_the_bank_to_the_charge() -> None:
    """A statement brings money, its reference says whose; nothing is left unexplained."""
    take(Line(75_000, charge().reference, "FT1"))
    assert (75_000, -75_000) == (book.balance(BANK), book.balance("suspense"))

    matching.run()

    assert {BANK: 75_000, "suspense": 0, "receivable": 0, "budget:le_phi": -75_000} == book.trial()
    assert [] == book.check()


def test_money_without_a_name_lies_in_suspense() -> None:
    """What nobody can explain is on the bank's account and in suspense, also after matching."""
    charge()
    take(Line(50_000, "nop tien", "FT1"), Line(-1_100, "PHI QUAN LY", "FT2"))

    matching.run()

    assert (48_900, -48_900) == (book.balance(BANK), book.balance("suspense"))
    assert 75_000 == book.balance("receivable")
    assert [] == book.check()


def test_a_gateways_money_is_in_clearing_until_the_bank_shows_it() -> None:
    """The gateway's word pays the charge; the bank's line pays the gateway's debt."""
    made = begun()
    attempts.settle(made, paid(made))
    assert (75_000, 0) == (book.balance("clearing:platform"), book.balance("receivable"))

    take(Line(75_000, "PAYPLAT", "FT1", end_to_end="GD1"))
    matching.run()

    assert (0, 75_000) == (book.balance("clearing:platform"), book.balance(BANK))
    assert [] == book.check()


def test_a_fee_that_a_gateway_kept_stays_its_debt() -> None:
    """Less than told was handed on: clearing says how much is missing."""
    made = begun()
    attempts.settle(made, paid(made))
    take(Line(73_900, "PAYPLAT", "FT1", end_to_end="GD1"))

    matching.run()

    assert 1_100 == book.balance("clearing:platform")
    assert [] == book.check()


def test_money_that_the_bank_showed_first_never_passes_clearing() -> None:
    """Whoever tells first, it is one payment in the book too."""
    made = begun()
    take(Line(75_000, "PAYPLAT", "FT1", end_to_end=made.reference))
    matching.run()
    attempts.settle(made, paid(made))

    assert "clearing:platform" not in book.trial()
    assert 0 == book.balance("receivable")
    assert [] == book.check()


def test_a_duplicate_is_owed_back() -> None:
    """A receivable below zero is what a citizen paid too much."""
    twin = Line(75_000, charge().reference, "FT1")
    take(twin, twin)

    matching.run()

    assert -75_000 == book.balance("receivable")
    assert [] == book.check()


def contra() -> Allocation:
    """Take the newest allocation back."""
    wrong = Allocation.objects.latest("pk")
    row = Allocation.objects.get(pk=wrong.pk)
    row.pk, row.reverses, row.amount = None, wrong, -wrong.amount
    row.save(force_insert=True)
    return row


def test_a_contra_row_posts_a_contra_entry() -> None:
    """A wrong allocation is taken back by an entry that names it; both stay in the book."""
    due = charge()
    take(Line(75_000, due.reference, "FT1"))
    matching.run()
    row = contra()
    assert book.check() != []

    book.post(EntryKind.REVERSED, [row.pk])
    ledger.record(due.dossier_id, facts.PaymentReversed(75_000, "contra:1"), by="hang")

    entry = Entry.objects.get(kind=EntryKind.REVERSED)
    assert entry.reverses is not None
    assert EntryKind.ALLOCATED == entry.reverses.kind
    assert (75_000, -75_000) == (book.balance("receivable"), book.balance("suspense"))
    assert [] == book.check()


# Once


def test_posting_again_changes_nothing() -> None:
    """Every event has one key; told twice it is posted once."""
    made = begun()
    attempts.settle(made, paid(made))
    take(Line(75_000, "PAYPLAT", "FT1", end_to_end="GD1"), Line(1_000, "x", "FT2"))
    matching.run()
    before, postings = book.trial(), Posting.objects.count()

    book.post(EntryKind.CHARGED, [made.charge_id])
    book.post(EntryKind.CLEARED, [made.pk])
    book.post(EntryKind.TAKEN, [StatementFile.objects.get().pk])
    book.post(EntryKind.ALLOCATED, [Allocation.objects.get().pk])
    book.catch_up()

    assert (before, postings) == (book.trial(), Posting.objects.count())


def test_what_is_rolled_back_was_never_posted() -> None:
    """An entry is in the transaction of what it is about."""
    due = charge()
    take(Line(75_000, due.reference, "FT1"))

    def cut_off() -> None:
        with transaction.atomic():
            matching.run()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()

    assert 0 == told(EntryKind.ALLOCATED)
    assert [] == book.check()


def test_what_an_older_version_recorded_is_posted_by_the_opening() -> None:
    """The migration that opens the book posts all that happened before it, and again nothing."""
    made = begun(1)
    attempts.settle(made, paid(made))
    take(Line(75_000, "PAYPLAT", "FT1", end_to_end="GD1"), Line(75_000, charge(2).reference, "FT2"))
    matching.run()
    before = book.trial()
    prove()
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE hub_payments_posting, hub_payments_entry, hub_payments_bookaccount"
        )
    assert book.check() != []

    opening = importlib.import_module("payments.migrations.0005_opening")
    with connection.schema_editor() as editor:
        opening.post(apps, editor)
        opening.post(apps, editor)

    assert before == book.trial()
    assert [] == book.check()


# The walls


def entry(**changes: object) -> Entry:
    """Begin an entry by hand."""
    about = {"kind": EntryKind.CHARGED, "evidence": "x", "account": account(), "parts": 2}
    when = {"day": "2026-11-23", "at": "2026-11-23T08:00:00Z", "by": "test"}
    return Entry.objects.create(**(about | when | changes))


def posting(made: Entry, kind: BookAccountKind, amount: int) -> None:
    """Put one amount into *made*."""
    opened, _new = BookAccount.objects.get_or_create(code=kind, kind=kind)
    Posting.objects.create(entry=made, book=opened, amount=amount)


@pytest.mark.parametrize(
    ("amounts", "says"),
    [((1_000, -999), "not to zero"), ((1_000, 500, -1_500), "number of postings"), ((), "no post")],
)
def test_an_entry_is_whole_and_sums_to_zero(amounts: tuple[int, ...], says: str) -> None:
    """The database refuses a transaction that leaves an entry unbalanced, cut or empty."""
    made = entry()
    for amount in amounts:
        posting(made, BookAccountKind.SUSPENSE, amount)

    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        prove()
    # The test ends with its own look; nothing wrong may be left for it.
    transaction.set_rollback(True)


def test_nothing_can_be_added_to_an_entry_later() -> None:
    """Two more postings that sum to zero are refused too."""
    charge()
    prove()
    known = Entry.objects.get()
    posting(known, BookAccountKind.SUSPENSE, 5)
    posting(known, BookAccountKind.SUSPENSE, -5)

    with pytest.raises(IntegrityError, match="number of postings"), transaction.atomic():
        prove()
    transaction.set_rollback(True)


def test_a_contra_entry_takes_back_exactly_what_was_posted() -> None:
    """Another amount, or another account, is no reversal."""
    charge()
    wrong = entry(kind=EntryKind.REVERSED, reverses=Entry.objects.get())
    posting(wrong, BookAccountKind.SUSPENSE, 75_000)
    posting(wrong, BookAccountKind.RECEIVABLE, -75_000)

    with pytest.raises(IntegrityError, match="takes back exactly"), transaction.atomic():
        prove()
    transaction.set_rollback(True)


@pytest.mark.parametrize("table", [Entry, Posting, BookAccount])
def test_the_book_is_append_only(table: type[Entry]) -> None:
    """Nothing in the book is changed or removed."""
    charge()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        table.objects.all()._raw_delete(table.objects.db)
    field = "code" if table is BookAccount else "id"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        table.objects.update(**{field: F(field)})


# The book against the rooms


def test_a_payment_that_was_not_posted_is_found() -> None:
    """A dossier that was paid past the book is named with its charge and both amounts."""
    due = charge()
    ledger.record(due.dossier_id, facts.Paid(75_000, "transfer", "bank:x"), by="test")

    assert [f"receivable {due.reference}: book 75000, rooms 0"] == book.check()


PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from(["told", "shown", "settled", "transfer", "stranger", "out", "match"]),
        st.integers(1, 3),
        st.sampled_from([75_000, 70_000, 80_000, 5_000]),
    ),
    max_size=12,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PAYMENTS)
def test_whatever_happens_the_book_agrees(events: list[tuple[str, int, int]]) -> None:
    """Gateways and banks in any order, with any amounts: a sum of zero, and no difference."""
    with transaction.atomic():
        tries = {number: begun(number) for number in (1, 2, 3)}
        for at, (event, number, amount) in enumerate(events):
            happen(event, tries[number], amount, at)
        matching.run()
        prove()

        assert 0 == sum(book.trial().values())
        assert [] == book.check()
        assert Charge.objects.count() == Dossier.objects.count() == 3
        transaction.set_rollback(True)


def happen(event: str, made: Attempt, amount: int, at: int) -> None:
    """Let one thing happen to the money of *made*'s charge."""
    lines = {
        "shown": Line(amount, "PAYPLAT", f"S{at}", end_to_end=made.reference),
        "settled": Line(amount, "PAYPLAT", f"S{at}", end_to_end=f"GD{made.pk}"),
        "transfer": Line(amount, made.charge.reference, f"S{at}"),
        "stranger": Line(amount, "nop tien", f"S{at}"),
        "out": Line(-amount, "PHI QUAN LY", f"S{at}"),
    }
    if event == "told":
        made.refresh_from_db()
        attempts.settle(made, paid(made, transaction=f"GD{made.pk}"))
    elif event == "match":
        matching.run()
    else:
        take(lines[event], sequence=at + 1)
