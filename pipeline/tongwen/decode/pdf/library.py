"""The file and its pages, as PDFium gives them. It is only run in a process of its own (see ``child``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isfinite
from typing import Any

import pypdfium2

from tongwen.decode.pdf.characters import Character, characters
from tongwen.decode.pdf.drawing import drawn_on
from tongwen.decode.pdf.fonts import stand_in
from tongwen.decode.pdf.shapes import Box, Drawn, Sheet
from tongwen.decode.pdf.turning import Turn, turn_of

MOST = 200_000
"""Characters of a page that is read: no page that is meant for a reader has so many."""


class Locked(Exception):
    """The file needs a password."""


class Broken(Exception):
    """PDFium cannot open it; the text says why."""


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    """:raises Locked: it needs a password
    :raises Broken: it is damaged, or no PDF
    """
    stand_in()
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise (Locked if "assword" in str(fault) else Broken)(str(fault)) from fault


def named(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """What the file says of itself: title, author and producer, where they are not empty."""
    said = document.get_metadata_dict(skip_empty=True)
    return {key.lower(): said[key].strip() for key in ("Title", "Author", "Producer") if said.get(key, "").strip()}


def sheets(document: pypdfium2.PdfDocument) -> Iterator[tuple[Sheet, ...] | None]:
    """Each page: what is read in its main direction, then what is set in others; None for one that cannot be read.

    A page is closed after the next is opened: PDFium keeps a font as long as a page that is open uses it.
    """
    before = None
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield None
            continue
        if before:
            before.close()
        before = page
        yield tuple(_turned(page, list(characters(text)))) if text.count_chars() <= MOST else None
        text.close()


def _turned(page: Any, found: list[Character]) -> Iterator[Sheet]:
    left, bottom, right, top = page.get_bbox()
    seen = Box(left, bottom, right, top)
    found = [character for character in found if seen.holds(character.box, 1)]
    ways = Counter(character.way for character in found) or Counter([0])
    for number, (way, _) in enumerate(ways.most_common()):
        there = [character for character in found if character.way == way]
        turn = turn_of(way, there)
        drawn = _turn_all(drawn_on(page), turn) if number == 0 else Drawn()
        yield Sheet(turn(seen), [turn.glyph(character) for character in there], drawn)


def _turn_all(drawn: Drawn, turn: Turn) -> Drawn:
    """What lies endlessly far away, or nowhere, is left out: its numbers were too large to be reckoned with."""
    across, down, fills, images, dots = (
        [turn(box) for box in boxes if all(map(isfinite, box))]
        for boxes in (drawn.across, drawn.down, drawn.fills, drawn.images, drawn.dots)
    )
    return Drawn(down, across, fills, images, dots) if turn.swaps else Drawn(across, down, fills, images, dots)
