"""
How the connectors are, in one word each, for the navigation and the page of connections.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from desk import words
from dossiers.work import IntentState
from register.models import ConnectorHealth, Intent
from scheduler import breaker, connections

STATES: dict[str, words.Word] = {
    "": _("working"),
    "warn": _("answers unclear"),
    "bad": _("failing"),
    "paused": _("paused, asked again soon"),
    "off": _("not used yet"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One connector as people see it."""

    code: str
    label: str
    state: str
    """A key of STATES; it is also the class of the dot."""
    row: ConnectorHealth | None
    paused_until: datetime | None = None
    """Until when nobody asks it, because it was silent too often."""

    @property
    def word(self) -> words.Word:
        """The state in words."""
        return STATES[self.state]


def links() -> list[Link]:
    """Return every configured connector with its state, and those that only left traces."""
    rows = {row.connector: row for row in ConnectorHealth.objects.all()}
    names = {code: one.label for code, one in connections.current().connectors.items()}
    names |= {code: code for code in rows if code not in names}
    pauses = breaker.pauses()
    return [
        Link(
            code,
            label,
            "paused" if code in pauses else _state(rows.get(code)),
            rows.get(code),
            pauses.get(code),
        )
        for code, label in names.items()
    ]


def unsure() -> int:
    """Return how many effects are in doubt now: sent, and no clear answer yet."""
    return Intent.objects.filter(state=IntentState.UNSURE).count()


def _state(row: ConnectorHealth | None) -> str:
    if row is None or not (row.succeeded_at or row.failed_at):
        return "off"
    if row.failed_at is None:
        return ""
    if row.succeeded_at is None or row.failed_at > row.succeeded_at:
        return "bad"
    return "warn" if row.unsure and row.failed_at.date() == row.succeeded_at.date() else ""
