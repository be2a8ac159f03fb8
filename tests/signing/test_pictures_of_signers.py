"""Pictures of signatures and seals are looked at before they are kept."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from dossiers.signing_status import SigningRole
from register import documents
from sandbox import images, people
from signing.pdf.likeness import DOTS, LARGEST, REASONS, Flaw, PictureError, check
from signing.policy import pictures
from tests.support import signing_kit as kit

SEAL, OFFICIAL = SigningRole.SEAL, SigningRole.OFFICIAL


def _png(image: Image.Image, form: str = "PNG") -> bytes:
    out = BytesIO()
    image.save(out, form)
    return out.getvalue()


def _seal(side: int = 400, *, high: int = 0, colour: str = "#c80000") -> Image.Image:
    image = Image.new("RGBA", (side, high or side), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((0, 0, side - 1, (high or side) - 1), outline=colour, width=9)
    return image


BAD = {
    "a JPEG": (Flaw.NOT_A_PNG, SEAL, _png(_seal().convert("RGB"), "JPEG")),
    "text": (Flaw.NOT_A_PNG, SEAL, b"<svg/>"),
    "half a PNG": (Flaw.NOT_A_PNG, SEAL, kit.seal_png()[:400]),
    "a large file": (Flaw.TOO_LARGE, SEAL, bytes(LARGEST + 1)),
    "a bomb": (Flaw.TOO_LARGE, SEAL, _png(Image.new("1", (DOTS // 1000 + 1, 1000)))),
    "no alpha": (Flaw.NOT_TRANSPARENT, SEAL, _png(_seal().convert("RGB"))),
    "white paper": (Flaw.NOT_TRANSPARENT, OFFICIAL, _png(Image.new("RGBA", (500, 200), "white"))),
    "nothing on it": (Flaw.EMPTY, OFFICIAL, _png(Image.new("RGBA", (500, 200), (0, 0, 0, 0)))),
    "a blue seal": (Flaw.NOT_RED, SEAL, _png(_seal(colour="#0000c8"))),
    "a black signature": (Flaw.NOT_BLUE, OFFICIAL, _png(_seal(colour="#101010"))),
    "a coarse seal": (Flaw.TOO_COARSE, SEAL, _png(_seal(200))),
    "an oval seal": (Flaw.NOT_ROUND, SEAL, _png(_seal(400, high=300))),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_picture_is_refused_with_its_flaw(bad: str) -> None:
    """
    Each flaw by its name, with words in both languages.
    """
    flaw, role, png = BAD[bad]
    with pytest.raises(PictureError) as refused:
        check(png, role)

    assert flaw is refused.value.flaw
    assert (refused.value.vi, refused.value.en) == REASONS[flaw]


def test_every_flaw_has_a_case_and_words() -> None:
    """
    No flaw is only in the table.
    """
    assert set(Flaw) == {flaw for flaw, _role, _png in BAD.values()} == set(REASONS)


@pytest.mark.parametrize("label", [holder.label for holder in people.holders()][:4])
def test_good_pictures_are_fit(label: str) -> None:
    """
    The sandbox's seals and signatures, and those of the tests.
    """
    holder = next(one for one in people.holders() if one.label == label)
    role = SEAL if holder.kind == "seal" else OFFICIAL
    png = images.picture(holder)

    assert png == check(png, role, diameter=images.width_mm(holder))
    assert kit.seal_png() == check(kit.seal_png(), SEAL)


@pytest.mark.django_db
def test_only_a_fit_picture_is_kept() -> None:
    """
    What is registered is stored under its hash; what is refused is not.
    """
    digest = pictures.keep(kit.seal_png(), SEAL)

    assert kit.seal_png() == documents.get(digest)
    with pytest.raises(PictureError):
        pictures.keep(kit.seal_png()[:300], SEAL)
