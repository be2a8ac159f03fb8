"""The machine API: what it takes, what it refuses, and that a refusal leaves nothing behind."""

from __future__ import annotations

import io
import json
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import api
from register.models import Document, Dossier, IdempotencyKey, Unit
from tests.support import desk_kit, signing_kit

CODE = "H49.12-261123-0001"
PERSON = {
    "name": "Nguyễn Văn An",
    "phone": "0912345678",
    "id_number": "099123456789",
    "address": "12 Trần Phú",
    "ward": "06685",
}
DATA: dict[str, Any] = {
    "code": CODE,
    "procedure": "1.009994",
    "unit": "H49.12",
    "centre": "H49.61",
    "delivery": "post",
    "due_at": "2026-11-27T17:00:00+07:00",
    "applicant": PERSON,
}


@pytest.fixture
def machine(db: None, now: None) -> Client:
    """The department's system."""
    desk_kit.machine()
    return Client(headers={"authorization": f"Bearer {desk_kit.TOKEN}H49.12"})


def hand_over(
    client: Client, pdf: bytes | None = None, *, key: str | None = "k1", **changes: Any
) -> Any:
    """Hand over a result, changed as the test says."""
    file = SimpleUploadedFile("kq.pdf", signing_kit.result_pdf() if pdf is None else pdf)
    headers = {} if key is None else {"idempotency-key": key}
    body = {"file": file, "data": json.dumps(DATA | changes)}
    return client.post("/api/v1/results", body, headers=headers)


def refused(answer: Any, status: int, kind: str) -> dict[str, Any]:
    """Check that *answer* is the problem *kind*, in two languages, and that nothing was stored."""
    assert (status, "application/problem+json") == (answer.status_code, answer["Content-Type"])
    problem: dict[str, Any] = answer.json()
    assert f"urn:motcua:problem:{kind}" == problem["type"]
    assert [] == [m for m in ("title", "title_en", "detail", "detail_en") if not problem[m]]
    assert (0, 0, 0) == (
        Dossier.objects.count(),
        Document.objects.count(),
        IdempotencyKey.objects.count(),
    )
    said = json.dumps(problem, ensure_ascii=False)
    assert [] == [text for text in PERSON.values() if text in said]
    return problem


def test_a_result_is_taken_in(machine: Client) -> None:
    """201 with the hash, and the code of the citizen's slip."""
    answer = hand_over(machine)
    assert 201 == answer.status_code
    dossier = Dossier.objects.get()
    assert (CODE, dossier.secret) == (answer.json()["code"], answer.json()["lookup_code"])
    asked = machine.get(f"/api/v1/dossiers/{CODE}").json()
    assert ("received", "H49.12") == (asked["business"], asked["unit"])


def test_the_same_request_has_the_same_answer(machine: Client) -> None:
    """A repetition after a lost answer makes no second dossier; its answer is byte-equal."""
    first, second = hand_over(machine), hand_over(machine)
    assert first.content == second.content
    assert 201 == second.status_code
    assert 1 == Dossier.objects.count()


def test_a_key_means_one_request(machine: Client) -> None:
    """Another body under a used key is refused, and the first dossier stays as it is."""
    hand_over(machine)
    answer = hand_over(machine, delivery="counter")
    assert (409, "urn:motcua:problem:key-reused") == (answer.status_code, answer.json()["type"])
    assert Dossier.objects.get().as_state().by_post


def test_a_dossier_is_there_once(machine: Client) -> None:
    """The same code under another key is refused."""
    hand_over(machine)
    answer = hand_over(machine, key="k2")
    assert (409, "urn:motcua:problem:duplicate") == (answer.status_code, answer.json()["type"])
    assert 1 == Dossier.objects.count()


def _encrypted(password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signing_kit.result_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="x", user=password))
    return out.getvalue()


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (b"PK\x03\x04 a zip", "not_a_pdf"),
        (b"<html>", "not_a_pdf"),
        (b"%PDF-1.7\ngarbage", "broken"),
        (_encrypted("secret"), "encrypted"),
    ],
    ids=["zip", "html", "broken", "password"],
)
def test_files_that_cannot_be_signed(machine: Client, pdf: bytes, reason: str) -> None:
    """The reason comes back in the clerk's words before anything is stored."""
    assert reason == refused(hand_over(machine, pdf), 422, "unfit-file")["reason"]


def test_a_file_locked_without_a_password_is_taken(machine: Client) -> None:
    """Encryption that any reader opens is taken off before the official sees the file."""
    assert 201 == hand_over(machine, _encrypted("")).status_code


def test_an_empty_file(machine: Client) -> None:
    """0 bytes are no result."""
    assert "empty" == refused(hand_over(machine, b""), 422, "unfit-file")["reason"]


def test_xml_is_a_result_too(machine: Client) -> None:
    """It is kept as XML; what XML may not be is refused with its reason, and nothing is stored."""
    bad = hand_over(machine, b"<!DOCTYPE a><a/>")
    assert "dtd" == refused(bad, 422, "unfit-file")["reason"]
    assert 201 == hand_over(machine, "<GiayPhep>số 1</GiayPhep>".encode()).status_code
    assert ["application/xml"] == list(Document.objects.values_list("media_type", flat=True))


