"""What is written about the hub is true of it: commands, alarms, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from config.__main__ import COMMANDS
from desk import words
from dossiers.work import TaskKind

ROOT = Path(__file__).resolve().parent.parent
RUNBOOKS = ROOT / "docs" / "runbooks"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]

#: A link to another file of ours, with the heading it points to, if any.
LINK = re.compile(r"\]\((?!https?:|mailto:)(?P<file>[^)#\s]*)(?:#(?P<heading>[^)\s]+))?\)")
#: Written as a pattern, so that no such host stands here either.
REGISTRY = re.compile(
    r"\b(pypi|pythonhosted|npmjs|yarnpkg|crates|rubygems|ghcr|docker|quay)\.(org|com|io)\b"
    r"|proxy\.golang|/simple/"
)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _headings(page: Path) -> set[str]:
    """The names under which a page's headings can be linked to."""
    titles = re.findall(r"^#+ (.+)$", _text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("kind", TaskKind)
def test_every_task_has_a_runbook_under_the_words_of_the_page(kind: TaskKind) -> None:
    """
    Whoever reads a task finds its page by the very words that the desk shows.
    """
    page = RUNBOOKS / f"{kind.replace('_', '-')}.md"
    with translation.override("vi"):
        vietnamese = str(words.of(kind))
    with translation.override("en"):
        english = str(words.of(kind))

    lines = _text(page).splitlines()

    assert f"# {vietnamese}" == lines[0]
    assert f"`{kind}` · {english} · " in lines[2]


def test_every_runbook_is_in_the_index() -> None:
    """
    No page is written that nobody finds.
    """
    linked = {found["file"] for found in LINK.finditer(_text(RUNBOOKS / "index.md"))}

    assert set() == {page.name for page in RUNBOOKS.glob("*.md")} - linked - {"index.md"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_guide(command: str) -> None:
    """
    A command that an operator can type stands in the operators' guide.
    """
    assert re.search(rf"`\./motcua {command}\b", _text(ROOT / "docs" / "operations.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """
    Every file that a page links to is there, and so is the heading.
    """
    broken = []
    for found in LINK.finditer(_text(page)):
        target = (page.parent / found["file"]).resolve() if found["file"] else page
        heading = found["heading"]
        if not target.exists() or (heading and heading not in _headings(target)):
            broken.append(found[0])

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_names_a_registry_of_packages(page: Path) -> None:
    """
    Where packages come from is the operator's business.
    """
    assert REGISTRY.search(_text(page)) is None


def test_every_decision_is_in_the_index() -> None:
    """
    The list of decisions is complete, and numbers have no gap.
    """
    folder = ROOT / "docs" / "adr"
    decisions = sorted(page.name for page in folder.glob("[0-9]*.md"))
    linked = sorted(found["file"] for found in LINK.finditer(_text(folder / "index.md")))

    assert decisions == linked
    assert list(range(1, len(decisions) + 1)) == [int(name[:4]) for name in decisions]
