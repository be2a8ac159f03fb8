"""
One outside effect: claimed, tried once, and its outcome kept.

An intent that may have been tried before (``intent.tried_before``) is not tried again: the
other side is asked first. Nothing here loops; the engine owns retries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from connectors import ConnectorError, Refused, Unavailable, Unsure
from dossiers.work import IntentState
from register import health, intents, world
from register.models import Intent
from scheduler import breaker

A = TypeVar("A")


class BusyError(Exception):
    """Another worker holds this intent, or held it when it died; later."""


def call(connector: str, ask: Callable[[], A]) -> A:
    """
    Ask *connector* something, and keep its weather.

    :class:`~scheduler.breaker.PausedError` if it has been silent too often: it is not asked.
    """
    looking = breaker.enter(connector)
    try:
        answer = ask()
    except ConnectorError as error:
        _note(connector, error, looking=looking)
        raise
    finally:
        world.point(f"called {connector}")
    health.worked(connector)
    breaker.worked(connector)
    return answer


def _note(connector: str, error: ConnectorError, *, looking: bool) -> None:
    """Count a failure; a no is an answer all the same, so whoever says no is not sick."""
    error.connector = connector
    health.failed(connector, _word(error), str(error))
    if isinstance(error, Refused):
        breaker.worked(connector)
    else:
        breaker.failed(connector, looking=looking)


def _word(error: ConnectorError) -> str:
    if isinstance(error, Refused):
        return "refused"
    return "unavailable" if isinstance(error, Unavailable) else "unsure"


def claim(intent: Intent) -> None:
    """Lease *intent*; BusyError if another worker holds it."""
    if not intents.claim(intent):
        raise BusyError(intent.reference)


def attempt(intent: Intent, connector: str, do: Callable[[], A]) -> A:
    """
    Have the effect once, under the lease of *intent*.

    Unavailable gives the lease back with nothing done; Unsure is kept as such. Both go on to
    the engine, and so does SupersededError, if we were frozen for longer than the lease.
    Refused is the caller's to record as a fact.
    """

    def once() -> A:
        intents.check(intent)
        return do()

    try:
        return call(connector, once)
    except Unavailable:
        intents.give_back(intent)
        raise
    except Unsure as error:
        intents.finish(intent, IntentState.UNSURE, answer={"words": str(error)})
        raise


def inquire(intent: Intent, connector: str, ask: Callable[[], A]) -> A:
    """
    Ask after an effect whose outcome is unknown, under the lease of *intent*.

    If no answer comes the outcome stays unknown, and the lease is given back: whoever asks
    next need not wait for it to end.
    """
    try:
        return call(connector, ask)
    except (Unavailable, Unsure) as error:
        intents.finish(intent, IntentState.UNSURE, answer={"words": str(error)})
        raise


def left_open(intent: Intent, words: str, *, tell: Callable[[], object] | None = None) -> Unsure:
    """Keep that an outcome is unknown, have *tell* put it on a list; return what to raise."""
    with transaction.atomic():
        intents.finish(intent, IntentState.UNSURE, answer={"words": words})
        if tell:
            tell()
    world.point(f"{intent.kind} left open")
    return Unsure(f"{intent.reference}: {words}")
