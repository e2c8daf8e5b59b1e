"""The order of reading: lines, article headings, divisions, regions, and then each article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from tongwen.labels import ArticleLabel
from tongwen.model import Document, Problem, Text
from tongwen.structure import articles as art
from tongwen.structure.above import titles_above
from tongwen.structure.articles import Article
from tongwen.structure.convention import Convention, drafting, first_level, learn
from tongwen.structure.counted import number_paragraphs
from tongwen.structure.headings import candidates, chain, without_contents, without_quoted
from tongwen.structure.lines import Layout, Line, measure, read_lines, same_text, spaced
from tongwen.structure.ordinances import sections
from tongwen.structure.outline import INSTRUMENT, Heading, outline
from tongwen.structure.pages import furniture
from tongwen.structure.printed_notes import Note, without_notes
from tongwen.structure.provisions import INSIDE, Paragraph, paragraphs
from tongwen.structure.regions import closing, contents, region
from tongwen.structure.runon import parted
from tongwen.structure.twins import TWIN, translated, without_translated

FEW = 3
"""Articles that show a habit of their own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text outside the articles: its paragraphs and what it is (``preamble``, ``closing``, …)."""

    name: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(slots=True)
class Reading:
    """All that was read, in order of the text: headings, articles and parts, with the convention they follow.

    ``pages``: page numbers, running heads and the rules above notes, which are no part of what stands around them, as
    ``notes`` are not.
    """

    key: str
    lines: list[Line]
    pages: list[Line]
    notes: list[Note] = field(default_factory=list)
    items: list[Heading | Article | Part] = field(default_factory=list)
    convention: Convention = field(default_factory=lambda: Convention("mainland", False))
    problems: list[Problem] = field(default_factory=list)

    @property
    def articles(self) -> list[Article]:
        return [item for item in self.items if isinstance(item, Article)]


def read(document: Document, text: Text) -> Reading:
    """A text that has no articles is not read on: it has no items."""
    lines = read_lines(document, text)
    layout = measure(lines)
    pages = furniture(lines, paged=bool(layout or document.pages))
    furnished = [line for i, line in enumerate(lines) if i in pages]
    lines = _unpaged(document, [line for i, line in enumerate(lines) if i not in pages and line.kind != "note"])
    if layout and spaced(lines):
        lines = [line._replace(blank_before=False) for line in lines]
    notes, lines, rules = without_notes(lines, layout)
    found = chain(candidates(lines, layout))
    if len(found) < FEW:
        found = chain(sections(lines, document.title)) or found
    found = without_quoted(without_contents(found, lines), lines)
    found, twins = without_translated(found, lines)
    for i in twins:
        lines[i] = lines[i]._replace(label=TWIN)
    lines, marks = parted(*art.split(lines, found), found)
    heads = dict(marks)
    reading = Reading(text.key, lines, [*furnished, *rules], notes)
    if not heads:
        return reading
    above = titles_above(lines, heads)
    divided = outline(lines, heads, document.title, above)
    for i in divided.inside:
        lines[i] = lines[i]._replace(label=INSIDE)
    _Walk(reading, document.title, heads, {h.line: h for h in divided.headings}, layout, above).run()
    if reading.articles:
        reading.convention = _articles(reading, document, text)
    return reading


def _unpaged(document: Document, lines: list[Line]) -> list[Line]:
    """Where a new page begins, the gap above the line says nothing."""
    if not document.pages:
        return lines
    begins = [line.span.start for line in lines]
    starts = {bisect_left(begins, page) for page in document.pages[1:]}
    return [line._replace(blank_before=False) if i in starts else line for i, line in enumerate(lines)]


@dataclass(slots=True)
class _Walk:
    """Cuts the lines at headings; ``heads`` and ``outline`` say at which lines articles and divisions begin, ``above``
    which line before has an article's title."""

    reading: Reading
    title: str
    heads: dict[int, ArticleLabel]
    outline: dict[int, Heading]
    layout: Layout | None
    above: dict[int, int]

    def run(self) -> None:
        lines = self.reading.lines
        starts = {self.above.get(i, i): i for i in self.heads}
        cuts = sorted({0, *starts, *self.outline})
        ends = dict(zip(cuts, [*cuts[1:], len(lines)], strict=True))
        cut_off = dict(ends)
        self._close(ends, cuts, starts)
        openings = {i: art.Opening(mark, art.behind(lines[i], mark)) for i, mark in self.heads.items()}
        own = {i: [line for line in lines[i : ends[start]] if line.label != TWIN] for start, i in starts.items()}
        habits = self._habits(own, openings)
        for start in cuts:
            end = ends[start]
            if start in starts:
                at = starts[start]
                above = lines[start] if start < at else None
                self.reading.items.append(art.read(lines[at:end], openings[at], habits[at], self.layout, above))
                self._part(end, cut_off[start], "closing")
            elif start in self.outline:
                self.reading.items.append(self.outline[start])
                self._part(start + self.outline[start].lines, end, "body")
            else:
                self._part(start, end, "preamble")

    def _habits(self, sections: dict[int, list[Line]], openings: dict[int, art.Opening]) -> dict[int, art.Habit]:
        """The habit of each article's headings: an annex with articles of its own may have another than the text."""
        whole = self._habit([*sections], sections, openings)
        out: dict[int, art.Habit] = {}
        parts = sorted(line for line, heading in self.outline.items() if _ends_text(heading))
        for _, group in groupby(sorted(sections), key=lambda i: bisect_left(parts, i)):
            heads = [*group]
            habit = self._habit(heads, sections, openings) if len(heads) >= FEW else whole
            out |= dict.fromkeys(heads, habit)
        return out

    def _habit(
        self, heads: Sequence[int], sections: dict[int, list[Line]], openings: dict[int, art.Opening]
    ) -> art.Habit:
        return art.habit([sections[i] for i in heads], [openings[i].rest for i in heads], self.layout)

    def _close(self, ends: dict[int, int], cuts: Sequence[int], starts: dict[int, int]) -> None:
        """The last article before an annex, another treaty or the end stops at the closing formula."""
        for start, after in zip(cuts, [*cuts[1:], None], strict=True):
            last = after is None or (after in self.outline and _ends_text(self.outline[after]))
            if start in starts and last:
                ends[start] = closing(self.reading.lines, starts[start] + 1, ends[start])

    def _part(self, start: int, end: int, name: str) -> None:
        if start >= end:
            return
        group: list[Line] = []
        listed = contents(self.reading.lines[start:end]) if name == "preamble" and start == 0 else set()
        for i, line in enumerate(self.reading.lines[start:end]):
            if i in listed:
                self._flush("contents", [line], group, name)
            elif same_text(line.text, self.title) and not self.reading.articles:
                self._flush("title", [line], group, name)
            elif start == 0 and not self.reading.articles and region(line) == "nav":
                self._flush("nav", [line], group, name)
            else:
                group.append(line)
        self._flush("", [], group, name)

    def _flush(self, name: str, lines: list[Line], group: list[Line], around: str) -> None:
        for part, content in ((around, list(group)), (name, lines)):
            if content:
                body = paragraphs(content, self.layout)
                self.reading.items.append(Part(part, tuple(body)))
        group.clear()


def _ends_text(heading: Heading) -> bool:
    return heading.kind == "annex" or heading.rank == INSTRUMENT


def _articles(reading: Reading, document: Document, text: Text) -> Convention:
    articles = reading.articles
    if any(line.label == TWIN for line in reading.lines):
        for article in articles:
            article.body = translated(article.body)
    number_paragraphs(articles)
    numbered = drafting(articles, document.title)
    if numbered:
        _restore(reading)
        articles = reading.articles
    for article in articles:
        art.nest(article, numbered)
    return learn(articles, numbered, text.key, document)


def _restore(reading: Reading) -> None:
    found = reading.articles
    top = first_level(found)
    following = {id(a): b.number for a, b in pairwise(found)}
    items: list[Heading | Article | Part] = []
    for item in reading.items:
        items += art.restore(item, following.get(id(item)), top) if isinstance(item, Article) else [item]
    reading.items = items
