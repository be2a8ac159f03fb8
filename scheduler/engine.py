"""
The job engine as its own processes use it: with a connection pool beside Django's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


@asynccontextmanager
async def opened() -> AsyncIterator[App]:
    """Give the engine, connected for workers and the clock."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        message = "the engine is open in this process already"
        raise TypeError(message)
    with app.replace_connector(connector.get_worker_connector()) as engine:
        async with engine.open_async():
            yield engine
