"""
The bare operation: an ASGI handler with raw SQL, one transaction for each callback.

The same check of the same seal, the same row and the same job; no limits, no counting of
repetitions, no conflicts, no alarms. Served by granian, as the desk is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import httpx
from psycopg_pool import AsyncConnectionPool

from connectors.banks.platform import Platform
from proving.ingest.messages import PARTNER, SECRET
from register import world

KEEP: Final = """
INSERT INTO hub_register_inbox
    (source, external_id, body_sha256, body, verified, received_at, times)
VALUES ('platform', %s, %s, %s, true, %s, 1) ON CONFLICT DO NOTHING
"""
ASK: Final = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'confirm_payment', 1, NULL, NULL,
    jsonb_build_object('gateway', 'platform', 'reference', %s::text), NULL
)::procrastinate_job_to_defer_v1])
"""

Message = MutableMapping[str, Any]

_gateway = Platform(
    httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(503))),
    Platform.Settings("http://x.invalid", PARTNER, SECRET),
)
_pool = AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=8, max_size=8, open=False)


async def application(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Take a callback."""
    if scope["type"] == "lifespan":
        await _pool.open()
        await receive()
        await send({"type": "lifespan.startup.complete"})
        return
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    told = _gateway.read(body, {})
    identity = f"{told.reference}:{told.outcome}:{told.transaction}"
    digest = hashlib.sha256(body).hexdigest()
    async with _pool.connection() as connection:
        await connection.execute(KEEP, (identity, digest, body, world.now()))
        await connection.execute(ASK, (told.reference,))
    answer = _gateway.answer(body, accepted=True)
    length = str(len(answer.body)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", length)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
