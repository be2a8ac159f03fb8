"""
What preflight says of a file: what stands against it, or what was mended, in fixed words.

Every reason has two sentences for a records clerk, Vietnamese and English: what is wrong with
the file, and what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unfit(StrEnum):
    """Why a file cannot be signed."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    NOT_A_PDF = "not_a_pdf"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    PROTECTED = "protected"
    NO_PAGES = "no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    PAGE_SIZE = "page_size"
    HUGE_IMAGE = "huge_image"
    XFA = "xfa"
    ATTACHMENT = "attachment"
    MULTIMEDIA = "multimedia"
    EXTERNAL = "external"
    HIDDEN_LAYER = "hidden_layer"
    PRINT_DIFFERS = "print_differs"
    HIDDEN_TEXT = "hidden_text"
    COVERED_TEXT = "covered_text"
    LOOKS_DIFFERENT = "looks_different"
    FIELD_TAKEN = "field_taken"
    ALREADY_SIGNED = "already_signed"
    SIGNED_BY_US = "signed_by_us"
    SIGNED_BROKEN = "signed_broken"
    SIGNED_NO_CHANGES = "signed_no_changes"
    BLOCK_DIFFERS = "block_differs"


#: Reason → what a person reads: what happened and what to do next.
REASONS: dict[Unfit, tuple[str, str]] = {
    Unfit.BLOCK_DIFFERS: (
        "Chức vụ in trên văn bản không đúng với người ký hôm nay. Hãy sửa khối ký rồi gửi lại.",
        "The title printed above the name is not the signer's today. Mend it and send it again.",
    ),
    Unfit.EMPTY: (
        "Tệp rỗng. Hãy gửi lại tệp kết quả.",
        "The file is empty. Send the result again.",
    ),
    Unfit.TOO_LARGE: (
        "Tệp quá lớn. Hãy giảm dung lượng rồi gửi lại.",
        "The file is too large. Make it smaller and send it again.",
    ),
    Unfit.TOO_COMPLEX: (
        "Tệp quá phức tạp, không kiểm tra được trong 10 giây. Hãy in ra PDF mới rồi gửi lại.",
        "The file is too complex to be checked in 10 seconds. Print it to a new PDF and send that.",
    ),
    Unfit.NOT_A_PDF: (
        "Tệp không phải PDF. Hãy xuất kết quả ra PDF rồi gửi lại.",
        "The file is no PDF. Export the result as PDF and send it again.",
    ),
    Unfit.BROKEN: (
        "Tệp PDF bị hỏng, không sửa được. Hãy xuất lại từ phần mềm gốc.",
        "The PDF is broken beyond repair. Export it again from the original program.",
    ),
    Unfit.ENCRYPTED: (
        "Tệp đặt mật khẩu mở. Hãy bỏ mật khẩu rồi gửi lại.",
        "The file opens only with a password. Remove it and send the file again.",
    ),
    Unfit.PROTECTED: (
        "Tệp bị khóa, chủ tệp cấm sửa. Hãy bỏ khóa bảo vệ rồi gửi lại.",
        "The file is locked: its owner forbids changes. Remove the protection and send it again.",
    ),
    Unfit.NO_PAGES: (
        "Tệp không có trang nào. Hãy gửi lại tệp kết quả.",
        "The file has no pages. Send the result again.",
    ),
    Unfit.TOO_MANY_PAGES: (
        "Tệp có quá nhiều trang. Hãy tách phụ lục thành tệp riêng rồi gửi lại.",
        "The file has too many pages. Move the annexes to a file of their own and send it again.",
    ),
    Unfit.PAGE_SIZE: (
        "Có trang quá nhỏ hoặc quá lớn để ký. Hãy xuất ra khổ A4 rồi gửi lại.",
        "A page is too small or too large to be signed. Export it as A4 and send it again.",
    ),
    Unfit.HUGE_IMAGE: (
        "Ảnh trong tệp quá lớn. Hãy quét lại ở 200–300 dpi rồi gửi lại.",
        "A picture in the file is too large. Scan it again at 200–300 dpi and send that.",
    ),
    Unfit.XFA: (
        "Tệp là biểu mẫu động XFA, không ký được. Hãy in ra PDF thường rồi gửi lại.",
        "The file is a dynamic XFA form. Print it to an ordinary PDF and send that.",
    ),
    Unfit.ATTACHMENT: (
        "Tệp có tệp đính kèm mà người ký không nhìn thấy. Hãy đưa nội dung đó thành trang phụ lục.",
        "Files are attached that the signer would not see. Make them pages of the annex.",
    ),
    Unfit.MULTIMEDIA: (
        "Tệp có âm thanh, phim hoặc hình 3D. Hãy in ra PDF thường rồi gửi lại.",
        "The file holds sound, film or 3D. Print it to an ordinary PDF and send that.",
    ),
    Unfit.EXTERNAL: (
        "Nội dung tệp nằm ở nơi khác, có thể đổi sau khi ký. Hãy in ra PDF thường rồi gửi lại.",
        "Part of the content lies elsewhere and could change. Print it to an ordinary PDF.",
    ),
    Unfit.HIDDEN_LAYER: (
        "Tệp có lớp bị tắt mà người ký không nhìn thấy. Hãy xóa lớp đó hoặc in ra PDF mới.",
        "A layer is switched off and would be signed unseen. Remove it or print a new PDF.",
    ),
    Unfit.PRINT_DIFFERS: (
        "Bản in khác bản trên màn hình. Hãy in ra PDF mới rồi gửi lại.",
        "What is printed differs from what is on the screen. Print it to a new PDF and send that.",
    ),
    Unfit.HIDDEN_TEXT: (
        "Tệp có chữ không nhìn thấy (chữ trắng hoặc chữ ẩn). Hãy xóa chữ đó rồi gửi lại.",
        "The file holds text that nobody can see (white or invisible). Remove it, send it again.",
    ),
    Unfit.COVERED_TEXT: (
        "Ghi chú che mất chữ trên trang. Hãy xóa ghi chú hoặc in ra PDF mới.",
        "A note covers text of the page. Remove the note or print a new PDF.",
    ),
    Unfit.LOOKS_DIFFERENT: (
        "Bản đã sửa trông khác bản gốc. Hãy mở tệp, kiểm tra từng trang, xuất lại rồi gửi lại.",
        "The repaired file looks different. Open it, check each page, export it again, send that.",
    ),
    Unfit.FIELD_TAKEN: (
        "Tệp đã có ô chữ ký tên KySo hoặc ConDau. Hãy gửi bản chưa chuẩn bị ký.",
        "The file has a field named KySo or ConDau already. Send the file as it was before.",
    ),
    Unfit.ALREADY_SIGNED: (
        "Tệp đã có chữ ký số. Hãy gửi bản chưa ký.",
        "The file is already signed. Send the unsigned one.",
    ),
    Unfit.SIGNED_BY_US: (
        "Tệp đã được ký ở đây. Hãy tìm hồ sơ cũ; không ký lần thứ hai.",
        "The file was signed here already. Look for its old dossier; it is not signed twice.",
    ),
    Unfit.SIGNED_BROKEN: (
        "Chữ ký số trong tệp không hợp lệ hoặc tệp bị sửa sau khi ký. Hãy gửi lại bản gốc.",
        "A signature in the file does not hold, or it was changed since. Send the original again.",
    ),
    Unfit.SIGNED_NO_CHANGES: (
        "Người ký trước cấm mọi thay đổi, không đóng dấu được. Hãy gửi bản không khóa.",
        "An earlier signer forbade every change, so no seal can follow. Send one without a lock.",
    ),
}


