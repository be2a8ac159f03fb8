"""``motcua manage``: Django's own commands, for developers."""

from __future__ import annotations

from django.core.management import execute_from_command_line


def main(arguments: list[str]) -> int:
    """Run Django's command line."""
    execute_from_command_line(["motcua manage", *arguments])
    return 0
