"""The measurement of the door measures a door: what is answered is stored, whatever else comes."""

from __future__ import annotations

import pytest

from proving.ingest.bench import ingest

pytestmark = pytest.mark.slow


def test_everything_answered_is_stored() -> None:
    """
    A short run: nothing is wrong, a flood is refused, and its honest neighbour is not.

    How fast it was is for the bench to tell: a test's machine has other work.
    """
    found = ingest(2)

    assert 0 == found["wrong"]
    assert found["answered"] == found["stored"] > 4000
    assert 0 < found["flood"]["shed"] + found["flood"]["kept_waiting"]
    assert found["flood"]["honest"] == found["flood"]["honest_answered"]
    assert 0 < found["slow"]["rate"]
