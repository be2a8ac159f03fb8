"""
``./motcua manage book``: what the money book holds, and where it does not agree.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payments import book


class Command(BaseCommand):
    """Show the book; with ``--post`` first post what has no entry."""

    help = "số dư sổ kế toán và chỗ lệch · balances of the money book and what differs"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--post`` and ``--json``."""
        parser.add_argument("--post", action="store_true", help="post what has no entry yet")
        parser.add_argument("--json", action="store_true")

    def handle(self, **given: Any) -> None:
        """Print accounts and differences; CommandError, exit code 1, if there are any."""
        if given["post"]:
            book.catch_up()
        held, found = book.trial(), book.check()
        if given["json"]:
            self.stdout.write(json.dumps({"accounts": held, "differences": found}))
        else:
            for account, amount in held.items():
                self.stdout.write(f"{amount:>18,} đ  {account}")
            for difference in found:
                self.stdout.write(f"LỆCH · DIFFERS  {difference}")
        if found:
            message = f"sổ không khớp ở {len(found)} chỗ · the book differs in {len(found)} places"
            raise CommandError(message)
