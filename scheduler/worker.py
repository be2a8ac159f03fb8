"""
A worker: takes jobs from the engine until it is stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from scheduler import engine

#: Seconds between two signs of life; the clock takes a worker for dead after ``sweeps.DEAD``.
HEARTBEAT = 2.0


def run(queues: Sequence[str], *, concurrency: int, name: str, wait: bool = True) -> None:
    """
    Work on *queues* until stopped; with ``wait=False`` until nothing is left to do.

    Returns when the engine loses its connection: whoever started us starts us again.
    """
    asyncio.run(_work(queues, concurrency, name, wait=wait))


async def _work(queues: Sequence[str], concurrency: int, name: str, *, wait: bool) -> None:
    async with engine.opened(3) as opened:
        await opened.run_worker_async(
            queues=list(queues),
            concurrency=concurrency,
            name=name,
            wait=wait,
            update_heartbeat_interval=HEARTBEAT,
            fetch_job_polling_interval=2.0,
            shutdown_graceful_timeout=10,
        )
