"""Where in a passage the rows of terms stand, as spans of the original text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from tongwen.model import Span, hull
from tongwen.normalise import fold
from tongwen.search import grams
from tongwen.search.engine import Term

Row = Sequence[Term]

_EDGES = attrgetter("start", "end")


class Reading:
    """A passage as it is read: ``stretches`` of the document's original text, one after the other.

    ``text`` is what they hold, joined by line breaks; pieces between which only white space stands are one stretch.
    """

    def __init__(self, text: str, stretches: tuple[Span, ...]) -> None:
        self.text, self.stretches = text, stretches

    @classmethod
    def of(cls, doc: str, pieces: Sequence[Span], cut: Callable[[str, Span], str]) -> Reading:
        """``cut`` gives a stretch of a document's original text."""
        if len(pieces) == 1:  # as most are
            return cls(cut(doc, pieces[0]), tuple(pieces))
        base, around = hull(pieces).start, cut(doc, hull(pieces))
        stretches: list[Span] = []
        for piece in pieces:
            gap = around[stretches[-1].end - base : piece.start - base] if stretches else "|"
            if stretches and stretches[-1].end <= piece.start and not gap.strip():
                stretches[-1] = Span(stretches[-1].start, piece.end)
            else:
                stretches.append(piece)
        return cls("\n".join(around[s.start - base : s.end - base] for s in stretches), tuple(stretches))

    @cached_property
    def key(self) -> str:
        return fold(self.text)

    def places(self, *rows: Row) -> Iterator[Span]:
        """Every occurrence of any of ``rows``, as a span of ``text``; of those that begin at one place the longest.

        Occurrences may overlap.
        """
        return self.sought(pattern(tuple(map(tuple, rows)))) if rows else iter(())

    def sought(self, rows: re.Pattern[str]) -> Iterator[Span]:
        """The same by their ``pattern``, which is made once for many passages."""
        return (Span(match.start(), match.end(match.lastindex or 0)) for match in rows.finditer(self.key))

    def texts(self) -> Iterator[tuple[Span, str]]:
        if len(self.stretches) == 1:  # as most are
            yield self.stretches[0], self.text
            return
        start = 0
        for stretch in self.stretches:
            yield stretch, self.text[start : start + len(stretch)]
            start += len(stretch) + 1

    def spelling(self, span: Span) -> str:
        """How the stretch is written, layout aside."""
        return grams.unwrapped(span.of(self.text))

    def highlights(self, rows: Sequence[Row]) -> list[Span]:
        """Every occurrence of any of ``rows`` in the document's offsets; what overlaps is one."""
        return self.merged(self.places(*rows))

    def merged(self, places: Iterable[Span]) -> list[Span]:
        """Spans of ``text`` in the document's offsets; what overlaps is one."""
        merged: list[Span] = []
        for span in sorted(places, key=_EDGES):
            if merged and span.start < merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
            else:
                merged.append(span)
        if len(self.stretches) == 1:  # as most are
            first = self.stretches[0].start
            return [Span(first + span.start, first + span.end) for span in merged]
        return [part for span in merged for part in self.placed(span)]

    def placed(self, span: Span) -> Iterator[Span]:
        """A span of ``text`` in the document, cut where it leaves a stretch."""
        start = 0
        for stretch in self.stretches:
            left, right = max(span.start - start, 0), min(span.end - start, len(stretch))
            if left < right:
                yield Span(stretch.start + left, stretch.start + right)
            start += len(stretch) + 1


@lru_cache(maxsize=256)
def pattern(rows: tuple[tuple[Term, ...], ...]) -> re.Pattern[str]:
    """Rows of terms as ``grams`` reads a key: white space between tokens says nothing, but words have their ends.

    A match is the first character alone, so that the next may begin behind it; what it is the first of is its group.
    The longest row comes first, of those that may begin at one place. Rows with the same borders share them: a class of
    letters takes ten milliseconds to compile.
    """
    longest = sorted(dict.fromkeys(rows), key=lambda row: (_kind(row[0]), -sum(len(term.token) for term in row)))
    return re.compile("|".join(_begun(*edges, list(same)) for edges, same in groupby(longest, _edges)))


def _kind(term: Term) -> str:
    """Rows whose first terms are of two kinds never begin at one place."""
    return grams.kind(term.token) or ""


def _edges(row: tuple[Term, ...]) -> tuple[str, str]:
    return _before(row[0]), _after(row[-1])


def _begun(before: str, after: str, rows: list[tuple[Term, ...]]) -> str:
    """Where characters come first the whole is sought by them, which is ten times as fast."""
    if not before:
        firsts = groupby(map(_inner, rows), itemgetter(0))
        return "|".join(
            f"{re.escape(first)}(?=((?:{'|'.join(rest for _, rest in same)}){after}))" for first, same in firsts
        )
    wholes = "|".join(re.escape(first) + rest for first, rest in map(_inner, rows))
    return f"{before}(?=((?:{wholes}){after}))."


def _inner(row: tuple[Term, ...]) -> tuple[str, str]:
    """The first character, and the rest as a pattern: between two words, or two numbers, there must be white space."""
    joined = re.escape(row[0].token[1:])
    for left, right in pairwise(row):
        alike = _kind(left) == _kind(right)
        joined += (r"\s+" if alike and (_after(left) or _before(right)) else r"\s*") + re.escape(right.token)
    return row[0].token[0], joined


def _before(term: Term) -> str:
    letter = grams.kind(term.token)
    return "" if letter is None or term.part in {"suffix", "infix"} else f"(?<!{letter})"


def _after(term: Term) -> str:
    letter = grams.kind(term.token)
    return "" if letter is None or term.part in {"prefix", "infix"} else f"(?!{letter})"
