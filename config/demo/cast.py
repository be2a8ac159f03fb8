"""
Everybody of the day who is not the hub: departments, citizens, officials, clerks, the post.

Departments speak to the hub's API over HTTP, citizens to the sandbox's bank and platform;
officials and clerks do what their page's button does. Every act may be repeated: the day can
be stopped anywhere and gone on with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import httpx

from dispatch import manifests
from dispatch.models import Manifest, Office
from dossiers.manifests import ManifestState
from dossiers.settlement import AttemptState
from dossiers.signing_status import ItemStatus, SigningRole
from payments.models import Charge
from sandbox import papers, transfers
from sandbox.day import Case, Trouble
from signing import batches, trays
from signing.models import SigningItem
from signing.policy import confirmations

POSTAL_WORKER = "buucuc"

#: So many results in one batch: what an official looks through at once.
BATCH = 40

#: A tray that is not worth sitting down for while more is coming.
SHORT = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everybody finds everybody."""

    hub: str
    """Address of the web part."""
    control: str
    """Address of the sandbox's control."""
    account: str
    api_token: str
    day: date


class Departments:
    """Their systems hand over finished results."""

    def __init__(self, stage: Stage) -> None:
        """Speak to the hub of *stage*."""
        self._http = httpx.Client(
            base_url=stage.hub,
            headers={"Authorization": f"Bearer {stage.api_token}"},
            timeout=60,
        )

    def hand_over(self, case: Case) -> str:
        """Hand one result over; return the code for the public page. The key makes it once."""
        owner = case.applicant
        told = {
            "code": case.code,
            "procedure": case.procedure,
            "unit": case.unit,
            "centre": case.centre,
            "delivery": case.delivery,
            "due_at": case.due_at.isoformat(),
            "applicant": {
                "name": owner.name,
                "phone": owner.phone,
                "id_number": owner.id_number,
                "address": owner.address,
                "ward": owner.ward,
            },
        }
        answer = self._http.post(
            "/api/v1/results",
            headers={"Idempotency-Key": case.code},
            data={"data": json.dumps(told, ensure_ascii=False)},
            files={"file": (f"{case.code}.pdf", papers.result(case), "application/pdf")},
        )
        answer.raise_for_status()
        return str(answer.json()["lookup_code"])


class Citizens:
    """They pay on the platform, by transfer, too little, twice, late, or not at all."""

    def __init__(self, stage: Stage) -> None:
        """Pay at the sandbox of *stage*."""
        self._stage = stage
        self._acted: set[str] = set()
        self._http = httpx.Client(base_url=stage.control, timeout=60)

    def pay(self, cases: Sequence[Case]) -> int:
        """Pay what is asked for; return how many citizens still wait to be asked."""
        waiting = {case.code: case for case in cases if case.code not in self._acted}
        asked = Charge.objects.filter(dossier__in=waiting).select_related("dossier")
        for charge in asked.prefetch_related("attempts"):
            if self._pay(waiting[charge.dossier_id], charge):
                self._acted.add(charge.dossier_id)
        return len(cases) - len(self._acted)

    def _pay(self, case: Case, charge: Charge) -> bool:
        """Do what the citizen of *case* does about *charge*; False while there is no page yet."""
        if not charge.amount or case.trouble is Trouble.UNPAID:
            return True
        if case.channel != "platform":
            self._transfer(case, charge)
            return True
        attempt = max(charge.attempts.all(), key=lambda one: one.pk, default=None)
        if attempt is None or attempt.state == AttemptState.BEGUN:
            return False
        if attempt.state == AttemptState.FAILED:
            # Turned away by the platform: the reference on the slip does for a transfer, too.
            self._transfer(replace(case, channel="transfer"), charge)
        else:
            self._post("platform/pay", {"reference": attempt.reference})
        return True

    def _transfer(self, case: Case, charge: Charge) -> None:
        """Transfer what the citizen thinks is right, with the charge's reference."""
        made = transfers.of_case(
            case, charge.reference, account=self._stage.account, amount=charge.amount
        )
        for transfer in made:
            self._post("bank/transfers", transfer.body())

    def strangers(self, seed: int, count: int) -> None:
        """Transfers that have nothing to do with any dossier."""
        for transfer in transfers.strangers(
            seed, count, account=self._stage.account, day=self._stage.day
        ):
            self._post("bank/transfers", transfer.body())

    def state(self) -> dict[str, Any]:
        """Return what every party of the sandbox holds."""
        answer = self._http.get("state")
        answer.raise_for_status()
        return dict(answer.json())

    def _post(self, path: str, body: Any) -> None:
        self._http.post(path, json=body).raise_for_status()


