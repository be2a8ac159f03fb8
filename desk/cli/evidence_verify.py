"""
``motcua evidence verify FILE``: whether a bundle proves its result, without any network.

Exit code 0 if it does, 1 if not or if a person must look.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

from register import world
from signing.evidence import bundles

WORDS = {
    "VALID": "HỢP LỆ",
    "NEEDS_A_PERSON": "CẦN NGƯỜI XEM",
    "NOT_VALID": "KHÔNG HỢP LỆ",
}

#: What each reason means: Vietnamese · English.
REASONS = {
    "bundle_unreadable": "không đọc được gói, hoặc gói có tệp lạ"
    " · the bundle cannot be read, or holds strange files",
    "trust_unreadable": "thư mục --trust không đúng như tỉnh đã ký"
    " · the trust folder is not as the province signed it",
    "facts_broken": "chuỗi sự kiện không liền · the facts do not hang together",
    "result_unknown": "tệp kết quả không phải tệp mà sự kiện nêu"
    " · the file is not the one that the facts name",
    "record_unreadable": "không đọc được bản ghi chứng cứ · an evidence record cannot be read",
    "not_covered": "dấu thời gian không phủ tệp này · the time stamp does not cover this",
    "disordered": "các dấu thời gian sai thứ tự · the time stamps are out of order",
    "stamp_unreadable": "không đọc được dấu thời gian · a time stamp cannot be read",
    "stamp_broken": "dấu thời gian không khớp · a time stamp does not hold",
    "stamp_untrusted": "dấu thời gian không nối tới gốc tin cậy"
    " · a time stamp does not lead to a trusted root",
    "unsigned": "tệp chưa có chữ ký số · the file has no signature",
    "signature_broken": "chữ ký không khớp nội dung · a signature does not fit the content",
    "signature_untrusted": "chữ ký không nối tới gốc tin cậy"
    " · a signature does not lead to a trusted root",
    "not_the_whole_file": "chữ ký không phủ toàn tệp · no signature covers the whole file",
    "signatures_not_checked": "tệp không phải PDF: hãy kiểm tra chữ ký riêng"
    " · not a PDF: check its signature by itself",
    "roots_from_the_bundle": "dùng chứng thư gốc trong gói: so dấu vân tay, hoặc thêm --trust"
    " · the bundle's own roots: compare fingerprints, or give --trust",
}


def main(arguments: list[str]) -> int:
    """Judge the bundle and print what was found."""
    parser = argparse.ArgumentParser(prog="motcua evidence verify", description=__doc__)
    parser.add_argument("bundle", type=Path, metavar="FILE")
    parser.add_argument("--trust", type=Path, metavar="DIR", help="folder of trusted roots (PEM)")
    parser.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help="as of then")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    if not given.bundle.is_file() or (given.trust and not given.trust.is_dir()):
        print("Không tìm thấy tệp · not found", file=sys.stderr)
        return 2
    found = bundles.judge(given.bundle, given.trust, at=given.at or world.now())
    print(json.dumps(found.as_json()) if given.json else _page(found))
    return int(found.verdict != "VALID")


def _page(found: bundles.Found) -> str:
    lines = [f"{WORDS[found.verdict]} · {found.verdict}"]
    lines += [f"  - {REASONS.get(reason, reason)}" for reason in found.reasons]
    lines += [
        f"  hồ sơ · dossier        {found.dossier}",
        f"  sự kiện · facts        {found.facts}",
        f"  có từ · since          {found.since}",
        f"  dấu thời gian · stamps {found.stamps}",
        *(f"  gốc · root             {root}" for root in found.roots),
    ]
    return "\n".join(lines)
