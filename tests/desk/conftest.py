"""What the tests of the desk share: a morning at a small Centre, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from dossiers.roles import Role
from tests.support import desk_kit
from tests.support.dossier_kit import catalogue


@pytest.fixture
def now(home: object) -> Iterator[None]:
    """Stop the clock at 08:42 on 23 November 2026."""
    with desk_kit.this_morning():
        yield


@pytest.fixture
def morning(db: None, now: None) -> desk_kit.Morning:
    """A small Centre with something to do for everybody."""
    return desk_kit.morning()


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """Return a browser of the person with a role, of another unit's if one is named."""
    catalogue()

    def sign_in(role: Role, *, unit: str = "", language: str = "vi") -> Client:
        client = Client()
        client.force_login(desk_kit.person(role, unit=unit))
        client.cookies["django_language"] = language
        return client

    return sign_in
