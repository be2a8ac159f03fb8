"""
``motcua verify FILE…``: a verdict with reasons for any signed PDF, offline.

Exit code 0 if every file is VALID, 1 if not, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from signing.verification.verify import Trust, verify_files

WORDS = {
    "VALID": "HỢP LỆ",
    "NEEDS_A_PERSON": "CẦN NGƯỜI XEM",
    "NOT_VALID": "KHÔNG HỢP LỆ",
}

#: What each reason means, in the order of the reader: Vietnamese · English.
REASONS = {
    "unreadable": "không đọc được tệp · the file cannot be read",
    "not_a_pdf": "không phải PDF · not a PDF",
    "encrypted": "tệp bị mã hóa, hãy gỡ mật khẩu · encrypted, remove the password",
    "unsigned": "chưa có chữ ký số · there is no signature",
    "signature_hidden": "có dấu vết chữ ký bị che giấu · a signature is hidden in the bytes",
    "signature_unreachable": "có chữ ký không thuộc trường nào · a signature belongs to no field",
    "signature_broken": "chữ ký không khớp nội dung · the signature does not fit the content",
    "not_the_whole_file": "chữ ký không phủ toàn tệp · the signature does not cover the file",
    "changed_after_signing": "nội dung bị đổi sau khi ký · changed after it was signed",
    "irregular_structure": "cấu trúc tệp bất thường · the file is built irregularly",
    "untrusted": "chứng thư không nối tới gốc tin cậy (--trust) · no path to a trusted root",
    "certificate_expired": "chứng thư hết hiệu lực · the certificate has expired",
    "certificate_not_yet_valid": "chứng thư chưa có hiệu lực · the certificate is not valid yet",
    "certificate_revoked": "chứng thư đã bị thu hồi · the certificate is revoked",
    "certificate_unfit": "chứng thư không dùng để ký · the certificate is not for signing",
    "too_slow": "kiểm tra quá lâu nên dừng · took too long and was stopped",
    "too_big": "tệp quá lớn để kiểm tra · the file is too big to be checked",
    "verifier_died": "bộ kiểm tra hỏng vì tệp này · the verifier died of this file",
}


def main(arguments: list[str]) -> int:
    """Judge the files and print what was found."""
    parser = argparse.ArgumentParser(prog="motcua verify", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--trust", type=Path, metavar="DIR", help="folder of trusted PEM files")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    missing = [str(file) for file in given.files if not file.is_file()]
    if given.trust and not given.trust.is_dir():
        missing.append(str(given.trust))
    if missing:
        print(f"Không tìm thấy · not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    found = verify_files(given.files, Trust(given.trust))
    print(json.dumps(found, ensure_ascii=False) if given.json else _page(found["files"]))
    return int(any(one["verdict"] != "VALID" for one in found["files"]))


def _page(files: list[dict[str, Any]]) -> str:
    lines = []
    for one in files:
        lines.append(f"{WORDS[one['verdict']]} · {one['verdict']}  {one['file']}")
        lines += [f"    {reason}: {REASONS.get(reason, reason)}" for reason in one["reasons"]]
    return "\n".join(lines)
