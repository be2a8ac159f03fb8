"""
Small helpers that all parties share: JSON in and out, Vietnam's clock, keyed numbers.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication
from zoneinfo import ZoneInfo

from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.wrappers import Request, Response

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LARGEST = 2_000_000
"""Bytes of the largest request that a party reads."""


class Party(ABC):
    """A WSGI application that answers one request at a time per thread."""

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer as :meth:`answer` says; what it raises for HTTP is an answer, too."""
        try:
            response: WSGIApplication = self.answer(Request(environ))
        except HTTPException as error:
            response = error
        return response(environ, start_response)

    @abstractmethod
    def answer(self, request: Request) -> Response:
        """Return the answer to *request*."""


def _real() -> datetime:
    return datetime.now(UTC)


_clock: Callable[[], datetime] = _real


def install(clock: Callable[[], datetime] = _real) -> None:
    """Let all parties of this process tell the time by *clock*, or by the real one."""
    global _clock  # noqa: PLW0603 - the one switch between the real and a simulated world
    _clock = clock


def now() -> datetime:
    """Return the time of the other side's world, aware: its clock is not the hub's."""
    return _clock()


def instant(text: str | None) -> datetime:
    """Return the instant of ISO 8601 *text*, now if there is none; BadRequest without offset."""
    if not text:
        return now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"not ISO 8601: {text!r}"
        raise BadRequest(message) from error
    if at.tzinfo is None:
        message = f"an instant needs its offset: {text!r}"
        raise BadRequest(message)
    return at


def body(request: Request) -> bytes:
    """Return the body of *request*, refusing what is too large."""
    request.max_content_length = LARGEST
    return request.get_data(cache=False)


def json_object(data: bytes) -> dict[str, Any]:
    """Return the JSON object in *data*; BadRequest if it is none."""
    try:
        value = json.loads(data)
    except ValueError as error:
        message = "not JSON"
        raise BadRequest(message) from error
    if not isinstance(value, dict):
        message = "not a JSON object"
        raise BadRequest(message)
    return value


def reply(value: Any, status: int = 200) -> Response:
    """Return *value* as a JSON answer."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return Response(text, status=status, mimetype="application/json")


def number(*parts: str, digits: int) -> str:
    """Return *digits* decimal digits that belong to *parts*: the same parts, the same digits."""
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()
    return f"{int.from_bytes(digest, 'big') % 10**digits:0{digits}d}"
