"""
What stands around every request: whose rows it may see, and in which language it is answered.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from desk import problems, rows, scope
from desk.problems import Problem, Why

#: The languages of the desk, the first by default.
LANGUAGES = ("vi", "en")
COOKIE = "django_language"
"""Where Django's set_language view keeps the choice."""

Answer = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """
    Vietnamese, unless the person chose another language with the switch.

    The browser's own wish (Accept-Language) is not asked: many offices run an English Windows.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in LANGUAGES else LANGUAGES[0]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ScopeMiddleware:
    """
    Says to the page (``request.scope``) and to the database whose rows may be seen.

    Nobody signed in sees no row; the API and the public page open what they need
    after their own check.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the person's rows in sight, and forget them afterwards."""
        try:
            reached = scope.of(request.user)
            rows.show(reached.units)
        except (OperationalError, InterfaceError):
            if not request.path.startswith("/api/"):
                raise
            return problems.answer(request, Problem(Why.AWAY))
        request.scope = reached  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            rows.forget()
