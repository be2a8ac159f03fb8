"""
Planted bugs, by what they break: each is a sentence and the cuts that make it true.
"""

from __future__ import annotations

from dataclasses import dataclass

from proving.chance import Chance, Fault
from proving.cuts import Cut


@dataclass(frozen=True, slots=True)
class Planted:
    """One bug that somebody might write into the hub."""

    name: str
    breaks: str
    """What it does wrong, in one sentence."""
    cuts: tuple[Cut, ...]
    stage: tuple[Cut, ...] = ()
    """What has to be so in the world for the bug to show; without the bug it must be harmless."""
    needs: tuple[Fault, ...] = ()
    """Faults without which it cannot show: days that have none of them need not be played."""

    def may_show(self, seed: int) -> bool:
        """Tell whether the day of *seed* has what the bug needs."""
        return Chance(seed).rates.keys() >= set(self.needs)
