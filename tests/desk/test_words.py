"""Every status, step, fact, task and role has its word, in Vietnamese and in English."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from enum import StrEnum

import pytest
from django.utils.translation import override

import dossiers
from desk import words
from dossiers import facts
from dossiers.discrepancies import Code
from dossiers.release import reasons_to_hold
from dossiers.state import State
from dossiers.status import Business

#: Enums that people never read: why.
UNSHOWN = {
    "Shape": "which rule a dossier code follows",
    "Leg": "a letter inside a reference",
    "Policy": "whose rules a verdict follows; people read its reasons",
    "RemoteState": "what a signing service says of a list; people see the batch",
    "RoundKind": "what a stamp over the archive covers; no page shows rounds",
    "RoundStatus": "how far a list at a signing service is; people see the batch",
    "TrustTree": "a word in a verdict's JSON",
    "Outcome": "what a gateway says; people see the money's status",
}


def shown_enums() -> list[type[StrEnum]]:
    """Every enum of dossiers that people read."""
    found = {
        thing
        for module in pkgutil.iter_modules(dossiers.__path__, "dossiers.")
        for _name, thing in inspect.getmembers(importlib.import_module(module.name))
        if inspect.isclass(thing) and issubclass(thing, StrEnum) and thing is not StrEnum
    }
    return sorted((e for e in found if e.__name__ not in UNSHOWN), key=lambda e: e.__name__)


@pytest.mark.parametrize("enum", shown_enums(), ids=lambda enum: enum.__name__)
def test_every_member_has_a_word(enum: type[StrEnum]) -> None:
    """A status that the desk cannot say in both languages does not exist."""
    for member in enum:
        english, vietnamese = said(words.of(member))
        assert english
        assert english != vietnamese, member


def test_every_fact_has_a_word() -> None:
    """A new kind of fact needs its word before it can be told."""
    assert set(facts.Fact.kinds) == set(words.FACT)
    for kind in facts.Fact.kinds:
        english, vietnamese = said(words.fact(kind))
        assert english != vietnamese, kind


def test_every_reason_of_the_gate_has_a_word() -> None:
    """The screen says why the gate holds in the gate's own reasons."""
    every = {
        reason
        for state in (State(), State(business=Business.WITHDRAWN), State(due=1))
        for reason in reasons_to_hold(state)
    }
    assert every == set(words.HELD)


def test_every_difference_has_an_advice() -> None:
    """A named difference says what to do about it."""
    assert set(Code) == set(words.ADVICE)


def test_an_unknown_fact_is_shown_as_it_is() -> None:
    """A fact that a newer version wrote is not hidden."""
    assert "Teleported" == words.fact("Teleported")


def said(word: words.Word) -> tuple[str, str]:
    """The word in English and in Vietnamese."""
    with override("en"):
        english = str(word)
    with override("vi"):
        return english, str(word)
