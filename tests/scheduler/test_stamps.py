"""Time stamps after the gate: asked for by the clock, kept only if they hold, never in the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.db import connection
from werkzeug.wrappers import Response

from connectors import Unavailable
from dossiers import facts
from dossiers.signing_status import VerdictWord
from dossiers.work import TaskKind
from register import documents, ledger, world
from register.models import Dossier, Fact, Task
from scheduler import connections, stamps
from scheduler.advance import advance
from scheduler.connections import Connections
from signing import results
from signing.devices.tokens import Tokens
from signing.levels import stamps as rows
from signing.models import Unstamped
from signing.verification.verify import verify
from tests.support import signing_kit as kit
from tests.support import stamp_kit
from tests.support.dossier_kit import dossier, walk
from tests.support.loopback import nowhere
from tests.support.post_kit import office
from tests.support.stamp_kit import Clock

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Signers:
    """A result that was really signed and sealed, and by whom."""

    two: kit.Two
    official: kit.SoftToken
    seal: kit.SoftToken

    def released(self, number: int = 1) -> str:
        """Bring it through the gate as dossier *number*, waiting for its stamp."""
        code = stamp_kit.released(self.two, self.official, self.seal, number)
        rows.want(code)
        return code


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> Signers:
    """Two tokens and what they signed."""
    official = kit.make_token(tmp_path_factory.mktemp("tokens"), "canbo")
    seal = kit.make_token(official.configuration.parent, "condau")
    with Tokens(kit.MODULE, environment=official.environment) as tokens:
        tokens.login(official.label, official.pin_file)
        tokens.login(seal.label, seal.pin_file)
        return Signers(kit.sign_and_seal(kit.result_pdf(), tokens, official, seal), official, seal)


@pytest.fixture(scope="module")
def ticking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clock]:
    """The sandbox's authority on loopback."""
    with stamp_kit.ticking(tmp_path_factory.mktemp("authority")) as clock:
        yield clock


@dataclass
class Hub:
    """The hub at an instant that a test moves on."""

    clock: Clock
    now: object = kit.AT

    def connect(self, url: str, http: httpx.Client) -> None:
        """Connect the hub with the authority at *url*."""
        connector = stamp_kit.connector(url, http)
        connections.install(lambda: Connections({"rfc3161": connector}))


@pytest.fixture
def hub(ticking: Clock, tmp_path: Path) -> Iterator[Hub]:
    """A hub with a data folder of its own, connected and trusting."""
    ticking.answer = None
    made = Hub(ticking)
    stamp_kit.trust(tmp_path, ticking)
    with (
        httpx.Client(timeout=2, trust_env=False) as http,
        world.running_in(replace(world.current(), now=lambda: made.now, home=tmp_path)),
    ):
        made.connect(ticking.url, http)
        yield made
    connections.install(Connections)


