"""
How far the day is: a bar for each step, or a line now and then where there is no terminal.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dossiers import facts

ROWS: tuple[tuple[str, type[facts.Fact]], ...] = (
    ("Tiếp nhận · received", facts.Received),
    ("Đã thu phí · paid", facts.Paid),
    ("Ký số · signed", facts.Signed),
    ("Đóng dấu · sealed", facts.Sealed),
    ("Kiểm tra · verified", facts.Verified),
    ("Phát hành · released", facts.Released),
    ("Bưu chính nhận · booked", facts.Booked),
)

#: Seconds between two lines where there is no terminal.
SELDOM = 10.0


class Board:
    """Shows how many of *total* dossiers have come how far."""

    def __init__(self, total: int) -> None:
        """Draw on standard error; standard output belongs to the summary."""
        console = Console(file=sys.stderr)
        self._bars = Progress(
            TextColumn("{task.description:<26}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._total, self._said = total, time.monotonic()
        self._rows = [self._bars.add_task(title, total=total) for title, _kind in ROWS]

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop drawing; the bars stay as they are."""
        self._bars.stop()

    def look(self) -> None:
        """Count the facts and show them."""
        counts = _counts()
        told = [counts.get(kind.__name__, 0) for _title, kind in ROWS]
        for row, count in zip(self._rows, told, strict=True):
            self._bars.update(row, completed=count)
        if self._bars.disable and time.monotonic() - self._said >= SELDOM:
            self._said = time.monotonic()
            words = (title.rpartition(" · ")[2] for title, _kind in ROWS)
            line = ", ".join(f"{word} {n}" for word, n in zip(words, told, strict=True))
            self._bars.console.print(f"{self._total}: {line}", highlight=False, soft_wrap=True)


def _counts() -> dict[str, int]:
    """Return how many dossiers each kind of fact was told of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, count(DISTINCT dossier_id) FROM hub_register_fact GROUP BY kind"
        )
        return dict(cursor.fetchall())
