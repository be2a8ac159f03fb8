"""
What is looked at before something leaves the hub: a request, or a text to be signed.

Runs in the thread of the actor that has the effect, but on the eyes' own session.
"""

from __future__ import annotations

import json
import re
import threading
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
from cryptography import x509

from dossiers.status import Business
from proving.baton import session
from proving.seen import ENDED, Seen, hold

if TYPE_CHECKING:
    from proving.play import Play

#: A worker may be frozen between its last look at a certificate and the token.
GRACE = timedelta(minutes=10)

_REFUND = re.compile(r"QN[0-9]{10}R[0-9]{2}")

_TAKEN = """
SELECT count(*) FROM hub_register_intent n
JOIN pg_stat_activity a ON a.pid = nullif(split_part(n.leased_by, ' ', 1), '')::int
WHERE n.reference = %s AND n.leased_until > %s AND a.pid <> %s
"""

_NAMED = """
SELECT i.role, d.business, encode(s.certificate_der, 'hex') FROM hub_register_intent n
JOIN hub_signing_signingitem i ON n.reference = i.batch_id || '/' || i.id
JOIN hub_signing_batch b ON b.code = i.batch_id
JOIN hub_signing_signer s ON s.id = i.signer_id
JOIN hub_register_dossier d ON d.code = i.dossier_id
WHERE n.kind = 'sign' AND n.request->>'text' = %s AND b.person = s.person
"""

#: Where a result may stand when it is signed; its owner may take it back at any moment.
_TIME = {
    "official": (Business.ON_TRAY, Business.WITHDRAWN),
    "seal": (Business.SIGNED, Business.NUMBERED, Business.WITHDRAWN),
}


class Leaving:
    """Judges every effect in the last moment before it."""

    def __init__(self, play: Play, seen: Seen) -> None:
        """Watch *play*."""
        self._play, self._seen, self._sql = play, seen, play.house.sql

    def request(self, request: httpx.Request) -> None:
        """Every effect has its row, committed, under a lease; and no question is spared."""
        path = request.url.path
        if path.endswith("/order/post"):
            self._order(json.loads(request.content)["OrderNumber"])
        elif path.endswith("/order/tracking"):
            self._seen.posted |= {one: True for one in self._seen.posted if "-" in one}
        elif refund := _REFUND.search(request.content.decode(errors="replace")):
            self._refund(refund[0], question=b"FindTransfer" in request.content)
        elif path.endswith("/init"):
            self._payment(json.loads(request.content)["MaThamChieu"])
        elif path.endswith("/query"):
            self._seen.asked.add(json.loads(request.content)["MaThamChieu"])
        elif path.endswith("/token"):
            # A carrier that forgot who we are has taken nothing: the same may be sent again.
            self._seen.sent.pop(threading.current_thread().name, None)

    def _order(self, reference: str) -> None:
        """An order for a parcel leaves."""
        orders = [row["number"] for row in self._play.other_side.vnpost.state()["orders"]]
        self._effect("book", reference, known=reference in orders)
        leg = reference.rpartition("-")[0]
        others = [one for one in orders if one.rpartition("-")[0] == leg and one != reference]
        alive = [one for one in others if not self._has_ended(one)]
        hold("one_parcel_per_leg", not alive, f"{reference} besides {alive}")

    def _has_ended(self, number: str) -> bool:
        travelled = self._seen.travelled.get(number)
        return bool(travelled and travelled[1] in ENDED)

    def _refund(self, reference: str, *, question: bool) -> None:
        """Money leaves, or the bank is asked whether it did."""
        if question:
            self._seen.posted[reference] = True
            return
        approved = self._count(
            "SELECT count(*) FROM hub_payments_refund WHERE reference = %s"
            " AND approved_by NOT IN ('', asked_by)",
            reference,
        )
        hold("four_eyes", approved == 1, f"{reference} was not approved by a second person")
        row = self._play.other_side.bank.store.row(
            "SELECT 1 FROM entries WHERE end_to_end = ? AND amount < 0", reference
        )
        self._effect("refund", reference, known=row is not None)

    def _effect(self, kind: str, reference: str, *, known: bool) -> None:
        """An effect leaves that must not be had twice; *known* to the other side it may be."""
        meant = self._count(
            "SELECT count(*) FROM hub_register_intent WHERE kind = %s AND reference = %s"
            " AND state IN ('open', 'unsure') AND tried",
            kind,
            reference,
        )
        hold("intent_before_effect", meant == 1, reference)
        taken = self._count(_TAKEN, reference, self._play.now, session())
        hold("under_its_lease", not taken, f"{reference}: another living worker has taken it over")
        self._once(reference)
        blind = known and not self._seen.posted.get(reference)
        hold("ask_before_repeating", not blind, f"{reference} is ordered again, unasked")
        self._seen.posted[reference] = False

    def _payment(self, reference: str) -> None:
        """A payment is asked for."""
        known = self._count(
            "SELECT count(*) FROM hub_payments_attempt WHERE reference = %s", reference
        )
        hold("intent_before_effect", known == 1, reference)
        self._once(reference)
        charge = reference.rpartition("T")[0]
        orders = self._play.other_side.platform.state()["orders"]
        others = [row["reference"] for row in orders if row["reference"].startswith(charge)]
        hold("charged_once", set(others) <= {reference}, f"{reference} besides {others}")

    def _once(self, reference: str) -> None:
        """Only the engine repeats: one piece of work sends an effect once."""
        sent = self._seen.sent.setdefault(threading.current_thread().name, set())
        hold("one_owner_of_retries", reference not in sent, f"{reference} is sent again at once")
        sent.add(reference)

    def text(self, digest: str) -> None:
        """Nothing is signed but what its intent names, by whom, when and how it may be."""
        rows = self._sql.execute(_NAMED, [digest]).fetchall()
        hold("intent_before_effect", len(rows) == 1, "a signature that no intent names")
        role, business, certificate = rows[0]
        hold("order_of_signatures", business in _TIME[role], f"{role} signs what is {business}")
        ends = _ends(certificate)
        hold("certificate_in_force", self._play.now < ends + GRACE, f"it ended at {ends}")

    def _count(self, query: str, *values: Any) -> int:
        row = self._sql.execute(query, values).fetchone()
        return int(row[0]) if row else 0


@cache
def _ends(certificate: str) -> Any:
    return x509.load_der_x509_certificate(bytes.fromhex(certificate)).not_valid_after_utc
