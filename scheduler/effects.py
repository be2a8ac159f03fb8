"""
One outside effect: claimed, tried once, and its outcome kept.

An intent that may have been tried before (``intent.tried_before``) is not tried again: the
other side is asked first. Nothing here loops; the engine owns retries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from connectors import Refused, Unavailable, Unsure
from dossiers.work import IntentState
from register import health, intents, world
from register.models import Intent

A = TypeVar("A")


class BusyError(Exception):
    """Another worker holds this intent, or held it when it died; later."""


def call(connector: str, ask: Callable[[], A]) -> A:
    """Ask *connector* something, and keep its weather."""
    try:
        answer = ask()
    except Refused as error:
        health.failed(connector, "refused", str(error))
        raise
    except Unavailable as error:
        health.failed(connector, "unavailable", str(error))
        raise
    except Unsure as error:
        health.failed(connector, "unsure", str(error))
        raise
    finally:
        world.point(f"called {connector}")
    health.worked(connector)
    return answer


def claim(intent: Intent) -> None:
    """Lease *intent*; BusyError if another worker holds it."""
    if not intents.claim(intent):
        raise BusyError(intent.reference)


def attempt(intent: Intent, connector: str, do: Callable[[], A]) -> A:
    """
    Have the effect once, under the lease of *intent*.

    Unavailable gives the lease back with nothing done; Unsure is kept as such. Both go on to
    the engine. Refused is the caller's to record as a fact.
    """
    try:
        return call(connector, do)
    except Unavailable:
        intents.give_back(intent)
        raise
    except Unsure as error:
        intents.finish(intent, IntentState.UNSURE, answer={"words": str(error)})
        raise
