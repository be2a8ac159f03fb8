"""
The platform's letters to the hub, carried by hand: lost, forged, changed, repeated, late.
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from connectors.banks import Answer
from proving.chance import Fault
from scheduler import callbacks

if TYPE_CHECKING:
    from proving.play import Play

PLATFORM = "platform"

#: How often a letter that the hub did not accept is carried again.
TRIES = 5


class Letters:
    """Whoever carries the platform's letters of one day."""

    def __init__(self, play: Play) -> None:
        """Carry from the other side of *play* to the hub."""
        self._play, self._chance = play, play.chance

    def carry(self) -> None:
        """Take every letter that was written since the last time, and let it arrive some time."""
        for letter in self._play.other_side.letters():
            if self._chance.strikes(Fault.CALLBACK_LOST):
                continue
            body = letter["body"].encode()
            if self._chance.strikes(Fault.CALLBACK_FORGED):
                self._send(letter["forged"].encode(), tries=0)
            if self._chance.strikes(Fault.CALLBACK_CHANGED):
                # The same identity and seal, another body.
                self._send(body + b" ", tries=0)
            if self._chance.strikes(Fault.CALLBACK_STRANGE):
                self._send(self._play.eyes.strange_letter(letter["body"]), tries=0)
            for _ in range(2 if self._chance.strikes(Fault.CALLBACK_REPEATED) else 1):
                self._send(body, tries=TRIES)

    def _send(self, body: bytes, *, tries: int) -> None:
        span = timedelta(seconds=self._chance.between(0.1, 60))
        self._play.later(span, "letter", partial(self._deliver, body, tries))

    def _deliver(self, body: bytes, tries: int) -> None:
        def answered(answer: Any) -> None:
            if isinstance(answer, Answer) and json.loads(answer.body)["MaLoi"] == "00":
                self._play.eyes.acknowledged_letter(body)
            elif tries:
                again = partial(self._deliver, body, tries - 1)
                self._play.later(timedelta(seconds=20), "letter again", again)

        self._play.at_desk("letter", partial(callbacks.take, PLATFORM, body, {}), answered)
