"""
Bugs around signatures: who signs what, when, and what becomes of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from proving.chance import Fault
from proving.cuts import code, value
from proving.plants import Planted
from proving.plants.stages import BATCHES_OF_ONE

_LOGIN = "drivers.of(token).login(token.label, Path(token.pin_file), retry={})"

_SIGN = "line.sign(key, prepared.attributes, scheme)"

_FIRST = "return _put(dossier, SigningRole.OFFICIAL, ready, official, placement=told)"


def _one_person(tidy: Callable[..., None]) -> Callable[..., None]:
    """Let each agency's seal be held by the official who approves there."""

    def tidied(house: Any, **given: Any) -> None:
        tidy(house, **given)
        house.sql.execute(
            "UPDATE hub_signing_signer s SET person = o.person FROM hub_signing_signer o"
            " WHERE o.unit_id = s.unit_id AND o.role = 'official' AND s.role = 'seal'"
        )
        house.sql.execute(
            "UPDATE hub_signing_appointment a SET person = s.person FROM hub_signing_signer s"
            " WHERE s.appointment_id = a.id"
        )

    return tidied


def _nobody_is_trusted(tidy: Callable[..., None]) -> Callable[..., None]:
    """Let the installation trust no authority."""

    def tidied(house: Any, **given: Any) -> None:
        tidy(house, **given)
        for file in (house.home / "trust").iterdir():
            file.unlink()

    return tidied


_BAD_SIGNATURES = code(
    "proving.hardware:Driver._sign",
    "return self._hardware.keys[token].sign(text, PKCS1v15(), hashes.SHA256())",
    "text = text[:-1] if text[-1] % 3 == 0 else text\n"
    "    return self._hardware.keys[token].sign(text, PKCS1v15(), hashes.SHA256())",
)

_SOME_ARE_REVOKED = code(
    "signing.levels.revocation:of_ocsp",
    "one.revocation_time_utc,",
    "one.this_update_utc if certificate.serial_number % 2 else None,",
)
"""Every other certificate is told to be revoked since this very moment."""

_BAD_STAMPS = code(
    "connectors.stamps.rfc3161:Rfc3161.stamp",
    "return bytes(token.dump())",
    "stamped = bytes(token.dump())\n"
    "    return stamped[:-1] + bytes([stamped[-1] ^ 1]) if nonce % 2 else stamped",
)
"""Every other stamp has a signature that nobody made."""