def test_three_hundred_megabytes_are_refused_before_they_are_read(machine: Client) -> None:
    """Only the announced length is looked at; the body is never touched."""

    class Untouchable(io.RawIOBase):
        def read(self, *_size: int) -> bytes:
            message = "the body was read"
            raise AssertionError(message)

    answer = machine.generic(
        "POST",
        "/api/v1/results",
        content_type="multipart/form-data; boundary=x",
        headers={"idempotency-key": "k1"},
        **{"CONTENT_LENGTH": str(300 * 2**20), "wsgi.input": Untouchable()},  # type: ignore[arg-type]
    )
    refused(answer, 413, "too-large")


def test_a_file_above_the_limit(machine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that just fits may still hold too large a file."""
    monkeypatch.setattr(api, "LIMIT", 50_000)
    refused(hand_over(machine, b"%PDF-" + b"0" * 60_000), 413, "too-large")


@pytest.mark.parametrize(
    ("changes", "status", "kind"),
    [
        ({"code": "H49-1"}, 422, "bad-code"),
        ({"code": "H49.12-261399-0001"}, 422, "bad-code"),
        ({"code": " H49.12-261123-0001\u200b"}, 422, "bad-code"),
        ({"code": "H49.12-２６1123-0001"}, 422, "bad-code"),
        ({"unit": "H99"}, 422, "unknown-unit"),
        ({"centre": "H49.99"}, 422, "unknown-unit"),
        ({"procedure": "9.999999"}, 422, "unknown-procedure"),
        ({"unit": "H49.13"}, 403, "foreign-unit"),
        ({"delivery": "pigeon"}, 422, "bad-data"),
        ({"due_at": "tomorrow"}, 422, "bad-data"),
        ({"due_at": "2026-11-27T17:00:00"}, 422, "bad-data"),
        ({"extra": 1}, 422, "bad-data"),
        ({"applicant": PERSON | {"name": ""}}, 422, "bad-data"),
        ({"applicant": PERSON | {"name": "A\u0000B"}}, 422, "bad-data"),
        ({"applicant": PERSON | {"name": "x" * 201}}, 422, "bad-data"),
        ({"applicant": PERSON | {"phone": "<script>"}}, 422, "bad-data"),
        ({"applicant": None}, 422, "bad-data"),
    ],
)
def test_data_that_is_not_right(
    machine: Client, changes: dict[str, Any], status: int, kind: str
) -> None:
    """Each refusal names its kind; what was sent is not repeated."""
    refused(hand_over(machine, **changes), status, kind)


def test_a_unit_that_ended_takes_no_new_dossier(machine: Client) -> None:
    """Units are dated: one that was merged away stays readable and takes nothing new."""
    Unit.objects.filter(pk="H49.61").update(valid_to="2025-06-30")
    refused(hand_over(machine), 422, "unknown-unit")


def test_a_request_without_its_parts(machine: Client) -> None:
    """No key, no file, no data, no JSON: each refused, none a failure of ours."""
    refused(hand_over(machine, key=None), 400, "key-missing")
    refused(hand_over(machine, key="k" * 121), 400, "key-missing")
    key = {"idempotency-key": "k"}
    refused(machine.post("/api/v1/results", {"data": "{}"}, headers=key), 400, "incomplete")
    file = SimpleUploadedFile("a.pdf", b"%PDF-")
    refused(machine.post("/api/v1/results", {"file": file}, headers=key), 400, "incomplete")
    body = {"file": SimpleUploadedFile("a.pdf", b"%PDF-"), "data": "{not json"}
    refused(machine.post("/api/v1/results", body, headers=key), 422, "bad-data")
    refused(
        machine.post("/api/v1/results", "{}", content_type="application/json", headers=key),
        400,
        "incomplete",
    )


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer é"])
def test_strangers_are_not_let_in(machine: Client, header: str | None) -> None:
    """No token, a wrong one, another scheme: 401 and nothing else."""
    client = Client(headers={"authorization": header} if header is not None else {})
    refused(hand_over(client), 401, "unauthorised")


def test_a_closed_client_is_a_stranger(machine: Client) -> None:
    """An operator shuts a machine out at once."""
    client = desk_kit.machine()
    client.active = False
    client.save()
    refused(hand_over(machine), 401, "unauthorised")


def test_a_machine_sees_only_its_units(machine: Client) -> None:
    """Another department's dossier is as unknown as none at all."""
    hand_over(machine)
    desk_kit.machine("H49.13")
    other = Client(headers={"authorization": f"Bearer {desk_kit.TOKEN}H49.13"})
    answers = [other.get(f"/api/v1/dossiers/{code}") for code in (CODE, "H49.12-261123-9999")]
    assert [404, 404] == [answer.status_code for answer in answers]
    assert answers[0].content == answers[1].content


def test_the_document_describes_the_api(client: Client, db: None) -> None:
    """An OpenAPI document that other systems can be built from."""
    document = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/results", "/api/v1/dossiers/{code}"} <= set(document["paths"])


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*DATA, *PERSON, "x"]), inner, max_size=8)
        ),
        max_leaves=8,
    )
)
def test_no_json_makes_the_api_fail(machine: Client, data: Any) -> None:
    """Whatever JSON is sent, the answer is a problem and nothing is stored."""
    body = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "data": json.dumps(data)}
    answer = machine.post("/api/v1/results", body, headers={"idempotency-key": "k"})
    refused(answer, 422, "bad-data")
