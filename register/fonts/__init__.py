"""
The typefaces of every paper the hub draws: Liberation Sans and Liberation Serif 2.1.5.

They have the metrics of Arial and Times New Roman, which Decree 30/2020 asks for, and every
Vietnamese letter. Licence: SIL OFL 1.1, in ``LICENSE`` beside the files, which are unchanged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

NAMES: Final = (
    "LiberationSans-Regular",
    "LiberationSans-Bold",
    "LiberationSerif-Regular",
    "LiberationSerif-Bold",
    "LiberationSerif-Italic",
)


def path(name: str) -> Path:
    """Return the TrueType file of the face *name*; KeyError if it is none of ``NAMES``."""
    if name not in NAMES:
        raise KeyError(name)
    return Path(__file__).with_name(f"{name}.ttf")
