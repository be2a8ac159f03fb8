"""Revocation, time stamps and time: what is proven, what is not, and for whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dossiers.signing_status import Policy, VerdictWord
from signing.verification.verify import Trust, verify
from tests.support import signing_kit as kit
from tests.support import trust_kit
from tests.support.trust_kit import AT, World

PERSON, VALID, NOT_VALID = (
    VerdictWord.NEEDS_A_PERSON,
    VerdictWord.VALID,
    VerdictWord.NOT_VALID,
)
LATER = AT + 5 * trust_kit.YEAR
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def told() -> World:
    """The parties."""
    return trust_kit.world()


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A page without signature."""
    return kit.result_pdf(pages=1)


@pytest.fixture(scope="module")
def baseline(paper: bytes, told: World) -> bytes:
    """B-B: nothing proves anything but the signature itself."""
    return trust_kit.pdf(paper, told.official, told)


def said(data: bytes, trust: Trust, at: datetime = AT) -> tuple[VerdictWord, tuple[str, ...]]:
    """Judge and return word and reasons."""
    verdict = verify(data, trust, at=at)
    return verdict.word, verdict.reasons


def test_unknown_revocation_is_never_valid(baseline: bytes, told: World, tmp_path: Path) -> None:
    """
    A stranger's certificate names a list that is not at hand: a person must look.

    For our own fresh seal that was asked before signing, so our own policy takes it.
    """
    folder = told.folder(tmp_path)

    assert (PERSON, ("revocation_unknown",)) == said(baseline, Trust(folder))
    assert (VALID, ()) == said(baseline, Trust(folder, Policy.OURS))


def test_a_list_in_the_trust_folder_proves_it(baseline: bytes, told: World, tmp_path: Path) -> None:
    """
    With the authorities' lists, in date, the same file is valid; with old ones it is not.
    """
    folder = told.folder(tmp_path, *told.lists())

    assert (VALID, ()) == said(baseline, Trust(folder), AT)
    assert (PERSON, ("revocation_unknown",)) == said(baseline, Trust(folder), AT + 30 * DAY)


def test_a_revoked_certificate_is_not_valid(baseline: bytes, told: World, tmp_path: Path) -> None:
    """
    A list that names the signer speaks for everybody, our own policy too.
    """
    lists = told.lists(told.official, since=AT - DAY)
    folder = told.folder(tmp_path, *lists)

    assert (NOT_VALID, ("certificate_revoked",)) == said(baseline, Trust(folder))
    assert (NOT_VALID, ("certificate_revoked",)) == said(baseline, Trust(folder, Policy.OURS))


@pytest.mark.parametrize("level", ["LT", "LTA"])
def test_a_stamp_outlives_the_certificate(
    level: str, paper: bytes, told: World, tmp_path: Path
) -> None:
    """
    Signed, stamped and completed while the certificate held: valid years after it ended.
    """
    made = trust_kit.pdf(paper, told.short, told, level=level)
    verdict = verify(made, Trust(told.folder(tmp_path)), at=LATER)

    assert (VALID, ()) == (verdict.word, verdict.reasons)
    assert AT.isoformat() == verdict.signatures[0].proven_at


def test_without_stamp_an_ended_certificate_needs_a_person(
    paper: bytes, told: World, tmp_path: Path
) -> None:
    """
    Nobody can tell whether it was signed while the certificate held.
    """
    made = trust_kit.pdf(paper, told.short, told)

    expected = (PERSON, ("certificate_expired",))
    assert expected == said(made, Trust(told.folder(tmp_path)), LATER)


def test_a_stamp_by_a_stranger_proves_nothing(paper: bytes, told: World, tmp_path: Path) -> None:
    """
    Anybody can stamp any time; only an authority that we trust is believed.
    """
    strange = trust_kit.world("Another Root")
    mixed = World(told.root, told.issuing, told.official, told.short, strange.tsa)
    made = trust_kit.pdf(paper, told.short, mixed, level="T")

    word, reasons = said(made, Trust(told.folder(tmp_path)), LATER)

    assert (PERSON, ("certificate_expired", "stamp_untrusted")) == (word, reasons)


def test_revoked_after_the_stamp_is_still_valid(paper: bytes, told: World, tmp_path: Path) -> None:
    """
    A token lost next year does not undo what was stamped this year; lost before, it does.
    """
    made = trust_kit.pdf(paper, told.official, told, level="T")
    later = AT + 30 * DAY
    after = told.folder(tmp_path / "a", *told.lists(told.official, at=later, since=AT + DAY))
    before = told.folder(tmp_path / "b", *told.lists(told.official, at=later, since=AT - DAY))

    assert (VALID, ()) == said(made, Trust(after), later)
    assert (NOT_VALID, ("certificate_revoked",)) == said(made, Trust(before), later)


def test_local_time_written_as_utc_is_known(paper: bytes, told: World, tmp_path: Path) -> None:
    """
    Seven hours too late and marked as UTC: a note where a stamp tells the time.

    Where nothing tells it, a person's business; later than that is no mistake of zones.
    """
    trust = Trust(told.folder(tmp_path, *told.lists()))
    hours = timedelta(hours=7)
    alone = trust_kit.pdf(paper, told.official, told, late=hours)
    stamped = trust_kit.pdf(paper, told.official, told, level="T", late=hours)
    strange = trust_kit.pdf(paper, told.official, told, late=2 * hours)
    verdict = verify(stamped, trust, at=AT + DAY)

    assert (PERSON, ("local_time_as_utc",)) == said(alone, trust)
    assert (VALID, ("local_time_as_utc",)) == (verdict.word, verdict.notes)
    assert (PERSON, ("claimed_time_ahead",)) == said(strange, trust)
