"""Note markers, which reading texts leave out, put back where they stand in print."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from tongwen.model import Json, Record, Span

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PARTING = ",，、;；-–— "
_NEAR = 24  # code points, at most, between a text and its marker: white space, and what stands in one bracket with it
_AROUND = re.compile(r"[\s\[［〔【(（\]］〕】)）0-9,，、;；–—注註-]*")
_CONTEXT = 12  # characters before a marker by which its place in a text without known pieces is found
_LEAST = 3  # of them that must agree at the text's beginning


class Markers:
    """``footnotes`` of the document ``text``; ``raised``: the places of those markers that were put back."""

    def __init__(self, text: str, footnotes: Sequence[Record]) -> None:
        self._text = text
        anchored = ((note.fields.get("anchor"), str(note.fields.get("number") or "")) for note in footnotes)
        self._marks = sorted((anchor, number) for anchor, number in anchored if isinstance(anchor, int))
        self._anchors = [anchor for anchor, _ in self._marks]
        self._lengths = {note.fields.get("anchor"): _length(note) for note in footnotes}
        self.raised: set[int] = set()

    def restored(self, whole: str, edges: Json) -> str:
        """``whole``, which stands in pieces with these ``edges``, with its markers raised.

        Without them where the pieces do not make up the text.
        """
        spans = [Span(*pair) for pair in cast(list[list[int]], edges or [])]
        printed = ["".join(span.of(self._text).split()) for span in spans]
        if "".join(printed) != "".join(whole.split()):
            return whole
        return self._with(whole, self._places(spans, printed))

    def found(self, whole: str, place: Span) -> str:
        """``whole``, whose pieces are not known and which stands somewhere in ``place``, with its markers raised.

        Each is put behind the characters that stand before it in the document, where they are found.
        """
        return self._with(whole, self._found("".join(whole.split()), place))

    def _with(self, whole: str, places: Iterable[tuple[int, int, str]]) -> str:
        text, at, counted, last = "", 0, 0, -1
        for place, anchor, number in places:
            end = _past(whole, at, place - counted)
            parted = self._parting(last, anchor) if last >= 0 and end == at else ""
            text, at, counted = f"{text}{whole[at:end]}{parted}{_raised(number)}", end, place
            last = anchor + len(number)
            self.raised.add(anchor)
        return text + whole[at:]

    def _parting(self, start: int, end: int) -> str:
        """The mark that is printed between two markers of one place: 1,2 and 1-3 are not 12 and 13."""
        between = self._text[start:end].strip()
        return "" if between.strip(_PARTING) else between

    def _found(self, squeezed: str, place: Span) -> Iterator[tuple[int, int, str]]:
        """After how many characters of a text each marker in ``place`` stands, and where in the document."""
        at, start, before = 0, place.start, ""
        for anchor, number in self._marks[bisect_left(self._anchors, place.start) :]:
            if anchor > place.end + _NEAR or not _AROUND.fullmatch(self._text, place.end, max(anchor, place.end)):
                return
            before = (before + "".join(self._text[start:anchor].split()))[-_CONTEXT:]
            start = anchor + self._lengths[anchor]
            end = _end(squeezed, before, at)
            if end is not None:
                yield end, anchor, number
                at = end

    def _places(self, spans: Sequence[Span], printed: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """After how many characters of the pieces, white space aside, each marker stands, and where in the document."""
        before = 0
        for span, piece in zip(spans, printed, strict=True):
            for anchor, number in self._marks[bisect_left(self._anchors, span.start) :]:
                if anchor > span.end + _NEAR or not _AROUND.fullmatch(self._text, span.end, max(anchor, span.end)):
                    break
                yield before + len("".join(self._text[span.start : min(anchor, span.end)].split())), anchor, number
            before += len(piece)


def _past(text: str, at: int, count: int) -> int:
    """The place in ``text`` behind ``count`` characters from ``at`` on, white space aside."""
    while count:
        count -= not text[at].isspace()
        at += 1
    return at


def _end(text: str, before: str, start: int) -> int | None:
    """Where ``before`` first ends in ``text``, from ``start`` on; it may begin before ``text`` does."""
    found = text.find(before, max(0, start - len(before)))
    if found >= 0:
        return found + len(before)
    lengths = range(len(before) - 1, max(start, _LEAST) - 1, -1)
    return next((length for length in lengths if text.startswith(before[-length:])), None)


def _length(note: Record) -> int:
    begin, end = cast(list[int], note.fields.get("marker") or [0, 0])
    return end - begin


def _raised(number: str) -> str:
    return number.translate(_RAISED) if number.isdigit() and number.isascii() else f"[{number}]"
