"""Parity: whatever is changed behind the hub's back is found within one round, and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from dossiers import facts
from dossiers.status import Delivery
from dossiers.work import IntentState, TaskKind
from register import documents, intents, jobs, ledger, tasks, world
from register.models import Document, Dossier, Intent, Task
from scheduler import parity, rounds
from scheduler.models import ParityMark
from tests.support.dossier_kit import dossier
from tests.support.whole_kit import whole

pytestmark = pytest.mark.django_db


def jobs_asked() -> list[tuple[str, dict[str, object]]]:
    """Take the jobs of parity that the engine was asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'parity%'"
            " RETURNING task_name, args"
        )
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


PARTS = {
    "parity_changed": rounds.changed,
    "parity_share": rounds.share,
    "parity_files": rounds.files,
}


def a_round() -> list[str]:
    """Do a whole round, as the engine would; return what is open afterwards."""
    rounds.begin()
    while asked := jobs_asked():
        for name, args in asked:
            PARTS[name](**args)
    return differences()


def differences() -> list[str]:
    """Return the subjects of the open tasks of parity."""
    known = Task.objects.filter(kind=TaskKind.PARITY, closed_at=None)
    return sorted(known.values_list("subject", flat=True))


def sql(statement: str, *values: object) -> None:
    """Change something behind the hub's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_good_day_has_no_difference() -> None:
    """
    Dossiers with a row in every room agree, on the way and at the end.
    """
    whole(1)
    whole(2)
    dossier("H49.61-261123-0003")

    assert [] == a_round() == a_round()


DOSSIER = "UPDATE hub_register_dossier SET {} WHERE code = %s"
ITEM = "UPDATE hub_signing_signingitem SET {} WHERE role = '{}' AND dossier_id = %s"
PLANTED: dict[str, tuple[str, str]] = {
    "a column": ("projection", DOSSIER.format("money = 'over'")),
    "a sum": ("projection", DOSSIER.format("paid = paid + 1")),
    "column and state": (
        "paid",
        DOSSIER.format("paid = 80000, state = jsonb_set(state, '{paid}', '80000')"),
    ),
    "the chain's head": ("chain", DOSSIER.format("head = repeat('0', 64)")),
    "the state": ("chain", DOSSIER.format("state = jsonb_set(state, '{official}', '\"x\"')")),
    "a charge": (
        "charge",
        "UPDATE hub_payments_charge SET amount = amount - 1 WHERE dossier_id = %s",
    ),
    "a reference": (
        "charge",
        "UPDATE hub_payments_charge SET reference = 'QN0000000000' WHERE dossier_id = %s",
    ),
    "a parcel": (
        "parcel",
        "UPDATE hub_dispatch_shipment SET state = 'delivered' WHERE dossier_id = %s",
    ),
    "a signature": (
        "signatures",
        ITEM.format("signed = repeat('9', 64)", "seal"),
    ),
    "an item": (
        "signatures",
        ITEM.format("status = 'failed'", "official"),
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_difference_is_found(planted: str) -> None:
    """
    Changed by SQL, without a trace in the hub: the next round names dossier and difference.
    """
    code = whole(1).code
    whole(2)
    a_round()
    what, statement = PLANTED[planted]

    sql(statement, code)

    assert f"{what} {code}" in a_round()
    assert {code} == set(
        Task.objects.filter(closed_at=None, kind=TaskKind.PARITY).values_list("dossier", flat=True)
    )


def test_money_that_only_the_register_knows_is_found() -> None:
    """
    A fact without a counted line: the sums differ.
    """
    code = whole().code
    ledger.record(code, facts.Paid(1_000, "transfer", "nowhere"), by="test")

    assert [f"paid {code}"] == a_round()
    assert {"what": "paid", "register": "76000", "room": "75000"} == Task.objects.get(
        kind=TaskKind.PARITY
    ).detail


def test_what_agrees_again_is_closed() -> None:
    """
    The task goes when the difference does; whoever mended it need not remember it.
    """
    code = whole().code
    change = "UPDATE hub_payments_charge SET amount = amount {} 1 WHERE dossier_id = %s"
    sql(change.format("+"), code)
    assert [f"charge {code}"] == a_round() == a_round()

    sql(change.format("-"), code)

    assert [] == a_round()
    assert "hub" == Task.objects.get(kind=TaskKind.PARITY).closed_by


def test_a_persons_correction_is_no_difference() -> None:
    """
    Where a person says that the parcel is elsewhere, dossier and shipment may differ.
    """
    code = whole().code
    ledger.record(code, facts.DeliveryCorrected(Delivery.RETURNED, "wrong", "minh"), by="minh")

    assert [] == a_round()


def test_a_lost_file_is_found() -> None:
    """
    The dossier's own file, and one that only the store's table knows; a short one too.
    """
    made = whole()
    other, short = (documents.put(text, "text/plain") for text in (b"other", b"short"))
    documents.path(made.document).rename(documents.path(made.document).with_suffix(".gone"))
    documents.path(other).unlink()
    documents.path(short).write_bytes(b"shor")

    found = a_round()

    assert sorted(
        [
            f"document {made.code}",
            *(f"file {digest}" for digest in (made.document, other, short)),
        ]
    ) == [one for one in found if one.split()[1] in (made.code, made.document, other, short)]


def unsettled(kind: str = "book", **changes: object) -> str:
    """Leave an intent behind whose outcome nobody knows; return its dossier."""
    code = whole().code
    intents.begin(kind, f"{code}-D-9", dossier=code, request={})
    old = world.now() - timedelta(hours=1)
    Intent.objects.update(**({"changed_at": old, "state": IntentState.UNSURE} | changes))
    sql("DELETE FROM procrastinate_jobs")
    return code


def test_an_intent_that_nobody_looks_after_is_found() -> None:
    """
    Open or unsure for long, without job, task or step of the hub's.
    """
    code = unsettled()

    assert [f"intent {code}-D-9"] == a_round()

    Intent.objects.update(state=IntentState.DONE)
    assert [] == a_round()


LOOKED_AFTER: dict[str, Callable[[str], object]] = {
    "a job": lambda code: jobs.enqueue("advance", dossier=code),
    "a task": lambda code: tasks.open(TaskKind.OUTCOME_UNKNOWN, tasks.Role.POST, dossier=code),
    "youth": lambda _code: Intent.objects.update(changed_at=world.now()),
}


@pytest.mark.parametrize("how", LOOKED_AFTER)
def test_an_intent_that_is_looked_after_is_no_difference(how: str) -> None:
    """
    A job, a person or a little time: it is on somebody's way.
    """
    LOOKED_AFTER[how](unsettled())

    assert [] == a_round()


def test_a_round_is_cut_into_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Each job looks at one slice and asks for the next; together they look at everything once.
    """
    codes = [dossier(f"H49.61-261123-{number:04d}").code for number in range(1, 8)]
    seen: list[list[str]] = []
    monkeypatch.setattr(rounds, "SLICE", 3)
    monkeypatch.setattr(parity, "check", lambda codes, **_how: seen.append(list(codes)))

    a_round()

    changed = [["1", "2", "3"], ["4", "5", "6"], ["7"]]
    tails = [[code[-1] for code in part] for part in seen]
    assert all(part in tails for part in changed)
    assert codes[:3] in seen


def test_the_share_comes_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What did not change is looked at too, a slice a night, and then from the beginning.
    """
    codes = [dossier(f"H49.61-261123-{number:04d}").code for number in range(1, 6)]
    seen: list[list[str]] = []
    monkeypatch.setattr(rounds, "SLICE", 2)
    monkeypatch.setattr(parity, "check", lambda codes, **_how: seen.append(list(codes)))

    for _night in range(4):
        rounds.share(2)

    assert [codes[:2], codes[2:4], codes[4:], codes[:2]] == seen
    assert codes[1] == ParityMark.objects.get().code


def test_only_what_changed_is_looked_at_again() -> None:
    """
    The second round takes what was changed after the first one began.
    """
    whole(1)
    a_round()
    until = ParityMark.objects.get().checked_until
    changed = whole(2).code
    assert until

    span = {"since": until, "until": world.now() + timedelta(minutes=1)}
    rows = rounds.queries.run("changed", {**span, "after": "", "most": 10})

    assert [changed] == [row["code"] for row in rows]
    assert 2 == Dossier.objects.count()
    assert Document.objects.exists()
