"""
``motcua verify FILE…``: a verdict with reasons for any signed PDF, XML, p7m or p7s, offline.

Exit code 0 if every file is VALID, 1 if not, 2 for wrong usage or a trust folder that is not as
it was signed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from desk.words_of_verdicts import TREES, VERDICTS, reason
from dossiers.signing_status import VerdictWord
from signing.verification import trusting
from signing.verification.files import report, verify_files
from signing.verification.verify import Trust


def main(arguments: list[str]) -> int:
    """Judge the files and print what was found."""
    given = _parser().parse_args(arguments)
    missing = [str(file) for file in (*given.files, given.content) if file and not file.is_file()]
    if given.trust and not given.trust.is_dir():
        missing.append(str(given.trust))
    if missing:
        print(f"Không tìm thấy · not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    trust = Trust(given.trust, key=given.trust_key)
    try:
        trusting.read(trust.folder, trust.key)
    except trusting.TrustError as error:
        print(f"{reason('trust_refused')}\n{error}", file=sys.stderr)
        return 2
    found = verify_files(given.files, trust, content=given.content)
    print(json.dumps(found, ensure_ascii=False) if given.json else _page(found["files"]))
    if given.report:
        _write_reports(given, trust)
    return int(any(one["verdict"] != VerdictWord.VALID for one in found["files"]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua verify", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--trust", type=Path, metavar="DIR", help="folder of trusted PEM files, plain or signed"
    )
    parser.add_argument(
        "--trust-key", type=Path, metavar="FILE", help="the province's public key, if elsewhere"
    )
    parser.add_argument(
        "--content", type=Path, metavar="FILE", help="what a detached signature is over"
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="write an ETSI TS 119 102-2 report per file"
    )
    parser.add_argument("--json", action="store_true")
    return parser


def _write_reports(given: argparse.Namespace, trust: Trust) -> None:
    given.report.mkdir(parents=True, exist_ok=True)
    for place, file in enumerate(given.files, start=1):
        made = report(file, trust, content=given.content)
        target = given.report / f"{place:04d}-{file.name}.report.xml"
        if made:
            target.write_bytes(made)
            print(f"Báo cáo · report: {target}", file=sys.stderr)
        else:
            print(f"Không có báo cáo · no report: {file}", file=sys.stderr)


def _page(files: list[dict[str, Any]]) -> str:
    lines = []
    for one in files:
        lines.append(f"{VERDICTS[one['verdict']]} · {one['verdict']}  {one['file']}")
        lines += [f"    {word}: {reason(word)}" for word in one["reasons"]]
        lines += [f"    ({word}: {reason(word)})" for word in one["notes"]]
        for seen in one["signatures"]:
            tree = TREES.get(seen["tree"], "")
            lines.append(f"    {seen['field']}: {seen['certificate'][:16]}…  {tree}".rstrip())
    return "\n".join(lines)
