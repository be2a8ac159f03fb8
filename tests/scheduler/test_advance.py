"""One dossier, one step, one effect: with a real carrier and a real platform on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.db import connection

from connectors import Unavailable, Unsure
from connectors.banks.platform import Platform
from connectors.carriers.vnpost import VNPost
from dossiers import facts
from dossiers.steps import Step
from dossiers.work import IntentState, TaskKind
from payments.models import Attempt
from register import intents, ledger, world
from register.models import ConnectorHealth, Dossier, Intent, Task
from sandbox.faults import Faults, Plan
from sandbox.parties import vnpost as post_office
from scheduler import connections, inquiries
from scheduler.advance import advance
from scheduler.connections import Connections, NotConnectedError
from scheduler.effects import BusyError
from tests.support.dossier_kit import REFERENCE, dossier, walk
from tests.support.loopback import nowhere, serve
from tests.support.money_kit import account
from tests.support.post_kit import office, released

pytestmark = pytest.mark.django_db


@dataclass
class Post:
    """A post office on loopback and the hub's connection to it."""

    faults: Faults
    party: post_office.VNPost
    connector: VNPost

    def parcels(self) -> list[str]:
        """References of the parcels that the office holds."""
        return [order["number"] for order in self.party.state()["orders"]]


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """A post office that the hub is connected to."""
    faults = Faults(tmp_path / "faults.sqlite", Plan(slow=0.05))
    party = post_office.VNPost(
        tmp_path / "post.sqlite", faults, key="key", secret="secret", customer="QN"
    )
    with serve(party) as url, httpx.Client(timeout=1, trust_env=False) as http:
        settings = VNPost.Settings(
            url=url,
            consumer_key="key",
            consumer_secret="secret",
            customer="QN",
            sender_name="Trung tâm",
            sender_phone="0203",
            sender_address="Hồng Gai",
        )
        connector = VNPost(http, settings)
        connections.install(lambda: Connections({"vnpost": connector}))
        yield Post(faults, party, connector)
    connections.install(Connections)


def again(code: str) -> None:
    """Take the step once more after an unclear outcome."""
    with pytest.raises(Unsure):
        advance(code)
    advance(code)


def test_the_gate_opens_and_the_parcel_is_booked(post: Post) -> None:
    """
    A ready dossier is released by one step and booked by the next, under our own reference.
    """
    made = dossier()
    office()
    walk(made, until=facts.Paid)

    advance(made.code)
    advance(made.code)

    assert Step.AWAIT_MANIFEST == Dossier.objects.get().next_step
    assert [f"{made.code}-D-1"] == post.parcels()
    assert IntentState.DONE == Intent.objects.get().state
    assert ConnectorHealth.objects.get().succeeded_at


@pytest.mark.parametrize("fault", ["silent_after_accepting", "error_500_after_accepting"])
def test_silence_after_accepting_books_one_parcel(post: Post, fault: str) -> None:
    """
    The carrier took the parcel and said nothing: the hub asks, finds it, and adopts it.
    """
    code = released()
    post.faults.arm("vnpost", "order", fault)

    again(code)

    assert 1 == len(post.parcels())
    assert "Booked" == ledger.history(code)[-1].kind
    assert 1 == ConnectorHealth.objects.get().unsure


def test_a_worker_that_died_in_the_call_books_one_parcel(post: Post) -> None:
    """
    The intent was claimed and the worker died before or after the call: the next one asks.
    """
    code = released()
    intent = intents.begin(
        "book", f"{code}-D-1", dossier=code, request={"carrier": "vnpost", "mark": ""}
    )
    intents.claim(intent)
    intents.note(intent, sent=world.now().isoformat())
    Intent.objects.update(leased_until=None)

    with pytest.raises(Unsure, match="not shown yet"):
        advance(code)

    assert [] == post.parcels()
    assert IntentState.UNSURE == Intent.objects.get().state


def test_a_worker_that_died_before_it_sent_anything_is_followed_by_one_that_sends(
    post: Post,
) -> None:
    """
    A claim without a note of sending left nothing behind: no question is needed.
    """
    code = released()
    request = {"carrier": "vnpost", "mark": "", "sent": ""}
    intents.claim(intents.begin("book", f"{code}-D-1", dossier=code, request=request))
    Intent.objects.update(leased_until=None)

    advance(code)

    assert 1 == len(post.parcels())
    assert IntentState.DONE == Intent.objects.get().state


