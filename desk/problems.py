"""
What the API says when it refuses: RFC 9457 problem documents, Vietnamese with English beside.

Each says what happened and the next act. Nothing that was sent is repeated: it may be personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, JsonResponse

MEDIA_TYPE = "application/problem+json"


class Why(StrEnum):
    """Every reason for which the API refuses; it ends the problem's ``type``."""

    UNAUTHORISED = "unauthorised"
    KEY_MISSING = "key-missing"
    KEY_REUSED = "key-reused"
    TOO_LARGE = "too-large"
    INCOMPLETE = "incomplete"
    BAD_DATA = "bad-data"
    UNFIT_FILE = "unfit-file"
    BAD_CODE = "bad-code"
    UNKNOWN_UNIT = "unknown-unit"
    UNKNOWN_PROCEDURE = "unknown-procedure"
    FOREIGN_UNIT = "foreign-unit"
    DUPLICATE = "duplicate"
    NOT_FOUND = "not-found"
    NO_ROOM = "no-room"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to be refused."""

    status: int
    vi: str
    en: str
    detail_vi: str
    detail_en: str
    retry_after: int | None = None
    """Seconds after which the same request, under the same key, may well succeed."""


KINDS: dict[Why, Kind] = {
    Why.UNAUTHORISED: Kind(
        401,
        "Chưa được phép",
        "Not authorised",
        "Gửi tiêu đề Authorization: Bearer với mã truy cập đang hiệu lực.",
        "Send the header Authorization: Bearer with a token that is in force.",
    ),
    Why.KEY_MISSING: Kind(
        400,
        "Thiếu Idempotency-Key",
        "Idempotency-Key is missing",
        "Gửi tiêu đề Idempotency-Key dài 1 đến 120 ký tự, mỗi kết quả một khóa riêng.",
        "Send the header Idempotency-Key, 1 to 120 characters, another one for each result.",
    ),
    Why.KEY_REUSED: Kind(
        409,
        "Khóa đã dùng cho yêu cầu khác",
        "The key was used for another request",
        "Idempotency-Key này thuộc một yêu cầu có nội dung khác. Dùng khóa mới.",
        "This Idempotency-Key belongs to a request with other content. Use a new key.",
    ),
    Why.TOO_LARGE: Kind(
        413,
        "Tệp quá lớn",
        "The file is too large",
        "Tệp kết quả tối đa 50 MB. Giảm dung lượng rồi gửi lại.",
        "A result is at most 50 MB. Make the file smaller and send it again.",
    ),
    Why.INCOMPLETE: Kind(
        400,
        "Thiếu phần của yêu cầu",
        "Parts of the request are missing",
        "Gửi multipart/form-data gồm tệp file (PDF) và trường data (JSON).",
        "Send multipart/form-data with the part file (PDF) and the field data (JSON).",
    ),
    Why.BAD_DATA: Kind(
        422,
        "Dữ liệu chưa đúng",
        "The data is not right",
        "Sửa các trường nêu trong errors rồi gửi lại.",
        "Correct the fields named in errors and send again.",
    ),
    Why.UNFIT_FILE: Kind(422, "Tệp không ký được", "The file cannot be signed", "", ""),
    Why.BAD_CODE: Kind(422, "Mã hồ sơ không đúng", "The dossier code is not right", "", ""),
    Why.UNKNOWN_UNIT: Kind(
        422,
        "Không có cơ quan này",
        "No such agency",
        "Mã cơ quan hoặc trung tâm không có trong danh mục đang hiệu lực. Kiểm tra lại mã.",
        "The code of the agency or centre is not in the list in force. Check the code.",
    ),
    Why.UNKNOWN_PROCEDURE: Kind(
        422,
        "Không có thủ tục này",
        "No such procedure",
        "Mã thủ tục không có trong danh mục. Kiểm tra lại mã thủ tục.",
        "The code of the procedure is not in the list. Check the code.",
    ),
    Why.FOREIGN_UNIT: Kind(
        403,
        "Ngoài phạm vi",
        "Out of scope",
        "Mã truy cập này không được gửi hồ sơ của cơ quan đó. Liên hệ quản trị.",
        "This token may not hand over dossiers of that agency. Ask the administrator.",
    ),
    Why.DUPLICATE: Kind(
        409,
        "Hồ sơ đã có",
        "The dossier is already there",
        "Mã hồ sơ này đã được tiếp nhận. Không gửi lại với khóa khác.",
        "This dossier was received already. Do not send it again under another key.",
    ),
    Why.NOT_FOUND: Kind(
        404,
        "Không có hồ sơ này",
        "No such dossier",
        "Không có hồ sơ với mã này trong phạm vi của mã truy cập.",
        "There is no dossier with this code in the token's scope.",
    ),
    Why.NO_ROOM: Kind(
        507,
        "Kho tài liệu đã đầy",
        "The document store is full",
        "Chưa lưu gì. Gửi lại cùng yêu cầu với cùng khóa sau; quản trị cần giải phóng dung lượng.",
        "Nothing was stored. Send the same request under the same key later; the administrator"
        " must make room.",
        retry_after=300,
    ),
    Why.AWAY: Kind(
        503,
        "Cơ sở dữ liệu tạm gián đoạn",
        "The database is out for the moment",
        "Chưa rõ đã lưu hay chưa. Gửi lại cùng yêu cầu với cùng khóa; không có gì bị ghi hai lần.",
        "Whether it was stored is not known. Send the same request under the same key; nothing is"
        " done twice.",
        retry_after=5,
    ),
}


class Problem(Exception):
    """The API refuses and says why."""

    def __init__(self, why: Why, *, detail: tuple[str, str] | None = None, **more: Any) -> None:
        """Keep *why*, another *detail* (Vietnamese, English), and members to add."""
        super().__init__(why)
        self.why, self.detail, self.more = why, detail, more

    def document(self) -> dict[str, Any]:
        """Return the problem document."""
        kind = KINDS[self.why]
        vi, en = self.detail or (kind.detail_vi, kind.detail_en)
        return {
            "type": f"urn:motcua:problem:{self.why}",
            "status": kind.status,
            "title": kind.vi,
            "title_en": kind.en,
            "detail": vi,
            "detail_en": en,
            **self.more,
        }


def answer(request: HttpRequest, problem: Problem) -> JsonResponse:
    """Answer *problem* as application/problem+json."""
    document = problem.document()
    response = JsonResponse(
        document,
        status=document["status"],
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    response["Content-Language"] = "vi"
    if (seconds := KINDS[problem.why].retry_after) is not None:
        response["Retry-After"] = str(seconds)
    if document["status"] == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def both(text: str) -> tuple[str, str]:
    """Part ``tiếng Việt / English``, as the errors of ``dossiers`` are written."""
    vi, _slash, en = text.partition(" / ")
    return vi, en or vi
