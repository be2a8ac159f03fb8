"""
Who may open a page: every view says its roles, or says that it is for everybody.

A test walks all addresses and fails on a view that says neither.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from desk.scope import Scope
from dossiers.roles import Role

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request after ``ScopeMiddleware``: it knows what its person may reach."""

    scope: Scope


def needs(*roles: Role) -> Callable[[View], View]:
    """
    Let only people with one of *roles* in (no role named: anybody who holds any).

    Somebody not signed in is led to the sign-in page; others get 403.
    """
    wanted = roles or tuple(Role)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.scope.has(*wanted):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            # A page about people must not wait in a shared computer's cache.
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        entered: View = login_required(guarded)
        entered.roles = wanted  # type: ignore[attr-defined]
        return entered

    return guard


def public(view: View) -> View:
    """Mark *view* as one that anybody may open: it guards itself."""
    view.roles = ()  # type: ignore[attr-defined]
    return view


def no_content() -> HttpResponse:
    """Answer a note that changes nothing on the page (htmx swaps nothing on 204)."""
    return HttpResponse(status=204)
