"""What a report is made of, in reading order: the units between layout and records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tongwen.model import Grid, Span
from tongwen.structure.flat import FlatTable
from tongwen.structure.notes import NoteBody
from tongwen.structure.report.captions import Caption
from tongwen.structure.report.title import Title

Kind = Literal["heading", "paragraph", "item", "table", "figure", "box", "note"]


@dataclass(frozen=True, slots=True)
class Unit:
    """``pieces``: what is printed, in reading order, note markers among it; of a box, a table and a figure the caption.

    ``title``: of a heading. ``moved``: a heading is printed elsewhere. ``part``: of a paragraph. ``mark``: length of an
    item's bullet or number. ``depth``: of an item by mark-up, 0 where unknown. ``indent``: columns before an item.
    ``caption``: of a box, table or figure. ``flat`` or ``grid``: a table. ``body``: a note. ``span``: all that a table
    takes up. ``notes``: of a table; what is left of a figure. ``inside``: a box's units. ``sure`` is False where the
    end of a box is guessed.
    """

    kind: Kind
    pieces: tuple[Span, ...]
    title: Title | None = None
    moved: bool = False
    part: str = "body"
    mark: int = 0
    depth: int = 0
    caption: Caption | None = None
    flat: FlatTable | None = None
    grid: Grid = ()
    body: NoteBody | None = None
    span: Span | None = None
    notes: tuple[tuple[Span, ...], ...] = ()
    inside: tuple[Unit, ...] = ()
    sure: bool = True
    indent: int = 0