class Officials:
    """They sign what lies on their trays, but for what they do not agree with."""

    def __init__(self, cases: Sequence[Case]) -> None:
        """Know what each official thinks of each case."""
        self._troubles = {case.code: case.trouble for case in cases}

    def sign(self, *, few: bool = False) -> int:
        """
        Go through every official's tray; return how many results were approved.

        With *few* still to come, a short tray is left alone for now.
        """
        return self._go_through(SigningRole.OFFICIAL, self._agrees, few=few)

    def seal(self, *, few: bool = False) -> int:
        """Go through every clerk's tray."""
        return self._go_through(SigningRole.SEAL, lambda _item: True, few=few)

    def _agrees(self, item: SigningItem) -> bool:
        trouble = self._troubles.get(item.dossier_id)
        if trouble is Trouble.SENT_BACK:
            reason = "Sai tên chủ hồ sơ, đề nghị sửa"
            trays.send_back(item, person=item.signer.person, reason=reason)
        return trouble not in (Trouble.SENT_BACK, Trouble.UNSIGNED)

    @staticmethod
    def _go_through(role: SigningRole, agrees: Callable[[SigningItem], bool], *, few: bool) -> int:
        waiting = SigningItem.objects.filter(role=role, status=ItemStatus.ON_TRAY)
        trays: dict[str, list[SigningItem]] = {}
        for item in waiting.select_related("signer", "dossier").order_by("dossier_id"):
            trays.setdefault(item.signer.person, []).append(item)
        signed = 0
        for person, tray in trays.items():
            items = [item for item in tray if agrees(item)]
            if not items or (few and len(items) < SHORT):
                continue
            for item in items[:BATCH] if role is SigningRole.OFFICIAL else ():
                confirmations.seen(person, item.document)
            batches.open(items[:BATCH], person=person, role=role)
            signed += len(items[:BATCH])
        return signed


class Post:
    """The desk closes the manifests, the postal worker takes the parcels along."""

    def __init__(self, stage: Stage) -> None:
        """Close manifests of the day of *stage*."""
        self._stage = stage
        self._http = httpx.Client(base_url=stage.control, timeout=60)

    def close_manifests(self) -> int:
        """List everything that waits at every office; return how many manifests were closed."""
        closed = 0
        for office in Office.objects.order_by("code"):
            if manifests.waiting(office, office.carrier).exists():
                manifests.close(office, office.carrier, self._stage.day, by=POSTAL_WORKER)
                closed += 1
        return closed

    def hand_over(self) -> list[str]:
        """Take every closed manifest's parcels along; return their references."""
        for manifest in Manifest.objects.exclude(state=ManifestState.RECEIVED):
            manifests.hand_over(manifest, postal_worker=POSTAL_WORKER)
        rows = Manifest.objects.filter(day=self._stage.day)
        return list(rows.order_by("number").values_list("lines__shipment__reference", flat=True))

    def accept(self, references: Sequence[str]) -> None:
        """The sorting centre scans each parcel."""
        known = {event["number"] for event in self._state()["orders"]}
        for reference in references:
            if reference in known:
                body = {"order": reference, "code": "2"}
                self._http.post("vnpost/advance", json=body).raise_for_status()

    def _state(self) -> dict[str, Any]:
        return dict(self._http.get("state").json()["vnpost"])
