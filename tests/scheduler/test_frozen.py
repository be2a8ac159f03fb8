"""Workers that freeze, are taken for dead, and thaw: real processes, nothing done twice."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dossiers.work import IntentState
from register import jobs, ledger
from register.models import Intent
from sandbox.faults import Faults, Plan
from sandbox.parties import vnpost as post_office
from scheduler import sweeps
from tests.support.jobs_kit import rows, sql, statuses
from tests.support.loopback import serve
from tests.support.post_kit import released
from tests.support.process_kit import PATIENCE, Process, frozen, running, wait_for, worker

TOML = """
[connectors.vnpost]
url = "{url}"
consumer_key = "key"
consumer_secret = "secret"
customer = "QN"
sender_name = "Trung tâm"
sender_phone = "0203"
sender_address = "Hồng Gai"
"""


@dataclass
class Post:
    """A post office on loopback, and the environment of workers that know it."""

    party: post_office.VNPost
    environment: dict[str, str]
    asked: list[str] = field(default_factory=list)
    """The path of every call, in order."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Serve, and note that we were asked."""
        self.asked.append(environ["PATH_INFO"])
        return self.party(environ, start_response)

    def parcels(self) -> list[str]:
        """References of the parcels that the office holds."""
        return [order["number"] for order in self.party.state()["orders"]]


@pytest.fixture
def post(tmp_path: Path, database_url: str) -> Iterator[Post]:
    """A post office that processes are connected to by their ``motcua.toml``."""
    faults = Faults(tmp_path / "faults.sqlite", Plan())
    party = post_office.VNPost(
        tmp_path / "post.sqlite", faults, key="key", secret="secret", customer="QN"
    )
    made = Post(party, {"DATABASE_URL": database_url, "MOTCUA_HOME": str(tmp_path)})
    with serve(made) as url:
        (tmp_path / "motcua.toml").write_text(TOML.format(url=url))
        yield made


def to_be_booked() -> str:
    """Make a dossier whose only job is to book its parcel."""
    code = released()
    sql("DELETE FROM procrastinate_jobs")
    jobs.advance(code)
    return code


def booked(code: str) -> int:
    """How many times the dossier was told to be booked."""
    return sum(row.kind == "Booked" for row in ledger.history(code))


def taken_from(process: Process) -> None:
    """Return when *process* has frozen and was taken for dead."""
    wait_for(lambda: frozen(process))
    wait_for(sweeps.rescue)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_frozen_after_the_call_and_thawed_within_its_lease(post: Post) -> None:
    """
    Its job runs elsewhere, finds the effect held, and waits; the thawed one tells the fact.

    One parcel, one fact, and the thawed worker does not finish the job that is no longer its.
    """
    code = to_be_booked()
    with running(worker("first", "called vnpost"), post.environment) as first:
        taken_from(first)
        with running(worker("second"), post.environment):
            wait_for(lambda: {"todo": 1} == statuses() and rows()[0][1] == 2)
            first.send_signal(signal.SIGCONT)
            wait_for(lambda: {"succeeded": 1} == statuses())
            assert 0 != first.wait(PATIENCE)

    assert [f"{code}-D-1"] == post.parcels()
    assert 1 == booked(code)
    assert IntentState.DONE == Intent.objects.get().state


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_frozen_after_the_call_and_thawed_past_its_lease(post: Post) -> None:
    """
    The other worker asks the carrier, adopts the parcel and tells the fact.

    The thawed one finds that it was superseded, and does nothing.
    """
    code = to_be_booked()
    with running(worker("first", "called vnpost", "3"), post.environment) as first:
        taken_from(first)
        with running(worker("second"), post.environment):
            wait_for(lambda: {"succeeded": 1} == statuses())
        before = ledger.history(code)
        first.send_signal(signal.SIGCONT)
        assert 0 != first.wait(PATIENCE)

    assert [row.hash for row in before] == [row.hash for row in ledger.history(code)]
    assert [f"{code}-D-1"] == post.parcels()
    assert 1 == booked(code)
    assert {"succeeded": 1} == statuses()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_frozen_before_the_call_and_thawed_past_its_lease(post: Post) -> None:
    """
    The other worker has had the effect by then: the thawed one calls nobody.
    """
    code = to_be_booked()
    with running(worker("first", "claimed book", "3"), post.environment) as first:
        taken_from(first)
        with running(worker("second"), post.environment):
            wait_for(lambda: {"succeeded": 1} == statuses())
        asked = list(post.asked)
        first.send_signal(signal.SIGCONT)
        assert 0 != first.wait(PATIENCE)

    assert asked == post.asked
    assert [f"{code}-D-1"] == post.parcels()
    assert 1 == booked(code)
