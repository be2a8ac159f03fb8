"""
One seed's day: who runs next, what goes wrong, and whether the hub's rules still hold.

The director holds the only clock. Actors run one at a time; after each of their steps the
:class:`~proving.eyes.Eyes` look. First faults strike (safety); then they stop, and everything
must come to its end or wait for a named person (liveness).
"""

from __future__ import annotations

import errno
import heapq
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import httpx

from proving.baton import Actor, Crash, Troupe, in_transaction
from proving.cast import Cast
from proving.chance import Chance, Fault
from proving.engine import RESCUED_AFTER, Engine, Hand, turn
from proving.eyes import Eyes
from proving.hardware import Driver, Hardware
from proving.house import EPOCH, House
from proving.otherside import OtherSide
from proving.story import Story, Violation
from register import world
from sandbox import wire
from scheduler import clock, connections
from scheduler.clock import Line
from signing.devices import drivers
from signing.devices.line import AtOnce

#: A day that takes more steps than this goes round in circles.
LONGEST = 6_000

#: What the simulated clock fires, and how often at most: a played day is short.
LINES = tuple(
    Line(job=job, seconds=seconds)
    for job, seconds in (
        ("ask_pending", 600.0),
        ("fetch_statements", 10_800.0),
        ("track", 1200.0),
        ("sweep", 900.0),
        ("sweep_refunds", 900.0),
        ("complete_stamps", 1800.0),
    )
)

COMES_TO_REST = "comes_to_rest"
CIRCLES = f"more than {LONGEST} steps"

RESTART = timedelta(seconds=2)

