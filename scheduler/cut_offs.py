"""
Manifest cut-offs, asked for by the clock: one job for each post office and time.
"""

from __future__ import annotations

from datetime import date

from dispatch import cut_offs as posts
from dispatch.models import Office
from register import jobs, world


def cut_offs() -> None:
    """Ask for the manifest of every post office whose cut-off has passed."""
    for office, day, at in posts.due(world.now()):
        jobs.enqueue("cut_off", office=office.pk, day=day.isoformat(), at=at)


def cut_off(office: str, day: str, at: str) -> None:
    """Close the manifest of *office* (its code) for the cut-off *at* of *day*, once."""
    posts.close(Office.objects.get(pk=office), date.fromisoformat(day), at)
