"""
The terms of time stamps that an operator may change: ``[signing]`` in ``motcua.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """In days, as the operator writes them."""

    grace_days: int = 7
    """When a result waits longer for its stamp, no new seal is given."""
    renew_days: int = 90
    """A stamp is renewed so long before its authority's certificate ends."""

    @property
    def grace(self) -> timedelta:
        """How long a result may wait for its stamp."""
        return timedelta(days=self.grace_days)

    @property
    def ahead(self) -> timedelta:
        """How long before its end a stamp is renewed."""
        return timedelta(days=self.renew_days)


_read: Callable[[], Terms] = Terms
_known: Terms | None = None


def install(read: Callable[[], Terms] = Terms) -> None:
    """Let *read* tell the terms when they are first needed."""
    global _read, _known
    _read, _known = read, None


def current() -> Terms:
    """Return the terms of this installation."""
    global _known  # noqa: PLW0603 - read at first use
    if _known is None:
        _known = _read()
    return _known