#: The calm at the end: so many rounds at most, each so long that every line has fired.
ROUNDS, CALM = 24, timedelta(hours=3)
RESTLESS = f"something moves after {ROUNDS} rounds without faults"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one seed."""

    seed: int
    digest: str
    points: int
    crashes: int
    faults: dict[str, int]
    rule: str = ""
    """The rule that was broken; empty if none."""
    words: str = ""
    story: tuple[str, ...] = ()


class Play:
    """One day in *house*; :meth:`run` plays it."""

    def __init__(
        self,
        house: House,
        troupe: Troupe,
        seed: int,
        *,
        without: frozenset[str] = frozenset(),
        kept: str = "",
    ) -> None:
        """
        Set the stage of *seed*, leaving out the classes of faults *without*.

        The house is put back as it was *kept* under that name, or as every day begins.
        """
        self.house, self.troupe, self.seed = house, troupe, seed
        self.now = EPOCH + timedelta(minutes=1)
        self.chance = Chance(seed, without=without)
        self.story = Story()
        self.points = self.crashes = self.steps = 0
        self.lines = LINES
        self.by_chance = True
        """False where one flow is rehearsed and nobody rolls dice."""
        self._on_stage: Actor | None = None
        self._events: list[tuple[datetime, int, str, Callable[[], object]]] = []
        self._order = count()
        self._down: dict[str, datetime] = {}
        self._due: dict[str, datetime] = {}
        self._hands: dict[str, Hand] = {}
        self._thens: dict[str, Callable[[Any], None]] = {}
        self._drivers: dict[str, Driver] = {}
        ends = Fault.CERTIFICATE_ENDED in self.chance.rates
        house.tidy(certificates_end_at_noon=ends, kept=kept)
        troupe.begin()
        self.other_side = OtherSide(house, self.chance, self, seed)
        self.engine = Engine(house.sql, self.chance)
        self.eyes = Eyes(self)
        self.hardware = Hardware(house.keys, self.chance, self.eyes.about_to_sign)
        self.cast = Cast(self)

    def run(self) -> Outcome:
        """Play to the end; a broken rule is an outcome, not an error."""
        return self.outcome(self._whole_day)

    def outcome(self, act: Callable[[], None]) -> Outcome:
        """Let *act* play in this day's world, and return what came of it."""
        rule = words = ""
        with self._world():
            try:
                act()
            except Violation as found:
                rule, words = found.rule, found.words
            finally:
                self._clear_the_stage()
        return Outcome(
            seed=self.seed,
            digest=self.story.digest,
            points=self.points,
            crashes=self.crashes,
            faults={str(fault): n for fault, n in sorted(self.chance.hits.items())},
            rule=rule,
            words=words,
            story=tuple(self.story.lines) if rule else (),
        )

    def close(self) -> None:
        """Close the books of the other side."""
        self.other_side.close()

    def _world(self) -> AbstractContextManager[world.World]:
        """Install this day's clock, chance and doors."""
        connections.install(self.other_side.connections)
        drivers.install(lambda _token: self._driver(), line=AtOnce)
        wire.install(lambda: self.now)
        told = world.World(
            now=lambda: self.now,
            token=self.chance.token,
            point=self._point,
            home=self.house.home,
        )
        return world.running_in(told)

    def _whole_day(self) -> None:
        self._safety()
        self._liveness()

    # -- what others ask of the director ------------------------------------------------------

    def wait(self, span: timedelta) -> None:
        """Let *span* pass."""
        self.now += span

    def later(self, span: timedelta, label: str, act: Callable[[], object]) -> None:
        """Let *act* happen after *span*."""
        heapq.heappush(self._events, (self.now + span, next(self._order), label, act))

    def on_the_wire(self, request: httpx.Request) -> None:
        """Look at a request that is about to leave the hub, and let others run meanwhile."""
        self.eyes.about_to_leave(request)
        self.tell(f"{request.method} {request.url.path}")
        if (actor := self._on_stage) and self._changes_over():
            self._leave(actor)

    def tell(self, what: str) -> None:
        """Add a line to the story in the name of whoever acts."""
        self.story.tell(self.now, self._on_stage.name if self._on_stage else "-", what)

    def at_desk(self, label: str, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """
        Let one of the hub's web processes do *work*; *then* is told its answer or its error.

        While all of them are busy or down, a little later.
        """
        actor = next((one for one in self.troupe.desks if self._is_free(one)), None)
        if actor is None:
            again = lambda: self.at_desk(label, work, then)  # noqa: E731 - one line says it best
            self.later(timedelta(seconds=1), label, again)
            return
        actor.give(label, work)
        self._thens[actor.name] = then
        self._go(actor)

    # -- the two phases -----------------------------------------------------------------------

    def _safety(self) -> None:
        self.cast.begin()
        for _ in range(self.chance.whole(4, 6)):
            self.to_rest()
            self.cast.act()
            self.to_rest()
            self._pass_the_time()
            self.wake_clocks()
        self.to_rest()

    def _liveness(self) -> None:
        """Without faults everything ends; each round lets three hours pass."""
        self.chance.calm = True
        self.cast.mend_all()
        before = None
        for _ in range(ROUNDS):
            self.wake_clocks()
            self.to_rest()
            self.cast.act()
            self.to_rest()
            after = self.eyes.fingerprint()
            if after == before and not self._events and self.engine.next_time() is None:
                self.eyes.at_the_end()
                return
            before = after
            self.now += CALM
        raise Violation(COMES_TO_REST, RESTLESS)

    def _pass_the_time(self) -> None:
        self.now += timedelta(seconds=self.chance.between(20, 1500))
        if self.chance.strikes(Fault.CLOCK_JUMP):
            self.now += timedelta(seconds=self.chance.between(-240, 3600))

    def wake_clocks(self) -> None:
        """Let the clocks fire what is due, and everything that follows happen."""
        both = self.chance.has(Fault.TWO_CLOCKS)
        for actor in self.troupe.clocks if both else self.troupe.clocks[:1]:
            if self._is_free(actor):
                actor.give("fires", self._fire)
                self._go(actor)
        self.to_rest()

    def _fire(self) -> None:
        for line in self.lines:
            # A real clock's triggers know this; here it spares a question to the database.
            if self.now >= self._due.get(line.job, EPOCH):
                clock.fire(line)
                self._due[line.job] = self.now + timedelta(seconds=line.seconds / 2)

    # -- one step after another ---------------------------------------------------------------

    def to_rest(self) -> None:
        """Go on until nothing can be done before the clock is moved on."""
        while True:
            self._due_events()
            choices = self._choices()
            if choices:
                self.chance.pick(choices)()
            elif not self._skip_ahead():
                return

    def _skip_ahead(self) -> bool:
        """Move the clock to the next thing that is due within minutes; False if there is none."""
        times = [at for at in (self.engine.next_time(), *self._down.values()) if at]
        times += [self._events[0][0]] if self._events else []
        far = self.now + (timedelta(days=3) if self.chance.calm else timedelta(minutes=20))
        coming = [at for at in times if at <= far]
        if not coming:
            return False
        self.now = max(self.now + timedelta(milliseconds=1), min(coming))
        self._down = {name: at for name, at in self._down.items() if at > self.now}
        return True

    def _due_events(self) -> None:
        while self._events and self._events[0][0] <= self.now:
            _at, _order, label, act = heapq.heappop(self._events)
            self.tell(label)
            act()

    def _choices(self) -> list[Callable[[], None]]:
        able = [one for one in self.troupe.everyone if one.name not in self._down]
        choices: list[Callable[[], None]] = [partial(self._go, one) for one in able if one.busy]
        workers = (
            self.troupe.workers if self.chance.has(Fault.TWO_WORKERS) else (self.troupe.workers[:1])
        )
        free = next((one for one in workers if self._is_free(one)), None)
        if free and self.engine.has_work(self.now):
            choices.append(lambda: self._begin(free))
        return choices

    def _is_free(self, actor: Actor) -> bool:
        return not actor.busy and actor.name not in self._down

    def _begin(self, worker: Actor) -> None:
        hand = self._hands.get(worker.name) or self.engine.hire()
        self._hands[worker.name] = hand
        worker.give("works", lambda: turn(hand, self.tell))
        self._go(worker)

    def _go(self, actor: Actor) -> None:
        """Give *actor* the baton, see how it hands it back, and look."""
        self.steps += 1
        if self.steps > LONGEST:
            raise Violation(COMES_TO_REST, CIRCLES)
        self.now += timedelta(milliseconds=self.chance.whole(1, 20))
        self._on_stage = actor
        actor.go_on()
        self._on_stage = None
        if not actor.busy:
            self._ended(actor)
        self.eyes.look()

    def _ended(self, actor: Actor) -> None:
        error = actor.error
        if isinstance(error, Violation):
            raise error
        then = self._thens.pop(actor.name, None)
        works = actor in self.troupe.workers
        if isinstance(error, Crash) or (works and error is not None):
            self._died(actor, self._hands.pop(actor.name, None))
        elif works:
            error = actor.answer
        self.eyes.surprised(actor, error)
        if then:
            then(error if error is not None else actor.answer)

    def _died(self, actor: Actor, hand: Hand | None) -> None:
        self.crashes += 1
        self.story.tell(self.now, actor.name, "is dead")
        self._drivers.pop(actor.name, None)
        self._down[actor.name] = self.now + RESTART
        connections.install(self.other_side.connections)
        self.eyes.wait_until_gone(actor.session)
        if hand:
            self._rescue_later(actor, hand)

    def _rescue_later(self, actor: Actor, hand: Hand) -> None:
        self.later(RESCUED_AFTER, f"rescue {actor.name}", lambda: self.engine.rescue(hand))

    # -- inside an actor ----------------------------------------------------------------------

    def dies(self, _name: str) -> bool:
        """Tell whether the actor is killed at this point."""
        return self.chance.strikes(Fault.CRASH)

    def _point(self, name: str) -> None:
        actor = self._on_stage
        if actor is None:
            return
        self.points += 1
        self.story.tell(self.now, actor.name, name)
        if name == "before storing" and self.chance.strikes(Fault.DISK_FULL):
            raise OSError(errno.ENOSPC, "No space left on device")
        if self.dies(name):
            raise Crash
        if self.chance.strikes(Fault.DATABASE_RESTART):
            self.eyes.restart_database()
        if self._changes_over():
            self._leave(actor)

    def _changes_over(self) -> bool:
        """Tell whether the baton may go to somebody else here."""
        if in_transaction():
            return False
        return self.chance.has(Fault.TWO_WORKERS) and self.chance.between(0, 1) < 0.3

    def _leave(self, actor: Actor) -> None:
        if self.chance.strikes(Fault.FROZEN_WORKER):
            span = timedelta(seconds=self.chance.between(20, 400))
            self._down[actor.name] = self.now + span
            self.tell(f"is frozen for {span.seconds} s")
            if span > RESCUED_AFTER and (hand := self._hands.pop(actor.name, None)):
                self._rescue_later(actor, hand)
        actor.pause()

    def _driver(self) -> Driver:
        name = self._on_stage.name if self._on_stage else ""
        return self._drivers.setdefault(name, Driver(self.hardware))

    def _clear_the_stage(self) -> None:
        """End whoever stands in the middle of something."""
        for actor in self.troupe.everyone:
            while actor.busy:
                actor.doomed = True
                actor.go_on()
        self._on_stage = None
