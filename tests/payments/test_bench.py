"""The benchmark tells the truth about a small statement."""

from __future__ import annotations

from payments import bench


def test_the_figures_are_those_of_the_contract() -> None:
    """Nothing is read wrong, and both the floor and the peer ran in the same run."""
    figures = bench.statement(200)

    assert {"name", "rate", "unit", "cpu_ms", "peak_mb", "ratio", "wrong", "machine"} <= set(
        figures
    )
    assert 0 == figures["wrong"]
    assert {"floor", "lxml_dom"} == set(figures["ratio"])


def test_memory_does_not_grow_with_the_file() -> None:
    """Ten times the entries take no more than two megabytes more."""
    small, large = bench.statement(500), bench.statement(5_000)

    assert large["peak_mb"] - small["peak_mb"] < 2
