"""
One flow, played from its beginning, with kills at chosen points.

The day is played up to where the flow begins once; each schedule of kills starts from there.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from proving.baton import Actor, Troupe
from proving.cast import Citizen
from proving.chance import Fault
from proving.flows import FLOWS, Flow
from proving.house import House
from proving.play import Play
from proving.story import Violation

ENDS = "ends"
NEVER = "the flow never begins"
CALM = frozenset(str(fault) for fault in Fault)

#: A flow that needs more rounds than this after its kills does not end.
ROUNDS = 30
#: What passes between two rounds: long enough for the clock to fire everything.
PAUSE = timedelta(hours=3, minutes=1)


class _Begun(Exception):
    """The day has come to where the flow begins."""


class _Alone(Play):
    """A day of one dossier, without chance."""

    def __init__(self, house: House, troupe: Troupe, flow: Flow, *, kept: str = "") -> None:
        super().__init__(house, troupe, seed=0, without=CALM, kept=kept)
        self.chance.calm, self.by_chance = True, False
        self.flow = flow
        self.cast.only(wish=flow.wish, share=flow.share, returned=flow.returned)

    def state(self) -> dict[str, Any]:
        """Return the four statuses of the one dossier; empty while the hub does not have it."""
        row = self.house.sql.execute(
            "SELECT business, money, delivery, (state->>'bookings')::int, ("
            " SELECT count(*) FROM hub_payments_dailyclose) FROM hub_register_dossier"
        ).fetchone()
        names = ("business", "money", "delivery", "bookings", "closes")
        return dict(zip(names, row, strict=True)) if row else {}

    def act(self, names: Sequence[str]) -> None:
        """Let people do what *names* says, and all that follows happen."""
        for name in names:
            self.cast.do(name)
            self.to_rest()
        self.to_rest()


class _Prelude(_Alone):
    """The day up to where the flow begins."""

    def play(self) -> None:
        """Play until :class:`_Begun`."""
        self._look_for_the_beginning()
        self.cast.begin()
        for _ in range(ROUNDS):
            self.act(self.flow.before)
            self.wake_clocks()
            self.now += PAUSE
        raise Violation(ENDS, NEVER)

    def _go(self, actor: Actor) -> None:
        super()._go(actor)
        self._look_for_the_beginning()

    def _look_for_the_beginning(self) -> None:
        if self.flow.begins(self.state()):
            raise _Begun


class _Scheduled(_Alone):
    """One flow from its beginning to its end, with kills at chosen points."""

    def __init__(self, house: House, troupe: Troupe, name: str, *, schedule: Sequence[int]) -> None:
        flow = FLOWS[name]
        super().__init__(house, troupe, flow, kept=_kept(name))
        self._left = list(schedule)
        self.lines = tuple(line for line in self.lines if line.job in flow.lines)
        self.passed = 0
        """Points since the last kill, or since the beginning."""

    def dies(self, _name: str) -> bool:
        """Kill at the next point of the schedule."""
        self.passed += 1
        if self._left and self.passed == self._left[0]:
            del self._left[0]
            self.passed = 0
            return True
        return False

    def play(self) -> None:
        """Play until the flow has ended and nothing moves."""
        if self.flow.begins({}):
            self.cast.begin()
        for _ in range(ROUNDS):
            self.act(self.flow.acts)
            if self.flow.ends(self.state()):
                self.now += PAUSE
                self.wake_clocks()
                self.eyes.at_the_end()
                return
            self.wake_clocks()
            self.now += PAUSE
        words = f"the flow does not end: {self.state()}"
        raise Violation(ENDS, words)


@dataclass(slots=True)
class _Beginning:
    """What everybody but the database remembers where a flow begins."""

    now: datetime
    books: list[bytes]
    seen: dict[str, Any]
    citizens: list[Citizen]

    @classmethod
    def of(cls, play: Play) -> _Beginning:
        return cls(
            play.now,
            play.other_side.dump(),
            play.eyes.remember(),
            copy.deepcopy(play.cast.citizens),
        )

    def give(self, play: Play) -> None:
        play.now = self.now
        play.other_side.load(self.books)
        play.eyes.recall(self.seen)
        play.cast.citizens = copy.deepcopy(self.citizens)
        play.cast.by_code = {one.code: one for one in play.cast.citizens}


class Rehearsal:
    """The flows of one house, each from its own beginning."""

    def __init__(self, house: House, troupe: Troupe) -> None:
        """Play in *house*."""
        self._house, self._troupe = house, troupe
        self._beginnings: dict[str, _Beginning] = {}

    def run(self, name: str, schedule: Sequence[int]) -> dict[str, Any]:
        """
        Play flow *name* with the kills of *schedule*.

        Returns rule and words (empty if all went well), the story then, and ``after``: how many
        points were passed after the last kill, each a place for one more.
        """
        if name not in self._beginnings:
            self._beginnings[name] = self._begin(name)
        play = _Scheduled(self._house, self._troupe, name, schedule=schedule)
        try:
            self._beginnings[name].give(play)
            outcome = play.outcome(play.play)
        finally:
            play.close()
        return {
            "rule": outcome.rule,
            "words": outcome.words,
            "story": outcome.story,
            "after": play.passed,
        }

    def _begin(self, name: str) -> _Beginning:
        play = _Prelude(self._house, self._troupe, FLOWS[name])
        try:
            play.outcome(play.play)
        except _Begun:
            self._house.keep(_kept(name))
            return _Beginning.of(play)
        finally:
            play.close()
        message = f"{name} did not begin: {play.story.lines[-3:]}"
        raise RuntimeError(message)


def _kept(name: str) -> str:
    return f"flow_{name}"
