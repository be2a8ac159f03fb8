"""
The story of the day: results come in, money arrives, officials sign, the post goes.

Every chapter may be played again from its beginning, because everything in it happens once;
so a day that was killed anywhere goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection
from rich.progress import Progress

from config.demo.cast import Citizens, Departments, Officials, Post, Stage
from dispatch.models import Shipment
from dossiers.settlement import AttemptState
from dossiers.status import Delivery
from dossiers.steps import OURS
from payments import close
from payments.models import Account, Attempt, BankTransaction, DailyClose, Discrepancy
from register.models import Dossier, Task
from sandbox.day import Case

#: Jobs that carry dossiers; the clock's own questions go on for ever and are not waited for.
CARRYING = ("advance", "drain_token", "confirm_payment")

#: Seconds without any change after which the day is stuck, and says so.
PATIENCE = 60.0


class StuckError(Exception):
    """The day does not go on; the message says what it waits for."""


class Day:
    """The day of *cases* on *stage*; *tend* keeps the hub's parts running meanwhile."""

    def __init__(
        self, cases: Sequence[Case], stage: Stage, *, seed: int, tend: Callable[[], None]
    ) -> None:
        """Get ready; :meth:`play` plays."""
        self._cases, self._stage, self._seed, self._tend = cases, stage, seed, tend
        self.lookup: dict[str, str] = {}
        """Codes for the public page by dossier."""

    def play(self, progress: Progress) -> None:
        """Play every chapter, with a bar for each."""
        chapters: list[tuple[str, Callable[[], None]]] = [
            ("Tiếp nhận · received", self._receive),
            ("Nộp phí · paid", self._pay),
            ("Ký số · signed", self._sign),
            ("Đóng dấu · sealed", self._seal),
            ("Đối soát · reconciled", self._reconcile),
            ("Bưu chính · with the post", self._post),
            ("Chốt ngày · closed", self._close),
        ]
        for title, chapter in chapters:
            with self._bar(progress, title):
                chapter()

    @contextmanager
    def _bar(self, progress: Progress, title: str) -> Iterator[None]:
        self._progress, self._row = progress, progress.add_task(title, total=None)
        began = time.monotonic()
        yield
        total = progress.tasks[self._row].total or 1
        progress.update(self._row, total=total, completed=total)
        if progress.disable:
            progress.console.print(f"{title:<28} {time.monotonic() - began:6.1f} s")

    # Chapters

    def _receive(self) -> None:
        departments = Departments(self._stage)
        self._progress.update(self._row, total=len(self._cases))
        with ThreadPoolExecutor(2) as desks:
            handed = desks.map(lambda case: (case.code, departments.hand_over(case)), self._cases)
            for code, secret in handed:
                self.lookup[code] = secret
                self._progress.advance(self._row)
                self._tend()
        self._quiet()

    def _pay(self) -> None:
        citizens = Citizens(self._stage)
        self._progress.update(self._row, total=len(self._cases))
        for case in self._cases:
            citizens.pay(case)
            self._progress.advance(self._row)
        citizens.strangers(self._seed, len(self._cases))

    def _sign(self) -> None:
        Officials(self._cases).sign()
        self._quiet()

    def _seal(self) -> None:
        Officials(self._cases).seal()
        self._quiet()

    def _reconcile(self) -> None:
        """Wait until every payment is confirmed and every line of the bank is in the book."""
        self._until(self._money_is_in, "the bank's lines and the platform's answers")
        self._quiet()

    def _post(self) -> None:
        post = Post(self._stage)
        post.close_manifests()
        handed = post.hand_over()
        post.accept(handed)
        self._until(lambda: self._accepted(handed), "the carrier's scans")

    def _close(self) -> None:
        for account in Account.objects.exclude(bank=""):
            if not DailyClose.objects.filter(account=account, day=self._stage.day).exists():
                close.close_day(account, self._stage.day, by="ketoan")

    # What is waited for

    def _quiet(self) -> None:
        """Wait until no job carries a dossier, and none has a step that is the hub's to take."""
        self._until(lambda: not _carrying() and not _ours(), "jobs")

    def _until(self, done: Callable[[], bool], what: str) -> None:
        before, since = _fingerprint(), time.monotonic()
        while not done():
            self._tend()
            time.sleep(0.1)
            if (now := _fingerprint()) != before:
                before, since = now, time.monotonic()
            if time.monotonic() - since > PATIENCE:
                message = f"nothing has changed for {PATIENCE:.0f} s while waiting for {what}"
                raise StuckError(message)

    def _money_is_in(self) -> bool:
        entries = self._entries()
        known = BankTransaction.objects.filter(booked_on=self._stage.day).count()
        paid = self._paid_orders()
        open_ = Attempt.objects.filter(reference__in=paid).exclude(state=AttemptState.PAID)
        named = Discrepancy.objects.filter(charge__attempts__in=open_).values("charge")
        if known < entries or open_.exclude(charge__in=named).exists():
            return False
        # A line is decided when it is matched or its difference has a name.
        lines = BankTransaction.objects.filter(booked_on=self._stage.day, amount__gt=0)
        return not lines.filter(allocations=None, discrepancies=None).exists()

    def _entries(self) -> int:
        days = Citizens(self._stage).state()["bank"]["days"]
        account, day = self._stage.account, self._stage.day.isoformat()
        return sum(row["entries"] for row in days if (row["account"], row["day"]) == (account, day))

    def _paid_orders(self) -> list[str]:
        orders = Citizens(self._stage).state()["platform"]["orders"]
        return [order["reference"] for order in orders if order["transaction_id"]]

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
