"""The Vietnamese catalogue is complete, and what is shipped is what is written."""

from __future__ import annotations

import re

import polib

from tests.support import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def test_every_text_is_in_the_catalogue_and_none_too_much() -> None:
    """The ids of django.po are the texts of the desk; ``tests.support.catalogue`` renews them."""
    kept = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(catalogue.PO))}
    assert catalogue.wanted() == kept


def test_every_text_has_its_vietnamese() -> None:
    """No text falls back to English on a Vietnamese page."""
    assert [] == catalogue.untranslated()


def test_the_built_catalogue_is_the_written_one() -> None:
    """django.mo, which Django reads, was built from this django.po."""
    assert polib.pofile(str(catalogue.PO)).to_binary() == catalogue.MO.read_bytes()


def test_placeholders_survive_translation() -> None:
    """A number or a name is not lost between two languages."""
    for entry in polib.pofile(str(catalogue.PO)):
        vietnamese = entry.msgstr or entry.msgstr_plural[0]
        assert set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)) == set(
            PLACEHOLDER.findall(vietnamese)
        ), entry.msgid
