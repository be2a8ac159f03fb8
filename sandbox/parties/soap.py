"""
SOAP 1.1, document/literal, by hand: enough for one small service.
"""

from __future__ import annotations

from lxml import etree

from sandbox.parties.wsse import SOAP

TNS = "urn:vn:bank:statement:2026-11"
CLIENT, SERVER = "Client", "Server"


class SoapFault(Exception):
    """The service says no (``Client``) or fails (``Server``)."""

    def __init__(self, code: str, words: str) -> None:
        """Say *words*; *code* tells whose fault it is."""
        super().__init__(code, words)
        self.code = code
        self.words = words


def parse(data: bytes) -> etree._Element:
    """Return the envelope in *data*; SoapFault for anything else, and for any DTD."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SoapFault(CLIENT, "not XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SoapFault(CLIENT, "no document type allowed")
    if root.tag != f"{{{SOAP}}}Envelope":
        raise SoapFault(CLIENT, "not a SOAP 1.1 envelope")
    return root


def operation(body: etree._Element) -> tuple[str, dict[str, str]]:
    """Return the name and the values of the one operation that *body* asks for."""
    children = list(body)
    if len(children) != 1 or not children[0].tag.startswith(f"{{{TNS}}}"):
        raise SoapFault(CLIENT, "one operation of this service, please")
    values = {etree.QName(child).localname: child.text or "" for child in children[0]}
    return etree.QName(children[0]).localname, values


def envelope(content: etree._Element) -> etree._Element:
    """Return an envelope with an empty header and *content* as its body."""
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    etree.SubElement(root, f"{{{SOAP}}}Header")
    etree.SubElement(root, f"{{{SOAP}}}Body").append(content)
    return root


def answer(name: str, values: dict[str, str]) -> etree._Element:
    """Return the element that answers operation *name*; empty values are left out."""
    element = etree.Element(f"{{{TNS}}}{name}Response", nsmap={None: TNS})  # type: ignore[dict-item]
    for key, value in values.items():
        if value:
            etree.SubElement(element, f"{{{TNS}}}{key}").text = value
    return element


def fault(problem: SoapFault) -> etree._Element:
    """Return the element that tells of *problem*."""
    element = etree.Element(f"{{{SOAP}}}Fault", nsmap={"soap": SOAP})
    etree.SubElement(element, "faultcode").text = f"soap:{problem.code}"
    etree.SubElement(element, "faultstring").text = problem.words
    return element
