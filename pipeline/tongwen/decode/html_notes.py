"""Notes of a page: which elements are markers, which hold a note's text, which links lead back.

A link is a marker by two things: its text is a number or a sign, and it is set high, has a class or role of markers, or
leads to a place that is named as notes are. A number that is set high without a link is a marker unless lexicon/
superscripts.tsv says otherwise; its note is the next block that begins with the same number set high.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from bs4.element import Tag

from tongwen.decode.html_gather import Anchor, Gatherer
from tongwen.decode.html_high import High, read_high
from tongwen.decode.html_walk import walk
from tongwen.decode.note_links import leads_back, marker_in, names_note
from tongwen.decode.note_order import Binder

_NO_NOTE = frozenset({"body", "html", "main", "article", "section", "table", "tbody", "tr", "ol", "ul", "dl"})
_HEADING = re.compile(r"h[1-6]")


@dataclass(slots=True)
class Notes:
    """By the ids of elements: ``markers`` with the elements that hold their notes, by the number that is printed (""
    for any), ``bodies`` with their labels, ``back`` the links to leave out. ``tags`` are the bodies' elements."""

    markers: dict[int, dict[str, int]] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)
    tags: list[Tag] = field(default_factory=list)
    back: set[int] = field(default_factory=set)

    def add(self, body: Tag, label: str) -> int:
        if id(body) not in self.bodies:
            self.bodies[id(body)] = label
            self.tags.append(body)
        return id(body)


def find_notes(page: Tag) -> Notes:
    gatherer = Gatherer()
    for event, what in walk(page):
        if event == "text":
            gatherer.text(str(what))
        elif isinstance(what, Tag):
            gatherer.begin(what) if event == "open" else gatherer.end(what)
    notes = Notes()
    _link(gatherer, notes)
    _set_high(read_high(gatherer.high), notes)
    _lead_back(gatherer, notes)
    return notes


def _link(gatherer: Gatherer, notes: Notes) -> None:
    for link in gatherer.links:
        marker = marker_in(link.text)
        anchor = gatherer.anchors.get(link.fragment)
        shown = link.high or "noteref" in link.uses
        if not marker or not (shown or (anchor and names_note(link.fragment))):
            continue
        if anchor is None or (anchor.order > link.order and anchor.block is not link.block):
            body = _body(anchor)
            notes.markers[id(link.tag)] = {} if body is None else {"": notes.add(body, marker)}


def _body(anchor: Anchor | None) -> Tag | None:
    """The block that begins at the anchor, where it is one that can hold a note."""
    if anchor is None or anchor.block is None or not anchor.first:
        return None
    name = anchor.block.name
    return None if name in _NO_NOTE or _HEADING.fullmatch(name) else anchor.block


def _set_high(high: Sequence[High], notes: Notes) -> None:
    """Bind the numbers that are set high to the blocks that begin with them."""
    bodies = [
        (place, one.block, one.numbers[0])
        for place, one in enumerate(high)
        if one.first and one.block is not None and one.block.name not in _NO_NOTE and id(one.block) not in notes.bodies
    ]
    binder = Binder([(place, number) for place, _, number in bodies])
    for place, one in enumerate(high):
        if one.first or id(one.tag) in notes.markers:
            continue
        found = {number: binder.bind(place, number) for number in one.numbers}
        notes.markers[id(one.tag)] = {
            number: notes.add(bodies[at][1], number) for number, at in found.items() if at is not None
        }


def _lead_back(gatherer: Gatherer, notes: Notes) -> None:
    """The links in a note that lead back to its marker; a number that is printed there stays."""
    notes.back |= gatherer.back
    spans = sorted(gatherer.spans[key] for key in notes.bodies if key in gatherer.spans)
    starts = [start for start, _ in spans]
    for link in gatherer.links:
        at = bisect_right(starts, link.order) - 1
        anchor = gatherer.anchors.get(link.fragment)
        inside = at >= 0 and link.order <= spans[at][1]
        earlier = inside and (anchor is None or anchor.order < spans[at][0])
        if earlier and leads_back(link.text):
            notes.back.add(id(link.tag))
