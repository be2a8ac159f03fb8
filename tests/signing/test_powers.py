"""From which instant to which a power holds, what block of titles it gives, and who gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.signing_status import HandOver, SealMode, SigningForm, SigningRole
from dossiers.work import TaskKind
from register import documents, world
from register.models import Dossier, Task, Unit
from signing import trays
from signing.models import Appointment, Delegation, SealCustody, Signer, Succession
from signing.policy import blocks, choice, minutes, powers, titles
from signing.policy.powers import PowerError
from tests.support import desk_kit, dossier_kit, signing_kit
from tests.support import policy_kit as kit

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
AGREED = datetime(2020, 1, 1, tzinfo=UTC)


def held(first: date, last: date | None, ended: datetime | None = None) -> Appointment:
    """Return an approved appointment of these days."""
    return Appointment(valid_from=first, valid_to=last, approved_at=AGREED, ended_at=ended)


# -- days --------------------------------------------------------------------------------------


@given(first=DAYS, length=st.integers(0, 400), open_ended=st.booleans(), at=INSTANTS)
def test_a_power_holds_on_its_days_in_vietnam(
    first: date, length: int, open_ended: bool, at: datetime
) -> None:
    """From midnight in Vietnam (17:00 UTC) of the first day to midnight after the last."""
    last = first + timedelta(days=length)
    begins = datetime.combine(first, datetime.min.time(), tzinfo=world.VIETNAM)
    after = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=world.VIETNAM)
    expected = begins <= at and (open_ended or at < after)

    assert expected == held(first, None if open_ended else last).holds_at(at)


@given(first=DAYS)
def test_the_boundary_is_five_in_the_afternoon_utc(first: date) -> None:
    """One microsecond before, it is still yesterday in Vietnam."""
    midnight = datetime.combine(first, datetime.min.time(), tzinfo=world.VIETNAM).astimezone(UTC)
    power, instant = held(first, first), timedelta(microseconds=1)

    assert 17 == midnight.hour
    assert [False, True, True, False] == [
        power.holds_at(at)
        for at in (
            midnight - instant,
            midnight,
            midnight + timedelta(days=1) - instant,
            midnight + timedelta(days=1),
        )
    ]


@given(ended=INSTANTS, at=INSTANTS)
def test_an_ended_power_holds_until_the_instant_of_its_end(ended: datetime, at: datetime) -> None:
    """Whatever its days say."""
    assert (at < ended) == held(date(2025, 1, 1), None, ended).holds_at(at)


@given(at=INSTANTS)
def test_what_nobody_approved_never_holds(at: datetime) -> None:
    """Asking for a power gives none."""
    assert not Appointment(valid_from=date(2020, 1, 1)).holds_at(at)


@given(
    procedures=st.lists(st.sampled_from("abc"), unique=True),
    fields=st.lists(st.sampled_from("xyz"), unique=True),
    procedure=st.sampled_from("abc"),
    field=st.sampled_from("xyz"),
)
def test_a_delegation_covers_what_it_names(
    procedures: list[str], fields: list[str], procedure: str, field: str
) -> None:
    """The procedure by its code, or by its field; one that names nothing covers all."""
    named = procedure in procedures or field in fields or not (procedures or fields)

    assert named == Delegation(procedures=procedures, fields=fields).covers(procedure, field)


# -- titles ------------------------------------------------------------------------------------

HEAD = Appointment(title="GIÁM ĐỐC", head=True)
CHAIR = Appointment(title="CHỦ TỊCH", head=True, body="ỦY BAN NHÂN DÂN")
DEPUTY = Appointment(title="PHÓ GIÁM ĐỐC")


@pytest.mark.parametrize(
    ("appointment", "delegation", "block"),
    [
        (HEAD, None, ("GIÁM ĐỐC",)),
        (CHAIR, None, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (DEPUTY, Delegation(form="KT", giver=HEAD), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (
            Appointment(title="PHÓ CHỦ TỊCH"),
            Delegation(form="TM", giver=CHAIR),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (
            Appointment(title="TRƯỞNG PHÒNG CẤP PHÉP"),
            Delegation(form="TUQ", giver=HEAD),
            ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG CẤP PHÉP"),
        ),
        (
            Appointment(title="CHÁNH VĂN PHÒNG"),
            Delegation(form="TL", giver=CHAIR),
            ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        ),
    ],
    ids=lambda given: "/".join(given) if isinstance(given, tuple) else "",
)
def test_the_block_follows_from_the_power(
    appointment: Appointment, delegation: Delegation | None, block: tuple[str, ...]
) -> None:
    """Decree 30/2020: whose place comes first, then the signer's own title; and back again."""
    assert block == titles.block(Signer(appointment=appointment, delegation=delegation))
    read = titles.take_apart("\n".join(block))
    assert (delegation.form if delegation else None, appointment.title) == (read.form, read.own)


