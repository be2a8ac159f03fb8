"""
The job engine as its own processes use it: with a connection pool beside Django's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app, connector_params


@asynccontextmanager
async def opened(connections: int) -> AsyncIterator[App]:
    """
    Give the engine with at most so many *connections* of its own.

    A worker needs one to listen and one or two to fetch and finish jobs; each costs the server
    some megabytes.
    """
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=connections)
    with app.replace_connector(connector) as engine:
        async with engine.open_async():
            yield engine
