"""HTML: what a reader of the page sees, as text, with the blocks that the mark-up delimits.

What a site puts around a document is left out where the page gives evidence of it. The span of a note's marker holds
its digits (or its sign) without the brackets around them; of 1, 2 each number is a mark.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.entities import html5

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from tongwen.decode.content import Content
from tongwen.decode.html_notes import Notes, find_notes
from tongwen.decode.html_survey import Survey, survey
from tongwen.decode.html_table import cell_text
from tongwen.decode.html_writer import Writer
from tongwen.model import Block, Mark, Problem, Span

_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|([a-zA-Z]{2,8}\d{0,2}));")
_MOST = 20  # problems of one kind that are told one by one


def read_html(text: str) -> Content:
    page = _parse(text)
    notes = find_notes(page)
    surveyed = _with_notes(survey(page), notes)
    writer = Writer(surveyed, notes)
    for root in _roots(surveyed, notes):
        writer.read(root)
    printed = writer.ink.text
    return Content(
        printed,
        tuple(_framed(writer.ink.blocks)),
        tuple(_titles(page)),
        problems=tuple(_escaped(printed)),
        marks=tuple(_marks(printed, writer, notes)),
        pages=_pages(writer.pages, len(printed)),
    )


def _parse(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as browsers read it
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)  # a file may hold no more than a name
        # a NUL ends the text for the parser; the standard reads it as U+FFFD
        return BeautifulSoup(text.replace("\0", "\ufffd"), "lxml")


def _with_notes(surveyed: Survey, notes: Notes) -> Survey:
    """Nothing is dropped that holds a note's text."""
    seen: set[int] = set()
    for tag in notes.tags:
        for around in (tag, *tag.parents):
            if id(around) in seen:
                break
            seen.add(id(around))
    return replace(surveyed, dropped=surveyed.dropped - seen)


def _roots(surveyed: Survey, notes: Notes) -> Iterator[Tag]:
    """What is read, in order: the title, the main part, and the notes that stand outside it."""
    if surveyed.title:
        yield surveyed.title
    yield surveyed.main
    lists = {id(root): root for tag in notes.tags if (root := _outside(tag, surveyed.main)) is not None}
    yield from lists.values()


def _outside(tag: Tag, main: Tag) -> Tag | None:
    """The note, or the list that numbers it, where the main part does not hold it."""
    if any(around is main for around in tag.parents):
        return None
    return tag.parent if tag.name == "li" and tag.parent is not None else tag


def _marks(text: str, writer: Writer, notes: Notes) -> Iterator[Mark]:
    for place in sorted(writer.ink.places, key=lambda place: place.start):
        bound = notes.markers[writer.markers[place.key]]
        body = bound.get(text[place.start : place.end].lstrip("0"), bound.get("", 0))
        yield Mark(Span(place.start, place.end), writer.notes.get(body))


def _framed(blocks: list[Block]) -> Iterator[Block]:
    """The frames that hold more than one block, counted anew: a single paragraph needs no title and has no parts."""
    held = Counter(block.frame for block in blocks)
    numbers: dict[int, int] = {0: 0}
    for block in blocks:
        if held[block.frame] > 1:
            numbers.setdefault(block.frame, len(numbers))
        yield block._replace(frame=numbers.get(block.frame, 0))


def _pages(found: list[tuple[int, int]], size: int) -> tuple[int, ...]:
    """Where pages begin, if their numbers go on one by one; one on which nothing stands may begin where all ends."""
    numbers = [number for number, _ in found]
    goes_on = len(found) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return tuple(min(start, size) for _, start in found) if goes_on else ()


def _escaped(text: str) -> Iterator[Problem]:
    """Entities that the page shows as they are written, since their & was escaped once more."""
    found = [match for match in _ENTITY.finditer(text) if match[1] is None or f"{match[1]};" in html5]
    hint = "It was escaped twice in the source; the text is left as it is shown."
    for match in found[:_MOST]:
        yield Problem("escaped-twice", f"The page shows {match[0]} itself.", hint, Span(*match.span()))
    if len(found) > _MOST:
        yield Problem("escaped-twice", f"The page shows {len(found) - _MOST} more entities themselves.", hint)


def _titles(page: BeautifulSoup) -> list[str]:
    """The title's element, or the first heading where that is the title without the site's name."""
    titles = [cell_text(tag) for tag in (page.find("title"), page.find("h1")) if isinstance(tag, Tag)]
    return titles[::-1] if len(titles) == 2 and titles[1] in titles[0] else titles
