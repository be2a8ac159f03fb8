"""A mended result is told as such: in the facts, and to whoever reads the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import override

from desk import story
from register import documents, ledger, world
from signing import trays
from signing.pdf import pictures
from tests.support import dossier_kit, signing_desk
from tests.support import signing_kit as kit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _desk(official: kit.SoftToken, seal: kit.SoftToken, tmp_path: Path) -> Iterator[None]:
    """The agency's desk in a world of its own, at a fixed instant."""
    with world.running_in(replace(world.current(), home=tmp_path, now=lambda: kit.AT)):
        signing_desk.desk(official, seal)
        yield


@pytest.mark.usefixtures("_desk")
def test_what_was_mended_is_a_fact_and_the_original_stays() -> None:
    """
    A broken result is repaired and told so; the file as it came is there under its hash.

    The official sees the repaired pages, which look as they came.
    """
    came = kit.result_pdf().replace(b"startxref\n", b"startxref\n9", 1)
    made = dossier_kit.dossier(pdf=came)
    item = trays.submit(made.code)
    assert item
    told = [row.told().body() for row in ledger.history(made.code)]
    with override("vi"):
        said = " ".join(line.detail for line in story.of(made.code))

    assert ["rewritten", "archival"] == told[-1]["mended"]
    assert came == documents.get(told[0]["document"])
    assert "đã sửa cấu trúc tệp · đã chuyển sang PDF/A-2b" in said
    pictures.judge(documents.get(item.document), came)
