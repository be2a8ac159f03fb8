"""
``python -m proving.player BASE DATABASE HOME``: one process that plays what it is told.

A line of JSON in is a task, a line of JSON out is its outcome. The parent (``ground``) has made
the house and fixed what Python would leave to chance.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

django.setup()

from proving import canaries, planted  # noqa: E402 - Django comes first
from proving.baton import Troupe  # noqa: E402
from proving.house import House  # noqa: E402
from proving.play import Play  # noqa: E402
from proving.rehearsal import Rehearsal  # noqa: E402
from signing.pdf import preflight  # noqa: E402
from signing.verification import judgement, verify  # noqa: E402


class Player:
    """Plays tasks in a house of its own."""

    def __init__(self, house: House) -> None:
        """Wait for tasks."""
        self._house, self._troupe = house, Troupe()
        self._rehearsal = Rehearsal(house, self._troupe)

    def outcome(self, task: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return what came of *task*: ``{"seed", "without"?}`` or ``{"flow", "schedule"}``.

        With ``plant`` the hub has that bug, with ``staged`` only what that bug needs to show.
        """
        if "flow" in task:
            return self._rehearsal.run(task["flow"], task["schedule"])
        with ExitStack() as stack:
            if name := task.get("plant"):
                stack.enter_context(planted.planted(name))
            elif name := task.get("staged"):
                stack.enter_context(planted.staged(name))
            return self._day(task)

    def _day(self, task: Mapping[str, Any]) -> dict[str, Any]:
        without = frozenset(task.get("without", ()))
        play = Play(self._house, self._troupe, task["seed"], without=without)
        try:
            return asdict(play.run())
        finally:
            play.close()


def main(arguments: list[str]) -> int:
    """Play until the parent closes the pipe."""
    base, address, home = arguments
    player = Player(House(Path(base), address, Path(home)))
    verify.install(_judge)
    preflight.install(_examine)
    with canaries.listening():
        for line in sys.stdin:
            print(json.dumps(player.outcome(json.loads(line))), flush=True)
    return 0


def _examine(data: bytes, _limit: int) -> preflight.Fit:
    """Take the file as it came: the house made it, plain and sound."""
    return preflight.Fit(data)


def _judge(question: verify.Question) -> verify.Verdict:
    """Judge here and now: these files are our own, and no network is in reach."""
    return verify.told(judgement.judge(question.data, question.asked()).as_json())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
