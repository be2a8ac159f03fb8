"""Every verdict, reason and tree has words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from desk.templatetags.desk import verdict
from desk.words_of_verdicts import REASONS, TREES, VERDICTS, reason
from dossiers.signing_status import TrustTree, VerdictWord
from signing.verification.findings import FOR_A_PERSON

ROOM = Path(__file__).resolve().parents[2] / "signing" / "verification"
#: Words in quotes that are handed on as reasons: alone in a list, or after "reason =".
_GIVEN = re.compile(
    r"(?:reasons(?:\.append\(|=\[| \+= \[)|return |return \[|else |reason = |Way\(|Verdict\("
    r'VerdictWord\.NOT_VALID, \()"([a-z]+(?:_[a-z0-9]+)*)"'
)


def test_no_reason_is_without_words() -> None:
    """
    What the judges' source gives as a reason stands in the table.
    """
    text = "".join(file.read_text() for file in ROOM.glob("*.py"))
    given = set(_GIVEN.findall(text)) | FOR_A_PERSON

    assert {"unsigned", "too_slow", "signature_broken"} <= given
    assert set() == given - REASONS.keys()


@pytest.mark.parametrize("words", [*REASONS.values(), *TREES.values()])
def test_words_are_in_both_languages(words: str) -> None:
    """
    Vietnamese first, then English.
    """
    vietnamese, english = words.split(" · ")

    assert vietnamese.strip()
    assert english.isascii()


def test_every_verdict_and_tree_has_words() -> None:
    """
    No word of the enums is missing; a surprise tells its error.
    """
    assert set(VerdictWord) == VERDICTS.keys()
    assert {tree.value for tree in TrustTree} == TREES.keys()
    assert reason("surprise:OddError").endswith("(OddError)")


def test_a_page_says_them_in_its_language() -> None:
    """
    One table for the command line and the pages; a check's name is left as it is.
    """
    told = ["untrusted", "four_eyes"]

    with override("vi"):
        assert "chứng thư không nối tới gốc tin cậy (--trust); four_eyes" == verdict(told)
    with override("en"):
        assert "no path to a trusted root; four_eyes" == verdict(told)
