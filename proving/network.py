"""
The wire between the hub's connectors and the simulated parties: no sockets, but every fault.

What a connector sees is what httpx would have told it; what a party sees is a request, perhaps
late, perhaps twice, perhaps never.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol
from wsgiref.types import WSGIApplication

import httpx

from proving.chance import Chance, Fault

#: In the order in which they are rolled for; at most one hits a request.
ON_THE_WAY = (
    Fault.NOT_REACHED,
    Fault.REQUEST_LOST,
    Fault.REPLY_LOST,
    Fault.LATE,
    Fault.DUPLICATE,
    Fault.BUSY,
    Fault.ERROR_AFTER_ACCEPTING,
    Fault.GARBLED,
    Fault.SLOW,
)

PATIENCE = timedelta(seconds=30)
"""How long a connector waits for an answer."""
SLOW = timedelta(seconds=131)
"""Seen in the field."""

_SILENCE = "no answer"


class Director(Protocol):
    """Whoever plays the day."""

    def wait(self, span: timedelta) -> None:
        """Let *span* pass."""

    def later(self, span: timedelta, label: str, act: Callable[[], object]) -> None:
        """Let *act* happen after *span*."""

    def on_the_wire(self, request: httpx.Request) -> None:
        """Look at *request* before it leaves; others may run meanwhile."""


class Wire(httpx.BaseTransport):
    """A transport that carries to *application*, as far as *chance* lets it."""

    def __init__(self, application: WSGIApplication, chance: Chance, director: Director) -> None:
        """Carry requests of one played day."""
        self._there = httpx.WSGITransport(app=application, raise_app_exceptions=False)
        self._chance, self._director = chance, director

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry *request* there and the answer back, or not."""
        request.read()
        self._director.on_the_wire(request)
        down_and_slow = _authority(request.url.path)
        fault = self._proving(*down_and_slow) if down_and_slow else self._chance.among(ON_THE_WAY)
        return self._carry(request, fault)

    def _proving(self, down: Fault, slow: Fault) -> Fault | None:
        if self._chance.strikes(down):
            return Fault.NOT_REACHED
        return Fault.SLOW if self._chance.strikes(slow) else None

    def _carry(self, request: httpx.Request, fault: Fault | None) -> httpx.Response:
        match fault:
            case Fault.NOT_REACHED:
                raise httpx.ConnectError(_SILENCE, request=request)
            case Fault.REQUEST_LOST:
                self._director.wait(PATIENCE)
                raise httpx.ReadTimeout(_SILENCE, request=request)
            case Fault.LATE:
                self._director.later(
                    timedelta(seconds=self._chance.between(31, 900)),
                    f"late {request.method} {request.url.path}",
                    lambda: self._deliver(request),
                )
                self._director.wait(PATIENCE)
                raise httpx.ReadTimeout(_SILENCE, request=request)
            case Fault.BUSY:
                return _answer(503)
        answer = self._deliver(request)
        return self._back(request, answer, fault)

    def _back(
        self, request: httpx.Request, answer: httpx.Response, fault: Fault | None
    ) -> httpx.Response:
        match fault:
            case Fault.REPLY_LOST:
                self._director.wait(timedelta(seconds=self._chance.between(0, 30)))
                raise httpx.RemoteProtocolError(_SILENCE, request=request)
            case Fault.SLOW:
                self._director.wait(PATIENCE if self._chance.between(0, 1) < 0.5 else SLOW)
                raise httpx.ReadTimeout(_SILENCE, request=request)
            case Fault.DUPLICATE:
                self._deliver(request)
            case Fault.ERROR_AFTER_ACCEPTING:
                return _answer(500)
            case Fault.GARBLED:
                return _answer(200, answer.content[: len(answer.content) // 2])
        self._director.wait(timedelta(milliseconds=self._chance.whole(5, 400)))
        return _answer(answer.status_code, answer.content, answer.headers)

    def _deliver(self, request: httpx.Request) -> httpx.Response:
        copy = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.content
        )
        answer = self._there.handle_request(copy)
        answer.read()
        return answer


def _authority(path: str) -> tuple[Fault, Fault] | None:
    """Return which faults an authority asked at *path* has, None for everybody else."""
    if "/tsa" in path:
        return Fault.TSA_DOWN, Fault.TSA_SLOW
    if "/ocsp/" in path or "/crls/" in path:
        return Fault.OCSP_DOWN, Fault.OCSP_SLOW
    return None


def _answer(
    status: int, content: bytes = b"", headers: httpx.Headers | None = None
) -> httpx.Response:
    """Return an answer whose body has not been read yet, as one from a socket."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))
