"""
A PIV card (NIST SP 800-73-4) in software, plugged into the virtual reader of pcscd.

Everything above it is real: vpcd, pcscd, OpenSC, PKCS#11. It counts PINs as a card does (three
tries, 63Cx, then 6983) and its key 9C wants the PIN before every signature. Each VERIFY that
carries a PIN is kept, so that a test can say how often one was sent.

The reader speaks TCP: two bytes of length, then an APDU, or one byte that switches power.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

ATR = bytes.fromhex("3B7D96000080318065B0831117D683009000")
AID = bytes.fromhex("A000000308000010000100")
#: Which data object holds the certificate of which key (SP 800-73-4 part 1, table 3).
CERTIFICATES = {0x9A: "5FC105", 0x9C: "5FC10A", 0x9D: "5FC10B", 0x9E: "5FC101"}
SIGNATURE = 0x9C
"""The key that wants its PIN for every signature."""
TRIES = 3

OK, NOT_FOUND, NOT_ALLOWED, BLOCKED = 0x9000, 0x6A82, 0x6982, 0x6983
WRONG_DATA, UNKNOWN = 0x6A80, 0x6D00
POWER_OFF, _POWER_ON, RESET, GET_ATR = 0, 1, 2, 4


def tlv(tag: str, *parts: bytes) -> bytes:
    """Return BER-TLV: *tag* in hex, length, *parts*."""
    body = b"".join(parts)
    size = len(body)
    octets = size.to_bytes((size.bit_length() + 7) // 8 or 1, "big")
    length = octets if size < 0x80 else bytes((0x80 | len(octets),)) + octets
    return bytes.fromhex(tag) + length + body


def fields(data: bytes) -> dict[int, bytes]:
    """Return the values in a list of TLVs with tags of one byte."""
    found = {}
    while data:
        tag, size, rest = data[0], data[1], data[2:]
        if size >= 0x80:
            count = size & 0x7F
            size, rest = int.from_bytes(rest[:count], "big"), rest[count:]
        found[tag], data = rest[:size], rest[size:]
    return found


@dataclass
class Card:
    """A card with keys, certificates and a PIN; it lives on when it is pulled out."""

    pin: str
    keys: dict[int, tuple[Key, bytes]]
    """By reference (0x9A …): the key and the DER of its certificate."""
    serial: bytes = b"motcua-card-0001"
    """GUID, 16 bytes."""
    tries: int = TRIES
    sent: list[str] = field(default_factory=list)
    """Every PIN that was sent, in order."""
    signed: int = 0
    _verified: bool = False
    _fresh: bool = False
    """The PIN came just before: good for one signature of 9C."""
    _chain: bytes = b""
    _rest: bytes = b""

    def reset(self) -> None:
        """Forget what a card forgets without power; never the counter."""
        self._verified = self._fresh = False
        self._chain = self._rest = b""

    def answer(self, apdu: bytes) -> bytes:
        """Return the response to one command APDU, with its status word."""
        head, data = apdu[:4], apdu[5 : 5 + apdu[4]] if len(apdu) > 5 else b""
        if head[1] == 0xC0:
            return self._piece()
        if head[0] & 0x10:
            self._chain += data
            return OK.to_bytes(2, "big")
        data, self._chain = self._chain + data, b""
        status, self._rest = self._execute(head, data)
        return self._piece() if status == OK else status.to_bytes(2, "big")

    def _piece(self) -> bytes:
        """Return up to 256 bytes of the answer; 61xx says how many are left, 6100 "256 or more"."""
        piece, self._rest = self._rest[:256], self._rest[256:]
        left = len(self._rest) if len(self._rest) < 256 else 0
        return piece + (bytes((0x61, left)) if self._rest else OK.to_bytes(2, "big"))

    def _execute(self, head: bytes, data: bytes) -> tuple[int, bytes]:
        match head[1], head[2], head[3]:
            case 0xA4, 0x04, _:
                return self._select(data)
            case 0xCB, 0x3F, 0xFF:
                found = self._objects().get(fields(data).get(0x5C, b"").hex().upper())
                return (OK, found) if found else (NOT_FOUND, b"")
            case 0x20, 0x00, 0x80:
                return self._verify(data), b""
            case 0x87, _, reference:
                return self._authenticate(reference, fields(data))
        return UNKNOWN, b""

    def _select(self, aid: bytes) -> tuple[int, bytes]:
        if not aid or not AID.startswith(aid[:9]):
            return NOT_FOUND, b""
        scheme = tlv("79", tlv("4F", AID[:5]))
        return OK, tlv("61", tlv("4F", AID[5:]), scheme)

    def _objects(self) -> dict[str, bytes]:
        """Return what GET DATA gives without a PIN, by tag."""
        objects = {
            "7E": tlv("7E", tlv("4F", AID), tlv("5F2F", b"\x40\x00")),
            "5FC102": tlv(
                "53",
                tlv("30", bytes.fromhex("D4E739DA739CED39CE739D836858210842108421C84210C3EB")),
                tlv("34", self.serial),
                tlv("35", b"20401231"),
                tlv("3E"),
                tlv("FE"),
            ),
        }
        for reference, (_key, der) in self.keys.items():
            certificate = tlv("53", tlv("70", der), tlv("71", b"\x00"), tlv("FE"))
            objects[CERTIFICATES[reference]] = certificate
        return objects

    def _verify(self, typed: bytes) -> int:
        if not typed:
            return OK if self._verified else self._left()
        if not self.tries:
            return BLOCKED
        pin = typed.rstrip(b"\xff").decode("ascii", "replace")
        self.sent.append(pin)
        self._verified = self._fresh = pin == self.pin
        self.tries = TRIES if self._verified else self.tries - 1
        return OK if self._verified else self._left()

    def _left(self) -> int:
        return 0x63C0 | self.tries if self.tries else BLOCKED

    def _authenticate(self, reference: int, asked: dict[int, bytes]) -> tuple[int, bytes]:
        allowed = self._fresh if reference == SIGNATURE else self._verified
        self._fresh = False
        if reference not in self.keys:
            return NOT_FOUND, b""
        if not allowed:
            return NOT_ALLOWED, b""
        challenge = fields(asked.get(0x7C, b"")).get(0x81)
        if not challenge:
            return WRONG_DATA, b""
        self.signed += 1
        return OK, tlv("7C", tlv("82", sign(self.keys[reference][0], challenge)))


def sign(key: Key, challenge: bytes) -> bytes:
    """Return RSA's bare power of a padded block, or ECDSA (DER) over a digest."""
    if isinstance(key, rsa.RSAPrivateKey):
        private = key.private_numbers()
        modulus = private.public_numbers.n
        return pow(int.from_bytes(challenge, "big"), private.d, modulus).to_bytes(len(challenge))
    hashed: HashAlgorithm = SHA384() if key.key_size == 384 else SHA256()
    return key.sign(challenge, ec.ECDSA(Prehashed(hashed)))


