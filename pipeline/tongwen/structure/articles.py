"""From heading lines to articles: the title, the body, and the articles whose heading was lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tongwen.model import Problem, Span
from tongwen.structure.headings import Candidate
from tongwen.structure.labels import ArticleLabel, Label, labels
from tongwen.structure.lines import Line, ends_sentence
from tongwen.structure.provisions import Node, Paragraph, build, paragraphs

Number = tuple[int, ...]

TITLE_LENGTH = {False: 60, True: 200}
"""Code points: a title may have forty characters and commas in it, hardly sixty; in Latin letters, thirty words."""

MAJORITY = 0.6
"""Share of a document's headings that must have a form before the form is taken for its habit."""

_BRACKETED = re.compile(r"[【〔\[(](?P<title>[^】〕\])。]{1,40})[】〕\])]\s*")


@dataclass(slots=True)
class Article:
    """An article while it is being read. ``label`` and ``title`` are spans of what is printed, if anything is;
    ``head`` holds both, brackets and all."""

    number: Number
    label: Span | None
    title: Span | None
    body: list[Paragraph]
    head: Span | None = None
    misprinted: bool = False
    evidence: str = ""
    root: Node = field(default_factory=lambda: Node(()))
    problems: list[Problem] = field(default_factory=list)

    @property
    def inferred(self) -> bool:
        return self.label is None


def cut(line: Line, start: int, end: int | None = None) -> Line | None:
    """A part of a line, white space at its ends left out; None if nothing is there."""
    text = line.text[start:end]
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    at = line.span.start + start + lead
    offset = start + lead
    key = line.key[offset : offset + len(text)]
    return replace(line, span=Span(at, at + len(text)), text=text, key=key, indent=line.indent if offset == 0 else 0)


def split(lines: Sequence[Line], heads: Sequence[Candidate]) -> tuple[list[Line], list[tuple[int, ArticleLabel]]]:
    """The lines with each heading at the start of one: headings that ran on in a line begin a new one."""
    out: list[Line] = []
    found: list[tuple[int, ArticleLabel]] = []
    by_line: dict[int, list[Candidate]] = {}
    for head in heads:
        by_line.setdefault(head.line, []).append(head)
    for i, line in enumerate(lines):
        starts = by_line.get(i, [])
        edges = sorted({0, *(h.offset for h in starts)})
        for start, end in zip(edges, [*edges[1:], None], strict=True):
            piece = cut(line, start, end) if (start, end) != (0, None) else line
            if piece is None:
                continue
            found += [(len(out), head.label) for head in starts if head.offset == start]
            out.append(piece)
    return out, found


@dataclass(frozen=True, slots=True)
class Habit:
    """What a document's headings do: ``inline``: the title stands behind the number; ``below``: on the next line."""

    inline: bool
    below: bool


def habit(sections: Sequence[Sequence[Line]], marks: Sequence[ArticleLabel], width: int | None) -> Habit:
    """Learnt from all headings together, since one alone may be either."""
    inline, below = [], []
    for lines, mark in zip(sections, marks, strict=True):
        rest = cut(lines[0], mark.length)
        if rest is not None:
            if not labels(rest.key):
                inline.append(len(lines) > 1 and _may_be_title(rest))
        elif len(lines) > 1:
            below.append(len(lines) > 2 and _may_be_title(lines[1]) and not (width and lines[1].width >= width - 8))
    return Habit(_mostly(inline), _mostly(below))


def _mostly(votes: Sequence[bool]) -> bool:
    return bool(votes) and sum(votes) >= MAJORITY * len(votes)


def _may_be_title(line: Line) -> bool:
    short = len(line.key) <= TITLE_LENGTH[line.key[:1].isascii() and line.key[-1:].isascii()]
    return short and not ends_sentence(line.key) and not labels(line.key)


def read(lines: Sequence[Line], mark: ArticleLabel, habit: Habit, width: int | None) -> Article:
    """One article from its lines, the first of which begins with its number."""
    first, body = lines[0], list(lines[1:])
    label = Span(first.span.start, first.span.start + mark.length)
    title, rest = _title(first, body, mark, habit)
    below = title is not None and title.start >= first.span.end
    before_text = first.text[: rest.span.start - first.span.start].rstrip() if rest else first.text
    end = title.end if title and below else first.span.start + len(before_text)
    if rest is not None:
        body.insert(0, rest)
    return Article(mark.number, label, title, paragraphs(body, width), Span(label.start, end), mark.misprinted)


def _title(first: Line, body: list[Line], mark: ArticleLabel, habit: Habit) -> tuple[Span | None, Line | None]:
    rest = cut(first, mark.length)
    if rest is None:
        if habit.below and len(body) > 1 and _may_be_title(body[0]):
            return body.pop(0).span, None
        return None, None
    bracketed = _BRACKETED.match(rest.key)
    if bracketed and (habit.inline or rest.key[0] in "【〔") and (body or bracketed.end() < len(rest.key)):
        start = rest.span.start
        return Span(start + bracketed.start("title"), start + bracketed.end("title")), cut(rest, bracketed.end())
    if body and habit.inline and _may_be_title(rest):
        return rest.span, None
    return None, rest


def restore(article: Article, following: Number | None) -> list[Article]:
    """The article and those after it whose headings are missing: the next heading leaves numbers out, and the
    numbering begins again at 1 (or an unnumbered text follows the last numbered one) where they must have stood."""
    missing = following[0] - article.number[0] - 1 if following else 0
    out = [article]
    while missing > 0:
        at, title = _restart(out[-1].body)
        if at is None:
            break
        last = out[-1]
        body, last.body = last.body[at:], last.body[: at - (1 if title else 0)]
        span = title.lines[0].span if title else None
        out.append(Article((last.number[0] + 1,), None, span, body, span, evidence=_evidence(body)))
        missing -= 1
    return out


def _restart(body: Sequence[Paragraph]) -> tuple[int | None, Paragraph | None]:
    """Index of the paragraph with which a lost article begins, and the title left before it."""
    top: Label | None = None
    for i, paragraph in enumerate(body):
        found = [label for label in labels(paragraph.key) if label.style != "cn-space"]
        if not found:
            continue
        if top is None:
            top = found[0]
        elif found[0].style == top.style:
            if found[0].value == 1 and top.value > 1:
                before = body[i - 1]
                return i, before if _title_alone(before) else None
            top = found[0]
    return None, None


def _title_alone(paragraph: Paragraph) -> bool:
    return len(paragraph.lines) == 1 and _may_be_title(paragraph.lines[0]) and paragraph.end not in ",，、"


def _evidence(body: Sequence[Paragraph]) -> str:
    return f"the numbering begins again with {body[0].lines[0].text[:6]}"


def nest(article: Article, numbered: bool) -> None:
    """Fills in the article's provisions and the problems of their numbering."""
    builder = build(article.body, numbered)
    article.root = builder.root
    article.problems += builder.problems
