"""The strict reader of HTTP, beside h11 as judge."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.door import wire

LINES = st.lists(
    st.sampled_from(
        [
            b"POST /callbacks/platform HTTP/1.1\r\n",
            b"GET /callbacks/vnpay?a=b&c=%20 HTTP/1.0\r\n",
            b"Host: hub\r\n",
            b"host:hub\r\n",
            b"Content-Length: 5\r\n",
            b"Content-Length:3\r\n",
            b"Content-Length: 3, 3\r\n",
            b"content-length: 0x3\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Transfer-Encoding: identity\r\n",
            b"Transfer-Encoding : chunked\r\n",
            b"Connection: close\r\n",
            b"X: \xc4\x91 y\t\r\n",
            b" folded\r\n",
            b"\r\n",
            b"\n",
            b"abcde",
            b"5\r\nabcde\r\n",
            b"5;x=y\r\nabcde\r\n",
            b"0\r\n\r\n",
        ]
    )
    | st.binary(max_size=8),
    max_size=12,
).map(b"".join)


def ours(data: bytes, cuts: list[int]) -> list[wire.Request] | None:
    """The requests that our reader finds when *data* comes in pieces; None if it refuses."""
    reader = wire.Reader()
    found: list[wire.Request] = []
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    pieces = [data[a:b] for a, b in pairwise(places)]
    try:
        for piece in pieces:
            reader.add(piece)
            while isinstance(request := reader.next(), wire.Request):
                found.append(request)
    except wire.Malformed:
        return None
    return found


def theirs(data: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """Method, target and body of the requests that h11 finds in *data* before it refuses."""
    found = []
    with suppress(h11.RemoteProtocolError):
        while data:
            judge = h11.Connection(h11.SERVER, max_incomplete_event_size=2**20)
            judge.receive_data(data)
            request = judge.next_event()
            if not isinstance(request, h11.Request):
                break
            body = b""
            while isinstance(event := judge.next_event(), h11.Data):
                body += event.data
            if not isinstance(event, h11.EndOfMessage):
                break
            found.append((request.method, request.target, body))
            data = bytes(judge.trailing_data[0])
    return found


@given(LINES, st.lists(st.integers(0, 200), max_size=4))
@example(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nabGET / HTTP/1.1\r\n", [40])
def test_what_we_read_h11_reads_alike(data: bytes, cuts: list[int]) -> None:
    """
    Every request that we accept is one for h11, too, with the same bounds, wherever it is cut.

    Where one begins and where it ends is never a matter of opinion.
    """
    found = ours(data, cuts)
    if found is None:
        return
    said = [
        (
            one.method.encode(),
            one.path.encode() + (b"?" + one.query if one.query else b""),
            one.body,
        )
        for one in found
    ]

    assert said == theirs(data)[: len(said)]


@given(LINES)
def test_the_cuts_change_nothing(data: bytes) -> None:
    """
    Byte by byte or at once, the reader finds the same.
    """
    assert ours(data, []) == ours(data, list(range(len(data))))


@given(st.binary(max_size=300), st.integers(1, 50))
def test_bodies_come_whole(body: bytes, size: int) -> None:
    """
    In one piece or in chunks of any size, the body is what was sent.
    """
    head = b"POST / HTTP/1.1\r\nHost: hub\r\n"
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    chunks = b"".join(b"%X\r\n%b\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"
    told = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    untold = head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks

    assert [body, body] == [one.body for one in ours(told + untold, [7, 90]) or []]


@pytest.mark.parametrize("blank", [b" ", b"\t", b"a: b\r\n", b"x"])
def test_a_hostile_head_costs_little(blank: bytes) -> None:
    """
    The longest head of any kind is judged at once: no pattern tries everything twice.
    """
    reader = wire.Reader()
    reader.add(b"GET / HTTP/1.1\r\nHost: hub\r\nX:" + blank * (8000 // len(blank)) + b"\r\n\r\n")

    assert isinstance(reader.next(), wire.Request)
