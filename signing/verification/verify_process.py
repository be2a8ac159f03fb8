"""
The process in which files of strangers are judged: little memory, no network, no writing.

Started by ``verify.Verifier``, which tells it its memory in bytes. Time is the parent's business:
it kills a process that is late. Speaks frames on standard input and output.
"""

from __future__ import annotations

import logging  # noqa: TID251 - only to quiet pyHanko
from datetime import datetime
from pathlib import Path
from typing import Any

from dossiers.signing_status import Policy
from signing.sandboxed import Answer, serve
from signing.verification import judgement, report
from signing.verification.findings import Findings
from signing.verification.trusting import TrustError
from signing.verification.verify import Question, Trust


def answer(request: dict[str, Any], data: bytes) -> Answer:
    """Judge one file; whatever goes wrong is a reason, never an exception."""
    try:
        asked = (question := _question(request, data)).asked()
        if request["report"]:
            return {}, report.make(question.data, asked)
        return judgement.judge(question.data, asked).as_json(), b""
    except TrustError:
        reason = "trust_refused"
    except MemoryError:
        reason = "too_big"
    except Exception as error:  # noqa: BLE001 - a verdict must survive anything a file can do
        reason = f"surprise:{type(error).__name__}"
    return Findings(reasons=[reason]).as_json(), b""


def _question(request: dict[str, Any], data: bytes) -> Question:
    """Return the question as it was before it went through the pipe."""
    folder, key = (Path(request[name]) if request[name] else None for name in ("trust", "key"))
    size = request["content"]
    split = len(data) - max(size, 0)
    beside = data[split:] if size >= 0 else None
    trust = Trust(folder, Policy(request["policy"]), key)
    return Question(data[:split], trust, datetime.fromisoformat(request["at"]), beside)


def main() -> None:
    """Judge files until the parent closes the pipe."""
    # It tells each finding with its traceback, which costs more than the judgement.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    serve(answer)


if __name__ == "__main__":
    main()
