"""
``python -m proving.building BASE``: make the house of simulated days, in a process of its own.

So whoever asks for it, a test for example, keeps the database and the folders it has.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django

django.setup()

from proving import house  # noqa: E402 - Django comes first

if __name__ == "__main__":
    house.build(Path(sys.argv[1]))
