from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: Stands for the Python of the environment: it notes how it was called.
PYTHON = """#!/bin/sh
case $* in
  "-m pip install "*) echo "$*" >&2 ;;
  "-c import pip") ;;
  *) echo "$PYTHONPATH $*" ;;
esac
"""

#: What the script itself needs of a machine.
TOOLS = ("sh", "cat", "dirname", "env", "flock", "grep", "readlink", "sha256sum")


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A repository with nothing but the script, the locks and a stub for Python."""
    folder = tmp_path / "hub"
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "motcua", folder)
    _tool(folder / ".venv" / "bin" / "python", PYTHON)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (folder / lock).write_text("django==5.2\n")
    return folder


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a Debian machine that has nothing but Python."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name) or name)
    _tool(tools / "python3", "#!/bin/sh\n")
    _tool(tools / "apt-get", '#!/bin/sh\necho "apt-get $*" >&2\n')
    # This PATH hides the machine's PostgreSQL only if an address says that none is needed.
    return {"PATH": str(tools), "DATABASE_URL": "postgresql://db/motcua"}


def _tool(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def _run(
    hub: Path, *arguments: str, env: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [hub / "motcua", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=hub.parent,
        env=env,
    )


def test_the_first_run_installs_and_the_second_does_not(hub: Path) -> None:
    """
    Libraries are installed once, by hash, and what that says never mixes with the answer.
    """
    first, second = _run(hub, "doctor", "--json"), _run(hub, "doctor", "--json")

    answer = f"{hub} -m config doctor --json\n"
    assert (answer, answer) == (first.stdout, second.stdout)
    assert "--require-hashes" in first.stderr
    assert "" == second.stderr


def test_a_changed_lock_is_installed(hub: Path) -> None:
    """
    After an update of the product the next command brings the libraries along.
    """
    _run(hub, "--version")
    (hub / "requirements.lock").write_text("django==5.3\n")

    assert "requirements.lock" in _run(hub, "--version").stderr


def test_it_runs_from_anywhere(hub: Path, tmp_path: Path) -> None:
    """
    By a link, from a folder that has a room of the same name, it still runs its own hub.
    """
    (tmp_path / "config").mkdir()
    link = tmp_path / "bin"
    link.mkdir()
    (link / "motcua").symlink_to(hub / "motcua")

    assert f"{hub} -m config up\n" == _run(link, "up").stdout


def test_the_product_needs_nothing_of_the_tests(hub: Path) -> None:
    """
    A production machine never gets a browser or a linter.
    """
    assert "requirements-dev.lock" not in _run(hub, "up").stderr
    assert "requirements-dev.lock" in _run(hub, "test").stderr


def test_root_gets_the_missing_packages(hub: Path, bare: dict[str, str], tmp_path: Path) -> None:
    """
    As root, what the machine lacks is installed by apt, and only that.
    """
    _tool(tmp_path / "tools" / "id", "#!/bin/sh\necho 0\n")

    said = _run(hub, "up", env=bare).stderr

    assert "install softhsm2\n" in said
    assert "postgresql" not in said


def test_others_are_told_what_to_type(hub: Path, bare: dict[str, str], tmp_path: Path) -> None:
    """
    Who may not install gets the exact command, and nothing is half done.
    """
    _tool(tmp_path / "tools" / "id", "#!/bin/sh\necho 1000\n")

    done = _run(hub, "up", env=bare)

    assert 1 == done.returncode
    assert "apt-get update && apt-get install softhsm2\n" in done.stderr
    assert "" == done.stdout


def test_a_failed_installation_is_tried_again(hub: Path) -> None:
    """
    When pip fails nothing runs, and the next command does not believe all was installed.
    """
    python = hub / ".venv" / "bin" / "python"
    _tool(python, PYTHON.replace('echo "$*" >&2', "exit 1"))

    assert (1, "") == (_run(hub, "up").returncode, _run(hub, "up").stdout)

    _tool(python, PYTHON)
    assert f"{hub} -m config up\n" == _run(hub, "up").stdout
