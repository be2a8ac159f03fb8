"""The benchmarks tell the truth about themselves."""

from __future__ import annotations

import pytest

from proving.batch import bench as batch
from signing.bench import peers, seal

CONTRACT = {"cpu_ms", "machine", "name", "peak_mb", "rate", "ratio", "unit", "wrong"}


@pytest.mark.slow
@pytest.mark.parametrize("key", ["rsa", "p256"])
def test_sealing_is_far_cheaper_than_others_way(key: str) -> None:
    """
    Same token, same page: many times pyHanko's rate, not slower than PDFBox, and none wrong.

    The goals (25 ×, 1.5 ×) are for a quiet machine; here others may work beside.
    """
    told = seal.seal(60, key=key)

    assert CONTRACT <= set(told)
    assert 0 == told["wrong"]
    assert told["ratio"][seal.PYHANKO] >= 8
    assert told["ratio"].get(seal.PDFBOX, 1.0) >= 0.5
    assert bool(peers.pdfbox_missing()) == bool(told["skipped"])
    assert 0 < told["ratio"]["floor"] < 1


def test_an_unknown_key_is_named() -> None:
    """
    A kind of key that nobody can make is told before anything is built.
    """
    with pytest.raises(ValueError, match="dsa"):
        seal.seal(2, key="dsa")


@pytest.mark.slow
def test_a_slow_token_does_not_wait_for_us() -> None:
    """
    Ten documents, token and authority slow: the token waits for nothing but the first.
    """
    told = batch.token(10, latency=300, tsa=300)

    assert CONTRACT <= set(told)
    assert 0 == told["wrong"]
    assert told["ratio"]["first_to_last"] >= 0.8


@pytest.mark.slow
def test_a_batch_that_is_stopped_again_and_again_loses_nothing() -> None:
    """
    Killed after every step, and with its token pulled: every document signed, each once.
    """
    told = batch.kills(documents=12, points=6)

    assert (0, 0, 0, 0) == tuple(told[name] for name in ("lost", "twice", "wrong", "unfinished"))
    assert [1] * 6 == list(told["stopped"].values())
