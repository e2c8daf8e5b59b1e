"""A hit's text as it is printed: on one line, or as drawn, cut around the match, and the match marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, zip_longest

from tongwen.cli.healing import drawn, wraps
from tongwen.cli.page import Page
from tongwen.cli.width import wrap
from tongwen.model import Span

OMISSION = " … "
LONGEST = 280  # code points that are printed of a passage
BEFORE = 80  # of them stand before the first match

_LATIN = re.compile(r"[A-Za-z0-9'’-]")
_BEGUN = re.compile(r"[A-Za-z0-9'’-]*$")

INDENT = 3


class Passage:
    """Text of which each character is marked or not."""

    def __init__(self, text: str, marked: Sequence[bool]) -> None:
        self.text, self.marked = text, marked

    @classmethod
    def of(
        cls, text: str, pieces: Sequence[Span], highlights: Sequence[Span], joints: Sequence[str | None] = ()
    ) -> Passage:
        """``text`` stands at ``pieces`` of the document, joined by line breaks; ``highlights`` are the document's.

        ``joints``: what is read before each piece but the first, None where text is left out.
        """
        matching = {offset for mark in highlights for offset in range(mark.start, mark.end)}
        whole, at = cls("", []), 0
        for piece, joint in zip_longest(pieces, ["", *joints][: len(pieces)]):
            part = cls(text[at : at + len(piece)], [offset in matching for offset in range(piece.start, piece.end)])
            whole = whole.followed(part.healed(), OMISSION if joint is None else joint)
            at += len(piece) + 1
        return whole

    def followed(self, other: Passage, gap: str = OMISSION) -> Passage:
        """Both, by default with a sign between them that something is left out."""
        gap = gap if self.text else ""
        return Passage(self.text + gap + other.text, [*self.marked, *[False] * len(gap), *other.marked])

    def healed(self) -> Passage:
        """Without layout wraps, drawn lines apart."""
        text, marked, at = "", list[bool](), 0
        for start, end, gap in wraps(self.text):
            text += self.text[at:start] + gap
            marked += [*self.marked[at:start], *[self.marked[start - 1]] * len(gap)]
            at = end
        return Passage(text + self.text[at:], [*marked, *self.marked[at:]])

    def cut(self) -> Passage:
        """At most ``LONGEST`` characters around the first that is marked."""
        if len(self.text) <= LONGEST:
            return self
        first = self.marked.index(True) if True in self.marked else 0
        start = self._word(max(0, min(first - BEFORE, len(self.text) - LONGEST)))
        start, end = self._whole_lines(start, first, start + LONGEST)
        left, right = "…" * (start > 0), "…" * (end < len(self.text))
        marked = [*[False] * len(left), *self.marked[start:end], *[False] * len(right)]
        return Passage(left + self.text[start:end] + right, marked)

    def _word(self, at: int) -> int:
        """Where the Latin word begins that holds ``at``, so that none is cut."""
        begun = _BEGUN.search(self.text, max(0, at - BEFORE), at)
        return begun.start() if begun and _LATIN.match(self.text, at) else at

    def _whole_lines(self, start: int, first: int, end: int) -> tuple[int, int]:
        """The same stretch around ``first``, or less where a drawn line would be cut."""
        begins = self.text.find("\n", start, first) if start else -1
        ends = self.text.rfind("\n", first, end) if end < len(self.text) else -1
        return max(start, begins), end if ends < 0 else ends + 1

    def read(self, reading: Callable[[str], str]) -> Passage:
        """In another script; the marks stay where that keeps the length."""
        text = reading(self.text)
        return Passage(text, self.marked if len(text) == len(self.text) else [False] * len(text))

    def lines(self, page: Page) -> Iterator[str]:
        """Painted and wrapped for ``page``; drawn lines stay as they are."""
        at = 0
        for line in self.text.split("\n"):
            for part in _wrapped(page.safe(line), page):
                yield " " * INDENT + _painted(part, self.marked[at : at + len(part)], page)
                at += len(part)
            at += 1


def _wrapped(line: str, page: Page) -> Iterator[str]:
    room = max(40, page.columns - INDENT) if page.columns and not drawn(line) else 2 * len(line)
    return wrap(line, room)


def _painted(line: str, marked: Sequence[bool], page: Page) -> str:
    runs = groupby(zip(line, marked, strict=True), lambda pair: pair[1])
    texts = (("".join(character for character, _ in run), match) for match, run in runs)
    return "".join(page.paint(text, "match") if match else text for text, match in texts)
