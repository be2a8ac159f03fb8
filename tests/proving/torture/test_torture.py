"""A share of ``./motcua torture``: real processes, killed with -9, under a bad network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.demo_kit import PASSED_ON, family

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]

#: Each part once, then a worker and the web part again, in another way.
KILLS = 7

#: Seconds in which a killed worker's job runs elsewhere (issue 3), and the run surely ends.
TAKEN_OVER, LONGEST = 20.0, 280.0


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What one short run printed; it sees nothing of our database or our Django."""
    command = [sys.executable, "-m", "config", "torture", "--json", "--faults"]
    command += ["--kills", str(KILLS), "--rate", "25", "--every", "1.5"]
    with subprocess.Popen(
        command,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as run:
        out, errors = run.communicate(timeout=LONGEST)
        assert 0 == run.returncode, f"{out}\n{errors}"
        assert set() == family(run.pid)
    printed: dict[str, Any] = json.loads(out)
    return printed


def test_nothing_acknowledged_is_lost_or_doubled(told: dict[str, Any]) -> None:
    """
    What was acknowledged while every part was killed is stored, and followed up, once.
    """
    assert {"worker": 2, "web": 2, "door": 1, "clock": 1, "postgres": 1} == told["killed"]
    assert (0, 0, []) == (told["lost"], told["doubled"], told["wrong"])
    assert 0 < told["acknowledged"] <= told["sent"]
    assert told["repeated"] > 0, "the network was bad, so something had to come again"
    assert told["network"].keys() >= {"delay", "cut", "half_close"}


def test_a_killed_workers_jobs_run_elsewhere_soon(told: dict[str, Any]) -> None:
    """
    The job that a killed worker had in hand was taken over by another one.
    """
    over = told["take_over"]
    if not over["jobs"]:
        pytest.skip("no worker had a job in hand when it died")
    assert over["median"] <= over["max"] <= TAKEN_OVER