SIGNING = (
    Planted(
        "signed_before_its_intent",
        "The token signs before the intent of it is committed.",
        (
            code(
                "signing.drains:begin",
                "    intent = _meant(item, prepared)\n",
                "",
                f"    return UnderWay(item, prepared, intent, {_SIGN})",
                f"    signature = {_SIGN}\n"
                "    return UnderWay(item, prepared, _meant(item, prepared), signature)",
            ),
        ),
    ),
    Planted(
        "two_drains",
        "Two workers sign the same queue at once.",
        (
            code(
                "signing.batches:drain",
                'with locks.holding(f"token {token_label}"):',
                "if True:",
            ),
            code("signing.batches:_ask_for_drain", "lock=lock, ", ""),
        ),
        stage=(BATCHES_OF_ONE,),
        needs=(Fault.TWO_WORKERS,),
    ),
    Planted(
        "signature_not_checked",
        "What the token answers is embedded and kept without a look.",
        (
            code(
                "signing.pdf.pades:Prepared.finish",
                "self.certificate.check(wire, self.attributes)",
                "wire",
            ),
        ),
        stage=(_BAD_SIGNATURES,),
    ),
    Planted(
        "signed_file_changed",
        "A byte is added to the file after its signature.",
        (
            code(
                "signing.drains:finish",
                "documents.put(signed, prepared.media_type)",
                'documents.put(signed + b" ", prepared.media_type)',
            ),
        ),
    ),
    Planted(
        "other_paper_signed",
        "An official is given the paper of another dossier.",
        (
            code(
                "signing.trays:_submit_pdf",
                "preflight.check(documents.get(state.document))",
                'preflight.check(documents.get(ledger.history(Dossier.objects.order_by("code")[0].code'
                ')[0].body["document"]))',
            ),
        ),
    ),
    Planted(
        "pin_sent_again",
        "A refused PIN is sent once more by the software.",
        (
            code(
                "signing.drains:log_in",
                f"    {_LOGIN.format('retry')}",
                "    try:\n"
                f"        {_LOGIN.format('retry')}\n"
                '    except __import__("signing.devices.tokens").tokens.PinWrong:\n'
                f"        {_LOGIN.format('True')}",
            ),
        ),
        needs=(Fault.WRONG_PIN,),
    ),
    Planted(
        "expired_certificate_signs",
        "Nobody looks whether the certificate is still in force.",
        (
            code(
                "signing.policy.what:certificate_holds",
                "case.signer.certificate.holds_at(case.at)",
                "True",
            ),
        ),
        # A result that comes after noon finds the certificate ended.
        stage=(code("proving.cast:Cast.begin", "between(1, 1200)", "between(19000, 21000)"),),
        needs=(Fault.CERTIFICATE_ENDED,),
    ),
    Planted(
        "four_eyes_off",
        "Who has approved a result may seal it, too.",
        (
            code(
                "signing.policy.who:four_eyes",
                "if not case.sealing:",
                "if True:",
            ),
        ),
        stage=(value("proving.house:House.tidy", _one_person),),
    ),
    Planted(
        "sealed_first",
        "The seal does not wait for the official's signature.",
        (
            code(
                "signing.trays:_submit_pdf",
                f"        {_FIRST}",
                f"        _put(dossier, SigningRole.SEAL, ready, clerk)\n        {_FIRST}",
            ),
            code(
                "signing.policy.what:is_their_turn",
                "case.state.business in READY[SigningRole(case.item.role)]",
                "True",
            ),
            code("signing.policy.what:official_has_signed", "not case.sealing or", "True or"),
            code("signing.drains:_number", "if _by_official(item):", "if True:"),
        ),
    ),
    Planted(
        "number_given_twice",
        "Every result of a register gets the same number.",
        (code("signing.policy.numbers:assign", "kept or last + 1", "kept or last or 1"),),
    ),
    Planted(
        "number_lost",
        "A number is left out.",
        (code("signing.policy.numbers:assign", "kept or last + 1", "kept or last + 2"),),
    ),
    Planted(
        "number_before_its_fact",
        "A number and the fact that tells of it are two transactions.",
        (
            code(
                "signing.policy.numbers:assign",
                "        ledger.record(code, facts.Numbered(",
                '    __import__("register.world").world.point("number given")\n'
                "    ledger.record(code, facts.Numbered(",
            ),
        ),
        needs=(Fault.CRASH,),
    ),
    Planted(
        "released_unverified",
        "The finished file is called verified and nobody has looked at it.",
        (
            code(
                "signing.results:verify",
                "if reasons:",
                "if False:",
            ),
        ),
        stage=(value("proving.house:House.tidy", _nobody_is_trusted),),
    ),
    Planted(
        "stopped_token_told_to_nobody",
        "A token stands still and its holder is not told.",
        (code("signing.batches:_stop", "        tasks.open(", "        repr or tasks.open("),),
        needs=(Fault.TOKEN_PULLED,),
    ),
    Planted(
        "signature_before_its_fact",
        "That an item is signed and the fact that tells of it are two transactions.",
        (
            code(
                "signing.drains:_keep",
                "        with transaction.atomic():\n",
                "        if True:\n",
                'select_for_update(of=("self",)).get(',
                "get(",
                '            kept.save(update_fields=["status", "signed", "changed_at"])\n',
                '            kept.save(update_fields=["status", "signed", "changed_at"])\n'
                '            world.point("item kept")\n',
            ),
        ),
        needs=(Fault.CRASH,),
    ),
    Planted(
        "revoked_read_as_good",
        "A certificate that is revoked is taken for one that is not.",
        (code("signing.levels.proofs:_proof", "if kept.revoked_at is not None:", "if False:"),),
        stage=(_SOME_ARE_REVOKED,),
        needs=(Fault.OCSP_DOWN,),
    ),
    Planted(
        "stamp_not_looked_at",
        "What a time-stamping authority answers is kept, and nobody looks whether it holds.",
        (
            code(
                "signing.levels.stamps:_stamped",
                "if word := tokens.trouble(token, prepared.imprint):",
                "if word := None:",
            ),
            code(
                "signing.levels.stamps:judged",
                "verdict, reasons = results.judged(code, made.data)",
                "verdict, reasons = results.judged(code, made.data)[0], []",
            ),
        ),
        stage=(_BAD_STAMPS,),
        needs=(Fault.TSA_SLOW,),
    ),
)
