"""
``motcua trust key|sign|check``: whom the province trusts, as configuration that it signed.

The folder has ``official/`` and ``public/`` with PEM files; see docs/operations.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from signing.verification import trusting
from signing.verification.trusting import TrustError


def main(arguments: list[str]) -> int:
    """Do the act; exit code 1 if the folder is not as signed."""
    given = _parser().parse_args(arguments)
    try:
        if given.act == "key":
            print(f"Khóa công khai · public key: {trusting.make_key(given.path)}")
            return 0
        if given.act == "sign":
            files = trusting.sign(given.path, given.key)
        else:
            files = trusting.check(given.path, given.trust_key or trusting.beside(given.path))
    except (TrustError, OSError, ValueError) as error:
        print(f"Thư mục tin cậy không dùng được · not usable: {error}", file=sys.stderr)
        return 1
    said = {"folder": str(given.path), "files": files}
    names = "\n".join(f"    {name}" for name in files)
    page = f"Đúng như đã ký · as signed: {given.path}\n{names}"
    print(json.dumps(said, ensure_ascii=False) if given.json else page)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua trust", description=__doc__)
    parser.add_argument("--json", action="store_true")
    acts = parser.add_subparsers(dest="act", required=True)
    key = acts.add_parser("key", help="make the province's key pair: FILE and FILE.pub")
    key.add_argument("path", type=Path, metavar="FILE")
    sign = acts.add_parser("sign", help="sign the folder")
    sign.add_argument("path", type=Path, metavar="DIR")
    sign.add_argument("--key", type=Path, required=True, metavar="PRIVATE.pem")
    check = acts.add_parser("check", help="check that the folder is as it was signed")
    check.add_argument("path", type=Path, metavar="DIR")
    check.add_argument("--trust-key", type=Path, metavar="PUBLIC.pem")
    return parser
