"""The breaker: a sick partner is paused, one looks, and the waiting jobs go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from connectors import ConnectorError, Refused, Unavailable, Unsure
from dossiers.work import TaskKind
from register import jobs, world
from register.models import Task
from scheduler import breaker, connections, effects
from scheduler import jobs as table
from scheduler.breaker import ENOUGH, PAUSES, WELL, WINDOW, PausedError, Pulse
from scheduler.connections import Connections
from scheduler.models import Breaker, Waiting
from tests.support.jobs_kit import job, now_is_later, rows, work

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
POST = "vnpost"

# -- the decision -------------------------------------------------------------------------

Step = tuple[str, int]
#: What happens to a partner: a word, and the seconds since the step before.
STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "late failure", "answer"]), st.integers(0, 900)),
    max_size=60,
)


def after(known: Pulse, word: str, now: datetime, *, looking: bool) -> Pulse:
    """The pulse after one step of a story."""
    if word == "answer":
        return WELL
    return known.failing(now, looking=looking)


@given(STEPS)
def test_a_pause_follows_enough_failures_and_nothing_else(steps: list[Step]) -> None:
    """
    Whatever happens in whatever order, only a row of silences makes a pause.

    There is no answer in the row, and no pause is longer than the longest.
    """
    known, now, row = WELL, START, 0
    for word, seconds in steps:
        now += timedelta(seconds=seconds)
        wait = known.waits(now)
        if word == "ask" and wait:
            continue
        looking = word == "ask" and wait is not None
        row = 0 if word == "answer" else row + 1
        known = after(known, word, now, looking=looking)
        wait = known.waits(now)
        assert wait is None or row >= ENOUGH
        assert wait is None or wait <= PAUSES[-1]


@given(st.integers(1, 20))
def test_each_look_that_fails_makes_the_pause_longer(looks: int) -> None:
    """
    The pauses grow along the table and stay at its end.
    """
    known, now, pauses = WELL, START, []
    for _ in range(ENOUGH):
        known = known.failing(now)
    for _ in range(looks):
        pauses.append(known.waits(now))
        now = known.paused_until or now
        known = known.looked_at(now).failing(now, looking=True)

    assert [PAUSES[min(number, len(PAUSES) - 1)] for number in range(looks)] == pauses


@given(st.integers(1, ENOUGH - 1))
def test_failures_far_apart_are_not_in_a_row(before: int) -> None:
    """
    A partner that fails now and then in a day is not sick.
    """
    known, now = WELL, START
    for _ in range(before):
        known = known.failing(now)
    known = known.failing(now + WINDOW + timedelta(seconds=1))

    assert 1 == known.failures


def test_who_asked_before_the_pause_changes_nothing_in_it() -> None:
    """
    Ten calls were on their way when the fifth failed: the pause is made once.
    """
    known = WELL
    for _ in range(ENOUGH + 5):
        known = known.failing(START)

    assert (ENOUGH, 1) == (known.failures, known.pauses)


# -- in the hub ---------------------------------------------------------------------------


class Partner:
    """Somebody outside who answers, is silent or says no."""

    def __init__(self) -> None:
        self.asked, self.mood = 0, Unavailable

    def ask(self) -> str:
        self.asked += 1
        if self.mood is not None:
            raise self.mood
        return "done"

    def serve(self, number: int) -> None:
        effects.call(POST, self.ask)


Mood = type[ConnectorError] | None


@pytest.fixture
def partner() -> Partner:
    """A silent partner."""
    return Partner()


@pytest.fixture
def clock() -> Iterator[Callable[[float], None]]:
    """Let seconds pass."""
    passed = [timedelta()]

    def let_pass(seconds: float) -> None:
        passed[0] += timedelta(seconds=seconds)

    real = world.current()
    with world.running_in(replace(real, now=lambda: real.now() + passed[0])):
        yield let_pass


def ask(partner: Partner, times: int = 1) -> None:
    """Ask and be disappointed."""
    for _ in range(times):
        with pytest.raises(ConnectorError):
            effects.call(POST, partner.ask)


@pytest.mark.django_db
@pytest.mark.parametrize("mood", [Unavailable, Unsure])
def test_a_silent_partner_is_not_asked_for_a_while(partner: Partner, mood: Mood) -> None:
    """
    After enough silences nobody asks, nobody loses a try, and people have one task.
    """
    partner.mood = mood
    ask(partner, ENOUGH)
    with pytest.raises(PausedError) as caught:
        effects.call(POST, partner.ask)

    assert ENOUGH == partner.asked
    assert 0 < table.patience(caught.value, 99) <= PAUSES[0].total_seconds()
    assert [(TaskKind.CONNECTOR_DOWN, POST)] == [(t.kind, t.subject) for t in Task.objects.all()]


@pytest.mark.django_db
def test_a_no_is_an_answer(partner: Partner) -> None:
    """
    Whoever refuses is not sick: refusals pause nobody, and end a row of silences.
    """
    ask(partner, ENOUGH - 1)
    partner.mood = Refused
    ask(partner, ENOUGH)
    partner.mood = Unavailable
    ask(partner, ENOUGH - 1)

    assert breaker.pulse(POST).paused_until is None
    assert not Task.objects.exists()


@pytest.mark.django_db
def test_an_answer_ends_the_pause_and_closes_the_task(
    partner: Partner, clock: Callable[[float], None]
) -> None:
    """
    When the pause is over one call is let through; it is answered, and all is well.
    """
    ask(partner, ENOUGH)
    clock(16)
    partner.mood = None

    assert "done" == effects.call(POST, partner.ask)
    assert WELL == breaker.pulse(POST)
    assert ["hub"] == list(Task.objects.values_list("closed_by", flat=True))


@pytest.mark.django_db
def test_another_silence_makes_a_longer_pause_and_no_second_task(
    partner: Partner, clock: Callable[[float], None]
) -> None:
    """
    The one who looked found nobody: half a minute now.
    """
    ask(partner, ENOUGH)
    clock(16)
    ask(partner, 3)

    assert ENOUGH + 1 == partner.asked
    left = breaker.pulse(POST).waits(world.now())
    assert PAUSES[0] < left <= PAUSES[1]
    assert 1 == Task.objects.count()


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_looks() -> None:
    """
    Eight threads come in the moment in which the pause ends: one asks, seven wait.
    """
    Breaker.objects.create(connector=POST, failures=5, paused_until=world.now(), pauses=1)
    line, looked, waited = threading.Barrier(8), [], []

    def come() -> None:
        line.wait()
        try:
            looked.append(breaker.enter(POST))
        except PausedError as error:
            waited.append(error.seconds)
        finally:
            connection.close()

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [True] == looked
    assert 7 == len(waited)


@pytest.mark.django_db
def test_who_looks_and_dies_is_followed_by_another(
    partner: Partner, clock: Callable[[float], None]
) -> None:
    """
    Nobody comes back from the look: after a while the next one looks.
    """
    ask(partner, ENOUGH)
    clock(16)
    assert breaker.enter(POST)
    with pytest.raises(PausedError):
        breaker.enter(POST)
    clock(breaker.PROBE.total_seconds())

    assert breaker.enter(POST)


# -- the jobs -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_dossiers_wait_for_a_sick_partner_and_go_on_when_it_is_back(
    partner: Partner, clock: Callable[[float], None]
) -> None:
    """
    Forty jobs need it: a handful is tried, none fails, and the others use up no try.

    People have one task, and when the partner is back all is done without them.
    """
    with job("ask_for_a_test", partner.serve):
        for number in range(40):
            jobs.enqueue("ask_for_a_test", number=number)
        work(concurrency=1)

        assert ENOUGH == partner.asked
        assert {"todo"} == {status for status, _tries, _at in rows()}
        assert ENOUGH == sum(tries for _status, tries, _at in rows())
        assert 40 - ENOUGH == Waiting.objects.count()
        assert [TaskKind.CONNECTOR_DOWN] == list(Task.objects.values_list("kind", flat=True))

        partner.mood = None
        clock(16)
        now_is_later()
        work(concurrency=1)

    assert {"succeeded"} == {status for status, _tries, _at in rows()}
    assert 0 == Waiting.objects.count()
    assert 0 == Task.objects.filter(closed_at=None).count()


@pytest.mark.django_db(transaction=True)
def test_the_waiting_go_on_one_after_another(partner: Partner) -> None:
    """
    A hundred jobs that wait do not fall upon a partner that has just come back.
    """
    ask(partner, ENOUGH)
    with job("ask_for_a_test", partner.serve):
        for number in range(100):
            jobs.enqueue("ask_for_a_test", number=number)
        work()
    before = world.now()
    breaker.worked(POST)

    times = sorted(at for _status, _tries, at in rows())
    gaps = {round((two - one).total_seconds(), 3) for one, two in pairwise(times)}
    assert {1 / breaker.A_SECOND} == gaps
    assert abs(times[0] - before) < timedelta(seconds=1)


# -- one partner's own patience -----------------------------------------------------------


@pytest.mark.parametrize(("own", "expected"), [((), [1, 2, 4]), ((30, 60), [30, 60, None])])
def test_a_partner_may_ask_for_slower_repeats(
    own: tuple[int, ...], expected: list[int | None]
) -> None:
    """
    The delays of a connector are its own where it has some; its no is nobody's to repeat.
    """

    class Slow:
        patience = own

    connections.install(lambda: Connections({POST: Slow()}))
    try:
        silence, no = Unavailable(), Refused()
        silence.connector = no.connector = POST

        assert expected == [table.patience(silence, tries) for tries in range(3)]
        assert table.patience(no, 0) is None
    finally:
        connections.install(Connections)
