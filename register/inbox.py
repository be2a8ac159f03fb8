"""
Callbacks, kept raw before anything is believed.

This is the meaning of keeping one, as text: two statements that Django's connection and the
door's own (``desk.door``, which carries no models) both run. Each statement is one
transaction: the callback, its count, the job that asks about it, and the task of a person when
two callbacks contradict each other are there together or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.roles import PROVINCE, Role
from dossiers.work import TaskKind
from register import world

#: What a callback makes the hub do: ask. The job is found in ``scheduler/jobs.py``.
ASK, PRIORITY = "confirm_payment", 1

#: Characters that the register has for an identity.
LONGEST_IDENTITY = 120

# Who inserted a row sees its own count in it; anybody else sees a larger one. Rows are taken
# in order, so that two doors which keep the same callbacks wait for each other and never cross.
KEEP = """
WITH given AS (
    SELECT * FROM unnest(
        %(sources)s::text[], %(identities)s::text[], %(digests)s::text[],
        %(bodies)s::bytea[], %(times)s::int[], %(references)s::text[]
    ) AS one (source, external_id, digest, body, times, reference)
), kept AS (
    INSERT INTO hub_register_inbox AS old
        (source, external_id, body_sha256, body, verified, received_at, times)
    SELECT source, external_id, digest, body, true, %(at)s, times
    FROM given ORDER BY source, external_id
    ON CONFLICT (source, external_id) DO UPDATE SET times = old.times + excluded.times
    RETURNING source, external_id, body_sha256, times
), judged AS MATERIALIZED (
    SELECT given.source, given.external_id, given.reference,
        kept.times = given.times AS new, kept.body_sha256 = given.digest AS same
    FROM given JOIN kept USING (source, external_id)
), asked AS MATERIALIZED (
    SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
        'default', %(job)s::text, %(priority)s::int, NULL, NULL,
        jsonb_build_object('gateway', source, 'reference', reference), NULL
    )::procrastinate_job_to_defer_v1)) AS jobs
    FROM judged WHERE new HAVING count(*) > 0
), told AS (
    INSERT INTO hub_register_task
        (kind, subject, role, unit, detail, opened_at, closed_by)
    SELECT DISTINCT %(kind)s, source || %(day)s, %(role)s, %(unit)s, '{}'::jsonb,
        %(at)s::timestamptz, ''
    FROM judged WHERE NOT same
    ON CONFLICT (kind, subject) WHERE closed_at IS NULL DO NOTHING
)
SELECT source, external_id, same, new FROM judged LEFT JOIN asked ON true
"""

FORGED = """
WITH counted AS (
    INSERT INTO hub_register_connectorhealth AS old
        (connector, failed_at, failure, refused, unavailable, unsure, forged)
    VALUES (%(source)s, %(at)s, %(words)s, 0, 0, 0, %(count)s)
    ON CONFLICT (connector) DO UPDATE SET
        failed_at = excluded.failed_at, failure = excluded.failure,
        forged = old.forged + excluded.forged
)
INSERT INTO hub_register_task (kind, subject, role, unit, detail, opened_at, closed_by)
VALUES (%(kind)s, %(source)s || %(day)s, %(role)s, %(unit)s, '{}'::jsonb, %(at)s, '')
ON CONFLICT (kind, subject) WHERE closed_at IS NULL DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """A callback whose signature was right."""

    source: str
    """The connector's code."""
    identity: str
    """What makes it the same callback when it comes again."""
    reference: str
    """Our order that it tells of."""
    body: bytes

    @property
    def key(self) -> tuple[str, str]:
        """What is unique in the inbox."""
        return self.source, self.identity

    @property
    def digest(self) -> str:
        """The SHA-256 of the body as it came, in hex."""
        return hashlib.sha256(self.body).hexdigest()


def batch(letters: Sequence[Letter], *, at: datetime) -> dict[str, Any]:
    """
    Return the parameters of KEEP for *letters*, of which equal ones are counted together.

    ValueError if two of them have one identity and different bodies: keep one first, so that
    the other meets it in the register.
    """
    times: dict[Letter, int] = {}
    for letter in letters:
        times[letter] = times.get(letter, 0) + 1
    if len({letter.key for letter in times}) < len(times):
        message = "one identity with two bodies"
        raise ValueError(message)
    return _alarm(TaskKind.CALLBACK_CONFLICT, at) | {
        "sources": [letter.source for letter in times],
        "identities": [letter.identity for letter in times],
        "digests": [letter.digest for letter in times],
        "bodies": [letter.body for letter in times],
        "references": [letter.reference for letter in times],
        "times": list(times.values()),
        "job": ASK,
        "priority": PRIORITY,
    }


def believed(rows: Iterable[Sequence[Any]]) -> dict[tuple[str, str], bool]:
    """
    Return of the rows of KEEP, by a letter's key, whether what is kept is that very letter.

    False means that another body came first under the same identity: one of the two is false,
    and a person has been told.
    """
    return {(source, identity): same for source, identity, same, _new in rows}


def forged(source: str, words: str, *, count: int, at: datetime) -> dict[str, Any]:
    """Return the parameters of FORGED: *count* forgeries, of which the last was told in *words*."""
    return _alarm(TaskKind.FORGED_CALLBACK, at) | {
        "source": source,
        "words": words[:200],
        "count": count,
    }


def _alarm(kind: TaskKind, at: datetime) -> dict[str, Any]:
    """One task of a kind for each gateway and day, however many there are."""
    day = f" {at.astimezone(world.VIETNAM):%Y-%m-%d}"
    return {"kind": kind, "day": day, "role": Role.FINANCE, "unit": PROVINCE, "at": at}
