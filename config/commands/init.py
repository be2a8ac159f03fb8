"""
``motcua init``: write the operator's file, make the database, and a first manager.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from django.contrib.auth.models import User

from config import catalogue, migrating
from config.settings import ENVIRONMENT
from desk.models import Membership
from dossiers.roles import Role
from register import tasks
from scheduler import sweeps

TEMPLATE = """\
# Một Cửa Hub: what this installation is connected to.
# A secret stands in a file of its own (mode 0600): secret = { file = "/etc/motcua/…" }
# Every connector and its settings: docs/connectors.md. Then: ./motcua doctor

# [connectors.platform]
# url = "https://…"
# partner = "…"
# secret = { file = "/etc/motcua/platform.secret" }
# unit = "H49.61"

# [connectors.soap_bank]
# url = "https://…"
# certificate = { file = "/etc/motcua/hub.crt" }
# bank_certificate = { file = "/etc/motcua/bank.crt" }
# key = { file = "/etc/motcua/hub.key" }

# [schedules.fetch_statements]
# seconds = 600
"""


def main(arguments: list[str]) -> int:
    """Make what is missing and leave what is there; run it as often as wanted."""
    parser = argparse.ArgumentParser(prog="motcua init", description=__doc__)
    parser.add_argument("--manager", metavar="USER", help="make a first manager of the province")
    given = parser.parse_args(arguments)
    file = _write(ENVIRONMENT.config)
    try:
        migrating.migrate()
    except migrating.BusyError as error:
        print(error, file=sys.stderr)
        return 1
    sweeps.partitions()
    catalogue.load()
    if given.manager:
        _manager(given.manager)
    print(f"Cấu hình · configuration: {file}\nTiếp theo · next: ./motcua doctor")
    return 0


def _write(file: Path) -> Path:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEMPLATE)
    return file


def _manager(username: str) -> None:
    """Make the manager; the password is typed here and nowhere else."""
    user, _new = User.objects.get_or_create(username=username)
    user.set_password(getpass.getpass(f"Mật khẩu của · password of {username}: "))
    user.save()
    Membership.objects.get_or_create(user=user, role=Role.MANAGER, unit_id=tasks.PROVINCE)
