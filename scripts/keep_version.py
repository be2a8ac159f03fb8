"""
Keeps a version of the hub for the upgrade test: its tables with a dossier at every step.

    PYTHONPATH=. .venv/bin/python scripts/keep_version.py COMMIT VERSION

Run it once for each version that is released, and commit what it wrote into
``tests/upgrade/schemas``. The commit's own code makes the tables and the dossiers; nothing of the
work tree has a part in it, except for ``tests/upgrade/stand.py`` if the commit has none.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from config.postgres import Postgres
from tests.support import upgrade_kit


def main(commit: str, version: str) -> None:
    """Keep *commit* as *version*."""
    with tempfile.TemporaryDirectory(prefix="keep-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL runs as a user who must pass
        tree = upgrade_kit.checkout(commit, folder / "tree")
        server = Postgres(folder / "postgres", durable=False)
        server.start()
        try:
            with upgrade_kit.hub(server, folder, "kept") as hub:
                told = upgrade_kit.stand(hub, tree)
                upgrade_kit.keep(hub, version)
        finally:
            server.stop()
    print(f"{version}: {len(told['places'])} dossiers in {upgrade_kit.SCHEMAS}")


if __name__ == "__main__":
    main(*sys.argv[1:])
