"""
The server that carries all parties: one address, one thread per request.

The port is chosen once and remembered, because certificates and payment pages name it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from sandbox import keys

HOST = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """Writes no line per request; the control endpoint's counts tell more."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def connection_dropped(
        self, error: BaseException, environ: dict[str, Any] | None = None
    ) -> None:
        """Hang up, also when the party was the one who wanted to."""
        super().connection_dropped(error, environ)
        self.close_connection = True

    def log_error(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a fault that hangs up is no error of ours."""


class Server(ThreadedWSGIServer):
    """A server that is bound before what it serves exists, for that must know its port."""

    daemon_threads = True

    def __init__(self, ports_file: Path) -> None:
        """Bind the port that *ports_file* remembers, else a free one, and remember it."""
        super().__init__(HOST, _remembered(ports_file), _nothing, _Quiet)
        keys.write(ports_file, json.dumps({"port": self.server_port}).encode(), mode=0o644)

    @property
    def url(self) -> str:
        """Where the parties are."""
        return f"http://{HOST}:{self.server_port}"

    def carry(self, application: WSGIApplication) -> None:
        """Serve *application* from now on."""
        self.app = application


def _remembered(ports_file: Path) -> int:
    return int(json.loads(ports_file.read_bytes())["port"]) if ports_file.exists() else 0


def _nothing(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer while the parties are still getting dressed."""
    del environ
    start_response("503 Service Unavailable", [("Content-Length", "0")])
    return []
