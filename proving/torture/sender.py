"""
An honest at-least-once sender at a fixed rate: arrivals by schedule, so that waiting counts.

A message without an acknowledgement comes again, as a platform's does; an acknowledged one
sometimes comes again, too. What was acknowledged, and when, is this side's own book.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from proving.torture.messages import CALLBACK, RESULT, Maker, Message
from proving.torture.wire import Wire, WireError

#: Seconds until a message that was not acknowledged comes again; the last one for ever.
AGAIN = (0.5, 1.0, 2.0, 4.0)

#: One of so many acknowledged messages comes once more, as if its answer had been lost.
REPEATED = 50


#: Connections and seconds of patience: of a platform with many threads, and of departments that
#: hand over one result after the other. A sender that gives up early only makes a crowd larger.
PLATFORM, DEPARTMENTS = (128, 10.0), (8, 60.0)

#: Results a second, at most: each is worth many callbacks in work.
RESULTS = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent where, how fast."""

    callbacks: str
    """Address that the platform calls."""
    results: str
    """Address that departments hand over to."""
    rate: float
    """Messages a second."""

    @property
    def one_result_in(self) -> int:
        """Each so-many-th message is a result, the others are callbacks."""
        return max(10, round(self.rate / RESULTS))

    def wires(self) -> dict[str, Wire]:
        """Return the connections for each kind of message."""
        (many, short), (few, long) = PLATFORM, DEPARTMENTS
        return {
            CALLBACK: Wire(self.callbacks, most=many, patience=short),
            RESULT: Wire(self.results, most=few, patience=long),
        }


class Sender:
    """Sends in a thread and an event loop of its own, from ``with`` until :meth:`stop`."""

    def __init__(self, plan: Plan, maker: Maker) -> None:
        """Send what *maker* makes."""
        self.plan = plan
        self.sent: dict[tuple[str, str], Message] = {}
        """Every message that was tried, by kind and identity."""
        self.acknowledged: Counter[str] = Counter()
        """How many of them were acknowledged so far, by kind."""
        self._maker = maker
        self._begun = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="sender")

    def __enter__(self) -> Self:
        """Start."""
        self._begun = time.monotonic()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def stop(self) -> None:
        """Send nothing more; what waits for an answer loses it."""
        self._stopped.set()
        self._thread.join()

    def waits(self) -> list[float]:
        """Return the seconds from schedule to acknowledgement, in order of size."""
        done = (one for one in self.sent.values() if one.acknowledged is not None)
        return sorted((one.acknowledged or 0.0) - one.due for one in done)

    async def _run(self) -> None:
        wires = self.plan.wires()
        under_way: set[asyncio.Task[None]] = set()
        number = 0
        while not self._stopped.is_set():
            while number < self._now() * self.plan.rate:
                message = self._next(number)
                task = asyncio.create_task(self._deliver(message, wires[message.kind]))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
                number += 1
            await asyncio.sleep(0.005)
        for task in under_way:
            task.cancel()
        found = await asyncio.gather(*under_way, return_exceptions=True)
        for wire in wires.values():
            wire.close()
        _raise_first(found)

    def _next(self, number: int) -> Message:
        make: Callable[[int, float], Message] = self._maker.callback
        if number % self.plan.one_result_in == 0:
            make = self._maker.result
        return make(number, number / self.plan.rate)

    async def _deliver(self, message: Message, wire: Wire) -> None:
        """Send *message* until it is acknowledged, and perhaps once more."""
        while message.acknowledged is None:
            pause = await self._try(message, wire)
            if message.acknowledged is None:
                await asyncio.sleep(pause)
        if len(self.sent) % REPEATED == 0:
            await self._try(message, wire)

    async def _try(self, message: Message, wire: Wire) -> float:
        """Send once; return the seconds to wait before the next time."""
        pause = AGAIN[min(message.tries, len(AGAIN) - 1)]
        message.tries += 1
        self.sent[message.kind, message.identity] = message
        try:
            answer = await wire.post(message.body, message.headers)
        except WireError:
            return pause
        if message.accepts(answer.status, answer.body):
            message.answers.add(answer.body)
            if message.acknowledged is None:
                message.acknowledged = self._now()
                self.acknowledged[message.kind] += 1
        return max(pause, answer.retry_after)

    def _now(self) -> float:
        return time.monotonic() - self._begun


def _raise_first(found: list[BaseException | None]) -> None:
    """Raise what went wrong with the sender itself; being stopped is no fault."""
    for one in found:
        if one is not None and not isinstance(one, asyncio.CancelledError):
            raise one
