"""
One run under fire: send, kill, let settle, compare.
"""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass
from typing import Any

import httpx
from django.db import Error as DatabaseError
from django.db import connection
from rich.progress import Progress, TaskID

from proving.torture import books, messages
from proving.torture.killer import WORKER, Killer
from proving.torture.rig import Rig
from proving.torture.sender import Plan, Sender
from proving.torture.takeover import TakeOver
from register import world

#: Seconds between two looks at everything.
LOOK = 0.1

#: Seconds without any progress after which what is under way is taken for stuck.
STUCK = 90.0

#: Orders that citizens pay at one look; the rest waits for the next.
PAYERS = 10

#: Seconds that a worker is given to have a job in hand before it is killed.
IN_HAND_WITHIN = 2.0


@dataclass(frozen=True, slots=True)
class Order:
    """How hard."""

    kills: int
    rate: float
    every: float
    """Seconds between two kills."""


def under(rig: Rig, order: Order, bar: Progress) -> dict[str, Any]:
    """Put the hub of *rig* under fire; return what came of it."""
    began = time.monotonic()
    killing = bar.add_task("kill -9", total=order.kills)
    plan = Plan(callbacks=rig.callbacks, results=rig.results, rate=order.rate)
    with Sender(plan, _maker(rig)) as sender:
        fire = _Fire(rig, sender)
        fire.burn(order, lambda: bar.advance(killing))
        fire.killer.wait_until_all_work()
        fire.watch(order.every)
    for proxy in rig.proxies:
        proxy.mix = ()
    stuck = fire.settle(bar, bar.add_task("lắng · settling", total=None))
    found = books.compare(sender.sent, rig.orders(), rig.letters())
    waits = sender.waits()
    return {
        "kills": sum(fire.killer.killed.values()),
        "rate": order.rate,
        "seconds": round(time.monotonic() - began, 1),
        "sent": len(sender.sent),
        "acknowledged": sender.acknowledged.total(),
        "lost": len(found.lost) + stuck,
        "doubled": len(found.doubled),
        "stored_unacknowledged": found.unacknowledged,
        "take_over": fire.over.result(),
        "killed": dict(fire.killer.killed),
        "repeated": sum(one.tries > 1 for one in sender.sent.values()),
        "waited": {"median": _at(waits, 0.5), "p99": _at(waits, 0.99)},
        "network": {str(fault): n for proxy in rig.proxies for fault, n in proxy.hits.items()},
        "given_up": books.given_up(),
        "wrong": [*found.lost[:10], *found.doubled[:10], *([f"{stuck} stuck"] if stuck else [])],
        "machine": f"{platform.machine()}, {platform.system()} {platform.release()}",
    }


class _Fire:
    """What goes on while messages come in: tending, paying, watching, killing."""

    def __init__(self, rig: Rig, sender: Sender) -> None:
        self._rig = rig
        self._http = httpx.Client(base_url=rig.letter["control"], timeout=30)
        self.over = TakeOver(rig.server.dsn())
        self.killer = Killer(rig, self.look, sender.acknowledged)

    def look(self) -> None:
        """Do what is always to be done."""
        self._rig.supervisor.tend()
        self.over.look()
        self._pay()

    def burn(self, order: Order, killed: Any) -> None:
        """Kill so many times, one part after the other."""
        for _ in range(order.kills):
            self.watch(order.every)
            part = self.killer.next()
            if part == WORKER:
                self._wait_for_work()
            self.killer.kill(part)
            if part == WORKER:
                self.over.killed()
            killed()

    def settle(self, bar: Progress, task: TaskID) -> int:
        """Wait until nothing is under way; return how much never ended."""
        least, since = None, time.monotonic()
        while time.monotonic() - since < STUCK:
            self.watch(0.5)
            left = self._left()
            if left == 0:
                return 0
            bar.update(task, description=f"lắng · settling, {left}")
            if least is None or left < least:
                least, since = left, time.monotonic()
        return self._left()

    def _left(self) -> int:
        try:
            return books.unsettled(self._rig.orders()) + self.over.waiting()
        except DatabaseError:
            # It was killed a moment ago, and with it our session.
            connection.close()
            return 1

    def watch(self, seconds: float) -> None:
        """Let it go on for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.look()
            time.sleep(LOOK)

    def _wait_for_work(self) -> None:
        end = time.monotonic() + IN_HAND_WITHIN
        while not self.over.note() and time.monotonic() < end:
            time.sleep(0.01)

    def _pay(self) -> None:
        """Citizens pay what the platform shows them."""
        for reference in self._rig.unpaid(PAYERS):
            self._http.post("/platform/pay", json={"reference": reference}).raise_for_status()


def _maker(rig: Rig) -> messages.Maker:
    officials = [one for one in rig.letter["tokens"]["tokens"] if one["kind"] == "official"]
    mine = next(one for one in officials if one["unit"] == messages.UNIT)
    return messages.Maker(
        partner=rig.letter["platform"]["partner"],
        secret=rig.secret,
        api_token=rig.api_token,
        day=f"{world.today():%y%m%d}",
        pdf=messages.small_result(mine["title"], mine["name"]),
    )


def _at(sorted_seconds: list[float], part: float) -> float | None:
    """Return the value below which *part* of them lie, in seconds."""
    if not sorted_seconds:
        return None
    return round(sorted_seconds[int(part * (len(sorted_seconds) - 1))], 3)
