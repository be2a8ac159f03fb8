"""
The desk's catalogue of translations, without gettext's tools.

``python -m tests.support.catalogue`` puts new message ids into ``django.po``, drops those that
are gone, and builds ``django.mo``. Texts are found in Python by reading the source, in
templates by asking Django's own parser.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.template import Template
from django.template.base import Node
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

DESK = Path(__file__).resolve().parents[2] / "desk"
PO = DESK / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

SINGULAR = ("_", "gettext", "gettext_lazy")
PLURAL = ("ngettext", "ngettext_lazy")

Message = tuple[str, str]
"""Singular and plural; the plural is empty where there is none."""


def wanted() -> set[Message]:
    """Return every text of the desk that must be in the catalogue."""
    found = {message for file in DESK.rglob("*.py") for message in _in_python(file)}
    root = DESK / "templates"
    for file in root.rglob("*.html"):
        found |= set(_in_template(str(file.relative_to(root))))
    return found


def _in_python(file: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if node.func.id in SINGULAR and texts:
            yield str(texts[0]), ""
        elif node.func.id in PLURAL and len(texts) >= 2:
            yield str(texts[0]), str(texts[1])


def _in_template(name: str) -> Iterator[Message]:
    template: Template = get_template(name).template  # type: ignore[attr-defined]
    for node in _nodes(template.nodelist):
        if isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal), ""
        elif isinstance(node, BlockTranslateNode):
            yield _tokens(node, node.singular), _tokens(node, node.plural or [])


def _nodes(nodes: object) -> Iterator[Node]:
    for node in nodes:  # type: ignore[attr-defined]
        yield node
        for name in (*node.child_nodelists, "nodelist_loop", "nodelist_empty"):
            yield from _nodes(getattr(node, name, None) or [])
        for _condition, inner in getattr(node, "conditions_nodelists", []):
            yield from _nodes(inner)


def _tokens(node: BlockTranslateNode, tokens: list[object]) -> str:
    text, _names = node.render_token_list(tokens)
    if not node.trimmed:
        return str(text)
    return " ".join(re.split(r"\s*\n\s*", text.strip()))


def update() -> None:
    """Bring the catalogue up to what is wanted, keeping every translation; build the .mo."""
    catalogue = polib.pofile(str(PO)) if PO.exists() else polib.POFile(wrapwidth=98)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "vi",
        "MIME-Version": "1.0",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    known = {(entry.msgid, entry.msgid_plural): entry for entry in catalogue}
    catalogue.clear()
    for message in sorted(set(wanted())):
        catalogue.append(known.get(message) or _new(message))
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(MO))


def _new(message: Message) -> polib.POEntry:
    singular, plural = message
    if plural:
        return polib.POEntry(msgid=singular, msgid_plural=plural, msgstr_plural={0: ""})
    return polib.POEntry(msgid=singular, msgstr="")


def untranslated() -> list[str]:
    """Return the message ids that have no Vietnamese yet."""
    return [
        entry.msgid
        for entry in polib.pofile(str(PO))
        if entry.fuzzy or not (entry.msgstr or entry.msgstr_plural.get(0))
    ]


if __name__ == "__main__":
    import django

    django.setup()
    update()
    sys.stdout.write("".join(f"{text}\n" for text in untranslated()))