class Mend(StrEnum):
    """What was mended in an unsigned file; the page looks as it came."""

    REWRITTEN = "rewritten"
    """The structure was broken, or such that a strict reader refuses it."""
    DECRYPTED = "decrypted"
    """It was encrypted, opened without a password, and its owner allows changes."""
    SCRIPTS_REMOVED = "scripts_removed"
    """What would have run by itself or on a click: scripts, launches, submitted forms."""
    UNSEEN_REMOVED = "unseen_removed"
    """Notes and fields that show neither on the screen nor in print."""
    XFA_REMOVED = "xfa_removed"
    """The second, dynamic copy of a form whose pages are all there."""
    RIGHTS_REMOVED = "rights_removed"
    """Usage rights that a program's maker had signed; nobody signed the text."""
    COPIES_REMOVED = "copies_removed"
    """Copies for machines of formulas and lists that the pages show."""
    ARCHIVAL = "archival"
    """Made PDF/A-2b, for keeping."""


#: Mend → what a person reads of it, in Vietnamese and English.
MENDED: dict[Mend, tuple[str, str]] = {
    Mend.REWRITTEN: ("đã sửa cấu trúc tệp", "structure repaired"),
    Mend.DECRYPTED: ("đã gỡ mã hóa", "encryption removed"),
    Mend.SCRIPTS_REMOVED: ("đã gỡ mã tự chạy", "scripts removed"),
    Mend.UNSEEN_REMOVED: ("đã gỡ ghi chú ẩn", "unseen notes removed"),
    Mend.XFA_REMOVED: ("đã gỡ biểu mẫu XFA", "XFA form removed"),
    Mend.RIGHTS_REMOVED: ("đã gỡ quyền sử dụng", "usage rights removed"),
    Mend.COPIES_REMOVED: ("đã gỡ bản sao cho máy đọc", "copies for machines removed"),
    Mend.ARCHIVAL: ("đã chuyển sang PDF/A-2b", "made PDF/A-2b"),
}


class UnfitError(Exception):
    """The file cannot be signed; ``reason`` is one of ``Unfit``, ``vi`` and ``en`` say it."""

    def __init__(self, reason: Unfit) -> None:
        """Keep the *reason* and its words."""
        super().__init__(reason)
        self.reason = reason
        self.vi, self.en = REASONS[reason]


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be signed."""

    data: bytes
    """What came, if nothing was mended; else the mended file, which looks the same."""
    mended: tuple[Mend, ...] = ()
    bars: tuple[str, ...] = ()
    """Why it is not PDF/A-2b, in fixed words (``archival.Bar``); empty if it is."""

    @property
    def repaired(self) -> bool:
        """True if ``data`` is not what came."""
        return bool(self.mended)
