"""Two people send surplus back from the page where it was found; nobody does it alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from dossiers.roles import Role
from dossiers.settlement import RefundState
from payments.models import Discrepancy, Refund
from tests.support import desk_kit
from tests.support.refund_kit import surplus

pytestmark = pytest.mark.django_db

PAYEE = {"name": "Nguyễn Văn An", "bank": "970436", "account": "0011004123456"}


@pytest.fixture
def found() -> Discrepancy:
    """Money that was paid twice."""
    return surplus()


def second(client: Client) -> Client:
    """Sign another accountant of the agency in."""
    client.force_login(desk_kit.person(Role.FINANCE, name="lan"))
    return client


def test_one_person_asks_and_another_approves(
    found: Discrepancy, signed_in: Callable[..., Client], client: Client
) -> None:
    """The form asks for a payee; the first person then sees no button, the second one does."""
    first = signed_in(Role.FINANCE)
    page = first.get("/money/").content.decode()
    assert "Đề nghị hoàn phí" in page

    first.post("/money/refund/", {**PAYEE, "line": found.pk})
    waiting = first.get("/money/").content.decode()
    ours = Refund.objects.get()
    assert (RefundState.ASKED, "hang") == (ours.state, ours.asked_by)
    assert "Duyệt hoàn phí" not in waiting
    assert "Đề nghị hoàn phí</button>" not in waiting

    other = second(client)
    assert "Duyệt hoàn phí" in other.get("/money/").content.decode()
    other.post(
        "/money/refund/decide/",
        {"line": found.pk, "reference": ours.reference, "act": "approve"},
    )
    ours.refresh_from_db()
    assert (RefundState.APPROVED, "lan") == (ours.state, ours.approved_by)


def test_who_asked_cannot_approve_by_hand_made_request(
    found: Discrepancy, signed_in: Callable[..., Client]
) -> None:
    """Without the button the request is refused all the same."""
    first = signed_in(Role.FINANCE)
    first.post("/money/refund/", {**PAYEE, "line": found.pk})
    ours = Refund.objects.get()

    given = {"line": found.pk, "reference": ours.reference, "act": "approve"}
    answer = first.post("/money/refund/decide/", given, follow=True)

    assert "Người đề nghị hoàn phí không được tự duyệt." in answer.content.decode()
    ours.refresh_from_db()
    assert RefundState.ASKED == ours.state


def test_a_payee_that_no_bank_could_pay_is_not_taken(
    found: Discrepancy, signed_in: Callable[..., Client]
) -> None:
    """The page says what is missing, and asks for nothing."""
    first = signed_in(Role.FINANCE)
    given = {**PAYEE, "account": "?", "line": found.pk}
    answer = first.post("/money/refund/", given, follow=True)

    assert "Hãy ghi tên, ngân hàng và số tài khoản" in answer.content.decode()
    assert 0 == Refund.objects.count()


def test_a_stranger_reaches_no_refund(
    found: Discrepancy, signed_in: Callable[..., Client], client: Client
) -> None:
    """An accountant of another agency, and a clerk of ours, can neither ask nor decide."""
    signed_in(Role.FINANCE).post("/money/refund/", {**PAYEE, "line": found.pk})
    reference = Refund.objects.get().reference
    given = {**PAYEE, "line": found.pk, "reference": reference, "act": "approve"}
    stranger = desk_kit.person(Role.FINANCE, unit=desk_kit.STRANGERS[Role.FINANCE])

    for person, status in ((stranger, 404), (desk_kit.person(Role.CLERK), 403)):
        client.force_login(person)
        for path in ("/money/refund/", "/money/refund/decide/"):
            assert status == client.post(path, given).status_code
