"""The benchmark tells the truth about itself."""

from __future__ import annotations

import pytest

from signing import bench


@pytest.mark.slow
def test_sealing_is_far_cheaper_than_the_default() -> None:
    """
    Same token, same page: at least five times pyHanko's rate, at most 10 ms of CPU, none wrong.
    """
    told = bench.seal(30)

    assert ["cpu_ms", "machine", "name", "peak_mb", "rate", "ratio", "unit", "wrong"] == sorted(
        told
    )
    assert 0 == told["wrong"]
    assert told["ratio"][bench.PEER] >= 5
    assert told["cpu_ms"] <= 10
