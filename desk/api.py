"""
The machine API, version 1: departments hand over results and ask how far they are.

``POST /api/v1/results`` takes multipart/form-data: the PDF or XML as ``file``, the rest as JSON in
``data``. A refusal stores nothing. The same Idempotency-Key with the same content has the
same answer for ever. With 503 and 507 comes a Retry-After: the same request is sent again.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.files.uploadedfile import UploadedFile
from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Header, NinjaAPI, Schema, Status
from ninja import UploadedFile as NinjaFile
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer
from pydantic import AwareDatetime, ConfigDict
from pydantic import ValidationError as PydanticError

from desk import problems, rows, scope
from desk.models import ApiClient
from desk.problems import Problem, Why
from dossiers import codes
from dossiers.personal import Address, IdNumber, Name, Phone
from register import documents, intake, world
from register.models import Dossier, Procedure, Unit
from signing import kinds
from signing.pdf import preflight

LIMIT = preflight.LIMIT
"""Bytes of a result."""
_AROUND = 64 * 1024
"""Bytes of a request beside the file."""

#: One line of text without control characters; a length fits its column.
_LINE = r"^[^\x00-\x1f\x7f]*$"


Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=120)]


class ApplicantIn(Schema):
    """The owner of the dossier ("chủ hồ sơ")."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: str = Field(min_length=1, max_length=200, pattern=_LINE)
    phone: str = Field("", max_length=20, pattern=r"^[0-9+ .()-]*$")
    id_number: str = Field("", max_length=20, pattern=r"^[0-9A-Za-z-]*$")
    address: str = Field("", max_length=400, pattern=_LINE)
    ward: str = Field("", max_length=10, pattern=r"^[0-9]*$")
    """Statistics code of the commune; needed for the post."""


class ResultIn(Schema):
    """A finished result, as a department hands it over."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    code: str = Field(max_length=60)
    procedure: str = Field(max_length=40, pattern=_LINE)
    unit: str = Field(max_length=35, pattern=_LINE)
    centre: str = Field(max_length=35, pattern=_LINE)
    delivery: Literal["post", "counter"]
    due_at: AwareDatetime
    """When the citizen was promised the result ("ngày hẹn trả")."""
    applicant: ApplicantIn


class ResultOut(Schema):
    """What the department keeps; the same for every repetition of the request."""

    code: str
    sha256: str
    """Of the PDF as it came."""
    received_at: datetime
    lookup_code: str
    """The second code on the citizen's slip."""


class DossierOut(Schema):
    """How far a dossier is. Four statuses, which never mix."""

    code: str
    unit: str
    procedure: str
    business: str
    money: str
    delivery: str
    synchronisation: str
    next_step: str
    received_at: datetime
    due_at: datetime
    number: str
    tracking: str


class Door(HttpBearer):
    """Lets a known machine in, and looks at the announced size before anything is read."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiClient | None:
        """Return whose *token* it is."""
        client = ApiClient.by_token(token)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if client and int(length) > LIMIT + _AROUND:
            raise Problem(Why.TOO_LARGE)
        return client


api = NinjaAPI(
    title="Một Cửa Hub",
    version="1",
    description="Hand over results, ask how far they are. Errors are RFC 9457 problems.",
    docs_url=None,
    auth=Door(),
    urls_namespace="api",
)


@api.exception_handler(Problem)
def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problems.answer(request, problem)


@api.exception_handler(OSError)
def _unwritable(request: HttpRequest, error: OSError) -> HttpResponse:
    """Where the disk is full: the store's, or the one on which large uploads are kept."""
    if error.errno not in documents.NO_ROOM:
        raise error
    return problems.answer(request, Problem(Why.NO_ROOM))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _away(request: HttpRequest, _error: Exception) -> HttpResponse:
    return problems.answer(request, Problem(Why.AWAY))


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problems.answer(request, Problem(Why.UNAUTHORISED))


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    missing = {str(one["loc"][-1]) for one in error.errors}
    why = Why.KEY_MISSING if "Idempotency-Key" in missing else Why.INCOMPLETE
    return problems.answer(request, Problem(why))


