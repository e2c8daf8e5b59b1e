"""Note markers, which reading texts leave out, put back where they stand in print."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from tongwen.model import Json, Record, Span

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NEAR = 8  # code points of white space, at most, between a text and its marker
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
        text, at, counted = "", 0, 0
        for place, anchor, number in places:
            end = _past(whole, at, place - counted)
            text, at, counted = f"{text}{whole[at:end]}{_raised(number)}", end, place
            self.raised.add(anchor)
        return text + whole[at:]

    def _found(self, squeezed: str, place: Span) -> Iterator[tuple[int, int, str]]:
        """After how many characters of a text each marker in ``place`` stands, and where in the document."""
        at, start, before = 0, place.start, ""
        for anchor, number in self._marks[bisect_left(self._anchors, place.start) :]:
            if anchor > place.end + _NEAR or self._text[place.end : anchor].strip():
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
                if anchor > span.end + _NEAR or self._text[span.end : anchor].strip():
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
