"""The benchmark of growth tells the truth about two small hubs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_figures_are_those_of_the_contract() -> None:
    """
    Every step is taken on both hubs; what was led through its life arrived, its chain holds.
    """
    done = subprocess.run(
        [sys.executable, "-m", "config", "bench", "growth", "--size", "3000", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr[-3000:]
    figures = json.loads(done.stdout)

    assert {"name", "rate", "unit", "cpu_ms", "peak_mb", "ratio", "wrong", "machine"} <= set(
        figures
    )
    assert 0 == figures["wrong"]
    assert {"growth", "clock", "pages"} == set(figures["ratio"])
    assert {"small": 300, "large": 3000, "open": 300} == figures["dossiers"]
    for part in (*figures["steps"].values(), *figures["pages"].values()):
        assert {"small_ms", "large_ms", "ratio", "clock_ratio"} == set(part)
