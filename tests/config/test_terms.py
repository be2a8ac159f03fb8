"""The terms of time stamps in the operator's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import wiring
from signing.levels.terms import Terms


def test_the_file_may_change_them(tmp_path: Path) -> None:
    """
    What ``[signing]`` says counts; what it does not say, and no file at all, leave the default.
    """
    file = tmp_path / "motcua.toml"
    assert Terms(grace_days=7, renew_days=90) == wiring.terms(file)

    file.write_text("[signing]\ngrace_days = 3\n")

    assert Terms(grace_days=3, renew_days=90) == wiring.terms(file)


@pytest.mark.parametrize(
    "line", ["grace = 3", "grace_days = 0", "grace_days = '3'", "renew_days = 1.5"]
)
def test_what_is_no_number_of_days_is_named(tmp_path: Path, line: str) -> None:
    """
    A misspelt name, nought, text or a part of a day is refused with its name.
    """
    file = tmp_path / "motcua.toml"
    file.write_text(f"[signing]\n{line}\n")

    with pytest.raises(ValueError, match=line.split(maxsplit=1)[0]):
        wiring.terms(file)


def test_a_stamp_is_waited_for_longer_than_a_bank(tmp_path: Path) -> None:
    """
    Where the operator says nothing, each kind of partner has its own patience with silence.
    """
    file = tmp_path / "motcua.toml"
    file.write_text('[connectors.rfc3161]\nurl = "http://tsa.test"\n[connectors.ocsp]\n')

    made = wiring.connections(file).connectors

    assert (180, 30) == tuple(made[code].http.timeout.read for code in ("rfc3161", "ocsp"))
