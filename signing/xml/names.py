"""
The names of XML signatures: namespaces, algorithms, and the few elements that are looked for.

Sources: W3C XML Signature 1.1, RFC 9231, ETSI EN 319 132-1 (XAdES baseline).
"""

from __future__ import annotations

from typing import Any, Final

from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # no stubs for it

DS: Final = "http://www.w3.org/2000/09/xmldsig#"
XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
XINCLUDE: Final = "http://www.w3.org/2001/XInclude"

SIGNATURE: Final = f"{{{DS}}}Signature"
SIGNATURE_VALUE: Final = f"{{{DS}}}SignatureValue"
UNSIGNED: Final = f"{{{XADES}}}UnsignedSignatureProperties"
QUALIFYING: Final = f"{{{XADES}}}QualifyingProperties"
SIGNATURE_TIME_STAMP: Final = f"{{{XADES}}}SignatureTimeStamp"

#: Exclusive, so that a signature means the same wherever its document is put. Each reference
#: names it: without a transform the old inclusive form counts, whatever SignedInfo says.
C14N: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED: Final = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
BASE64: Final = "http://www.w3.org/2000/09/xmldsig#base64"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
SIGNED_PROPERTIES: Final = "http://uri.etsi.org/01903#SignedProperties"
COUNTERSIGNED: Final = "http://uri.etsi.org/01903#CountersignedSignature"

#: Attributes by which an element may be referred to; nobody may have two of one value.
IDS: Final = ("Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id")

ds: Final[Any] = ElementMaker(namespace=DS, nsmap={"ds": DS})
xades: Final[Any] = ElementMaker(namespace=XADES, nsmap={"xades": XADES, "ds": DS})
