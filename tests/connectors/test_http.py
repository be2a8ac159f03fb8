"""
The one door out.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from connectors import ConnectorError, Refused, Unavailable, Unsure, http
from tests.support.loopback import serve

STATUSES = [
    (200, None, None),
    (204, None, None),
    (302, Unsure, Unavailable),
    (304, Unsure, Unavailable),
    (400, Refused, Refused),
    (401, http.Unauthorised, http.Unauthorised),
    (404, Refused, Refused),
    (408, Unavailable, Unavailable),
    (409, Refused, Refused),
    (425, Unavailable, Unavailable),
    (429, Unavailable, Unavailable),
    (500, Unsure, Unavailable),
    (502, Unsure, Unavailable),
    (503, Unavailable, Unavailable),
    (504, Unsure, Unavailable),
    (599, Unsure, Unavailable),
]


@contextmanager
def speaking(*pieces: bytes) -> Iterator[str]:
    """Serve one connection: read the head of a request, say *pieces*, hang up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(2**16)
                for piece in pieces:
                    connection.sendall(piece)

        thread = threading.Thread(target=talk)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def answering(status: int) -> Any:
    """Return an app that answers *status* with a canary in its body."""
    return Response("canary-body", status)


@pytest.mark.parametrize(("status", "effect", "question"), STATUSES)
def test_every_status_has_one_meaning(
    status: int, effect: type[ConnectorError] | None, question: type[ConnectorError] | None
) -> None:
    """
    The table in the module's first lines, row by row.
    """
    with serve(answering(status)) as url:
        for asking, error in ((False, effect), (True, question)):
            if error is None:
                assert status == http.send(http.client(), "POST", url, question=asking).status
                continue
            with pytest.raises(error) as caught:
                http.send(http.client(), "POST", f"{url}/path?token=canary", question=asking)
            assert type(caught.value) is error
            assert "canary" not in str(caught.value)
            assert "/path" in str(caught.value)


def test_a_judged_status_comes_back() -> None:
    """
    SOAP tells its faults with 500; whoever can read them asks for them.
    """
    with serve(answering(500)) as url:
        assert b"canary-body" == http.send(http.client(), "POST", url, judged=(500,)).body


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"HTTP/1.1 200 OK\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b"half"),
        (b"SSH-2.0-OpenSSH\r\n",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",),
    ],
)
@pytest.mark.parametrize(("question", "error"), [(True, Unavailable), (False, Unsure)])
def test_a_broken_line_after_sending(
    pieces: tuple[bytes, ...], question: bool, error: type[ConnectorError]
) -> None:
    """
    The request left; whatever broke then, it may have been done.
    """
    with speaking(*pieces) as url, pytest.raises(error):
        http.send(http.client(), "POST", url, question=question)


def test_a_redirect_is_not_followed() -> None:
    """
    A secret never follows a redirect to another host.
    """
    seen: list[str] = []

    @Request.application
    def app(request: Request) -> Response:
        seen.append(request.path)
        return Response("", 307, {"Location": "/elsewhere"})

    with serve(app) as url, pytest.raises(Unsure):
        http.send(http.client(), "POST", f"{url}/here", json={})

    assert ["/here"] == seen


def test_one_try_only() -> None:
    """
    No hidden retries: one call, one request, even when the line breaks.
    """
    seen: list[str] = []

    @Request.application
    def app(request: Request) -> Response:
        seen.append(request.path)
        raise ConnectionAbortedError

    with serve(app) as url, pytest.raises(Unsure):
        http.send(http.client(timeout=httpx.Timeout(0.3)), "POST", url, json={})

    assert 1 == len(seen)


def test_the_environment_sends_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A proxy in the environment of a service does not see the hub's calls.
    """
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with serve(answering(200)) as url:
        assert 200 == http.send(http.client(), "GET", url).status


def test_a_dripping_answer_ends() -> None:
    """
    An answer that comes byte by byte does not hold a worker for ever.
    """
    impatient = http.Limits(longest=0)
    with serve(Response((b"x" for _ in range(9)), 200)) as url, pytest.raises(Unsure, match="slow"):
        http.send(http.client(), "POST", url, limits=impatient)


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.invalid", "http://[", "http://x:y"])
def test_a_wrong_address_is_unavailable(url: str) -> None:
    """
    Nothing left, so nothing happened; ``doctor`` will say so.
    """
    with pytest.raises(Unavailable):
        http.send(http.client(), "POST", url)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'"x"', b"{", b"\xff", b"<html>", b"[" * 99_999]
)
@pytest.mark.parametrize(("question", "error"), [(True, Unavailable), (False, Unsure)])
def test_only_a_json_object_is_an_answer(
    body: bytes, question: bool, error: type[ConnectorError]
) -> None:
    """
    200 with something else inside says nothing of what was done.
    """
    with serve(Response(body, 200)) as url, pytest.raises(error):
        http.send_json(http.client(), "POST", url, question=question)
