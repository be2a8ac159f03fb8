"""
A day that a person typed, day first; a day in an address, year first.
"""

from __future__ import annotations

from datetime import date

from django.forms import DateField, ValidationError

from register import world


def read(text: str) -> date:
    """Return the day that *text* says in the language of the page, or today in Vietnam."""
    try:
        day: date = DateField().clean(text)
    except ValidationError:
        return world.today()
    return day