@pytest.mark.parametrize(
    ("printed", "expected", "fits"),
    [
        (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], True),
        (["Hạ Long, ngày 1", "GIÁM ĐỐC"], ["GIÁM ĐỐC"], True),
        (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], ["PHÓ GIÁM ĐỐC"], False),
        (["PHÓ GIÁM ĐỐC"], ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], False),
        (["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"], ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"], False),
        (["GIA\u0301M ĐÔ\u0301C"], ["Giám đốc"], True),
    ],
)
def test_what_is_printed_is_compared(printed: list[str], expected: list[str], fits: bool) -> None:
    """Another form of signing is another block; code points and case are not."""
    assert fits == blocks.fits(printed, expected)


def test_the_block_is_read_from_the_page() -> None:
    """The title lines above the name, from the last page that has it."""
    pdf = signing_kit.result_pdf(title="KT. GIÁM ĐỐC")

    assert ["KT.GIÁMĐỐC"] == [line.replace(" ", "") for line in blocks.above(pdf, signing_kit.NAME)]
    assert [] == blocks.above(pdf, "Không Có Ai")


# -- in the database ---------------------------------------------------------------------------


@pytest.fixture
def at_work(db: None, tmp_path: Path) -> Iterator[None]:
    """An agency with its official and clerk, in a data folder of the test's own."""
    with world.running_in(replace(world.current(), now=lambda: desk_kit.NOW, home=tmp_path)):
        dossier_kit.catalogue()
        desk_kit.appoint()
        yield


@pytest.fixture
def official(at_work: None) -> Signer:
    """The agency's official."""
    return Signer.objects.get(role=SigningRole.OFFICIAL)


def head(unit: Unit, **changes: object) -> Appointment:
    """Return a head of *unit*."""
    return Appointment.objects.create(
        **{"title": "GIÁM ĐỐC", "unit": unit, "head": True, **kit.power(), **changes}
    )


def test_another_block_is_not_put_on_the_tray(official: Signer) -> None:
    """The document says KT. and the official signs as themselves: back, with the reason."""
    assert official.appointment
    pdf = signing_kit.result_pdf(title="KT. GIÁM ĐỐC")
    made = dossier_kit.dossier(pdf=pdf)

    assert trays.submit(made.code) is None
    assert {"reason": "block_differs"} == Task.objects.get(kind=TaskKind.UNFIT_DOCUMENT).detail


def test_of_overlapping_delegations_the_one_that_covers_is_taken(official: Signer) -> None:
    """Two delegations in force at once, each for its own procedure; neither for a third."""
    assert official.appointment
    Appointment.objects.filter(pk=official.appointment_id).update(head=False)
    official.appointment.refresh_from_db()
    for code in ("1.000001", dossier_kit.dossier().procedure_id):
        asked = Delegation(
            form=SigningForm.KT,
            giver=head(official.unit),
            taker=official.appointment,
            procedures=[code],
            **kit.power(),
        )
        powers.approve(powers.ask(asked, by="tuan"), by="mai")
    made = Dossier.objects.get()

    found = choice.signer_for(made, SigningRole.OFFICIAL, at=desk_kit.NOW)
    assert found
    assert found.delegation
    assert [made.procedure_id] == found.delegation.procedures
    assert "KT. GIÁM ĐỐC\nPHÓ CHỦ TỊCH" == found.title
    powers.end(found.delegation, by="tuan", reason="hết việc")
    assert choice.signer_for(made, SigningRole.OFFICIAL, at=desk_kit.NOW) is None


