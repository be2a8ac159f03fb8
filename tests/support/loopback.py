"""
The other side over real HTTP on loopback, with faults to switch on.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

App = Callable[..., Any]


class HungUpError(ConnectionError):
    """Raised by a party to close the connection without a word."""


class _Quiet(WSGIRequestHandler):
    """A server that writes no log lines into the test's output, and can hang up."""

    def connection_dropped(
        self, error: BaseException, environ: dict[str, Any] | None = None
    ) -> None:
        """Close the connection, or keep it open in silence."""
        self.close_connection = isinstance(error, HungUpError)

    def log(self, *_given: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(app: App) -> Iterator[str]:
    """Serve *app* on a free port of loopback; give its address without a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def nowhere() -> str:
    """Return an address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


class Switch:
    """
    A party that can be told to misbehave on paths that end in ``at``.

    ``silent``, ``hangs up`` and ``broken`` do the work first, as a bank does whose answer is
    lost; the other faults do not reach the party at all.
    """

    def __init__(self, party: App) -> None:
        self.party, self.fault, self.at = party, "", ""
        self.calls: list[str] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """Answer as the party does, or as the fault has it."""
        request = Request(environ)
        self.calls.append(request.path)
        if not self.fault or not request.path.endswith(self.at):
            return self.party(environ, start)
        if self.fault in ("silent", "hangs up", "broken"):
            answer = Response.from_app(self.party, environ)
            answer.get_data()
            if self.fault != "broken":
                raise HungUpError if self.fault == "hangs up" else ConnectionAbortedError
        return _MISBEHAVING[self.fault]()(environ, start)


_MISBEHAVING: dict[str, Callable[[], Response]] = {
    "busy": lambda: Response("later", 503),
    "broken": lambda: Response("Internal Server Error", 500),
    "no": lambda: Response("no", 400),
    "garbage": lambda: Response(b"<<< not what was agreed", 200),
    "elsewhere": lambda: Response("", 302, {"Location": "http://example.invalid/?secret=1"}),
    "huge": lambda: Response((b"[" * 2**16 for _ in range(2048)), 200),
    "packed": lambda: Response(b"\x1f\x8b", 200, {"Content-Encoding": "gzip"}),
}
