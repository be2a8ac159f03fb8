"""A stamp is stamped again before its authority's certificate ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.wrappers import Response

from connectors import Unavailable
from dossiers.signing_status import Level, VerdictWord
from dossiers.work import TaskKind
from register import ledger, world
from register.models import Fact, Task
from scheduler import stamps
from signing.levels import renewal, terms
from signing.levels import stamps as levels
from signing.levels.terms import Terms
from signing.models import LastStamp
from signing.verification.verify import Trust, verify
from tests.support import level_kit
from tests.support import signing_kit as kit
from tests.support.level_kit import Hub, Others

pytestmark = pytest.mark.django_db

TSA_ENDS = timedelta(days=15 * 365 - 90)
"""After ``kit.AT`` the certificate of the sandbox's stamps lasts so long."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Others]:
    """The sandbox's authority on loopback."""
    with level_kit.others(tmp_path_factory.mktemp("authority")) as there:
        yield there


@pytest.fixture(scope="module")
def two(running: Others) -> kit.Two:
    """A result signed and sealed with its certificates."""
    return level_kit.result(running)


@pytest.fixture
def hub(running: Others, two: kit.Two, tmp_path: Path) -> Iterator[Hub]:
    """A hub with a data folder of its own, connected to all three and trusting."""
    with level_kit.working(running, two, tmp_path) as made:
        yield made


@pytest.fixture
def code(hub: Hub) -> str:
    """A result at B-LTA."""
    made = hub.released()
    stamps.complete_stamp(made)
    return made


def test_a_stamp_knows_until_when_it_holds(hub: Hub, code: str) -> None:
    """
    The row beside the dossier names the level, the time told, and the authority's last day.
    """
    row = LastStamp.objects.get()

    assert (Level.B_LTA, kit.AT) == (row.level, row.stamped_at)
    assert hub.there.parsed("tsa").not_valid_after_utc == row.renew_by


def test_it_is_due_ninety_days_ahead(hub: Hub, code: str) -> None:
    """
    Not a day before; and once asked for, not again while the engine is about it.
    """
    hub.later(TSA_ENDS - timedelta(days=91))
    assert [] == renewal.take_due(9)

    hub.later(timedelta(days=2))
    assert [code] == renewal.take_due(9)
    assert [] == renewal.take_due(9)


def test_a_renewed_result_is_valid_when_the_old_authority_has_ended(hub: Hub, code: str) -> None:
    """
    One more stamp and one more fact; both signatures still hold long after their certificates.

    The sandbox has one certificate for stamps, so "renewed" means: stamped again by the same one.
    """
    over = hub.file(code)
    hub.later(TSA_ENDS - timedelta(days=30))

    stamps.renew_stamp(code)

    verdict = verify(hub.file(code), Trust(hub.home / "trust"), at=hub.now)
    assert VerdictWord.VALID is verdict.word, verdict.reasons
    assert [False, False, True, True, True] == [seen.stamp for seen in verdict.signatures]
    assert hub.file(code).startswith(over)
    assert len(hub.file(code)) == level_kit.parts(hub.file(code))[-1].end
    assert 2 == Fact.objects.filter(kind="Stamped").count()
    assert hub.now == LastStamp.objects.get().stamped_at
    assert [] == ledger.audit(code)


def test_openssl_and_poppler_agree(hub: Hub, code: str, tmp_path: Path) -> None:
    """
    All three stamps verify over their bytes, and both signatures are valid to poppler.
    """
    hub.later(TSA_ENDS - timedelta(days=30))
    stamps.renew_stamp(code)
    root = hub.there.authority.certificate_file("root")

    found = level_kit.parts(hub.file(code))

    assert 5 == len(found)
    for part in found[2:]:
        assert "Verification: OK" in level_kit.openssl_stamp(part, tmp_path, root)
    assert ["Signature is Valid."] * 2 == kit.pdfsig(hub.file(code), tmp_path)[:2]


def test_nothing_due_is_nothing_done(hub: Hub, code: str) -> None:
    """
    A job that comes too early, or twice, asks nobody.
    """
    asked = len(hub.there.asked)

    stamps.renew_stamp(code)

    assert asked == len(hub.there.asked)
    assert 1 == Fact.objects.filter(kind="Stamped").count()


def test_silence_is_the_engines(hub: Hub, code: str) -> None:
    """
    Unavailable goes on, nothing changes, and the next try renews.
    """
    hub.later(TSA_ENDS - timedelta(days=60))
    hub.there.answers["/tsa/"] = Response(status=503)
    with pytest.raises(Unavailable):
        stamps.renew_stamp(code)

    hub.there.answers.clear()
    stamps.renew_stamp(code)

    assert 2 == Fact.objects.filter(kind="Stamped").count()


def test_trouble_is_told_and_forgotten(hub: Hub, code: str) -> None:
    """
    A refusal is one alarm for all renewals, with its word; it closes when the stamp is there.
    """
    hub.later(TSA_ENDS - timedelta(days=60))
    hub.there.answers["/tsa/"] = Response(status=403)
    stamps.renew_stamp(code)
    stamps.renew_stamps()

    task = Task.objects.get(kind=TaskKind.STAMP_LATE)
    assert ("renewals", "refused", code) == (
        task.subject,
        task.detail["trouble"],
        task.detail["dossier"],
    )

    hub.there.answers.clear()
    hub.later(timedelta(days=1))
    LastStamp.objects.update(renew_by=hub.now + timedelta(days=60))
    stamps.renew_stamp(code)
    # The sandbox's only certificate for stamps ends soon; a real authority has a new one.
    LastStamp.objects.update(renew_by=hub.now + timedelta(days=3650))
    stamps.renew_stamps()
    task.refresh_from_db()
    assert "hub" == task.closed_by


def test_a_stop_while_renewing_is_made_good(hub: Hub, code: str) -> None:
    """
    Whoever dies with the token in hand leaves the result as it was, and it is renewed later.
    """
    hub.later(TSA_ENDS - timedelta(days=60))
    before = ledger.state(code)

    def die(name: str) -> None:
        if name == "document stored":
            raise KeyboardInterrupt

    with world.running_in(replace(world.current(), point=die)), pytest.raises(KeyboardInterrupt):
        stamps.renew_stamp(code)
    assert before == ledger.state(code)

    stamps.renew_stamp(code)
    assert 2 == Fact.objects.filter(kind="Stamped").count()


def test_the_operator_sets_the_terms(hub: Hub, code: str) -> None:
    """
    Another number of days ahead, another grace: as ``motcua.toml`` says.
    """
    terms.install(lambda: Terms(grace_days=1, renew_days=400))
    try:
        hub.later(TSA_ENDS - timedelta(days=399))
        assert [code] == renewal.take_due(9)
        late = hub.released(2)
        assert levels.overdue(hub.now + timedelta(days=1, seconds=1)), late
    finally:
        terms.install()
