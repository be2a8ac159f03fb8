"""
SOAP 1.1, document/literal: zeep turns values into XML and back, everything else is ours.

The WSDL is a file beside the connector, never fetched; the transport is
:mod:`connectors.http`, the security :mod:`connectors.wsse`. (What zeep's own transport and
security do wrong is measured in the project's notes on banking.)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import zeep.exceptions
from cryptography import x509
from lxml import etree
from zeep.settings import Settings
from zeep.wsdl import Document

from connectors import Refused
from connectors.http import Reply, send, unclear
from connectors.keys import Key
from connectors.strictxml import BadMessage
from connectors.wire import said
from connectors.wsse import ENVELOPE, SOAP, sign, verify

FAULT = f"{{{SOAP}}}Fault"
_REFUSAL = f"{{{SOAP}}}Client"
_FAULT_STATUS = 500
_REMEMBERED = 4096
"""Signatures of replies that are not taken twice; far more than come in five minutes."""


class Endpoint:
    """One SOAP service at one address, with our key and the certificates of its answers."""

    def __init__(
        self, wsdl: Path, url: str, *, key: Key, peers: Sequence[x509.Certificate]
    ) -> None:
        """Read the *wsdl* once per process; the address is *url*, not the one inside."""
        self.url, self.key, self.peers = url, key, tuple(peers)
        (self._binding,) = _document(wsdl).bindings.values()
        self._seen: deque[bytes] = deque(maxlen=_REMEMBERED)

    def call(
        self,
        http: httpx.Client,
        operation: str,
        *,
        now: datetime,
        question: bool = True,
        **values: Any,
    ) -> Any:
        """
        Call *operation* with *values*; return what zeep makes of the answer.

        A fault of ``soap:Client`` is Refused, if the other side signed it; any other fault,
        and any answer that breaks a rule of :mod:`connectors.wsse`, is no clear answer.
        """
        request = self._binding.get(operation).create(**values).content
        sign(request, self.key, now=now)
        action = self._binding.get(operation).soapaction
        reply = send(
            http,
            "POST",
            self.url,
            question=question,
            judged=(_FAULT_STATUS,),
            content=etree.tostring(request, xml_declaration=True, encoding="utf-8"),
            headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{action}"'},
        )
        try:
            return self._read(operation, self._body(reply, now))
        except (BadMessage, zeep.exceptions.Error, ValueError, TypeError) as error:
            rule = str(error) if isinstance(error, BadMessage) else "not as in the WSDL"
            message = f"{operation}: câu trả lời không tin được · not to be believed ({rule})"
            raise unclear(message, question=question) from None
        except _Fault as fault:
            raise _meaning(fault, operation, question=question) from None

    def _body(self, reply: Reply, now: datetime) -> etree._Element:
        verified = verify(reply.body, self.peers, now=now)
        if verified.signature in self._seen:
            rule = "a replay"
            raise BadMessage(rule)
        self._seen.append(verified.signature)
        return verified.body

    def _read(self, operation: str, body: etree._Element) -> Any:
        if (fault := body.find(FAULT)) is not None:
            raise _Fault(fault)
        wanted = self._binding.get(operation).output.body.qname
        if [child.tag for child in body] != [wanted.text]:
            rule = "an answer to another question"
            raise BadMessage(rule)
        envelope = etree.Element(ENVELOPE)
        envelope.append(body)
        return self._binding.get(operation).process_reply(envelope)


class _Fault(Exception):
    """A signed soap:Fault."""

    def __init__(self, node: etree._Element) -> None:
        prefix, _, name = (node.findtext("faultcode") or "").strip().rpartition(":")
        super().__init__(said(node.findtext("faultstring")))
        self.refused = f"{{{node.nsmap.get(prefix or None)}}}{name}" == _REFUSAL


def _meaning(fault: _Fault, operation: str, *, question: bool) -> Exception:
    if fault.refused:
        return Refused(f"{operation}: {fault}")
    return unclear(f"{operation}: {fault}", question=question)


class _OneFile:
    """What zeep may load: the WSDL itself."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, url: str) -> bytes:
        """Return the WSDL; ValueError for anything that it points to."""
        if url != str(self._path):
            message = "the WSDL must stand alone"
            raise ValueError(message)
        return self._path.read_bytes()


@cache
def _document(path: Path) -> Any:
    settings = Settings(strict=True, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    transport: Any = _OneFile(path)
    return Document(str(path), transport, settings=settings)
