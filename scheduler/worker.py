"""
A worker: takes jobs from the engine until it is stopped.

One thread listens, gives signs of life and lets waiting jobs ripen; the others work, each with
a database session of its own that fetches the job, does it and finishes it. A job never
changes threads, and no thread ever waits for another worker.
"""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from types import FrameType

import psycopg
import structlog
from django.db import connection as django_connection
from django.db import transaction
from procrastinate.contrib.django import connector_params
from procrastinate.jobs import Status
from psycopg.errors import UniqueViolation

from connectors import ConnectorError
from register import world
from scheduler import breaker, engine, failures, jobs

#: Seconds between two signs of life; the clock takes a worker for dead after ``sweeps.DEAD``.
HEARTBEAT = 2.0

#: Seconds between two looks whether a waiting job's time has come, or somebody stopped us.
LOOK = 0.5

#: Seconds that jobs have to end when the worker is stopped; what is left runs elsewhere.
GRACE = 10.0

log = structlog.get_logger()


class LostError(Exception):
    """This worker was taken for dead and its jobs run elsewhere; start it anew."""


def run(queues: Sequence[str], *, concurrency: int, name: str, wait: bool = True) -> None:
    """
    Work on *queues* until stopped; with ``wait=False`` until nothing is left to do.

    Raises what ended the connection to the database, and LostError: whoever started us
    starts us again.
    """
    parameters = connector_params()
    with psycopg.connect(**parameters, autocommit=True) as connection:
        worker = _Worker(engine.join(connection), queues, name, concurrency, wait=wait)
        with _until_signalled(worker.bell):
            threads = [
                threading.Thread(target=worker.work, name=f"{name}-{number}", daemon=True)
                for number in range(concurrency)
            ]
            for thread in threads:
                thread.start()
            try:
                worker.listen(connection, threads)
            finally:
                worker.bell.stop()
                _join(threads)
        if any(thread.is_alive() for thread in threads):
            log.warning("worker_left_jobs", worker=name)
        else:
            engine.leave(connection, worker.number)
    if worker.error is not None:
        raise worker.error


