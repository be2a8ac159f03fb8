"""
What the clock fires, and when.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config import wiring
from scheduler.clock import Line

SCHEDULES = Path(__file__).with_name("data") / "schedules.toml"


def read(file: Path) -> list[Line]:
    """
    Return ``config/data/schedules.toml``, as the operator's *file* changed it.

    A line with ``off = true`` is left out.
    """
    lines: Mapping[str, dict[str, Any]] = tomllib.loads(SCHEDULES.read_text())
    ours: Mapping[str, dict[str, Any]] = wiring.read(file).get("schedules", {})
    merged = {job: line | ours.get(job, {}) for job, line in lines.items()}
    return [Line(job=job, **line) for job, line in merged.items() if not line.pop("off", False)]
