"""
Stages: days on which what a bug needs happens often, and a sound hub is as quiet as ever.
"""

from __future__ import annotations

from proving.cuts import code, value

FORGERIES = code(
    "proving.letters:Letters.carry", "self._chance.strikes(Fault.CALLBACK_FORGED)", "True"
)
"""With every letter of the gateway comes a forged one."""

OFTEN_REFUSED = code(
    "proving.otherside:OtherSide.__init__", "chance.rates.get(Fault.REFUSED, 0.0)", "0.5"
)
"""Gateway, bank and post say no to half of what they are asked for the first time."""

MUCH_PAID = code(
    "proving.cast:Cast._citizen", "made.twice = ", "made.share = 2.0\n    made.twice = "
)
"""Everybody pays twice what is due."""

SILENT_GATEWAY = (
    code("proving.letters:Letters.carry", "self._chance.strikes(Fault.CALLBACK_LOST)", "True"),
    # Later than the next statement.
    value("payments.attempts:DELAYS", lambda _: (4 * 3600,)),
)
"""No letter arrives, and the hub takes its time to ask: the bank's line is first."""

BATCHES_OF_ONE = code(
    "proving.cast:Cast._sign",
    """self._do("approves", partial(acts.approve, items, person, role))""",
    """_ = [self._do("approves", partial(acts.approve, [one], person, role)) for one in items]""",
)
"""Each result is approved by itself, so that one token is asked for by several jobs."""

STRANGE_CODES = code(
    "proving.cast:Cast._carry_one", "self._chance.strikes(Fault.UNKNOWN_CODE)", "True"
)
"""After every event the post tells of one with a code that is in no table."""

SILENT_BANK = code(
    "proving.network:Wire.handle_request",
    "self._chance.among(ON_THE_WAY)",
    "(Fault.REPLY_LOST if b'FindTransfer' not in request.content"
    " and b'Transfer' in request.content and self._chance.between(0, 1) < 0.5"
    " else self._chance.among(ON_THE_WAY))",
)
"""Every other order of a transfer is taken and not answered."""

REPEATED_LETTERS = code(
    "proving.letters:Letters.carry", "self._chance.strikes(Fault.CALLBACK_REPEATED)", "True"
)
"""Every letter of the gateway comes twice."""

LONG_FROST = code("proving.play:Play._leave", "between(20, 400)", "between(160, 400)")
"""A frozen worker stays so for longer than any lease."""
