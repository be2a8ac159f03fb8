"""Years of finished dossiers do not make the list of work slow or long."""

from __future__ import annotations

import pytest
from django.test import Client

from desk.views import work
from dossiers.roles import Role


def test_a_long_list_is_counted_and_shown_to_a_limit(
    morning: object, signed_in: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Beyond the limit the number says that there are more, and the pages end.
    """
    monkeypatch.setattr(work, "AT_MOST", 3)
    browser: Client = signed_in(Role.MANAGER)  # type: ignore[operator]

    answer = browser.get("/?show=all")

    assert "3+" in answer.content.decode()
    assert 3 == answer.context["page"].paginator.count


def test_what_is_over_comes_newest_first(morning: object, signed_in: object) -> None:
    """
    The list of everything begins with what came last.
    """
    browser: Client = signed_in(Role.MANAGER)  # type: ignore[operator]

    shown = browser.get("/?show=all").context["page"].object_list

    received = [dossier.received_at for dossier in shown]
    assert sorted(received, reverse=True) == received
