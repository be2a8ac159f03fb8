"""
A whole archive renewed with one question to a time-stamping authority.

The hub's own functions on a private server, from digests that are stored, as they are after the
first round: nobody reads a million files again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from config import environment
from config.postgres import Postgres

_MEASURE: Final = (
    "import django, sys; django.setup();"
    " from proving.archive import measure; measure.main(int(sys.argv[1]))"
)


def archive(n: int = 1_000_000) -> dict[str, Any]:
    """
    Cover *n* results by one stamp, renew the stamp, then everything with a stronger digest.

    ``seconds`` are those of the last, the dearest; ``stamp`` those of renewing the stamp alone,
    ``first`` those of the first round. ``questions`` counts what the authority was asked for.
    The floor hashes each thing with what proved it so far, and builds the tree; nothing else.
    ``wrong`` counts records that prove nothing, of 200, and those of what was never there.
    """
    with tempfile.TemporaryDirectory(prefix="bench-archive-") as folder:
        server = Postgres(Path(folder, "postgres"))
        server.start()
        try:
            given = {
                **os.environ,
                "DATABASE_URL": server.dsn(),
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "MOTCUA_HOME": folder,
                "PYTHONPATH": str(environment.ROOT),
            }
            migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
            subprocess.run(migrate, env=given, check=True)
            measure = [sys.executable, "-c", _MEASURE, str(n)]
            done = subprocess.run(measure, env=given, stdout=subprocess.PIPE, check=True)
            return dict(json.loads(done.stdout))
        finally:
            server.stop()
