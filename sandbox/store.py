"""
What one party remembers: one SQLite file that survives ``kill -9`` of anyone.

A party commits before it answers, as a bank does; so after a crash the hub can ask again
and hear the truth. WAL with ``synchronous=NORMAL`` outlives the process, not the power.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MEMORY = Path(":memory:")


class Store:
    """One SQLite file and one connection, shared by the threads of the server."""

    def __init__(self, path: Path, schema: str) -> None:
        """
        Open *path*, making its tables by *schema* (``CREATE TABLE IF NOT EXISTS …``).

        The path :data:`MEMORY` is kept nowhere, for a world that is played and forgotten.
        """
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA busy_timeout=10000")
        self._connection.executescript(schema)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; what is done with it is kept whole or not at all."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Return the rows of *query*."""
        with self._lock:
            return [dict(row) for row in self._connection.execute(query, values)]

    def row(self, query: str, *values: Any) -> dict[str, Any] | None:
        """Return the first row of *query*, or None."""
        return next(iter(self.rows(query, *values)), None)

    def count(self, table: str) -> int:
        """Return how many rows *table* (a name from the schema) holds."""
        return int(self.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608

    def dump(self) -> bytes:
        """Return everything that is remembered."""
        with self._lock:
            return self._connection.serialize()

    def load(self, everything: bytes) -> None:
        """Remember *everything* of a dump, and nothing else."""
        with self._lock:
            self._connection.deserialize(everything)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
