"""
Verdicts on files of the disk, with the content of a detached signature found beside it.

``x.pdf.p7s`` signs ``x.pdf``, ``y.docx.xml`` signs ``y.docx``: the name without its last suffix,
if there is such a file. Nothing that stands inside of a signature chooses what is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dossiers.signing_status import VerdictWord
from register import world
from signing.verification import judge_cms, judge_xml
from signing.verification.verify import Question, Trust, Verdict, shared, verify

#: Bigger files are not read at all; judging needs several times their size.
MOST_BYTES = 200 * 2**20


def verify_files(
    paths: Iterable[Path], trust: Trust, *, content: Path | None = None
) -> dict[str, list[dict[str, Any]]]:
    """
    Return ``{"files": [{"file", "verdict", "reasons", "notes", "signatures"}]}``.

    *content* is what the (detached) signatures are over, where it is not found by its name. A
    file that cannot be read is NOT_VALID with the reason ``unreadable``.
    """
    return {"files": [_of_file(path, trust, content) for path in paths]}


def report(path: Path, trust: Trust, *, content: Path | None = None) -> bytes:
    """Return the ETSI report on *path* (TS 119 102-2, XML); empty if it could not be judged."""
    question = Question(path.read_bytes(), trust, world.now(), _beside(path, content))
    return shared().report(question)


def _of_file(path: Path, trust: Trust, content: Path | None) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            verdict = Verdict(VerdictWord.NOT_VALID, ("too_big",))
        else:
            verdict = verify(path.read_bytes(), trust, beside=_beside(path, content))
    except OSError:
        verdict = Verdict(VerdictWord.NOT_VALID, ("unreadable",))
    return {
        "file": str(path),
        "verdict": verdict.word.value,
        "reasons": list(verdict.reasons),
        "notes": list(verdict.notes),
        "signatures": [seen.as_json() for seen in verdict.signatures],
    }


def _beside(path: Path, content: Path | None) -> bytes | None:
    if content:
        return content.read_bytes()
    with path.open("rb") as file:
        head = file.read(1024)
    beside = path.with_suffix("")
    detached = judge_cms.is_cms(head) or (judge_xml.is_xml(head) and beside.suffix != "")
    return beside.read_bytes() if detached and path.suffix and beside.is_file() else None
