"""
The one door out: an HTTP client, and one meaning for every failure.

========================================  ===============  ==========
what happened                             an effect is     a question is
========================================  ===============  ==========
the request never left                    Unavailable      Unavailable
429, 503 (and 408, 425): not taken        Unavailable      Unavailable
silence or a break after sending          **Unsure**       Unavailable
other 5xx, a redirect, an answer that
is too big or cannot be read              **Unsure**       Unavailable
other 4xx                                 Refused          Refused
========================================  ===============  ==========

A *question* changes nothing on the other side, so a lost answer loses nothing.
Error texts name host and path only: never a query string, a header or a body.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from connectors import Refused, Unavailable, Unsure
from connectors.wire import json_object

TIMEOUT = httpx.Timeout(30, connect=5, pool=5)
"""Seconds; ``read`` is the longest silence between two pieces of an answer."""

LONGEST = 120
"""Seconds for one whole answer, however steadily it drips."""

LARGEST = 64 * 2**20
"""Bytes of one answer: a statement of 60,000 entries."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer is taken."""

    longest: float = LONGEST
    """Seconds for the whole answer."""
    largest: int = LARGEST
    """Bytes."""


ORDINARY = Limits()

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_UNAUTHORISED = 401
_NOT_TAKEN = frozenset({408, 425, 429, 503})


class Unauthorised(Refused):
    """The other side does not know who asks (401); a connector may fetch a new token once."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: httpx.Headers
    body: bytes


def client(*, timeout: httpx.Timeout = TIMEOUT, proxy: str | None = None) -> httpx.Client:
    """
    Return a client that follows no redirects, tries once, and ignores the environment.

    Retries belong to the job engine; a redirect could carry a secret to another host. It
    trusts what the system trusts (``/etc/ssl/certs``): a province's own authority is put there.

    Every request has a connection of its own. On one that stays open, an answer that comes
    twice is taken for the next request's: a citizen was shown another one's payment page
    (tests/proving/torture/test_proxy.py). And what the other side closes in that very moment
    would be unsure for nothing.
    """
    return httpx.Client(
        verify=_trust(),
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        proxy=proxy,
        limits=httpx.Limits(max_keepalive_connections=0),
        # A compressed answer could unfold to any size.
        headers={
            "User-Agent": "motcua-hub",
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
    )


def send(
    http: httpx.Client,
    method: str,
    url: str,
    *,
    question: bool = False,
    judged: Collection[int] = (),
    limits: Limits = ORDINARY,
    **given: Any,
) -> Reply:
    """
    Send one request, once; return the answer.

    *given* is what :meth:`httpx.Client.build_request` takes (``json``, ``content``,
    ``headers``, …). Raises Refused, Unavailable or Unsure by the table above, save for a
    status in *judged*, which the caller judges by its body.
    """
    try:
        request = http.build_request(method, url, **given)
    except httpx.InvalidURL:
        message = "địa chỉ trong cấu hình không hợp lệ · the configured address is no URL"
        raise Unavailable(message) from None
    place = f"{request.url.host}{request.url.path}"
    try:
        reply = _exchange(http, request, limits)
    except _NEVER_LEFT as error:
        message = f"{place}: không kết nối được · not reached ({type(error).__name__})"
        raise Unavailable(message) from None
    except (httpx.TransportError, httpx.DecodingError, _Overflow) as error:
        cause = f"{place}: {str(error) or type(error).__name__}"
        raise unclear(cause, question=question) from None
    if reply.status not in judged:
        _judge(reply.status, place, question=question)
    return reply


def send_json(
    http: httpx.Client, method: str, url: str, *, question: bool = False, **given: Any
) -> dict[str, Any]:
    """Do as :func:`send`; return the JSON object of the answer, anything else is unclear."""
    reply = send(http, method, url, question=question, **given)
    with reading(question=question):
        return json_object(reply.body)


def unclear(message: str, *, question: bool) -> Unavailable | Unsure:
    """Return the error for no clear answer: a *question* may be asked again, an effect not."""
    if question:
        return Unavailable(f"{message}; sẽ hỏi lại · no clear answer, to be asked again")
    return Unsure(f"{message}; có thể đã thực hiện · it may have been done, look before repeating")


@contextmanager
def reading(*, question: bool) -> Iterator[None]:
    """Within: what an answer lacks or garbles (KeyError, TypeError, ValueError) is unclear."""
    try:
        yield
    except (KeyError, TypeError, ValueError):
        # Without the cause: its text may hold a piece of the body.
        message = "câu trả lời không đọc được · unreadable answer"
        raise unclear(message, question=question) from None


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Overflow(Exception):
    """The answer is larger, longer or packed otherwise than a connector takes."""


def _exchange(http: httpx.Client, request: httpx.Request, limits: Limits) -> Reply:
    # A length of time, not an instant: no business of the hub's clock.
    end = time.monotonic() + limits.longest
    answer = http.send(request, stream=True)
    try:
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            message = "câu trả lời bị nén · a compressed answer"
            raise _Overflow(message)
        body = bytearray()
        for piece in answer.iter_raw():
            body += piece
            if len(body) > limits.largest or time.monotonic() > end:
                message = "câu trả lời quá lớn hoặc quá lâu · an answer too large or too slow"
                raise _Overflow(message)
        return Reply(answer.status_code, answer.headers, bytes(body))
    finally:
        answer.close()


def _judge(status: int, place: str, *, question: bool) -> None:
    if httpx.codes.is_success(status):
        return
    if status in _NOT_TAKEN:
        message = f"{place}: HTTP {status}, đang bận · busy, nothing was done"
        raise Unavailable(message)
    if status == _UNAUTHORISED:
        message = f"{place}: HTTP 401, sai tài khoản hoặc khóa · account or key not accepted"
        raise Unauthorised(message)
    if httpx.codes.is_client_error(status):
        message = f"{place}: HTTP {status}, bị từ chối · refused"
        raise Refused(message)
    message = f"{place}: HTTP {status}"
    raise unclear(message, question=question)
