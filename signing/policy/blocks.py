"""
Whether a document names its signer as their appointment says ("khối ký").

The title lines above the printed name are read from the page. A document that says "KT. GIÁM ĐỐC"
where the signer has no such delegation, or says nothing of it where they have one, goes back. A
page without a printed block (a scan) is not judged: there is nothing to disagree with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pypdfium2

from dossiers.signing_status import SigningForm
from signing.pdf import geometry, reading
from signing.pdf.geometry import MM
from signing.pdf.reading import Line
from signing.policy.titles import folded

#: A title is so near above its name, and so near its axis, millimetres.
_ABOVE: Final = 75.0
_ASIDE: Final = 14.0
_MOST: Final = 4
_MARKS: Final = tuple(f"{form.lower()}." for form in SigningForm)


def disagrees(data: bytes, name: str, expected: Sequence[str]) -> bool:
    """Tell whether the PDF *data* has another block above *name* than *expected*."""
    printed = above(data, name)
    if not printed or not expected:
        return False
    return not fits(printed, expected)


def fits(printed: Sequence[str], expected: Sequence[str]) -> bool:
    """
    Tell whether the lines *printed* above a name, the nearest last, are those *expected*.

    The page may have more above the block, such as a place and date; but no other form of signing.
    """
    lines, wanted = [folded(line) for line in printed], [folded(line) for line in expected]
    rest = lines[: -len(wanted)]
    return lines[-len(wanted) :] == wanted and not any(line.startswith(_MARKS) for line in rest)


def above(data: bytes, name: str) -> list[str]:
    """Return the title lines above *name* where it is printed last, the nearest last; or none."""
    wanted = folded(name)
    with reading.ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            sheets = geometry.sheets(data)
            for number in range(len(document) - 1, -1, -1):
                lines = reading.lines(document[number], sheets[number])
                if named := [line for line in lines if folded(line.text) == wanted]:
                    return _block(lines, named[-1])
        finally:
            document.close()
    return []


def _block(lines: Sequence[Line], name: Line) -> list[str]:
    """Return the lines that stand above *name* on its axis, without a gap between them."""
    near = [
        line
        for line in lines
        if line.box.bottom >= name.box.top
        and line.box.bottom - name.box.top <= _ABOVE * MM
        and abs(line.box.middle - name.box.middle) <= _ASIDE * MM
    ]
    near.sort(key=lambda line: line.box.bottom)
    block = near[:1]
    for line in near[1:_MOST]:
        if line.box.bottom - block[-1].box.top > line.box.height:
            break
        block.append(line)
    return [line.text for line in reversed(block)]
