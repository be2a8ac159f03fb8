"""
What is followed from step to step: facts, intents, files, the carrier's feed and the PINs.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from dossiers import facts
from dossiers.state import State, apply
from dossiers.status import Delivery
from dossiers.transitions import TABLE, TransitionError
from proving import papers
from proving.seen import ENDED, Lease, Seen, file_of, hold, missing
from proving.story import Violation
from register.ledger import GENESIS, digest
from register.models import Fact

if TYPE_CHECKING:
    from proving.play import Play

#: The table as it is written: a planted bug cannot widen this one.
_TABLE = tuple((kind, axis, frozenset(origins)) for kind, axis, origins in TABLE)

GATE, ALONG = "gate", "along_the_table"

#: The level at which nobody in a file may be known to be revoked.
ARCHIVAL = "B-LTA"

#: What the sandbox's codes of the deliver flow mean.
CARRIED = {
    "2": Delivery.ACCEPTED,
    "3": Delivery.IN_TRANSIT,
    "5": Delivery.OUT_FOR_DELIVERY,
    "6": Delivery.ATTEMPT_FAILED,
    "4": Delivery.DELIVERED,
    "7": Delivery.RETURNED,
}

_FACT = ("dossier_id", "seq", "kind", "body", "by", "at", "previous", "hash")
_NEW_FACTS = """
SELECT f.dossier_id, f.seq, f.kind, f.body, f.by, f.at, f.previous, f.hash
FROM hub_register_fact f
LEFT JOIN unnest(%s::text[], %s::int[]) k (code, n) ON k.code = f.dossier_id
WHERE f.seq > coalesce(k.n, 0) ORDER BY f.dossier_id, f.seq
"""
_BESIDE = """
SELECT (SELECT array_agg(sha256) FROM hub_register_document WHERE sha256 <> ALL (%s)),
    (SELECT max(mark) FROM hub_dispatch_feedmark),
    (SELECT count(*) FROM hub_dispatch_carrierevent),
    (SELECT json_agg(json_build_array(reference, state, attempt,
        coalesce(nullif(split_part(leased_by, ' ', 1), ''), '0')::int,
        extract(epoch FROM leased_until), extract(epoch FROM changed_at))) FROM hub_register_intent)
