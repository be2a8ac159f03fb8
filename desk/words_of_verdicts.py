"""
What a verdict and each of its reasons mean, in the order of the reader: Vietnamese · English.

One table for the command line and the pages; a test holds that no reason is without words.
"""

from __future__ import annotations

from dossiers.signing_status import VerdictWord

VERDICTS = {
    VerdictWord.VALID: "HỢP LỆ",
    VerdictWord.NEEDS_A_PERSON: "CẦN NGƯỜI XEM",
    VerdictWord.NOT_VALID: "KHÔNG HỢP LỆ",
}

REASONS = {
    "algorithm_weak": "thuật toán ký đã yếu (SHA-1, khóa ngắn) · an algorithm is too weak",
    "certificate_expired": "chứng thư hết hiệu lực · the certificate has expired",
    "certificate_not_yet_valid": "chứng thư chưa có hiệu lực · the certificate is not valid yet",
    "certificate_revoked": "chứng thư đã bị thu hồi · the certificate is revoked",
    "certificate_unfit": "chứng thư không dùng để ký · the certificate is not for signing",
    "changed_after_signing": "nội dung bị đổi sau khi ký · changed after it was signed",
    "claimed_time_ahead": "giờ ký khai sau giờ thật · the claimed time lies in the future",
    "content_ambiguous": "hai nội dung cho một chữ ký · two contents for one signature",
    "content_missing": "thiếu tệp gốc của chữ ký rời (--content) · the signed file is not here",
    "encrypted": "tệp bị mã hóa, hãy gỡ mật khẩu · encrypted, remove the password",
    "irregular_structure": "cấu trúc tệp bất thường · the file is built irregularly",
    "local_time_as_utc": "giờ Việt Nam ghi thành giờ UTC · local time written as UTC",
    "not_a_pdf": "không phải PDF · not a PDF",
    "not_signed_data": "CMS không mang chữ ký · a CMS without signatures",
    "not_the_whole_file": "chữ ký không phủ toàn tệp · the signature does not cover the file",
    "only_a_part_signed": "chỉ ký một phần nội dung · only a part of the content is signed",
    "revocation_unknown": "chưa rõ chứng thư có bị thu hồi không (thêm CRL vào --trust) · "
    "not known whether the certificate is revoked",
    "signature_broken": "chữ ký không khớp nội dung · the signature does not fit the content",
    "signature_hidden": "có dấu vết chữ ký bị che giấu · a signature is hidden in the bytes",
    "signature_unreachable": "có chữ ký không thuộc trường nào · a signature belongs to no field",
    "signature_wrapped": "chữ ký bị gắn sang nội dung khác · the signature was wrapped around "
    "other content",
    "signer_missing": "không có chứng thư của người ký · the signer's certificate is missing",
    "stamp_untrusted": "dấu thời gian chưa tin được · the time stamp is not trusted",
    "too_big": "tệp quá lớn để kiểm tra · the file is too big to be checked",
    "too_slow": "kiểm tra quá lâu nên dừng · took too long and was stopped",
    "trust_refused": "thư mục tin cậy không đúng như đã ký (trust check) · the trust folder is "
    "not as it was signed",
    "unexpected_signer": "không đúng người ký của hồ sơ · not the signers of the dossier",
    "unknown_format": "không phải PDF, XML hay p7m/p7s · neither PDF, XML nor p7m/p7s",
    "unreadable": "không đọc được tệp · the file cannot be read",
    "unsigned": "chưa có chữ ký số · there is no signature",
    "untrusted": "chứng thư không nối tới gốc tin cậy (--trust) · no path to a trusted root",
    "verifier_died": "bộ kiểm tra hỏng vì tệp này · the verifier died of this file",
    "xml_dtd": "XML có DTD hoặc thực thể · the XML has a document type or entities",
    "xml_transform": "chữ ký XML dùng phép biến đổi lạ · the signature uses a strange transform",
}

TREES = {
    "official": "chuyên dùng công vụ · official",
    "public": "công cộng · public",
    "local": "thư mục riêng · a folder of our own",
}

_SURPRISE = "tệp làm bộ kiểm tra bất ngờ · the file surprised the verifier"


def reason(word: str) -> str:
    """Return what the reason *word* means; a surprise keeps the name of its error."""
    head, _, name = word.partition(":")
    return f"{_SURPRISE} ({name})" if head == "surprise" else REASONS[word]


def both(word: str) -> tuple[str, str]:
    """Return the Vietnamese and the English of the reason *word*, or *word* itself if unknown."""
    known = word in REASONS or word.startswith("surprise:")
    vietnamese, english = reason(word).split(" · ") if known else (word, word)
    return vietnamese, english