def asked() -> list[str]:
    """Return the dossiers whose stamp the engine was asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'dossier' FROM procrastinate_jobs"
            " WHERE task_name = 'complete_stamp' ORDER BY id"
        )
        return [row[0] for row in cursor.fetchall()]


def alarms() -> list[str]:
    """Return the subjects of the open alarms."""
    late = Task.objects.filter(kind=TaskKind.STAMP_LATE, closed_at=None)
    return list(late.values_list("subject", flat=True))


def test_a_released_result_gets_its_stamp(hub: Hub, signers: Signers) -> None:
    """
    The fact names both files; the stamped one is valid, verified, and passes every wall.
    """
    code = signers.released()
    over = ledger.state(code).document

    stamps.complete_stamp(code)

    state = ledger.state(code)
    verdict = verify(documents.get(state.document), results.trust())
    assert facts.Stamped(state.document, over) == ledger.history(code)[-1].told()
    assert state.document == state.verified == state.stamped != over
    assert VerdictWord.VALID is verdict.word
    assert [False, False, True] == [seen.stamp for seen in verdict.signatures]
    assert [] == ledger.audit(code)
    assert not Unstamped.objects.exists()


def test_the_gate_wants_the_stamp(hub: Hub) -> None:
    """
    What is released with an authority connected waits for its stamp, in one transaction.
    """
    made = dossier()
    office()
    walk(made, until=facts.Paid)

    advance(made.code)

    assert [made.code] == list(Unstamped.objects.values_list("pk", flat=True))


def test_without_an_authority_nothing_waits(hub: Hub, signers: Signers) -> None:
    """
    An installation without one is not reminded of it.
    """
    connections.install(Connections)
    made = dossier()
    office()
    walk(made, until=facts.Paid)

    advance(made.code)
    stamps.complete_stamps()

    assert not Unstamped.objects.exists()
    assert [] == asked() == alarms()


def test_the_round_asks_for_each_once(hub: Hub, signers: Signers) -> None:
    """
    One job per dossier; the next round does not double what the engine already has.
    """
    codes = [signers.released(1), signers.released(2)]

    stamps.complete_stamps()
    stamps.complete_stamps()

    assert codes == asked()


def test_silence_is_the_engines_and_the_dossier_goes_on(hub: Hub, signers: Signers) -> None:
    """
    Unavailable goes to the engine, which is patient; the result is out all the same.
    """
    code = signers.released()
    before = ledger.state(code)
    with httpx.Client(timeout=2, trust_env=False) as http:
        hub.connect(nowhere(), http)
        with pytest.raises(Unavailable):
            stamps.complete_stamp(code)

    assert before == ledger.state(code)
    assert rows.pending(code)
    assert [] == alarms()


def test_a_late_stamp_is_one_alarm_that_closes_itself(hub: Hub, signers: Signers) -> None:
    """
    After an hour one task names how many wait; with the last stamp it is closed.
    """
    codes = [signers.released(1), signers.released(2)]
    hub.now = kit.AT + timedelta(minutes=59)
    stamps.complete_stamps()
    assert [] == alarms()

    hub.now = kit.AT + timedelta(minutes=61)
    stamps.complete_stamps()
    assert ["stamps"] == alarms()
    assert (2, codes[0]) == (
        Task.objects.get().detail["results"],
        Task.objects.get().detail["dossier"],
    )

    for code in codes:
        stamps.complete_stamp(code)
    stamps.complete_stamps()
    assert [] == alarms()
    assert "hub" == Task.objects.get().closed_by


def test_a_no_is_a_persons_at_once_and_asked_again(hub: Hub, signers: Signers) -> None:
    """
    A refusal raises the alarm without waiting for the hour, and is tried again after one.
    """
    code = signers.released()
    hub.clock.answer = Response(status=403)
    stamps.complete_stamp(code)
    stamps.complete_stamps()
    assert ["stamps"] == alarms()
    assert "refused" == Task.objects.get().detail["trouble"]

    hub.clock.answer, hub.now = None, kit.AT + timedelta(minutes=61)
    stamps.complete_stamps()
    assert [code] == asked()
    stamps.complete_stamp(code)
    assert ledger.state(code).stamped


def test_a_stamp_that_nobody_trusts_is_thrown_away(
    hub: Hub, signers: Signers, tmp_path: Path
) -> None:
    """
    The stamped file is judged before it is kept: without trust there is no fact and no file.
    """
    code = signers.released()
    for root in (tmp_path / "trust").glob("stamps-*"):
        root.unlink()

    stamps.complete_stamp(code)

    assert "Released" == ledger.history(code)[-1].kind
    assert "untrusted" == Unstamped.objects.get().trouble


def test_a_file_that_does_not_hold_is_not_stamped(hub: Hub, signers: Signers) -> None:
    """
    Judged before too: nobody vouches for the time of a file with other signers than told.
    """
    other = Signers(signers.two, signers.seal, signers.official)
    code = other.released()
    hub.clock.asked = 0

    stamps.complete_stamp(code)

    assert 0 == hub.clock.asked
    assert "unexpected_signer" == Unstamped.objects.get().trouble


def test_a_second_run_changes_nothing(hub: Hub, signers: Signers) -> None:
    """
    The job runs twice: one stamp, one fact, and no second question.
    """
    code = signers.released()
    hub.clock.asked = 0

    stamps.complete_stamp(code)
    stamps.complete_stamp(code)

    assert 1 == hub.clock.asked == Fact.objects.filter(kind="Stamped").count()


@pytest.mark.parametrize("place", ["called rfc3161", "document stored"])
def test_a_stop_anywhere_is_made_good(hub: Hub, signers: Signers, place: str) -> None:
    """
    Whoever dies with the token in hand, or the file stored, leaves a row that asks again.
    """
    code = signers.released()

    def die(name: str) -> None:
        if name == place:
            raise KeyboardInterrupt

    with (
        world.running_in(replace(world.current(), point=die)),
        pytest.raises(KeyboardInterrupt),
    ):
        stamps.complete_stamp(code)

    assert not ledger.state(code).stamped
    stamps.complete_stamp(code)
    assert ledger.state(code).stamped


@pytest.mark.django_db(transaction=True)
def test_two_workers_keep_one_stamp(hub: Hub, signers: Signers) -> None:
    """
    Both fetch a token; one file becomes the result, and the chain holds.
    """
    code = signers.released()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            stamps.complete_stamp(code)
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == failed
    assert 1 == Fact.objects.filter(kind="Stamped").count()
    assert [] == ledger.audit(code)
    assert Dossier.objects.get().document == Dossier.objects.get().verified
