"""Notes that an author has typed, or another program has made of real ones: links to them, and numbers set high."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tongwen.decode.note_links import marker_in, names_note
from tongwen.decode.superscripts import NUMBERS, is_marker
from tongwen.model import Block, Mark, Span

_BODIES = frozenset(("paragraph", "item", "line", "note"))  # what may be a note
_BEFORE = re.compile(r"[\s\[［〔(（【注註]*")
_NEAR = 40  # characters beside a number that tell what it is


@dataclass(slots=True)
class Typed:
    """``blocks`` become notes where a marker is bound to them; ``known`` are the places of marks that are known."""

    text: str
    blocks: list[Block]
    known: set[int]
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [block.span.start for block in self.blocks]

    def linked(
        self, links: Iterable[tuple[Span, str]], anchors: Mapping[str, int], raised: Iterable[Span]
    ) -> Iterator[Mark]:
        """Links to a later paragraph that begins with their number, if they are set high or it is named as a note."""
        high = {span.start for span in raised}
        for span, anchor in links:
            number, place = marker_in(span.of(self.text)), anchors.get(anchor, -1)
            if not number or place < span.end or not (span.start in high or names_note(anchor)):
                continue
            at = self._at(place)
            if at is not None and self._begins_with(at, number):
                yield self._bound(span, at, number)

    def high(self, raised: Iterable[Span]) -> Iterator[Mark]:
        """Numbers set high; their note is the next paragraph that begins with the same number, set high too."""
        bodies: dict[str, int] = {}
        for span in reversed(list(self._markers(raised))):
            number, at = self._number(span), self._at(span.start)
            if at is not None and self.blocks[at].span.start == span.start:
                if self.blocks[at].kind in _BODIES:
                    bodies[number] = at
            elif number in bodies:
                yield self._bound(span, bodies[number], number)
            else:
                yield Mark(span)

    def _markers(self, raised: Iterable[Span]) -> Iterator[Span]:
        """Behind a figure only a number that goes on from the marker before is one: 2015 with a high 36, after 35."""
        last = 0
        for span in raised:
            number, at = self._number(span), self._at(span.start)
            if not number or span.start in self.known or at is None:
                continue
            if self.blocks[at].span.start == span.start:
                yield span
                continue
            before = self.text[max(self.blocks[at].span.start, span.start - _NEAR) : span.start]
            after = self.text[span.end : span.end + _NEAR]
            goes_on = 0 < int(number) - last <= 1 or not before.rstrip()[-1:].isdecimal()
            if goes_on and is_marker(before, number, after):
                last = int(number)
                yield span

    def _number(self, span: Span) -> str:
        match = NUMBERS.fullmatch(span.of(self.text).strip()) if len(span) < _NEAR else None
        return str(int(match[1])) if match else ""

    def _at(self, place: int) -> int | None:
        at = bisect_right(self.starts, place) - 1
        return at if at >= 0 and place <= self.blocks[at].span.end else None

    def _begins_with(self, at: int, number: str) -> bool:
        block = self.blocks[at]
        begin = _BEFORE.match(self.text, block.span.start, block.span.end)
        place = begin.end() if begin else block.span.start
        found = (
            self.text.startswith(number, place)
            and not self.text[place + len(number) : place + len(number) + 1].isdecimal()
        )
        return block.kind in _BODIES and found

    def _bound(self, span: Span, at: int, number: str) -> Mark:
        self.blocks[at] = self.blocks[at]._replace(kind="note", level=0, label=number)
        self.known.add(span.start)
        return Mark(span, self.blocks[at].span)
