"""The eyes' rules can be read, can be broken, and hear and see what must stay hidden."""

from __future__ import annotations

import logging  # noqa: TID251 - what a library might say there
import re
from pathlib import Path

import psycopg
import pytest
import structlog
from django.db import connection

from dossiers.roles import Role
from dossiers.work import TaskKind
from proving import canaries, rules
from proving.acts import CANARY
from proving.otherside import CONSUMER_SECRET, SECRET
from proving.story import Violation
from register import jobs, tasks

SECRETS = (
    *(CANARY.name.reveal(), CANARY.phone.reveal()),
    *(CANARY.id_number.reveal(), CANARY.address.reveal()),
    *(SECRET, CONSUMER_SECRET),
)


@pytest.mark.parametrize("file", [rules.EACH_STEP, rules.LAST])
def test_every_rule_has_a_sentence(file: str) -> None:
    """
    Each query of the files is read as a rule, and each rule is explained once at least.
    """
    text = Path(rules.__file__).with_name(file).read_text(encoding="utf-8")
    read = rules.read(file)
    assert len(re.findall(r";$", text, re.MULTILINE)) == len(read)
    told = {rule.name for rule in read if rule.words}
    assert told == {rule.name for rule in read}


@pytest.mark.django_db
@pytest.mark.parametrize("file", [rules.EACH_STEP, rules.LAST])
def test_an_empty_hub_breaks_no_rule(file: str) -> None:
    """
    All rules together are one statement that the database understands, and it finds nothing.
    """
    rules.hold(_session(), file, secret=canaries.PATTERN)


@pytest.mark.django_db
def test_a_broken_rule_is_named() -> None:
    """
    A row that breaks a rule is a violation with the rule's name and the row's own words.
    """
    jobs.enqueue("advance", dossier=CANARY.name.reveal())
    with pytest.raises(Violation, match="no_secrets: advance"):
        rules.hold(_session(), rules.EACH_STEP, secret=canaries.PATTERN)


@pytest.mark.django_db
def test_a_canary_is_seen_in_any_row() -> None:
    """
    A person's name in a task's detail is found, whatever the table is called.
    """
    canaries.look_everywhere(_session())
    detail = {"of": CANARY.name.reveal()}
    tasks.open(TaskKind.NO_SIGNER, Role.MANAGER, subject="x", unit="H49", detail=detail)
    with pytest.raises(Violation, match="hub_register_task"):
        canaries.look_everywhere(_session())


def _session() -> psycopg.Connection:
    connection.ensure_connection()
    own: psycopg.Connection = connection.connection
    return own


@pytest.mark.parametrize("secret", SECRETS)
def test_every_canary_is_known(secret: str) -> None:
    """
    Each planted word of a person and each shared secret is recognised, in any case.
    """
    for text in (secret, secret.upper(), f"x{secret}y"):
        with pytest.raises(Violation):
            canaries.look(text, "here")


def test_a_canary_is_seen_behind_another_error() -> None:
    """
    An error is looked at with all that it came from.
    """
    error = RuntimeError("it did not work")
    error.__cause__ = ValueError(SECRET)
    with pytest.raises(Violation, match="ValueError"):
        canaries.look_at_error(error, "a job")


def test_a_canary_is_heard_in_any_log() -> None:
    """
    What both kinds of logs say of a person is heard, and nothing else is kept.
    """
    canaries.forget()
    with canaries.listening():
        logging.getLogger("anybody").warning("paid by %s", CANARY.name.reveal())
        structlog.get_logger().info("paid", by=CANARY.phone.reveal())
        structlog.get_logger().info("paid", by="somebody")
    heard = list(canaries.heard())
    canaries.forget()
    assert 2 == len(heard)
