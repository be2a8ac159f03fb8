"""The page of the signing policy names the checks that there are."""

from __future__ import annotations

import re
from pathlib import Path

from signing.policy import checks

PAGE = Path(__file__).resolve().parents[2] / "docs" / "signing-policy.md"
ROW = re.compile(r"^\| \d+ \| `(\w+)` \| (?:`(\w+)\.(\w+)`)?", re.MULTILINE)


def test_the_page_is_the_table() -> None:
    """Each refusal stands there once with its function; nothing that is not in the code does."""
    told = {word: f"{file}.{name}" for word, file, name in ROW.findall(PAGE.read_text()) if file}
    made = {
        word: f"{check.__module__.rpartition('.')[2]}.{check.__name__}"
        for word, check in checks.CHECKS.items()
    }

    assert made == told


def test_every_check_says_its_article() -> None:
    """The law stands where the check is made."""
    article = re.compile(r"\b(Art\.|App\.|ADR) ")

    assert [] == [
        word for word, check in checks.CHECKS.items() if not article.search(check.__doc__ or "")
    ]
