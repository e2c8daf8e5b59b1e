"""The lines as one text, with the way back to the document's offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tongwen.model import Span
from tongwen.structure.lines import Line


@dataclass(frozen=True, slots=True)
class Stream:
    """``key`` and ``text``: the lines' keys and texts, a line break after each; ``starts``: where each line begins
    in them; ``begins``: where lines begin in the document, from its start, and ``order``: which lines these are, for
    the lines stand as they are read, one column of a page behind the other."""

    lines: Sequence[Line]
    key: str
    text: str
    starts: tuple[int, ...]
    begins: tuple[int, ...]
    order: tuple[int, ...]

    def line(self, at: int) -> int:
        """The index of the line in which offset ``at`` of the stream stands."""
        return bisect_right(self.starts, at) - 1

    def at(self, offset: int) -> int | None:
        """Where an offset of the document stands in the stream; None where no line holds it."""
        n = bisect_right(self.begins, offset) - 1
        i = self.order[n] if n >= 0 else 0
        inside = n >= 0 and offset < self.lines[i].span.end
        return self.starts[i] + offset - self.lines[i].span.start if inside else None

    def span(self, start: int, end: int) -> Span:
        """A stretch of one line, in the document's offsets."""
        line = self.line(start)
        shift = self.lines[line].span.start - self.starts[line]
        return Span(start + shift, end + shift)


def stream(lines: Sequence[Line]) -> Stream:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.key) + 1
    key = "".join(line.key + "\n" for line in lines)
    text = "".join(line.text + "\n" for line in lines)
    order = sorted(range(len(lines)), key=lambda i: lines[i].span)
    return Stream(lines, key, text, tuple(starts), tuple(lines[i].span.start for i in order), tuple(order))


@dataclass(frozen=True, slots=True)
class Cover:
    """Stretches of the document, disjoint, to ask whether an offset stands in one."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def holds(self, at: int) -> bool:
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and at < self.ends[i]

    def meets(self, span: Span) -> bool:
        i = bisect_right(self.starts, span.end - 1) - 1
        return i >= 0 and span.start < self.ends[i]


def cover(spans: Collection[Span]) -> Cover:
    ordered = sorted(spans)
    return Cover(tuple(s.start for s in ordered), tuple(s.end for s in ordered))
