"""A document read from its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tongwen.decode.content import Content
from tongwen.decode.pdf.banded import Rule, rules_of
from tongwen.decode.pdf.celltext import unwrapped, words_in
from tongwen.decode.pdf.columns import Columns, lines_of
from tongwen.decode.pdf.edges import edge_chunks
from tongwen.decode.pdf.joining import join_frames, join_tables
from tongwen.decode.pdf.kinds import Body, mark_captions, mark_headings
from tongwen.decode.pdf.marks import marks_of
from tongwen.decode.pdf.notes import mark_foot_notes, mark_table_notes, raise_lone_numbers
from tongwen.decode.pdf.page import items_of, pieces_of
from tongwen.decode.pdf.quotes import mark_quotes
from tongwen.decode.pdf.shapes import Box, Item, Line, Piece, Sheet
from tongwen.decode.pdf.writing import Writer, Written
from tongwen.model import Problem, Span

UNMAPPED = "\ufffd"

_FILE_NAME = re.compile(r"\.(?:docx?|html?|odt|pages|pdf|rtf|tex|txt|wps)$|^[\w.]+://", re.I)


class _Page(NamedTuple):
    """``items``: those of the main direction of reading; ``others``: of each other direction;
    ``rules``: the lines drawn across it."""

    seen: Box
    items: list[Item]
    others: list[list[Item]]
    rules: list[Rule]
    has_image: bool
    readable: bool = True


def read_sheets(sheets: Iterable[tuple[Sheet, ...] | None], said: dict[str, str]) -> Content:
    """``said``: what the file says of itself (title, author, producer)."""
    pages = list(_pages(sheets))
    pieces = list(_in_order(pages))
    whole = [piece for page in pieces for piece in page]
    body = Body(whole)
    raise_lone_numbers(whole, body)
    mark_captions(whole, body)
    mark_foot_notes(whole, body)
    mark_headings(whole, body)
    mark_table_notes(whole, body)
    mark_quotes(whole, body)
    join_tables(pieces)
    join_frames(pieces)
    writer = Writer(body, words_in(piece.text for piece in whole if isinstance(piece, Line)))
    for page in pieces:
        writer.page(page)
    written = writer.written()
    metadata = {key: value for key, value in said.items() if key != "title"} | {"pages": len(pages)}
    named = "" if _FILE_NAME.search(said.get("title", "")) else said.get("title", "")
    titles = (named, *_printed_title(written))
    problems = (*_page_problems(pages, written), *_unmapped(written))
    return Content(written.text, written.blocks, titles, metadata, problems, marks_of(written), written.pages)


def _pages(pages: Iterable[tuple[Sheet, ...] | None]) -> Iterator[_Page]:
    spaced = False
    for sheets in pages:
        if sheets is None:
            yield _Page(Box(0, 0, 0, 0), [], [], [], has_image=False, readable=False)
            continue
        spaced = spaced or any(glyph.text == " " for sheet in sheets for glyph in sheet.glyphs)
        main, *others = sheets
        items, beside = items_of(main, spaced), [items_of(sheet, spaced) for sheet in others]
        rules = rules_of(main.drawn.across)
        yield _Page(main.seen, items, beside, rules, bool(main.drawn.images))


def _in_order(pages: Sequence[_Page]) -> Iterator[list[Piece]]:
    columns = Columns()
    edges = edge_chunks([(page.seen, page.items) for page in pages])
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        middle = (page.seen.top + page.seen.bottom) / 2
        at_edge = [page.items[index] for index in sorted(edge)]
        head = list(_edge(item for item in at_edge if item.box.top < middle))
        foot = list(_edge(item for item in at_edge if item.box.top >= middle))
        text = [item for index, item in enumerate(page.items) if index not in edge]
        inner = [piece for items in (text, *page.others) for piece in pieces_of(items, columns, page.rules)]
        for piece in (found := [*head, *inner, *foot]):
            piece.page = number
        yield found


def _edge(items: Iterable[Item]) -> Iterator[Piece]:
    for piece in lines_of(sorted(items, key=lambda item: item.box.bottom)):
        if isinstance(piece, Line):
            piece.edge = True
            yield piece


def _printed_title(written: Written) -> list[str]:
    """The largest heading of the first page."""
    first = [block for block, page in zip(written.blocks, written.on, strict=True) if page == 0]
    heads = [block for block in first if block.kind == "heading"]
    top = min((block.level for block in heads), default=0)
    return [unwrapped(block.span.of(written.text)) for block in heads if block.level == top][:1]


def _page_problems(pages: Sequence[_Page], written: Written) -> Iterator[Problem]:
    for number, (page, offset) in enumerate(zip(pages, written.pages, strict=True), 1):
        place = Span(offset, offset)
        if not page.readable:
            message = f"Page {number} is damaged, or holds more than a page can, and is not read."
            yield Problem("page-unreadable", message, "Ask for a sound copy of the file.", place)
        elif not page.items and not page.others and page.has_image:
            message = f"Page {number} is an image without a text layer, so nothing of it can be found."
            yield Problem("page-without-text", message, "Give the file a text layer by OCR and read it again.", place)


def _unmapped(written: Written) -> Iterator[Problem]:
    """One problem for each run of characters whose font does not say what they are."""
    ends = [*written.pages[1:], len(written.text)]
    for number, (start, end) in enumerate(zip(written.pages, ends, strict=True), 1):
        places = [index for index in range(start, end) if written.text[index] == UNMAPPED]
        if places:
            message = f"On page {number}, {len(places)} characters stand in a font that does not say what they are."
            hint = "Look them up in the printed page; a copy made by another program may hold them."
            yield Problem("glyph-unmapped", message, hint, Span(places[0], places[-1] + 1))
