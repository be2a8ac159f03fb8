"""
``motcua doctor``: check everything, and say the exact next act for each fault.

Nothing is changed by it, on no side.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import schedules, wiring
from config.settings import ENVIRONMENT
from connectors import ConnectorError
from register import world
from register.models import Task
from scheduler import breaker
from scheduler.models import Schedule
from signing.devices import probe
from signing.devices.tokens import TokenError
from signing.models import Signer, Token

OK, WARNING, PROBLEM = "ok", "warning", "problem"
MARKS = {OK: "✓", WARNING: "!", PROBLEM: "✗"}
SPACE = 5 * 2**30
"""Bytes that should be free for documents."""
SOON = timedelta(days=30)
"""A certificate that ends within this is named."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: str
    says: str = ""
    next: str = ""
    """What to do; empty if nothing."""


def main(arguments: list[str]) -> int:
    """Check and print; exit code 1 if there is a problem."""
    parser = argparse.ArgumentParser(prog="motcua doctor", description=__doc__)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = [check for look in LOOKS for check in look()]
    if not _migrations_waiting():
        found += [check for look in IN_THE_DATABASE for check in look()]
    if given.json:
        print(json.dumps({"checks": [asdict(check) for check in found]}, ensure_ascii=False))
    else:
        print("\n".join(map(_line, found)))
    return int(any(check.state == PROBLEM for check in found))


def _line(check: Check) -> str:
    line = f"  {MARKS[check.state]} {check.name:<28} {check.says}"
    return f"{line}\n      → {check.next}" if check.next else line


def _machine() -> Iterator[Check]:
    yield Check("python", OK, f"{platform.python_version()}, Django {django.get_version()}")
    free = shutil.disk_usage(_existing(ENVIRONMENT.home)).free
    state = OK if free > SPACE else WARNING
    act = "" if free > SPACE else f"free space below {ENVIRONMENT.home}, or set MOTCUA_HOME"
    yield Check("disk", state, f"{free / 2**30:.0f} GiB free", act)


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def _database() -> Iterator[Check]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), rolsuper FROM pg_roles"
            " WHERE rolname = current_user"
        )
        version, superuser = cursor.fetchone()
    yield Check("database", OK, f"PostgreSQL {version}")
    if superuser:
        yield Check(
            "database role",
            PROBLEM,
            "a superuser is not bound by row-level security",
            "use a role made with: CREATE ROLE motcua LOGIN",
        )
    waiting = _migrations_waiting()
    act = "./motcua init" if waiting else ""
    yield Check("migrations", PROBLEM if waiting else OK, f"{waiting} waiting", act)


def _migrations_waiting() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _connectors() -> Iterator[Check]:
    try:
        made = wiring.connections(ENVIRONMENT.config).connectors
    except (ValueError, LookupError, OSError) as error:
        yield Check("motcua.toml", PROBLEM, str(error), f"mend {ENVIRONMENT.config}")
        return
    if not made:
        yield Check("connectors", WARNING, "none", f"name them in {ENVIRONMENT.config}")
    for code, one in made.items():
        try:
            one.check()
        except ConnectorError as error:
            act = f"ask {one.label}, or mend [connectors.{code}] in {ENVIRONMENT.config}"
            yield Check(f"connector {code}", PROBLEM, f"{type(error).__name__}: {error}", act)
        else:
            yield Check(f"connector {code}", OK, one.label)


def _tokens() -> Iterator[Check]:
    """Ask each driver once, without a PIN; one that crashes takes only its own process along."""
    behind: dict[tuple[str, str], list[Token]] = {}
    for token in Token.objects.exclude(module="").order_by("label"):
        place = (token.module, json.dumps(token.environment, sort_keys=True))
        behind.setdefault(place, []).append(token)
    for (module, _environment), tokens in behind.items():
        try:
            told = probe.read(Path(module), environment=tokens[0].environment)
        except TokenError as error:
            act = f"./motcua token probe {module}"
            yield Check(f"driver {Path(module).name}", PROBLEM, f"{error}: {error.en}", act)
            continue
        found = {one.label: one for one in told}
        for token in tokens:
            yield _token(token, found.get(token.label))


def _token(token: Token, found: probe.Probe | None) -> Check:
    name = f"token {token.label}"
    if found is None:
        return Check(name, PROBLEM, "not plugged in", f"plug it in: {token.label}")
    if token.stopped:
        act = "the person who holds it presses Try again on the signing tray"
        return Check(name, WARNING, token.stopped, act)
    if warnings := [probe.WARNINGS[word] for word in found.warnings()]:
        return Check(name, WARNING, "; ".join(warnings), "docs/tokens.md")
    return Check(name, OK, f"{found.model}, {found.serial}")


def _certificates() -> Iterator[Check]:
    now = world.now()
    for signer in Signer.objects.order_by("unit_id", "role"):
        ends = signer.certificate.parsed.not_valid_after_utc
        name = f"certificate {signer.person}"
        says = f"until {ends.astimezone(world.VIETNAM):%d/%m/%Y}"
        if ends < now:
            yield Check(name, PROBLEM, says, "appoint a signer with a new certificate")
        elif ends < now + SOON:
            yield Check(name, WARNING, says, "ask the issuer for a new certificate")
    if not Signer.objects.exists():
        yield Check("signers", WARNING, "nobody is appointed", "appoint officials and clerks")


def _work() -> Iterator[Check]:
    late = [
        row.name
        for row in Schedule.objects.all()
        if row.name in _expected() and world.now() - row.fired_at > 3 * _expected()[row.name]
    ]
    act = "run ./motcua up, or systemctl start motcua-clock" if late else ""
    yield Check("clock", PROBLEM if late else OK, ", ".join(late), act)
    for code, until in breaker.pauses().items():
        says = f"paused until {until.astimezone(world.VIETNAM):%H:%M:%S}, silent too often"
        yield Check(f"partner {code}", WARNING, says, "docs/runbooks/connector-down.md")
    waiting = Task.objects.filter(closed_at=None).count()
    yield Check("tasks of people", WARNING if waiting else OK, f"{waiting} open")


def _expected() -> dict[str, timedelta]:
    """How often each interval is to fire."""
    lines = schedules.read(ENVIRONMENT.config)
    return {line.job: timedelta(seconds=line.seconds) for line in lines if line.seconds}


Look = Callable[[], Iterator[Check]]
LOOKS: tuple[Look, ...] = (_machine, _database, _connectors)
#: These read our tables, which a database that was never set up does not have.
IN_THE_DATABASE: tuple[Look, ...] = (_tokens, _certificates, _work)