def test_a_held_intent_is_left_alone(post: Post) -> None:
    """
    While one worker books, another does not.
    """
    code = released()
    intents.claim(
        intents.begin(
            "book", f"{code}-D-1", dossier=code, request={"carrier": "vnpost", "mark": ""}
        )
    )

    with pytest.raises(BusyError):
        advance(code)
    assert [] == post.parcels()


def test_a_refused_parcel_waits_for_a_person(post: Post) -> None:
    """
    What the carrier refuses is a fact and a task; nothing is tried again by itself.
    """
    code = released()
    post.faults.arm("vnpost", "order", "refused")

    advance(code)
    advance(code)

    assert Step.AWAIT_PERSON == Dossier.objects.get().next_step
    assert IntentState.REFUSED == Intent.objects.get().state
    assert TaskKind.BOOKING_REFUSED == Task.objects.get().kind


def test_a_carrier_that_is_not_reached_changes_nothing(post: Post) -> None:
    """
    A request that never left is simply later's work.
    """
    code = released()
    away = VNPost(
        post.connector.http,
        post.connector.settings.__class__(**{**vars_of(post.connector.settings), "url": nowhere()}),
    )
    connections.install(lambda: Connections({"vnpost": away}))
    with pytest.raises(Unavailable):
        advance(code)
    connections.install(lambda: Connections({"vnpost": post.connector}))

    advance(code)

    assert 1 == len(post.parcels())
    assert 1 == ConnectorHealth.objects.get().unavailable


def vars_of(settings: VNPost.Settings) -> dict[str, object]:
    """The fields of slotted settings."""
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def test_the_feed_is_read_on_from_its_mark(post: Post) -> None:
    """
    Tracking moves the dossier, and reading again brings nothing twice.
    """
    code = released()
    advance(code)
    post.party.advance("2", order=f"{code}-D-1")

    for _again in range(3):
        inquiries.track_carrier("vnpost")

    kinds = [row.kind for row in ledger.history(code)]
    assert 2 == kinds.count("Carried")
    assert "accepted" == ledger.state(code).delivery
    assert ledger.state(code).tracking.startswith("EB")


def test_steps_that_wait_do_nothing(post: Post) -> None:
    """
    A dossier that waits for its official is left in peace.
    """
    account(unit="H49.61")
    made = dossier()
    walk(made, until=facts.Submitted)

    advance(made.code)

    assert "Submitted" == ledger.history(made.code)[-1].kind


def test_a_refusing_gateway_does_not_stop_the_dossier() -> None:
    """
    The platform refuses the order: the citizen can still transfer, a person looks.
    """
    account(unit="H49.61")
    made = dossier()
    advance(made.code)
    with serve(_no) as url, httpx.Client(trust_env=False) as http:
        gateway = Platform(http, Platform.Settings(url=url, partner="QN", secret="s"))
        connections.install(lambda: Connections({"platform": gateway}))
        advance(made.code)
    connections.install(Connections)

    assert Step.SUBMIT == Dossier.objects.get().next_step
    assert TaskKind.PAYMENT_REFUSED == Task.objects.get().kind
    assert 1 == Attempt.objects.count()


def _no(_environ: object, start: object) -> list[bytes]:
    start("200 OK", [("Content-Type", "application/json")])  # type: ignore[operator]
    return [b'{"MaLoi": "05", "MoTaLoi": "no"}']


def test_an_unknown_connector_is_named() -> None:
    """
    What is not configured is refused by name.
    """
    with pytest.raises(NotConnectedError, match="ghost"):
        connections.carrier("ghost")
    with pytest.raises(NotConnectedError):
        connections.gateway("vnpost")


def test_a_step_taken_by_another_worker_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Two workers come for one release; the second finds it done and goes home.
    """
    made = dossier()
    office()
    walk(made, until=facts.Paid)
    stale = ledger.state(made.code)
    advance(made.code)
    states = iter([stale, stale])
    real = ledger.state
    monkeypatch.setattr(ledger, "state", lambda code: next(states, None) or real(code))

    advance(made.code)

    assert 1 == [row.kind for row in ledger.history(made.code)].count("Released")
    assert REFERENCE == real(made.code).charge
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        assert (0,) == cursor.fetchone()
