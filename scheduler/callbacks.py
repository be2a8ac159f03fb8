"""
A gateway calls us. What it says is a hint: kept, then asked about.

``take`` is the meaning of it for one callback. The door (``desk.door``) does the same with
these very steps and statements for many at a time.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction

from connectors import Refused
from connectors.banks import Answer, Gateway
from register import inbox, world
from scheduler import connections


def take(code: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """
    Keep the callback of gateway *code* and have it asked about; return what to answer.

    A forged one is refused, counted and shown to a person, and changes nothing else.
    NotConnectedError if there is no such gateway.
    """
    gateway = connections.gateway(code)
    try:
        letter = read(gateway, body, headers)
    except Refused as error:
        with connection.cursor() as cursor:
            cursor.execute(inbox.FORGED, inbox.forged(code, str(error), count=1, at=world.now()))
        return gateway.answer(body, accepted=False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(inbox.KEEP, inbox.batch([letter], at=world.now()))
        believed = inbox.believed(cursor.fetchall())
    world.point("callback stored")
    return gateway.answer(body, accepted=believed[letter.key])


def read(gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> inbox.Letter:
    """
    Return what came from *gateway*; Refused if it did not make it.

    *headers* have their names in lower case. A text that no column can hold (a NUL, half a
    surrogate pair, a page of it) was made by no gateway either, whoever signed it.
    """
    told = gateway.read(body, headers)
    identity = f"{told.reference}:{told.outcome}:{told.transaction}"
    if not identity.isprintable() or len(identity) > inbox.LONGEST_IDENTITY:
        message = f"{gateway.code}: mã không hợp lệ · an identity that cannot be one"
        raise Refused(message)
    return inbox.Letter(gateway.code, identity, told.reference, body)
