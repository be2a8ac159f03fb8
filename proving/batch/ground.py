"""
The ground of one run: a private server, a token, a batch that waits to be signed.

The hub's own part is played by processes (``act``), so that they can be killed.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.postgres import Postgres

MACHINE = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


@dataclass(frozen=True, slots=True)
class Ground:
    """One run's folder and database."""

    home: Path
    environment: dict[str, str]

    def act(self, *arguments: object) -> dict[str, Any]:
        """Let a process act to its end and return what it tells; CalledProcessError if it fails."""
        done = self._run(arguments)
        done.check_returncode()
        return dict(json.loads(done.stdout))

    def survives(self, *arguments: object) -> bool:
        """Tell whether a process that acts comes to its end; CalledProcessError if it fails."""
        done = self._run(arguments)
        if done.returncode >= 0:
            done.check_returncode()
        return done.returncode == 0

    def _run(self, arguments: tuple[object, ...]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "proving.batch.act", *map(str, arguments)]
        return subprocess.run(
            command, env=self.environment, stdout=subprocess.PIPE, text=True, check=False
        )


@contextmanager
def laid(size: int, *, durable: bool = True) -> Iterator[Ground]:
    """Give the ground with a batch of *size* results on an official's token; leave nothing."""
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        server = Postgres(home / "postgres", durable=durable)
        server.start()
        try:
            ours = {
                "DATABASE_URL": server.dsn(),
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "MOTCUA_HOME": str(home),
            }
            ground = Ground(home, {**os.environ, **ours})
            ground.act("build", size)
            yield ground
        finally:
            server.stop()
