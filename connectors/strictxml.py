"""
XML from outside, read without any of the doors that XML has: no DTD, no entities, no network.
"""

from __future__ import annotations

from typing import Any

from lxml import etree


class BadMessage(ValueError):
    """The message breaks a rule; the text names the rule, never the content."""


def parse(data: bytes) -> etree._Element:
    """Return the root of *data*; BadMessage for a DTD or for anything that is not UTF-8 XML."""
    rule = "a DTD"
    if b"<!DOCTYPE" in data:
        raise BadMessage(rule)
    root = tree(data)
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise BadMessage(rule)
    return root


def tree(data: bytes) -> etree._Element:
    """
    Return the root of *data*, a DTD not looked for.

    A statement may be larger than libxml2's 10 MB for one text, so that limit is off; 2048
    elements in each other stay the most that it takes.
    """
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        rule = "not well-formed XML"
        raise BadMessage(rule) from None
