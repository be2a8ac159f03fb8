"""
The story of the day: results come in, money arrives, officials sign, the post goes.

Everybody acts at once, as at the Centre; each looks again and again at what waits for them.
Every act may be repeated, because everything in it happens once: a day that was killed
anywhere goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection

from config.demo.board import Board
from config.demo.cast import Citizens, Departments, Officials, Post, Stage
from dispatch.models import Shipment
from dossiers.settlement import AttemptState
from dossiers.status import Delivery
from dossiers.steps import OURS
from payments import close
from payments.models import Account, Attempt, BankTransaction, DailyClose, Discrepancy
from register.models import Dossier, Task
from sandbox.day import Case
from signing.models import Unstamped

#: Jobs that carry dossiers; the clock's own questions go on for ever and are not waited for.
CARRYING = ("advance", "drain_token", "confirm_payment", "complete_stamp")

#: Seconds without any change after which the day is stuck, and says so.
PATIENCE = 60.0

#: Seconds between two looks at the trays.
LOOK = 0.3

#: Departments that hand over at the same time.
DESKS = 2


class StuckError(Exception):
    """The day does not go on; the message says what it waits for."""


class Day:
    """The day of *cases* on *stage*; *tend* keeps the hub's parts running meanwhile."""

    def __init__(
        self, cases: Sequence[Case], stage: Stage, *, seed: int, tend: Callable[[], None]
    ) -> None:
        """Get ready; :meth:`play` plays."""
        self._cases, self._stage, self._seed, self._tend = cases, stage, seed, tend
        self._citizens, self._officials = Citizens(stage), Officials(cases)
        self.lookup: dict[str, str] = {}
        """Codes for the public page by dossier."""

    def play(self, board: Board) -> None:
        """Play the day, and show on *board* how far it is."""
        self._citizens.strangers(self._seed, len(self._cases))
        departments = Departments(self._stage)
        with ThreadPoolExecutor(DESKS) as desks:
            handed = [desks.submit(departments.hand_over, case) for case in self._cases]
            try:
                self._until(lambda: self._at_work(handed, board), "results, money and trays")
            finally:
                # Who presses Ctrl+C does not wait until the last result has come.
                desks.shutdown(wait=False, cancel_futures=True)
        for case, answer in zip(self._cases, handed, strict=True):
            self.lookup[case.code] = answer.result()
        self._post()
        self._close()
        board.look()

    def _at_work(self, handed: Sequence[Future[str]], board: Board) -> bool:
        """Let everybody do what waits for them; True when nothing waits for anybody."""
        for answer in handed:
            if answer.done():
                answer.result()
        coming = not all(answer.done() for answer in handed)
        paying = self._citizens.pay(self._cases)
        signing = self._officials.sign(few=coming) + self._officials.seal(few=coming)
        board.look()
        if coming or paying or signing or _carrying() or _ours():
            return False
        return self._money_is_in() and not (_carrying() or _ours())

    def _post(self) -> None:
        post = Post(self._stage)
        post.close_manifests()
        handed = post.hand_over()
        post.accept(handed)
        self._until(lambda: self._accepted(handed), "the carrier's scans")
        # What is in trouble is a person's, and on the manager's list.
        waiting = Unstamped.objects.filter(trouble="")
        self._until(lambda: not waiting.exists(), "time stamps and proof")

    def _close(self) -> None:
        for account in Account.objects.exclude(bank=""):
            if not DailyClose.objects.filter(account=account, day=self._stage.day).exists():
                close.close_day(account, self._stage.day, by="ketoan")

    # What is waited for

    def _until(self, done: Callable[[], bool], what: str) -> None:
        before, since = _fingerprint(), time.monotonic()
        while not done():
            self._tend()
            time.sleep(LOOK)
            if (now := _fingerprint()) != before:
                before, since = now, time.monotonic()
            if time.monotonic() - since > PATIENCE:
                message = f"nothing has changed for {PATIENCE:.0f} s while waiting for {what}"
                raise StuckError(message)

    def _money_is_in(self) -> bool:
        """Tell whether every payment is confirmed and every line of the bank is decided."""
        state = self._citizens.state()
        known = BankTransaction.objects.filter(booked_on=self._stage.day)
        if known.count() < self._entries(state["bank"]["days"]):
            return False
        orders = state["platform"]["orders"]
        paid = [order["reference"] for order in orders if order["transaction_id"]]
        open_ = Attempt.objects.filter(reference__in=paid).exclude(state=AttemptState.PAID)
        named = Discrepancy.objects.filter(charge__attempts__in=open_).values("charge")
        if open_.exclude(charge__in=named).exists():
            return False
        # A line is decided when it is matched or its difference has a name.
        return not known.filter(amount__gt=0, allocations=None, discrepancies=None).exists()

    def _entries(self, days: list[dict[str, str | int]]) -> int:
        """Return how many lines the bank's statement of our account and day has."""
        ours = (self._stage.account, self._stage.day.isoformat())
        return sum(int(row["entries"]) for row in days if (row["account"], row["day"]) == ours)

    @staticmethod
    def _accepted(references: Sequence[str]) -> bool:
        waiting = (Delivery.BOOKED, Delivery.LISTED, Delivery.HANDED_OVER)
        return not Shipment.objects.filter(reference__in=references, state__in=waiting).exists()


def _carrying() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing') AND task_name = ANY (%s)",
            [list(CARRYING)],
        )
        return int(cursor.fetchone()[0])


def _ours() -> bool:
    """Tell whether a dossier has a next step of ours that no person was asked to look at."""
    asked = Task.objects.filter(closed_at=None, dossier__isnull=False).values("dossier")
    return Dossier.objects.filter(next_step__in=OURS).exclude(pk__in=asked).exists()


def _fingerprint() -> tuple[int, ...]:
    """Return numbers that change whenever anything goes on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(facts), 0),"
            " (SELECT coalesce(sum(attempts), 0) FROM procrastinate_jobs"
            "  WHERE task_name = ANY (%s)) FROM hub_register_dossier",
            [list(CARRYING)],
        )
        facts, tries = cursor.fetchone()
    return int(facts), int(tries), BankTransaction.objects.count()