class Bell:
    """Wakes idle threads, and loses no ring: who was busy when it rang looks again."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.rung = 0
        self.stopped = False

    def ring(self, *, everybody: bool = False) -> None:
        """Wake one idle thread, or all."""
        with self._changed:
            self.rung += 1
            self._changed.notify(1_000 if everybody else 1)

    def stop(self) -> None:
        """Wake all, for the last time."""
        self.stopped = True
        self.ring(everybody=True)

    def wait(self, heard: int) -> None:
        """Return when it has rung since the count *heard*."""
        with self._changed:
            self._changed.wait_for(lambda: self.rung != heard or self.stopped)


class _Worker:
    """What the threads of one worker share."""

    def __init__(
        self, number: int, queues: Sequence[str], name: str, threads: int, *, wait: bool
    ) -> None:
        self.number, self.queues, self.name, self.waits = number, list(queues), name, wait
        self.bell = Bell()
        self.error: BaseException | None = None
        self._busy = threads
        self._counting = threading.Lock()

    # -- the thread that listens --------------------------------------------------------------

    def listen(self, connection: engine.Connection, threads: Sequence[threading.Thread]) -> None:
        """Ring for every new job until stopped; LostError if we were taken for dead."""
        for queue in self.queues:
            connection.execute(f'LISTEN "{engine.CHANNEL}{queue}"')
        beat = monotonic()
        while not self.bell.stopped and any(thread.is_alive() for thread in threads):
            for told in connection.notifies(timeout=LOOK):
                self.bell.ring(everybody=told.payload == engine.ALL)
            engine.ripen(connection)
            if monotonic() - beat >= HEARTBEAT:
                beat = monotonic()
                if not engine.beat(connection, self.number):
                    raise LostError(self.name)
                # A net: whatever else is lost, nobody sleeps for longer than this.
                self.bell.ring(everybody=True)

    # -- the threads that work ----------------------------------------------------------------

    def work(self) -> None:
        """Do jobs until the bell stops; what ends a thread otherwise ends the worker."""
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - raised again by the main thread
            self.error = self.error or error
            self.bell.stop()
        finally:
            django_connection.close()

    def _work(self) -> None:
        finished: engine.Job | None = None
        while True:
            heard = self.bell.rung
            job, finished = self._next(finished), None
            if job is not None:
                finished = self._do(job)
            elif self.bell.stopped or not self._idle(heard):
                return

    def _idle(self, heard: int) -> bool:
        """Wait for the bell; False if there is nothing to wait for."""
        self._count(-1)
        if not self.waits and self._busy == 0:
            # Nobody is at something that may ask for more.
            self.bell.stop()
            return False
        self.bell.wait(heard)
        self._count(+1)
        return True

    def _next(self, finished: engine.Job | None) -> engine.Job | None:
        """Mark *finished* as done and take the next job, unless we are stopped."""
        try:
            if finished and not self.bell.stopped:
                return engine.succeed_and_take(session(), self.number, self.queues, finished)
            if not self.bell.stopped:
                return engine.take(session(), self.number, self.queues)
        except UniqueViolation:
            # Another worker took a job with this lock in this moment; next time we see it.
            self.bell.ring()
        if finished:
            done(self.number, finished)
        return None

    def _do(self, job: engine.Job) -> engine.Job | None:
        """Do *job*; return it if it is only to be marked as done."""
        try:
            jobs.run(job.name, job.args)
        except Exception as error:  # noqa: BLE001 - any error is the job's outcome, and is kept
            after(self.number, job, error)
            return None
        return job

    def _count(self, change: int) -> None:
        with self._counting:
            self._busy += change


def session() -> engine.Connection:
    """Return this thread's database session, as the engine's statements want it."""
    django_connection.ensure_connection()
    own: engine.Connection = django_connection.connection
    own.prepare_threshold = 5
    return own


def done(worker: int, job: engine.Job) -> None:
    """Keep that *job*, in the hands of the engine's *worker*, is done."""
    engine.finish(session(), worker, job, Status.SUCCEEDED)


def after(worker: int, job: engine.Job, error: Exception) -> None:
    """
    Have *job* tried again, or tell a person that it failed for good; all of it or nothing.

    Nothing is swallowed: an error is never in a log only.
    """
    django_connection.close_if_unusable_or_obsolete()
    seconds, now = jobs.patience(error, job.attempts), world.now()
    _note(job, error, again=seconds)
    with transaction.atomic():
        if seconds is None:
            failures.tell(job.name, job.args, error)
            failures.keep(job.number, job.lock, now)
            engine.finish(session(), worker, job, Status.FAILED)
        elif isinstance(error, breaker.PausedError):
            wait = breaker.wait(job.number, error.connector)
            engine.put_off(session(), worker, job, at=now + wait, counts=False)
        else:
            wait = timedelta(seconds=seconds)
            engine.put_off(session(), worker, job, at=now + wait, counts=True)


def _join(threads: Sequence[threading.Thread]) -> None:
    """Give the jobs of *threads* their grace."""
    end = monotonic() + GRACE
    for thread in threads:
        thread.join(max(end - monotonic(), 0))


@contextmanager
def _until_signalled(bell: Bell) -> Iterator[None]:
    """Stop at SIGTERM and SIGINT, where signals come: in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # No lock here: we may have interrupted whoever holds it. Who listens looks soon.
        bell.stopped = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _note(job: engine.Job, error: Exception, *, again: int | None) -> None:
    """Log what went wrong and where. The words of an error may quote a row: connectors' do not."""
    where = [f"{at.filename}:{at.lineno}" for at in traceback.extract_tb(error.__traceback__)]
    tell = log.error if again is None else log.info
    tell(
        "job_failed" if again is None else "job_put_off",
        job=job.name,
        number=job.number,
        attempts=job.attempts,
        again_in=again,
        error=type(error).__name__,
        words=str(error) if isinstance(error, ConnectorError) else "",
        where=where[-4:],
    )
