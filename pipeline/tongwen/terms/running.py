"""A passage as it is read for terms: one run of its key, with the way back to the document's offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from tongwen.labels import said_from
from tongwen.model import Passage, Span, Text

Place = tuple[int, int]
"""Where something begins and ends in a run."""

SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：]")
_MARKS = "“”\"'‘’(),.;:"  # wide or narrow, as the text around them
_STOPS = ",.;:"
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, eq=False)
class Running:
    """``key``: the passage's key without the blanks that only print sets. Most passages say nothing that is looked for,
    so where and how their characters are printed is found when it is asked for."""

    record: str
    key: str
    pieces: Sequence[Span]
    text: Text

    @property
    def _plain(self) -> bool:
        """Whether the passage is one stretch of text without any blank: most are."""
        return len(self.pieces) == 1 and len(self.key) == len(self.pieces[0]) and not _BLANK.search(self.key)

    @cached_property
    def places(self) -> Sequence[int]:
        """Where each character of the key stands in the document."""
        if self._plain:
            return range(self.pieces[0].start, self.pieces[0].end)
        places = [*chain.from_iterable(range(piece.start, piece.end) for piece in self.pieces)]
        return [*chain.from_iterable(places[start:end] for start, end in _kept(_joined(self.pieces, self.text.key)))]

    @cached_property
    def printed(self) -> str:
        """The key as it is printed, blanks as in the key."""
        if self._plain:
            return self.pieces[0].of(self.text.original)
        original = self.text.original
        return "".join(" " if c == " " else original[at] for c, at in zip(self.key, self.places, strict=True))

    @cached_property
    def label(self) -> int:
        """How much of the key the number of an item, an article or a box takes."""
        return said_from(self.key)

    def span(self, start: int, end: int) -> Span:
        """``[start, end)`` of the key in the document, what interrupts it included; at least one character."""
        places = self.places[start:end]
        return Span(min(places), max(places) + 1)


def running(passage: Passage, text: Text) -> Running:
    """Blanks beside a Chinese character or a mark are the print's; between Latin words one stays."""
    key = _joined(passage.pieces, text.key)
    if _BLANK.search(key):
        key = "".join([" " if key[start].isspace() else key[start:end] for start, end in _kept(key)])
    return Running(passage.record, key, passage.pieces, text)


def _joined(pieces: Sequence[Span], whole: str) -> str:
    return pieces[0].of(whole) if len(pieces) == 1 else "".join([piece.of(whole) for piece in pieces])


def _kept(key: str) -> list[Place]:
    """The words, and of the blanks between two Latin ones the first."""
    kept, at = [], 0
    for blank in _BLANK.finditer(key):
        start, end = blank.span()
        if start > at:
            kept.append((at, start))
        if start and end < len(key) and _parts(key, start, end):
            kept.append((start, start + 1))
        at = end
    return [*kept, (at, len(key))] if at < len(key) else kept


def _parts(key: str, start: int, end: int) -> bool:
    """Whether a blank parts words: Latin ones, or what a stop ends and a Latin word."""
    return not _is_wide(key, end, 1) and (key[start - 1] in _STOPS or not _is_wide(key, start - 1, -1))


def _is_wide(key: str, at: int, step: int) -> bool:
    """Whether a Chinese character or mark is what stands there; a mark of either kind is as what stands behind it."""
    while 0 <= at < len(key) and key[at] in _MARKS:
        at += step
    return not 0 <= at < len(key) or _WIDE.match(key[at]) is not None