def test_a_successors_official_is_chosen(official: Signer) -> None:
    """After the merger the result of the old agency goes to the new one's tray."""
    made = dossier_kit.dossier(unit="H49.13")
    assert choice.signer_for(made, SigningRole.OFFICIAL, at=desk_kit.NOW) is None

    Succession.objects.create(
        old_id="H49.13", new=official.unit, on=desk_kit.NOW.date(), authority="NQ 1"
    )
    assert official == choice.signer_for(made, SigningRole.OFFICIAL, at=desk_kit.NOW)


def test_one_asks_and_another_approves(official: Signer) -> None:
    """Neither who asked nor who gets the power approves it; a task says that it waits."""
    asked = powers.ask(
        Appointment(title="GIÁM ĐỐC", person="binh", unit=official.unit, **kit.power()), by="tuan"
    )
    assert powers.subject(asked) == Task.objects.get(kind=TaskKind.POWER_ASKED).subject
    for same in ("tuan", "binh"):
        with pytest.raises(powers.SamePersonError):
            powers.approve(asked, by=same)
    assert not asked.holds_at(desk_kit.NOW)

    powers.approve(asked, by="mai")
    assert asked.holds_at(desk_kit.NOW)
    assert not Task.objects.filter(kind=TaskKind.POWER_ASKED, closed_at=None).exists()


def test_what_was_turned_down_is_not_approved_any_more(official: Signer) -> None:
    """Two managers at once: the end counts."""
    asked = powers.ask(Appointment(title="X", unit=official.unit, **kit.power()), by="tuan")
    powers.end(asked, by="mai", reason="sai số")
    powers.approve(asked, by="mai")

    assert asked.approved_at is None
    assert "sai số" == asked.end_reason


Make = Callable[[Signer, SealCustody], powers.Power]

REFUSED: dict[type[PowerError], Make] = {
    powers.UnfitPeriodError: lambda official, _held: Appointment(
        title="X", unit=official.unit, **kit.power(valid_to=date(2020, 1, 1))
    ),
    powers.NoAuthorityError: lambda official, _held: Appointment(
        title="X", unit=official.unit, **kit.power(authority=" ")
    ),
    powers.NotHeadError: lambda official, _held: Delegation(
        form="KT", giver=head(official.unit, head=False), taker=official.appointment, **kit.power()
    ),
    powers.NoLimitError: lambda official, _held: Delegation(
        form="TUQ", giver=head(official.unit), taker=official.appointment, **kit.power()
    ),
    powers.NoBodyError: lambda official, _held: Delegation(
        form="TM", giver=head(official.unit), taker=official.appointment, **kit.power()
    ),
    powers.OneHolderError: lambda official, held: SealCustody(
        unit=official.unit, mode=SealMode.KEPT, holder=held.holder, token=held.token, **kit.power()
    ),
    powers.NotTheirsError: lambda _official, held: SealCustody(
        unit_id="H49.61", mode=SealMode.OWN, holder=held.holder, token=held.token, **kit.power()
    ),
}


@pytest.mark.parametrize("error", REFUSED, ids=lambda error: error.__name__)
def test_what_the_law_forbids_is_not_even_asked(official: Signer, error: type[PowerError]) -> None:
    """Each refusal has its name, and nothing is kept."""
    before = Appointment.objects.count(), Delegation.objects.count(), SealCustody.objects.count()
    wanted = REFUSED[error](official, SealCustody.objects.get())
    made_heads = Appointment.objects.count() - before[0]

    with pytest.raises(error):
        powers.ask(wanted, by="tuan")

    after = (
        Appointment.objects.count() - made_heads,
        Delegation.objects.count(),
        SealCustody.objects.count(),
    )
    assert before == after


def test_a_hand_over_is_minuted_on_paper(at_work: None) -> None:
    """The same words at the same instant are the same bytes; both sides have room to sign."""
    held_now = SealCustody.objects.get()
    said = minutes.Said(HandOver.GIVEN, "Trần A, Giám đốc", "Vũ Thị Hòa, Văn thư", "Trung tâm")
    made = minutes.write(held_now, said, by="tuan")
    data = documents.get(made.document)

    assert minutes.draw(held_now, said, desk_kit.NOW) == data
    document = pypdfium2.PdfDocument(BytesIO(data))
    text = document[0].get_textpage().get_text_bounded()
    for words in ("BIÊN BẢN BÀN GIAO", "08 giờ 42 phút", "Vũ Thị Hòa", "BÊN GIAO", "BÊN NHẬN"):
        assert words in text
