"""The reading text of printed pieces: without note markers, layout wraps closed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from tongwen.model import Span
from tongwen.structure.lines import DRAWN

_CLOSING = {"[": "]", "［": "］", "〔": "〕", "【": "】", "(": ")", "（": "）"}
_NUMBERS = r"[0-9 ,，、;；–—-]*"
_OPENED = re.compile(rf"[\[［〔【(（](?:[参參]?[见見])?(?:[注註][释釋解]?)?{_NUMBERS}$")
_CLOSED = re.compile(rf"{_NUMBERS}[\]］〕】)）]")
_LONGEST = 24
"""Characters of the numbers in one bracket."""

_BESIDE = re.compile(r"[,，、–-] ?")
_BLANK = re.compile(r" +$")
_STOP = re.compile(r"\s*(?:$|[.,;:!?)\]'\"”’。，；：！？）])")
_WIDE = "\u2e80"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
_STOPS = re.compile(r"[.,;:!?](?: |$)")
_WORD = re.compile(r"([A-Za-z]+)$")
_HYPHENATED = re.compile(r"([A-Za-z]{2,})[-\u2010]$")
_LATIN = re.compile(r"[A-Za-z]+")


class ReadingText:
    """``markers``: the spans of the note markers in ``text``; brackets that hold nothing else go with them."""

    def __init__(self, text: str, markers: Iterable[Span]) -> None:
        self.text = text
        self._held = self._together(markers)
        self._home = {marker: whole for whole, held in self._held.items() for marker in held}
        self.markers = sorted({self._set_off(whole) for whole in self._held})
        self._starts = [m.start for m in self.markers]
        self._ends = [m.end for m in self.markers]

    def _together(self, markers: Iterable[Span]) -> dict[Span, list[Span]]:
        """The markers by the bracket in which they stand, or side by side as in 成效1,2。, or each by itself."""
        out: dict[Span, list[Span]] = {}
        last = Span(0, 0)
        for marker in sorted(set(markers)):
            whole = self._whole(marker)
            if whole == marker and last in out and _BESIDE.fullmatch(self.text, last.end, marker.start):
                held = out.pop(last)
                last = Span(last.start, marker.end)
                out[last] = [*held, marker]
            else:
                last = whole
                out.setdefault(whole, []).append(marker)
        return out

    def _whole(self, marker: Span) -> Span:
        """``[2, 3]`` for either figure in it, ``（註1）`` for 註1: a bracket that holds numbers alone."""
        opened = _OPENED.search(self.text, max(0, marker.start - _LONGEST), marker.start)
        closed = _CLOSED.match(self.text, marker.end, marker.end + _LONGEST)
        if not opened or not closed or _CLOSING[opened[0][0]] != closed[0][-1]:
            return marker
        return Span(opened.start(), closed.end())

    def _set_off(self, whole: Span) -> Span:
        """A bracket with the blank that parts it from what it follows, where a stop comes behind it."""
        before = _BLANK.search(self.text, max(0, whole.start - 2), whole.start)
        bracket = self.text[whole.start] in _CLOSING and _STOP.match(self.text, whole.end, whole.end + 2)
        return Span(before.start(), whole.end) if before and bracket else whole

    def printed(self, marker: Span) -> Span:
        """A marker with its share of the bracket: ``(2, `` and ``3)``."""
        whole = self._home[marker]
        held = self._held[whole]
        n = held.index(marker)
        start = marker.start if n else whole.start
        return Span(start, held[n + 1].start if n + 1 < len(held) else whole.end)

    def within(self, span: Span) -> list[Span]:
        """The markers that lie in ``span``."""
        first = bisect_right(self._ends, span.start)
        return self.markers[first : bisect_left(self._starts, span.end, first)]

    def cut(self, pieces: Sequence[Span]) -> tuple[Span, ...]:
        """The pieces without markers, nor the blank behind one that only set it off."""
        out = []
        for piece in pieces:
            start = piece.start
            for marker in self.within(piece):
                out.append(Span(start, max(start, marker.start)))
                start = self._behind(marker, piece.end)
            out.append(Span(min(start, piece.end), piece.end))
        return tuple(span for span in out if len(span))

    def _behind(self, marker: Span, end: int) -> int:
        at = marker.end
        while at < end and self.text[at].isspace():
            at += 1
        wide = at >= end or self.text[at] >= _WIDE or self.text[marker.start - 1 : marker.start] >= _WIDE
        return min(at, end) if wide else min(marker.end, end)

    def read(self, pieces: Sequence[Span]) -> str:
        """The text of ``pieces``: with a space between two Latin words, none inside a web address or a number."""
        out = ""
        for piece in pieces:
            for line in "".join(span.of(self.text) for span in self.cut((piece,))).splitlines():
                out = self._joined(out, line)
        return out.strip()

    def _joined(self, left: str, right: str) -> str:
        if not left or not right or left[-1].isspace() or right[0].isspace():
            return left + right
        if DRAWN.match(right):
            return f"{left}\n{right}"
        if left[-1] >= _WIDE or right[0] >= _WIDE or _ADDRESS.search(left) or _STOPS.match(right):
            return left + right
        if _HYPHENATED.search(left) and right[0].islower():
            return self._hyphen(left, right)
        return left + right if self._one_number(left, right) else f"{left} {right}"

    def _hyphen(self, left: str, right: str) -> str:
        """decrimi- / nalisation: one word where the text has it elsewhere, else as printed."""
        first = _WORD.search(left[:-1])
        rest = re.match(r"[a-z]+", right)
        word = (first[1] if first else "") + (rest[0] if rest else "")
        return left[:-1] + right if word.lower() in self._words else left + right

    @cached_property
    def _words(self) -> set[str]:
        """The words in Latin letters, Chinese or not around them."""
        return {word.lower() for word in _LATIN.findall(self.text)}

    def _one_number(self, left: str, right: str) -> bool:
        """20 / 16年 in Chinese text, 14, / 000."""
        inside = re.search(r"[\u3400-\u9fff]\d+$", left[-6:]) and right[0].isdigit()
        return bool(inside or (re.search(r"\d,$", left) and re.match(r"\d{3}(?!\d)", right)))
