"""
The rounds of parity: what changed since the last one, and a share of all the rest.

A round is cut into jobs of one slice each, so that it never holds a worker for long. What is
older comes round within ``NIGHTS``, in the order of the codes, and so do the files.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection, transaction

from register import jobs, world
from register.models import Document, Dossier
from scheduler import parity, queries
from scheduler.models import ParityMark

#: Dossiers, or files, of one job.
SLICE = 1000

#: Rounds after which everything was looked at; a share of fewer than a slice is a slice.
NIGHTS = 28

_BEGINNING = datetime.min.replace(tzinfo=UTC)


def begin() -> None:
    """Begin a round; each part of it is a job that asks for the next one."""
    now = world.now()
    parity.check_intents()
    with transaction.atomic():
        mark = _mark()
        since, mark.checked_until = mark.checked_until or _BEGINNING, now
        mark.save(update_fields=["checked_until"])
        _ask_changed(since.isoformat(), now.isoformat(), after="")
        _ask_rest("parity_share", _share("hub_register_dossier"))
        _ask_rest("parity_files", _share("hub_register_document"))
    parity.check(parity.suspects(), thorough=True)


def changed(since: str, until: str, after: str) -> None:
    """Check the next slice, in the order of codes *after*, of what changed in a span of time."""
    span = {"since": datetime.fromisoformat(since), "until": datetime.fromisoformat(until)}
    rows = queries.run("changed", {**span, "after": after, "most": SLICE})
    codes = [row["code"] for row in rows]
    parity.check(codes)
    if len(codes) == SLICE:
        _ask_changed(since, until, after=codes[-1])


def share(left: int) -> None:
    """Check the next slice of all dossiers, and so on until *left* were looked at."""
    with transaction.atomic():
        mark = _mark()
        most = min(SLICE, left)
        rest = Dossier.objects.filter(code__gt=mark.code).order_by("code")
        codes = list(rest.values_list("code", flat=True)[:most])
        # Past the last one it begins anew, in the next round.
        mark.code = codes[-1] if len(codes) == most else ""
        mark.save(update_fields=["code"])
        if mark.code and left > len(codes):
            _ask_rest("parity_share", left - len(codes))
    parity.check(codes)


def files(left: int) -> None:
    """Look for the next slice of all files, and so on until *left* were looked for."""
    with transaction.atomic():
        mark = _mark()
        most = min(SLICE, left)
        rest = Document.objects.filter(sha256__gt=mark.sha256).order_by("sha256")
        rows = list(rest.values_list("sha256", "size")[:most])
        mark.sha256 = rows[-1][0] if len(rows) == most else ""
        mark.save(update_fields=["sha256"])
        if mark.sha256 and left > len(rows):
            _ask_rest("parity_files", left - len(rows))
    parity.check_files(rows)


def _ask_changed(since: str, until: str, *, after: str) -> None:
    priority = jobs.Priority.SWEEP
    jobs.enqueue("parity_changed", priority=priority, since=since, until=until, after=after)


def _ask_rest(name: str, left: int) -> None:
    jobs.enqueue(name, priority=jobs.Priority.SWEEP, left=left)


def _mark() -> ParityMark:
    """Return the one mark, locked: two rounds at once take different slices."""
    ParityMark.objects.get_or_create(pk=1)
    return ParityMark.objects.select_for_update().get(pk=1)


def _share(table: str) -> int:
    """Return how many rows of *table* a round looks at; counting them all would cost too much."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)", [table])
        (rows,) = cursor.fetchone()
    return max(int(rows) // NIGHTS + 1, SLICE)
