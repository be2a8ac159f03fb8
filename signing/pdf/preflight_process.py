"""
The process in which files of strangers are examined before anybody signs them.

Started by ``preflight.Examiner`` with the limits of ``signing.sandboxed``; whatever a file does
is a reason against it, never an exception.
"""

from __future__ import annotations

import logging  # noqa: TID251 - only to quiet the libraries, which tell each oddity
from datetime import datetime
from typing import Any

from signing.pdf.examine import examine
from signing.pdf.unfit import Fit, Unfit, UnfitError
from signing.sandboxed import serve


def answer(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Examine one file; return what is said of it and, if it was mended, its new bytes."""
    at = datetime.fromisoformat(request["at"])
    try:
        return _told(examine(data, at=at, limit=request["limit"]))
    except UnfitError as error:
        return {"unfit": error.reason}, b""
    except MemoryError:
        return {"unfit": Unfit.TOO_COMPLEX}, b""
    except Exception:  # noqa: BLE001 - an odd file raises anything, and then it is not sound
        return {"unfit": Unfit.BROKEN}, b""


def _told(fit: Fit) -> tuple[dict[str, Any], bytes]:
    said = {"mended": list(fit.mended), "bars": list(fit.bars)}
    return said, fit.data if fit.mended else b""


def main() -> None:
    """Examine files until the parent closes the pipe."""
    for library in ("fontTools", "pikepdf", "pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    serve(answer)


if __name__ == "__main__":
    main()
