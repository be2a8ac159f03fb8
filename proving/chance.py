"""
One source of chance for a whole played day, and the faults that a seed draws.

A swarm: each seed has some classes of faults and not others, each with a rate of its own, so
that rare meetings of a few faults are not drowned in all of them at once.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Fault(StrEnum):
    """A class of what can go wrong."""

    # On the way to the other side and back
    NOT_REACHED = "not_reached"
    REQUEST_LOST = "request_lost"
    REPLY_LOST = "reply_lost"
    LATE = "late"
    DUPLICATE = "duplicate"
    BUSY = "busy_503"
    ERROR_AFTER_ACCEPTING = "error_500_after_accepting"
    REFUSED = "refused"
    GARBLED = "garbled_answer"
    SLOW = "slow_131_seconds"
    # When others call us
    CALLBACK_LOST = "callback_lost"
    CALLBACK_FORGED = "callback_forged"
    CALLBACK_REPEATED = "callback_repeated"
    CALLBACK_CHANGED = "callback_with_another_body"
    CALLBACK_STRANGE = "callback_for_an_unknown_reference"
    HAND_OVER_REPEATED = "hand_over_repeated"
    # Money
    STATEMENT_LATE = "statement_late"
    STATEMENT_TWICE = "statement_twice"
    TWINS = "twin_payments"
    SHORT = "paid_short"
    OVER = "paid_too_much"
    STRANGER = "money_of_a_stranger"
    # Post
    TRACKING_OUT_OF_ORDER = "tracking_out_of_order"
    TRACKING_REPEATED = "tracking_repeated"
    UNKNOWN_CODE = "unknown_code"
    CURSOR_RESET = "cursor_reset"
    PARCEL_RETURNED = "parcel_returned"
    # Tokens and certificates
    TOKEN_PULLED = "token_pulled"
    WRONG_PIN = "wrong_pin"
    TOKEN_BROKEN = "token_driver_dies"
    CERTIFICATE_ENDED = "certificate_ended_at_noon"
    TSA_DOWN = "time_stamps_down"
    TSA_SLOW = "time_stamps_slow"
    OCSP_DOWN = "revocation_not_told"
    OCSP_SLOW = "revocation_told_slowly"
    # The machine
    CRASH = "crash"
    DATABASE_RESTART = "database_restart"
    DISK_FULL = "disk_full"
    CLOCK_JUMP = "clock_jump"
    # The house
    TWO_WORKERS = "two_workers"
    TWO_CLOCKS = "two_clocks"
    FROZEN_WORKER = "frozen_worker"
    REORDERED_JOBS = "jobs_out_of_order"
    WITHDRAWN = "citizen_withdraws"
    SENT_BACK = "official_sends_back"


#: Chance that a seed has a class at all, and its chance at each occasion if it does.
SHARE, RATES = 0.3, (0.02, 0.08, 0.25)

#: Classes that cost a database session each time: a fifth of the rate is often enough.
DEAR, DEARLY = frozenset({Fault.CRASH, Fault.DATABASE_RESTART}), 0.2

#: Classes that are a way to set the stage rather than something that happens now and then.
SETTINGS = frozenset(
    {Fault.TWO_WORKERS, Fault.TWO_CLOCKS, Fault.REORDERED_JOBS, Fault.CERTIFICATE_ENDED}
)


#: Classes with dice of their own, so that the seeds of before have the days of before.
YOUNGER = (Fault.OCSP_DOWN, Fault.OCSP_SLOW)


class Chance:
    """The dice of one seed."""

    def __init__(self, seed: int, *, without: frozenset[str] = frozenset()) -> None:
        """Draw the swarm of *seed*, leaving out the classes *without*."""
        self._random = random.Random(seed)
        drawn = self._swarm(self._random, [one for one in Fault if one not in YOUNGER])
        drawn |= self._swarm(random.Random(f"{seed} younger"), YOUNGER)
        self.rates = {fault: rate for fault, rate in drawn.items() if fault not in without}
        self.hits: Counter[Fault] = Counter(fault for fault in SETTINGS if fault in self.rates)
        self.calm = False
        """True: no fault happens any more."""

    @staticmethod
    def _swarm(dice: random.Random, faults: Sequence[Fault]) -> dict[Fault, float]:
        """Return which of *faults* this seed has, and how often each."""
        return {
            fault: dice.choice(RATES) * (DEARLY if fault in DEAR else 1)
            for fault in faults
            if dice.random() < SHARE
        }

    def has(self, fault: Fault) -> bool:
        """Tell whether this seed is of this class."""
        return fault in self.rates and not self.calm

    def strikes(self, fault: Fault) -> bool:
        """Roll for *fault* at this occasion, and count it if it happens."""
        rate = 0.0 if self.calm else self.rates.get(fault, 0.0)
        if rate and self._random.random() < rate:
            self.hits[fault] += 1
            return True
        return False

    def among(self, faults: Sequence[Fault]) -> Fault | None:
        """Return the first of *faults* that strikes."""
        return next((fault for fault in faults if self.strikes(fault)), None)

    def pick(self, things: Sequence[T]) -> T:
        """Return one of *things*."""
        return self._random.choice(things)

    def between(self, low: float, high: float) -> float:
        """Return a number between *low* and *high*."""
        return self._random.uniform(low, high)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*, both included."""
        return self._random.randint(low, high)

    def token(self, nbytes: int = 16) -> str:
        """Return *nbytes* bytes in hex."""
        return self._random.randbytes(nbytes).hex()