class Plug:
    """The card in its reader: a thread that answers until it is pulled."""

    def __init__(self, card: Card, port: int) -> None:
        """Put *card* into the virtual reader that listens on *port* of this machine."""
        self.card = card
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._socket.settimeout(None)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Pull the card out."""
        # A reading thread keeps a closed socket open; a shut one it lets go.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=10)
        self._socket.close()
        self.card.reset()

    def _serve(self) -> None:
        with suppress(ConnectionError):  # pulled in the middle of an answer
            while size := self._exactly(2):
                answer = self._answer(self._exactly(int.from_bytes(size, "big")))
                if answer is not None:
                    self._socket.sendall(len(answer).to_bytes(2, "big") + answer)

    def _answer(self, message: bytes) -> bytes | None:
        if len(message) > 1:
            return self.card.answer(message)
        if message[0] == GET_ATR:
            return ATR
        if message[0] in (POWER_OFF, RESET):
            self.card.reset()
        return None

    def _exactly(self, size: int) -> bytes:
        """Read *size* bytes; none when the reader or we hung up."""
        parts = b""
        while len(parts) < size:
            # The reader sends length and command apart and waits 40 ms for an acknowledgement
            # of the first; the kernel forgets this wish after each of them.
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            part = self._socket.recv(size - len(parts))
            if not part:
                return b""
            parts += part
        return parts
