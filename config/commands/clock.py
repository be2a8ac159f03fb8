"""``motcua clock``: the clock; any number of them may run side by side."""

from __future__ import annotations

import argparse

from config import schedules
from config.settings import ENVIRONMENT
from scheduler import clock


def main(arguments: list[str]) -> int:
    """Fire what the schedules say until stopped."""
    argparse.ArgumentParser(prog="motcua clock", description=__doc__).parse_args(arguments)
    clock.run(schedules.read(ENVIRONMENT.config))
    return 0