@api.post("/results", response={201: ResultOut}, summary="Hand over a result")
def hand_over(
    request: HttpRequest,
    file: File[NinjaFile],
    data: Form[str],
    key: Key,
) -> Status[ResultOut]:
    """Take a result in. *data* is the JSON of ResultIn."""
    client: ApiClient = request.auth  # type: ignore[attr-defined]
    handed = _handed(_read(data))
    pdf, kind = _fit(file)
    with rows.everything():
        _check_catalogue(handed, client)
        try:
            dossier, _new = intake.receive(
                handed, pdf, client=client.code, key=key, media_type=kind
            )
        except intake.KeyReusedError as error:
            raise Problem(Why.KEY_REUSED) from error
        except intake.DuplicateDossierError as error:
            raise Problem(Why.DUPLICATE) from error
    kept = ResultOut(
        code=dossier.code,
        sha256=hashlib.sha256(pdf).hexdigest(),
        received_at=dossier.received_at,
        lookup_code=dossier.secret,
    )
    return Status(201, kept)


@api.get("/dossiers/{code}", response=DossierOut, summary="Ask how far a dossier is")
def ask(request: HttpRequest, code: str) -> DossierOut:
    """Return the statuses of a dossier in the token's scope."""
    client: ApiClient = request.auth  # type: ignore[attr-defined]
    with rows.everything():
        dossier = Dossier.objects.filter(pk=code, unit__in=_units(client)).first()
    if dossier is None:
        raise Problem(Why.NOT_FOUND)
    state = dossier.as_state()
    return DossierOut(
        code=dossier.code,
        unit=dossier.unit_id,
        procedure=dossier.procedure_id,
        business=dossier.business,
        money=dossier.money,
        delivery=dossier.delivery,
        synchronisation=dossier.synchronisation,
        next_step=dossier.next_step,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        number=state.number,
        tracking=state.tracking,
    )


def _read(data: str) -> ResultIn:
    try:
        return ResultIn.model_validate_json(data)
    except PydanticError as error:
        faults = [
            {"field": ".".join(map(str, one["loc"])) or "data", "reason": one["type"]}
            for one in error.errors(include_input=False, include_url=False, include_context=False)
        ]
        raise Problem(Why.BAD_DATA, errors=faults) from error


def _handed(told: ResultIn) -> intake.Handed:
    try:
        codes.dossier_code(told.code)
    except codes.InvalidCode as error:
        raise Problem(Why.BAD_CODE, detail=problems.both(error.reason)) from error
    owner = told.applicant
    return intake.Handed(
        code=told.code,
        procedure=told.procedure,
        unit=told.unit,
        centre=told.centre,
        delivery=told.delivery,
        due_at=told.due_at,
        owner=intake.Owner(
            name=Name(owner.name),
            phone=Phone(owner.phone),
            id_number=IdNumber(owner.id_number),
            address=Address(owner.address),
            ward=owner.ward,
        ),
    )


def _fit(file: UploadedFile[Any]) -> tuple[bytes, str]:
    """Return the bytes and what kind of file they are, if they may be signed."""
    if (file.size or 0) > LIMIT:
        raise Problem(Why.TOO_LARGE)
    pdf = file.read()
    try:
        kind = kinds.check(pdf)
    except kinds.UnfitError as error:
        raise Problem(Why.UNFIT_FILE, detail=(error.vi, error.en), reason=error.reason) from error
    return bytes(pdf), kind


def _check_catalogue(handed: intake.Handed, client: ApiClient) -> None:
    """Refuse what is not in force today, and agencies that are not the client's."""
    today = world.today()
    in_force = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))
    wanted = {handed.unit, handed.centre}
    if Unit.objects.filter(in_force, pk__in=wanted).count() != len(wanted):
        raise Problem(Why.UNKNOWN_UNIT)
    if not Procedure.objects.filter(pk=handed.procedure).exists():
        raise Problem(Why.UNKNOWN_PROCEDURE)
    if handed.unit not in _units(client):
        raise Problem(Why.FOREIGN_UNIT)


def _units(client: ApiClient) -> frozenset[str]:
    return scope.below(client.units.values_list("pk", flat=True))