"""
_SIGNERS = """
SELECT s.role, encode(s.certificate_der, 'hex') FROM hub_signing_signer s
JOIN hub_register_dossier d ON d.unit_id = s.unit_id WHERE d.code = %s ORDER BY s.role
"""
_REVOKED = """
SELECT p.certificate FROM hub_signing_proof p
JOIN hub_register_fact f ON f.body->>'certificate' = p.certificate
WHERE f.dossier_id = %s AND p.revoked_at IS NOT NULL
"""


class Following:
    """Looks at what has been committed since it last looked."""

    def __init__(self, play: Play, seen: Seen) -> None:
        """Watch *play*."""
        self._play, self._seen, self._sql = play, seen, play.house.sql
        self._home = play.house.home

    def everything(self) -> None:
        """Raise Violation if something new breaks a rule."""
        known = [[*self._seen.chains], [n for n, _hash in self._seen.chains.values()]]
        for row in self._sql.execute(_NEW_FACTS, known).fetchall():
            self._fact(Fact(**dict(zip(_FACT, row, strict=True))))
        (beside,) = self._sql.execute(_BESIDE, [[*self._seen.files]]).fetchall()
        files, mark, events, intents = beside
        self._files(files or [])
        self._feed(mark or "0", events)
        for reference, *values in intents or []:
            self._intent(reference, Lease(*values))
        self._pins()

    # -- facts --------------------------------------------------------------------------------

    def _fact(self, row: Fact) -> None:
        code, seen = row.dossier_id, self._seen
        seq, head = seen.chains.get(code, (0, GENESIS))
        whole = row.seq == seq + 1 and row.previous == head and row.hash == digest(row)
        hold("chain_is_whole", whole, f"{code} {row.seq} {row.kind}")
        seen.chains[code] = (row.seq, row.hash)
        before, fact = seen.states.get(code, State()), row.told()
        try:
            after = apply(before, fact)
        except TransitionError as error:
            raise Violation(ALONG, f"{code} {error}") from error
        for kind, axis, origins in _TABLE:
            allowed = kind is not type(fact) or getattr(before, axis) in origins
            hold(ALONG, allowed, f"{code} {row.kind} from {getattr(before, axis)}")
        seen.states[code] = after
        self._judge(fact, code, after)

    def _judge(self, fact: facts.Fact, code: str, after: State) -> None:
        match fact:
            case facts.Paid():
                self._money(fact, code, after)
            case facts.Signed():
                self._paper("signed_is_whole", code, fact.document, ("official",))
            case facts.Sealed():
                self._paper("signed_is_whole", code, fact.document, ("official", "seal"))
            case facts.Released():
                truth = self._seen.truth[code]
                hold(GATE, truth >= after.due, f"{code} left unpaid: {truth} of {after.due}")
                self._paper(GATE, code, after.document, ("official", "seal"))
            case facts.Stamped():
                self._paper("stamped_is_whole", code, fact.document, ("official", "seal"))
                self._proven(fact, code)
            case facts.Carried():
                self._travels(fact, code, after)
            case facts.Refunded():
                back = self._play.other_side.sent_back(after.charge)
                real = self._seen.truth[code] - back
                hold("refund_is_real", after.paid == real, f"{code}: {after.paid}, really {real}")
            case facts.DeliveryCorrected():
                self._seen.travelled.pop(after.parcel, None)

    def _money(self, fact: facts.Paid, code: str, after: State) -> None:
        truth = self._seen.truth[code]
        hold("money_is_real", after.paid <= truth, f"{code}: {after.paid} of {truth} really paid")
        gateway, _, transaction = fact.evidence.partition(":")
        if gateway == "bank":
            return
        orders = self._play.other_side.platform.state()["orders"]
        about = {row["reference"] for row in orders if row["transaction_id"] == transaction}
        asked = bool(about & self._seen.asked)
        hold("ask_before_believing", asked, f"{code}: nobody asked about {fact.evidence}")

    def _paper(self, rule: str, code: str, document: str, roles: tuple[str, ...]) -> None:
        """Judge a signed file with eyes that are not the hub's."""
        signers: dict[str, str] = dict(self._sql.execute(_SIGNERS, [code]).fetchall())
        file = file_of(self._home, document)
        hold(rule, file.exists(), f"{code}: its file is not there")
        fault = papers.fault_of(
            file.read_bytes(),
            self._play.house.paper_of(code),
            [bytes.fromhex(signers[role]) for role in roles],
            self._home / "trust" if rule == GATE else None,
        )
        hold(rule, not fault, f"{code}: {fault}")

    def _proven(self, fact: facts.Stamped, code: str) -> None:
        """A result for the archive has stamps and proof; nobody in it is known to be revoked."""
        file = file_of(self._home, fact.document).read_bytes()
        wrong = papers.unproven(file, fact.level)
        hold("stamped_is_proven", not wrong, f"{code}: {wrong}")
        revoked = fact.level == ARCHIVAL and self._sql.execute(_REVOKED, [code]).fetchone()
        hold("revoked_is_told", not revoked, f"{code} was completed with {revoked}")

    def _travels(self, fact: facts.Carried, code: str, after: State) -> None:
        """The parcel is where it was carried last, by the time at which it was carried."""
        at, told = datetime.fromisoformat(fact.at), CARRIED.get(fact.code, "")
        known = self._seen.travelled.get(after.parcel)
        if told and not (known and (known[1] in ENDED or at < known[0])):
            known = self._seen.travelled[after.parcel] = (at, told)
        if known:
            right = after.delivery == known[1]
            hold("never_backwards", right, f"{code}: {after.delivery}, carried to {known[1]}")

    # -- what stands beside the facts ---------------------------------------------------------

    def _intent(self, reference: str, now: Lease) -> None:
        before = self._seen.leases.get(reference)
        if before is None or before == now:
            self._seen.leases[reference] = now
            return
        # Not even the same answer again: whoever gave it should have known that it is too late.
        settled = before.state in ("done", "refused")
        hold("settled_stays", not settled, f"{reference}: {before.state}, then {now.state}")
        held = before.until and before.until > self._play.now.timestamp()
        if held and now.attempt > before.attempt:
            hold("lease_holds", not self._lives(before.session), f"{reference} has two holders")
        self._seen.leases[reference] = now

    def _lives(self, session: int) -> bool:
        query = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
        return bool(self._one(query, session))

    def _files(self, new: list[str]) -> None:
        """A row of the document store has its file."""
        gone = missing(self._home, new)
        hold("file_before_row", not gone, f"file {gone[:8]}")
        self._seen.files.update(new)

    def _feed(self, mark: str, kept: int) -> None:
        """What the mark says was read is kept: the sandbox numbers its events from one."""
        read = int(mark, 16)
        hold("feed_is_kept", kept >= read, f"the mark is at {read}, {kept} events are kept")

    def _pins(self) -> None:
        """A wrong PIN goes to a token once, and once more for each time that a person said so."""
        for token, wrong in self._play.hardware.wrong.items():
            if wrong > 1:
                leaves = self._one(
                    "SELECT count(*) FROM hub_register_task WHERE subject = %s"
                    " AND kind IN ('token_missing', 'pin_wrong') AND closed_by <> ''",
                    token,
                )
                hold("wrong_pin_once", wrong <= 1 + leaves, f"{token}: {wrong} for {leaves} leaves")

    def _one(self, query: str, *values: Any) -> int:
        row = self._sql.execute(query, values).fetchone()
        return int(row[0]) if row else 0
