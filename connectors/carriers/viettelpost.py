"""
ViettelPost, partner interface v2.

Every answer is HTTP 200; ``error: true`` inside means no. ViettelPost tells scans by calling
us, with the agreed token in the body. Its interface has no look-up by our own reference and
no documented guard against a second booking, so ``find`` shows nothing: after silence a
person must look in ViettelPost's own pages before anybody books again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors import Refused
from connectors.carriers import Carrier
from connectors.http import Unauthorised, reading, send_json
from connectors.wire import json_object, read_stamp, said, same
from dossiers.parcels import Booking, Parcel, Scan
from dossiers.release import Released
from dossiers.status import Delivery

STATUSES = {
    100: Delivery.BOOKED,  # received from the partner
    101: Delivery.CANCELLED,  # ViettelPost asks to cancel
    102: Delivery.BOOKED,  # waiting
    103: Delivery.BOOKED,  # given to a post office
    104: Delivery.BOOKED,  # a postman is on his way
    105: Delivery.ACCEPTED,  # the postman has it
    107: Delivery.CANCELLED,  # cancelled by us
    200: Delivery.ACCEPTED,
    202: Delivery.ACCEPTED,  # its note was corrected
    300: Delivery.IN_TRANSIT,  # on a list ("bảng kê đi")
    301: Delivery.IN_TRANSIT,  # in a bag
    302: Delivery.IN_TRANSIT,  # in a dispatch ("chuyến thư")
    303: Delivery.IN_TRANSIT,  # on a truck
    400: Delivery.IN_TRANSIT,
    401: Delivery.IN_TRANSIT,
    402: Delivery.IN_TRANSIT,
    403: Delivery.IN_TRANSIT,
    500: Delivery.OUT_FOR_DELIVERY,
    501: Delivery.DELIVERED,
    502: Delivery.RETURNING,  # back to the first post office
    503: Delivery.CANCELLED,
    504: Delivery.RETURNED,  # "Thành công - chuyển trả người gửi": a success, but not ours
    505: Delivery.ATTEMPT_FAILED,  # a return is announced
    506: Delivery.ATTEMPT_FAILED,  # nobody at home
    507: Delivery.ATTEMPT_FAILED,  # the addressee comes to the post office
    508: Delivery.OUT_FOR_DELIVERY,
    509: Delivery.IN_TRANSIT,  # to another post office
    510: Delivery.IN_TRANSIT,  # the postman was changed
    515: Delivery.RETURNING,  # the return is approved
    550: Delivery.OUT_FOR_DELIVERY,
}
"""By ORDER_STATUS. 106 and 201 differ between sources and stay out."""

TOLD = "%d/%m/%Y %H:%M:%S"
"""ORDER_STATUSDATE, in Vietnam time."""
BAD_TOKEN = frozenset({401, 403})
"""``status`` inside an answer when the token is old."""


class ViettelPost(Carrier):
    """ViettelPost, for provinces that have their own contract with it."""

    code = "viettelpost"
    label = "ViettelPost"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """What ViettelPost gave, and who sends."""

        username: str
        password: str = field(repr=False, metadata={"secret": True})
        callback_token: str = field(repr=False, metadata={"secret": True})
        """The token that ViettelPost puts into its calls."""
        sender_name: str
        sender_phone: str
        sender_address: str
        """With commune and province: ViettelPost reads addresses as text."""
        service: str = "VCN"
        url: str = "https://partner.viettelpost.vn"

    settings: Settings
    _token = ""

    def check(self) -> None:
        """Sign in."""
        self._sign_in()

    def book(self, released: Released) -> Booking:
        """Create the order; never twice by itself."""
        parcel = released.parcel
        answer = self._call("v2/order/createOrderNlp", self._order(parcel))
        if answer["error"]:
            hidden = (parcel.recipient, parcel.phone, parcel.address)
            message = f"ViettelPost: {said(answer.get('message'), *hidden)}"
            raise Refused(message)
        with reading(question=False):
            return Booking(parcel.reference, str(answer["data"]["ORDER_NUMBER"]))

    def find(self, reference: str, mark: str) -> Booking | None:  # noqa: ARG002
        """Return None: there is no look-up, and ``shows_within`` says that this proves nothing."""
        return None

    def scans(self, mark: str) -> tuple[list[Scan], str]:
        """Return nothing: ViettelPost calls us, see :meth:`read`."""
        return [], mark

    def read(self, body: bytes, headers: Mapping[str, str]) -> list[Scan]:  # noqa: ARG002
        """Return the scan that a call tells of; Refused without the agreed token."""
        try:
            message = json_object(body)
            if same(self.settings.callback_token, message["TOKEN"]):
                return [_scan(message["DATA"])]
        except (KeyError, TypeError, ValueError):
            pass  # Whatever is wrong with it, it is not theirs.
        error = "không phải tin của ViettelPost · ViettelPost did not make this call"
        raise Refused(error)

    def _order(self, parcel: Parcel) -> dict[str, Any]:
        ours = self.settings
        return {
            "ORDER_NUMBER": parcel.reference,
            "SENDER_FULLNAME": ours.sender_name,
            "SENDER_PHONE": ours.sender_phone,
            "SENDER_ADDRESS": ours.sender_address,
            "RECEIVER_FULLNAME": parcel.recipient.reveal(),
            "RECEIVER_PHONE": parcel.phone.reveal(),
            "RECEIVER_ADDRESS": parcel.address.reveal(),
            "PRODUCT_NAME": "Kết quả thủ tục hành chính",
            "PRODUCT_QUANTITY": 1,
            "PRODUCT_PRICE": 0,
            "PRODUCT_WEIGHT": parcel.weight,
            "PRODUCT_TYPE": "TH",
            "NATIONAL_TYPE": 1,
            # 3: collect what is due for the papers, not the postage; 1: collect nothing.
            "ORDER_PAYMENT": 3 if parcel.cod else 1,
            "ORDER_SERVICE": ours.service,
            "MONEY_COLLECTION": parcel.cod,
        }

    def _call(self, path: str, message: dict[str, Any]) -> dict[str, Any]:
        """Call with the kept token; with a new one, once, if ViettelPost says that it is old."""
        url = f"{self.settings.url}/{path}"
        token = self._token or self._sign_in()
        try:
            answer = self._send(url, token, message)
        except Unauthorised:
            return self._send(url, self._sign_in(), message)
        if answer["error"] and answer.get("status") in BAD_TOKEN:
            return self._send(url, self._sign_in(), message)
        return answer

    def _send(self, url: str, token: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send an effect; its answer says yes or no for certain."""
        answer = send_json(self.http, "POST", url, json=message, headers={"Token": token})
        with reading(question=False):
            if not isinstance(answer["error"], bool):
                raise TypeError
        return answer

    def _sign_in(self) -> str:
        answer = send_json(
            self.http,
            "POST",
            f"{self.settings.url}/v2/user/Login",
            question=True,
            json={"USERNAME": self.settings.username, "PASSWORD": self.settings.password},
        )
        if answer.get("error"):
            message = f"ViettelPost: {said(answer.get('message'))}"
            raise Refused(message)
        with reading(question=True):
            self._token = str(answer["data"]["token"])
        return self._token


def _scan(data: Mapping[str, Any]) -> Scan:
    number, code, told = data["ORDER_NUMBER"], data["ORDER_STATUS"], data["ORDER_STATUSDATE"]
    return Scan(
        id=f"{number}/{code}/{told}",
        reference=str(data["ORDER_REFERENCE"]),
        code=str(code),
        words=said(data.get("STATUS_NAME")),
        status=STATUSES.get(code) if isinstance(code, int) else None,
        at=read_stamp(told, TOLD),
        tracking=str(number),
        # Their spelling, in old and new documents.
        office=said(data.get("LOCALION_CURRENTLY") or data.get("LOCATION_CURRENTLY")),
    )
