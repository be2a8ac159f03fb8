"""
Bugs planted into the hub on purpose, to see that a rule notices each of them.

A bug that no rule notices is a hole in the rules or in what the people of a day do; it is
closed there, never here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from proving.ground import Ground, Outcome, Task, shown
from proving.plants import Planted
from proving.plants.money import MONEY
from proving.plants.post import POST
from proving.plants.register import REGISTER
from proving.plants.signing import SIGNING

REGISTRY: dict[str, Planted] = {one.name: one for one in (*MONEY, *POST, *SIGNING, *REGISTER)}


@contextmanager
def planted(name: str) -> Iterator[None]:
    """Within: the hub has the bug *name*, and the world is such that it can show."""
    with staged(name), ExitStack() as stack:
        for cut in REGISTRY[name].cuts:
            stack.enter_context(cut())
        yield


@contextmanager
def staged(name: str) -> Iterator[None]:
    """Within: the world is such that the bug *name* could show, but the hub does not have it."""
    with ExitStack() as stack:
        for cut in REGISTRY[name].stage:
            stack.enter_context(cut())
        yield


@dataclass(slots=True)
class _Hunt:
    """Several bugs side by side, seed by seed, until each is caught or has escaped."""

    seeds: int
    names: Sequence[str]
    caught: dict[str, Outcome] = field(default_factory=dict)
    _next: deque[Task] = field(default_factory=deque)
    _doubts: dict[tuple[str, int], list[tuple[str, Outcome]]] = field(default_factory=dict)
    _quiet: dict[tuple[str, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._next.extend(
            {"seed": seed, "plant": name}
            for seed in range(self.seeds)
            for name in self.names
            if REGISTRY[name].may_show(seed)
        )

    def tasks(self) -> Iterator[Task]:
        """Give what is to be played next; more may follow from how these end."""
        while self._next:
            task = self._next.popleft()
            if task.get("plant") not in self.caught:
                yield task

    @property
    def is_over(self) -> bool:
        """Nothing is left to play."""
        return not any(task.get("plant") not in self.caught for task in self._next)

    def judge(self, task: Task, outcome: Outcome) -> None:
        """Take how *task* ended; a broken rule counts if it holds without the bug."""
        seed = task["seed"]
        if "plant" not in task:
            self._proven((task["staged"], seed), quiet=not outcome["rule"])
        elif outcome["rule"] and task["plant"] not in self.caught:
            self._doubt(task["plant"], seed, outcome)

    def _doubt(self, name: str, seed: int, outcome: Outcome) -> None:
        # Without a stage of its own, every bug's counterpart is the same plain day.
        stage = name if REGISTRY[name].stage else ""
        key = (stage, seed)
        if self._quiet.get(key):
            self.caught.setdefault(name, outcome)
        elif key not in self._quiet:
            if key not in self._doubts:
                self._next.appendleft({"seed": seed, "staged": stage})
            self._doubts.setdefault(key, []).append((name, outcome))

    def _proven(self, key: tuple[str, int], *, quiet: bool) -> None:
        self._quiet[key] = quiet
        for name, outcome in self._doubts.pop(key, []):
            if quiet:
                self.caught.setdefault(name, outcome)


def hunt(there: Ground, *, seeds: int, names: Sequence[str] = ()) -> dict[str, Any]:
    """
    Play each bug of *names* (default: all) until a rule breaks, at most *seeds* days.

    A rule that breaks on the same day without the bug proves nothing. Returns ``{"planted",
    "caught", "bugs": [{"name", "rule", "seed", "words"} | {"name", "escaped": true}]}``.
    """
    found = _Hunt(seeds, names or list(REGISTRY))
    while not found.is_over:
        for task, outcome in shown(there.play(found.tasks()), len(found.names) * seeds, "days"):
            found.judge(task, outcome)
    return {
        "planted": len(found.names),
        "caught": len(found.caught),
        "bugs": [_told(name, found.caught.get(name)) for name in found.names],
    }


def _told(name: str, outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {"name": name, "escaped": True}
    return {"name": name} | {key: outcome[key] for key in ("rule", "seed", "words")}
