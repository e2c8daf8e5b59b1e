"""Note markers, which a paragraph's reading text leaves out, put back where they stand in print."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import cast

from tongwen.model import Json, Record, Span

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NEAR = 8  # code points of white space, at most, between a text and its marker


class Markers:
    """``footnotes`` of the document ``text``."""

    def __init__(self, text: str, footnotes: Sequence[Record]) -> None:
        self._text = text
        anchored = ((note.fields.get("anchor"), str(note.fields.get("number") or "")) for note in footnotes)
        self._marks = sorted((anchor, number) for anchor, number in anchored if isinstance(anchor, int))
        self._anchors = [anchor for anchor, _ in self._marks]

    def restored(self, whole: str, edges: Json) -> str:
        """``whole``, which stands in pieces with these ``edges``, with its markers raised.

        Without them where the pieces do not make up the text.
        """
        spans = [Span(*pair) for pair in cast(list[list[int]], edges or [])]
        printed = ["".join(span.of(self._text).split()) for span in spans]
        if "".join(printed) != "".join(whole.split()):
            return whole
        text, at, counted = "", 0, 0
        for place, number in self._places(spans, printed):
            end = _past(whole, at, place - counted)
            text, at, counted = f"{text}{whole[at:end]}{_raised(number)}", end, place
        return text + whole[at:]

    def _places(self, spans: Sequence[Span], printed: Sequence[str]) -> Iterator[tuple[int, str]]:
        """After how many characters of the pieces, white space aside, each marker stands."""
        before = 0
        for span, piece in zip(spans, printed, strict=True):
            for anchor, number in self._marks[bisect_left(self._anchors, span.start) :]:
                if anchor > span.end + _NEAR or self._text[span.end : anchor].strip():
                    break
                yield before + len("".join(self._text[span.start : min(anchor, span.end)].split())), number
            before += len(piece)


def _past(text: str, at: int, count: int) -> int:
    """The place in ``text`` behind ``count`` characters from ``at`` on, white space aside."""
    while count:
        count -= not text[at].isspace()
        at += 1
    return at


def _raised(number: str) -> str:
    return number.translate(_RAISED) if number.isdigit() and number.isascii() else f"[{number}]"
