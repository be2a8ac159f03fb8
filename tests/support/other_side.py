"""
The running sandbox as its tests see it, and the hub that it calls back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from werkzeug.wrappers import Request, Response

from sandbox.server import Server
from sandbox.world import World

ROOT = Path(__file__).resolve().parents[2]
SLOW = 0.3


@dataclass
class Hub:
    """What the platform told the hub, and what the hub says to it next."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        message = Request(environ).get_json()
        self.heard.append(message)
        codes = self.answers.get(message["MaThamChieu"], [])
        code = codes.pop(0) if codes else "00"
        return Response(f'{{"MaLoi": "{code}"}}', mimetype="application/json")(
            environ, start_response
        )

    def told(self, reference: str) -> list[dict[str, Any]]:
        """What was said of *reference*, in order."""
        return [message for message in list(self.heard) if message["MaThamChieu"] == reference]


@dataclass
class Side:
    """A running sandbox, its address and the hub that it calls."""

    world: World
    url: str
    hub: Hub
    http: httpx.Client

    def control(self, path: str, value: Any) -> Any:
        """Move the other side; the answer must be good."""
        answer = self.http.post(f"{self.url}/control/{path}", json=value)
        assert 200 == answer.status_code, answer.text
        return answer.json()

    def arm(self, party: str, operation: str, fault: str, reference: str) -> None:
        """Let *fault* hit the next call about *reference*."""
        names = {"party": party, "operation": operation, "fault": fault}
        self.control("faults", {**names, "reference": reference})


Serve = Callable[[Path, Any], Server]
