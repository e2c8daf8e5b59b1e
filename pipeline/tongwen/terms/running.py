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

_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；："
_WIDE = re.compile(f"[{_CHINESE}]")
_STOPS = ",.;:"
_OTHERS = "“”\"'‘’()"
_MARKS = _OTHERS + _STOPS  # wide or narrow, as the text around them
_LOOSE = re.compile(rf"\s(?<![^{_CHINESE}{_OTHERS}\s] (?=[{_MARKS}]*[^{_CHINESE}{_MARKS}\s]))\s*")
"""Blanks but a single one that plainly parts two Latin words: nearly all of an English text are such, and stay."""


@dataclass(frozen=True, eq=False)
class Running:
    """``key``: the passage's key without the blanks that only print sets. Most passages say nothing that is looked for,
    so where and how their characters are printed is found when it is asked for."""

    record: str
    key: str
    pieces: Sequence[Span]
    text: Text

    @property
    def _whole(self) -> bool:
        """Whether the key has all characters of one stretch of text: most have."""
        return len(self.pieces) == 1 and len(self.key) == len(self.pieces[0])

    @cached_property
    def places(self) -> Sequence[int]:
        """Where each character of the key stands in the document."""
        if self._whole:
            return range(self.pieces[0].start, self.pieces[0].end)
        places = [*chain.from_iterable(range(piece.start, piece.end) for piece in self.pieces)]
        return [*chain.from_iterable(places[start:end] for start, end in _kept(_joined(self.pieces, self.text.key)))]

    @cached_property
    def printed(self) -> str:
        """The key as it is printed, blanks as in the key."""
        original = self.text.original
        if self._whole:
            printed = self.pieces[0].of(original)
            if printed.count(" ") == self.key.count(" "):  # a blank is a blank in the key: so all of them are
                return printed
        return "".join(" " if c == " " else original[at] for c, at in zip(self.key, self.places, strict=True))

    @cached_property
    def label(self) -> int:
        """How much of the key the number of an item, an article or a box takes."""
        return said_from(self.key)

    def span(self, start: int, end: int) -> Span:
        """``[start, end)`` of the key in the document, what interrupts it included; at least one character."""
        places = self.places[start:end]
        first, last = (places[0], places[-1]) if isinstance(places, range) else (min(places), max(places))
        return Span(first, last + 1)


def running(passage: Passage, text: Text) -> Running:
    return Running(passage.record, key_of(passage, text), passage.pieces, text)


def key_of(passage: Passage, text: Text) -> str:
    """Blanks beside a Chinese character or a mark are the print's; between Latin words one stays."""
    key = _joined(passage.pieces, text.key)
    words = key.split(None, 1)
    return _LOOSE.sub(_set, key) if len(words) > 1 else "".join(words)


def _set(blank: re.Match[str]) -> str:
    if _WIDE.match(blank.string, blank.end()):  # as before most of those that do not stay
        return ""
    return " " if _parts(blank.string, *blank.span()) else ""


def _joined(pieces: Sequence[Span], whole: str) -> str:
    if len(pieces) == 1:
        return whole[pieces[0].start : pieces[0].end]
    return "".join([whole[piece.start : piece.end] for piece in pieces])


def _kept(key: str) -> list[Place]:
    """The words with the blanks that stay, of several that stand together the first."""
    kept, at = [], 0
    for blank in _LOOSE.finditer(key):
        start, end = blank.span()
        kept.append((at, start + _parts(key, start, end)))
        at = end
    return [*kept, (at, len(key))]


def _parts(key: str, start: int, end: int) -> bool:
    """Whether a blank parts words: Latin ones, or what a stop ends and a Latin word."""
    if not start or end == len(key):
        return False
    return not _is_wide(key, end, 1) and (key[start - 1] in _STOPS or not _is_wide(key, start - 1, -1))


def _is_wide(key: str, at: int, step: int) -> bool:
    """Whether a Chinese character or mark is what stands there; a mark of either kind is as what stands behind it."""
    while 0 <= at < len(key):
        if key[at] not in _MARKS:
            return _WIDE.match(key, at) is not None
        at += step
    return True
