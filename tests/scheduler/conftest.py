"""The engine's tables are empty when a test of the scheduler begins."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def empty_engine(request: pytest.FixtureRequest) -> None:
    """Forget jobs that other tests committed; they are not Django's tables to flush."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
