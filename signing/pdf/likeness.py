"""
What a picture of a signature or of a seal must be before it is registered.

Decree 30/2020, App. I: PNG with a clear background; a signature blue, a seal red and in its real
size. A picture that fails would spoil every document after it, so it is refused at the door.
"""

from __future__ import annotations

import warnings
from enum import StrEnum
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, UnidentifiedImageError

from dossiers.signing_status import SigningRole

#: Bytes of a file, and dots of a picture: a scan of 6 cm at 600 dpi has 2 million.
LARGEST, DOTS = 2 * 2**20, 8_000_000
#: Dots per inch on paper; fewer show as steps (Decree 30/2020 asks 200 of every scan).
RESOLUTION: Final = 200
#: Width of a signature on the page, millimetres.
WIDTH: Final = 50.0
#: Share of the picture that must be clear, and of the ink that must have its colour.
_CLEAR, _TRUE = 0.2, 0.9
#: How much stronger (of 255) its own colour must be than the two others.
_STRONGER = 40
#: A seal is round: its sides differ by no more than this share.
_ROUND = 0.05
_INKED = 128
"""Less transparent than this, of 255, is ink."""


class Flaw(StrEnum):
    """What is wrong with a picture."""

    NOT_A_PNG = "not_a_png"
    TOO_LARGE = "too_large"
    NOT_TRANSPARENT = "not_transparent"
    EMPTY = "empty"
    NOT_BLUE = "not_blue"
    NOT_RED = "not_red"
    TOO_COARSE = "too_coarse"
    NOT_ROUND = "not_round"


#: Flaw → what a person reads: what happened and what to do next.
REASONS: Final[dict[Flaw, tuple[str, str]]] = {
    Flaw.NOT_A_PNG: (
        "Hình không phải PNG. Hãy lưu lại thành PNG nền trong suốt.",
        "The picture is no PNG. Save it as PNG with a clear background.",
    ),
    Flaw.TOO_LARGE: (
        "Hình quá lớn. Hãy thu nhỏ xuống dưới 2 MB và 8 triệu điểm ảnh.",
        "The picture is too large. Make it smaller than 2 MB and 8 million dots.",
    ),
    Flaw.NOT_TRANSPARENT: (
        "Nền hình không trong suốt. Hãy xóa nền rồi lưu lại.",
        "The background is not clear. Remove it and save the picture again.",
    ),
    Flaw.EMPTY: (
        "Hình không có nét mực nào. Hãy quét lại.",
        "There is no ink on the picture. Scan it again.",
    ),
    Flaw.NOT_BLUE: (
        "Chữ ký phải màu xanh (Nghị định 30/2020). Hãy quét chữ ký mực xanh.",
        "A signature must be blue (Decree 30/2020). Scan one in blue ink.",
    ),
    Flaw.NOT_RED: (
        "Con dấu phải màu đỏ (Nghị định 30/2020). Hãy quét lại con dấu.",
        "A seal must be red (Decree 30/2020). Scan the seal again.",
    ),
    Flaw.TOO_COARSE: (
        "Hình quá thô: cần ít nhất 200 dpi theo kích thước thật. Hãy quét lại.",
        "The picture is too coarse: 200 dpi at its real size are needed. Scan it again.",
    ),
    Flaw.NOT_ROUND: (
        "Con dấu trong hình không tròn. Hãy cắt sát mép con dấu rồi lưu lại.",
        "The seal in the picture is not round. Cut it at the seal's edge and save it again.",
    ),
}


class PictureError(ValueError):
    """The picture cannot be registered; ``flaw``, and ``vi`` and ``en`` say it."""

    def __init__(self, flaw: Flaw) -> None:
        """Keep the *flaw* and its words."""
        super().__init__(flaw)
        self.flaw = flaw
        self.vi, self.en = REASONS[flaw]


def check(png: bytes, role: SigningRole, *, diameter: float = 36.0) -> bytes:
    """
    Return *png* if it may be registered for *role*, PictureError with the first flaw otherwise.

    *diameter* in millimetres, of the registered seal.
    """
    image = _opened(png)
    alpha = image.getchannel("A").point(lambda value: 255 * (value >= _INKED))
    edges = alpha.getbbox()
    if edges is None:
        raise PictureError(Flaw.EMPTY)
    if alpha.histogram()[0] < _CLEAR * image.width * image.height:
        raise PictureError(Flaw.NOT_TRANSPARENT)
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    if role is SigningRole.SEAL and abs(width - height) > _ROUND * max(width, height):
        raise PictureError(Flaw.NOT_ROUND)
    if max(width, height) < (diameter if role is SigningRole.SEAL else WIDTH) / 25.4 * RESOLUTION:
        raise PictureError(Flaw.TOO_COARSE)
    _coloured(image, alpha, role)
    return png


def _opened(png: bytes) -> Image.Image:
    if len(png) > LARGEST:
        raise PictureError(Flaw.TOO_LARGE)
    try:
        with warnings.catch_warnings():
            # Pillow warns of a bomb first; what it warns of is judged two lines below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(png), formats=["PNG"])
        if opened.width * opened.height > DOTS:
            raise PictureError(Flaw.TOO_LARGE)
        clear = "A" in opened.getbands() or "transparency" in opened.info
        image = opened.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise PictureError(Flaw.TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError) as error:
        # Pillow says SyntaxError of a broken PNG.
        raise PictureError(Flaw.NOT_A_PNG) from error
    if not clear:
        raise PictureError(Flaw.NOT_TRANSPARENT)
    return image


def _coloured(image: Image.Image, ink: Image.Image, role: SigningRole) -> None:
    """Refuse ink that is not blue, or red for a seal; a few dots at its edges may be grey."""
    red, green, blue = image.convert("RGB").split()
    seal = role is SigningRole.SEAL
    own, others = (red, (green, blue)) if seal else (blue, (red, green))
    strongest_other = ImageChops.lighter(*others)
    stronger = ImageChops.subtract(own, strongest_other).point(
        lambda value: 255 * (value >= _STRONGER)
    )
    true = ImageChops.multiply(stronger, ink).histogram()[255]
    if true < _TRUE * ink.histogram()[255]:
        raise PictureError(Flaw.NOT_RED if seal else Flaw.NOT_BLUE)
