"""
VNPost's public service for papers of the administration ("bưu chính công ích"), over NGSP.

Fields, paths and the codes 100 and 101 as public code of provincial systems sends and reads
them; the complete list of status codes is not public. A booking answers no item number: it
comes later in the tracking feed, which is also the only place to look for a lost booking.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors import Refused, Unavailable
from connectors.carriers import Carrier
from connectors.http import Unauthorised, reading, send_json
from connectors.wire import VIETNAM, said
from dossiers.parcels import Booking, Parcel, Scan
from dossiers.release import Released
from dossiers.status import Delivery

STATUSES = {
    # Deliver a result ("trả kết quả").
    ("D", "1"): Delivery.BOOKED,
    ("D", "2"): Delivery.ACCEPTED,
    ("D", "3"): Delivery.IN_TRANSIT,
    ("D", "5"): Delivery.OUT_FOR_DELIVERY,
    ("D", "6"): Delivery.ATTEMPT_FAILED,
    ("D", "4"): Delivery.DELIVERED,
    ("D", "7"): Delivery.RETURNED,
    # Collect a dossier ("thu gom"): 4 means cancelled here, and delivered above.
    ("C", "1"): Delivery.BOOKED,
    ("C", "2"): Delivery.ACCEPTED,
    ("C", "3"): Delivery.DELIVERED,
    ("C", "4"): Delivery.CANCELLED,
}
"""By flow (the letter in our reference) and StatusCode."""

ACCEPTED = frozenset({"100", "101"})
"""Status of a booking: taken now; taken before, which is success."""

API = "apiVNPostNGSP/p1.0/order"
BEGINNING = "0" * 24


class VNPost(Carrier):
    """Bưu chính công ích: collects dossiers, delivers results."""

    code = "vnpost"
    label = "VNPost"
    # Booking again is harmless here (101), so looking too early costs nothing.
    shows_within = timedelta(seconds=10)

    @dataclass(frozen=True, slots=True)
    class Settings:
        """What VNPost gave the province, and who sends."""

        url: str
        consumer_key: str
        consumer_secret: str = field(repr=False, metadata={"secret": True})
        customer: str
        """CustomerCode."""
        sender_name: str
        sender_phone: str
        sender_address: str
        sender_email: str = ""
        sender_province: int = 22
        sender_district: int = 0
        districts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
        """
        VNPost's (province, old district) by commune code. Empty: VNPost routes by two levels.
        A commune made of parts of two districts stays out, so that a person chooses.
        """
        token_url: str = ""
        """Where a province's own bus gives tokens; ``{url}/token`` if empty."""
        page: int = 500
        """Events asked for at once, at most 1000."""
        pages: int = 20
        """Pages read in one go; the next reading goes on from there."""

    settings: Settings
    _authorisation = ""

    def check(self) -> None:
        """Fetch a token and read one event."""
        self._feed(BEGINNING, size=1)

    def book(self, released: Released) -> Booking:
        """Register the parcel; Refused with VNPost's own words."""
        parcel = released.parcel
        answer = self._call("POST", f"{API}/post", json=self._order(parcel))
        with reading(question=False):
            status = answer["Status"]
        if str(status) not in ACCEPTED:
            hidden = (parcel.recipient, parcel.phone, parcel.address)
            message = f"VNPost {said(status)}: {said(answer.get('Message'), *hidden)}"
            raise Refused(message)
        return Booking(parcel.reference, tracking="")

    def find(self, reference: str, mark: str) -> Booking | None:
        """Read the feed on from *mark*; Unavailable if it is longer than ``pages`` pages."""
        for row in self._rows(mark):
            if row["OrderNumber"] == reference:
                return Booking(reference, str(row.get("ItemCode") or ""))
        return None

    def scans(self, mark: str) -> tuple[list[Scan], str]:
        """Read at most ``pages`` pages of the feed; *mark* is the id of its last event."""
        found: list[Scan] = []
        for _ in range(self.settings.pages):
            rows = self._feed(mark or BEGINNING, size=self.settings.page)
            with reading(question=True):
                found += [_scan(row) for row in rows if self._is_ours(row)]
                mark = rows[-1]["_id"]["$oid"] if rows else mark
            if len(rows) < self.settings.page:
                break
        return found, mark

    def _rows(self, mark: str) -> Iterator[dict[str, Any]]:
        """Give our events after *mark*, all of them."""
        for _ in range(self.settings.pages):
            rows = self._feed(mark or BEGINNING, size=self.settings.page)
            yield from (row for row in rows if self._is_ours(row))
            if len(rows) < self.settings.page:
                return
            mark = rows[-1]["_id"]["$oid"]
        message = "VNPost: hàng đợi sự kiện quá dài · the feed since the booking is too long"
        raise Unavailable(message)

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        return bool(row["CustomerCode"] == self.settings.customer)

    def _feed(self, after: str, *, size: int) -> list[dict[str, Any]]:
        """Return a page of events, each later than *after*."""
        query = {"pagesize": str(size), "lastId": after}
        answer = self._call("GET", f"{API}/tracking", question=True, params=query)
        with reading(question=True):
            rows: list[dict[str, Any]] = answer["_embedded"]["rh:doc"]
            ids = [after, *(row["_id"]["$oid"] for row in rows)]
            if ids != sorted(set(ids)) or not all(row["OrderNumber"] for row in rows):
                # A feed that goes round would be read for ever.
                raise ValueError
            return rows

    def _order(self, parcel: Parcel) -> dict[str, Any]:
        ours = self.settings
        province, district = self._route(parcel)
        return {
            "CustomerCode": ours.customer,
            "OrderNumber": parcel.reference,
            "CODAmount": parcel.cod,
            "SenderProvince": ours.sender_province,
            "SenderDistrict": ours.sender_district,
            "SenderAddress": ours.sender_address,
            "SenderName": ours.sender_name,
            "SenderEmail": ours.sender_email or None,
            "SenderTel": ours.sender_phone,
            "SenderDesc": None,  # What the papers are about is nobody's business on the way.
            "Description": "Kết quả thủ tục hành chính",
            "ReceiverName": parcel.recipient.reveal(),
            "ReceiverAddress": parcel.address.reveal(),
            "ReceiverTel": parcel.phone.reveal(),
            "ReceiverProvince": province,
            "ReceiverDistrict": district,
            "ReceiverEmail": None,
        }

    def _route(self, parcel: Parcel) -> tuple[int, int]:
        """Return VNPost's codes of the recipient; Refused, before anything leaves, if unknown."""
        if not self.settings.districts:
            return int(parcel.province), 0
        if parcel.unit in self.settings.districts:
            province, district = self.settings.districts[parcel.unit]
            return province, district
        message = f"VNPost: chưa có mã huyện cho xã {parcel.unit} · no district code, choose one"
        raise Refused(message)

    def _call(
        self, method: str, path: str, *, question: bool = False, **given: Any
    ) -> dict[str, Any]:
        """Call with the kept token; with a new one, once, if VNPost does not know it (401)."""
        url = f"{self.settings.url}/{path}"
        kept = self._authorisation or self._token()
        try:
            headers = {"Authorization": kept}
            return send_json(self.http, method, url, question=question, headers=headers, **given)
        except Unauthorised:
            headers = {"Authorization": self._token()}
        return send_json(self.http, method, url, question=question, headers=headers, **given)

    def _token(self) -> str:
        ours = self.settings
        pair = base64.b64encode(f"{ours.consumer_key}:{ours.consumer_secret}".encode()).decode()
        answer = send_json(
            self.http,
            "POST",
            ours.token_url or f"{ours.url}/token",
            question=True,
            data={"grant_type": "client_credentials"},
            headers={"Authorization": f"Basic {pair}"},
        )
        with reading(question=True):
            self._authorisation = f"{answer.get('token_type', 'Bearer')} {answer['access_token']}"
        return self._authorisation


def _scan(row: Mapping[str, Any]) -> Scan:
    code, reference = str(row["StatusCode"]), str(row["OrderNumber"])
    at, told = _instant(row)
    flow = reference.rpartition("-")[0].rpartition("-")[2]
    return Scan(
        id=row["_id"]["$oid"],
        reference=reference,
        code=code,
        words=said(row.get("StatusMessage")),
        status=STATUSES.get((flow, code)) if told else None,
        at=at,
        tracking=str(row.get("ItemCode") or ""),
        office=str(row.get("POSID") or ""),
    )


def _instant(row: Mapping[str, Any]) -> tuple[datetime, bool]:
    """
    Return when the event happened, and whether VNPost told it readably.

    If not, the instant is the one inside the event's id (seconds in its first four bytes), and
    the event changes nothing: one bad row must not stop the feed for everybody.
    """
    try:
        at = datetime.fromisoformat(str(row.get("EventTime")))
    except ValueError:
        return datetime.fromtimestamp(int(row["_id"]["$oid"][:8], 16), UTC), False
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM), True
