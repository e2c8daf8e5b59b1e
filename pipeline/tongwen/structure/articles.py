"""From heading lines to articles: the title, the body, and the articles whose heading was lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from tongwen.labels import ArticleLabel, labels
from tongwen.model import Problem, Span, hull
from tongwen.structure.headings import Candidate
from tongwen.structure.lines import Layout, Line, columns, cut, ends_sentence
from tongwen.structure.provisions import INSIDE, Node, Paragraph, build, paragraphs
from tongwen.structure.twins import TWIN, english, translates

Number = tuple[int, ...]

TITLE_LENGTH = {False: 60, True: 200}
"""Code points: a title may have forty characters and commas in it, hardly sixty; in Latin letters, thirty words."""

WRAPPED = {False: 36, True: 80}
"""Columns from which a line behind a number may be the first of a wrapped text: it says nothing of the habit."""

LONG = 28
"""Columns: shorter titles are not wrapped."""

MAJORITY = 0.6
"""Share of a document's headings that must have a form before the form is taken for its habit."""

_PARTED = re.compile(r" *[:–—-] *")
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
    root: Node = field(init=False)
    problems: list[Problem] = field(default_factory=list)

    @property
    def inferred(self) -> bool:
        return self.label is None

    def span(self) -> Span:
        """From its heading on, with all provisions."""
        if not self.root.contents and self.head:
            return self.head
        inside = self.root.span()
        return Span(self.head.start, inside.end) if self.head else inside


def split(lines: Sequence[Line], heads: Sequence[Candidate]) -> tuple[list[Line], list[tuple[int, ArticleLabel]]]:
    """The lines with each heading at the start of one: headings that ran on in a line begin a new one."""
    if not any(head.offset for head in heads):
        return list(lines), [(head.line, head.label) for head in heads]
    out: list[Line] = []
    found: list[tuple[int, ArticleLabel]] = []
    done = 0
    for i, group in groupby(heads, attrgetter("line")):
        out += lines[done:i]
        done = i + 1
        starts = {head.offset: head.label for head in group}
        edges = sorted({0, *starts})
        for start, end in zip(edges, [*edges[1:], None], strict=True):
            piece = cut(lines[i], start, end) if (start, end) != (0, None) else lines[i]
            if piece is not None:
                found += [(len(out), starts[start])] if start in starts else []
                out.append(piece)
    return [*out, *lines[done:]], found


@dataclass(frozen=True, slots=True)
class Habit:
    """What a document's headings do: ``inline``: the title stands behind the number; ``below``: on the next line;
    ``bracketed``: in brackets, on either; ``twin``: in English as well, on a line of its own."""

    inline: bool
    below: bool
    bracketed: bool
    twin: bool


def habit(sections: Sequence[Sequence[Line]], rests: Sequence[Line | None], layout: Layout | None) -> Habit:
    """Learnt from all headings together, since one alone may be either: from the lines of each article and what stands
    behind its number. A full line may be a title or a text that goes on: it does not count."""
    inline, below, bracketed = [], [], []
    for lines, rest in zip(sections, rests, strict=True):
        bracketed.append(_opens_with_brackets(rest or (lines[1] if len(lines) > 2 else None)))
        if rest is not None:
            if _tells(rest, layout):
                inline.append(len(lines) > 1 and _may_be_title(rest))
        elif len(lines) > 1:
            below.append(len(lines) > 2 and _may_be_title(lines[1]) and not (layout and layout.full(lines[1])))
    at = 1 if _mostly(inline) else 2
    pairs = [(lines[at - 1], lines[at]) for lines in sections if len(lines) > at + 1]
    twin = [translates(title, below) and _may_be_title(below) for title, below in pairs]
    return Habit(_mostly(inline), _mostly(below), _mostly(bracketed), _mostly(twin))


def _tells(rest: Line, layout: Layout | None) -> bool:
    """Whether what stands behind a number shows the document's habit: no number, nor a line that may go on."""
    most = WRAPPED[rest.key.isascii()]
    return (
        len(rest.key) < most
        and columns(rest.key) < most
        and not labels(rest.key)
        and not (layout and layout.full(rest))
    )


def behind(first: Line, mark: ArticleLabel) -> Line | None:
    """What stands behind the number on its line, without the mark that parts them: 第一條：…, Article 1 – …"""
    parted = _PARTED.match(first.key, mark.length)
    return cut(first, parted.end() if parted else mark.length)


def _opens_with_brackets(line: Line | None) -> bool:
    return line is not None and _BRACKETED.match(line.key) is not None


def _mostly(votes: Sequence[bool]) -> bool:
    return bool(votes) and sum(votes) >= MAJORITY * len(votes)


def _may_be_title(line: Line) -> bool:
    short = len(line.key) <= TITLE_LENGTH[line.key[:1].isascii() and line.key[-1:].isascii()]
    return (
        line.label != INSIDE
        and short
        and line.key[-1] not in ",、-"
        and not ends_sentence(line.key)
        and not labels(line.key)
    )


class Opening(NamedTuple):
    """The number at the start of an article, and what stands behind it on its line."""

    mark: ArticleLabel
    rest: Line | None


def read(
    lines: Sequence[Line], opening: Opening, habit: Habit, layout: Layout | None, above: Line | None = None
) -> Article:
    """One article from its lines, the first of which begins with its number; ``above`` has its title, if any does."""
    first, body, mark = lines[0], list(lines[1:]), opening.mark
    twin = body.pop(0) if body and body[0].label == TWIN else None
    label = Span(first.span.start, first.span.start + mark.length)
    under = body[0] if body else first
    title, rest = (_unbracketed(above), opening.rest) if above else _title(opening.rest, body, habit, layout)
    before_text = first.text[: rest.span.start - first.span.start].rstrip() if rest else first.text
    end = first.span.start + len(before_text)
    if title and title.end > first.span.end:
        end = max(under.span.end, title.end)
    if title and habit.twin and len(body) > 1 and _may_be_title(body[0]) and english(body[0]):
        title = hull([title, body.pop(0).span])
        end = title.end
    end = max(end, twin.span.end) if twin else end
    if rest is not None:
        body.insert(0, rest)
    start = above.span.start if above else label.start
    return Article(mark.number, label, title, paragraphs(body, layout), Span(start, end), mark.misprinted)


def _unbracketed(line: Line) -> Span:
    bracketed = _BRACKETED.fullmatch(line.key)
    start = line.span.start
    return Span(start + bracketed.start("title"), start + bracketed.end("title")) if bracketed else line.span


def _title(rest: Line | None, body: list[Line], habit: Habit, layout: Layout | None) -> tuple[Span | None, Line | None]:
    """The title's span, and what of the heading's line is already text; a title's own lines are taken from ``body``."""
    if rest is None:
        return (_title_below(body, habit), None) if body else (None, None)
    bracketed = _BRACKETED.match(rest.key)
    if bracketed and _is_title(bracketed, rest, body, habit):
        start = rest.span.start
        return Span(start + bracketed.start("title"), start + bracketed.end("title")), cut(rest, bracketed.end())
    if not (body and habit.inline and _may_be_title(rest)):
        return None, rest
    if len(body) > 1 and _wrapped_title(rest, body[0]) and not (layout and layout.full(body[0])):
        return hull([rest.span, body.pop(0).span]), None
    if layout and layout.full(rest) and not labels(body[0].key):
        return None, rest
    return rest.span, None


def _wrapped_title(rest: Line, after: Line) -> bool:
    """A long title goes on in a shorter line, and nothing says that the text has begun."""
    return _may_be_title(after) and columns(after.key) <= columns(rest.key) and columns(rest.key) >= LONG


def _is_title(bracketed: re.Match[str], rest: Line, body: Sequence[Line], habit: Habit) -> bool:
    more = bool(body) or bracketed.end() < len(rest.key)
    return more and (habit.inline or habit.bracketed or rest.key[0] in "【〔")


def _title_below(body: list[Line], habit: Habit) -> Span | None:
    if len(body) < 2:
        return None
    bracketed = _BRACKETED.fullmatch(body[0].key)
    if bracketed and not labels(body[0].key) and (habit.below or habit.bracketed):
        start = body.pop(0).span.start
        return Span(start + bracketed.start("title"), start + bracketed.end("title"))
    if not (habit.below and _may_be_title(body[0])):
        return None
    title = body.pop(0)
    wrapped = len(body) > 1 and _wrapped_title(title, body[0])
    return hull([title.span, body.pop(0).span]) if wrapped else title.span


def restore(article: Article, following: Number | None, top: str) -> list[Article]:
    """The article and those after it whose headings are missing.

    Evidence: the next heading leaves numbers out (behind the last article: nothing follows), and the numbering of the
    first level, whose style is ``top``, begins again; or a text stands where numbered paragraphs cannot have one.
    """
    missing = following[0] - article.number[0] - 1 if following else 1
    out = [article]
    while missing > 0:
        at, evidence = _restart(out[-1].body, top, last=following is None)
        if at is None:
            break
        last = out[-1]
        titled = at > 0 and _title_alone(last.body[at - 1])
        title = last.body[at - 1].lines[0].span if titled else None
        body, last.body = last.body[at:], last.body[: at - 1 if titled else at]
        out.append(Article((last.number[0] + 1,), None, title, body, title, evidence=evidence))
        missing -= 1
    return out


def _restart(body: Sequence[Paragraph], top: str, last: bool) -> tuple[int | None, str]:
    """Index of the paragraph with which a lost article begins, and what shows it."""
    seen = 0
    found: tuple[int | None, str] = (None, "")
    for i, paragraph in enumerate(body):
        label = next((x for x in paragraph.readings if x.style == top), None)
        again = label is not None and label.value == 1 and i > 0 and body[i - 1].end not in ":："
        if again and (seen > 1 or (_ends(body[i - 1]) and not last)):
            return i, f"the numbering begins again with {paragraph.lines[0].text[:6]}"
        if label:
            seen = label.value
        elif seen and found[0] is None and not last and _stands_between(body, i):
            found = i, "a text without a number stands behind the numbered ones"
    return found


def _ends(paragraph: Paragraph) -> bool:
    """Whether nothing is left open: no list is introduced, no sentence goes on."""
    return paragraph.end == "。" or _title_alone(paragraph)


def _stands_between(body: Sequence[Paragraph], i: int) -> bool:
    """A text without a number behind a numbered paragraph that has no list which it could close."""
    before, paragraph = body[i - 1], body[i]
    if paragraph.readings or _title_alone(paragraph):
        return False
    if _title_alone(before):
        return True
    first = next(iter(before.readings), None)
    return _ends(before) and first is not None and first.style == next(iter(body[0].readings or (first,))).style


def _title_alone(paragraph: Paragraph) -> bool:
    return len(paragraph.lines) == 1 and _may_be_title(paragraph.lines[0]) and paragraph.end not in ",，、"


def nest(article: Article, numbered: bool) -> None:
    """Fills in the article's provisions and the problems of their numbering."""
    builder = build(article.body, numbered)
    article.root = builder.root
    article.problems += builder.problems
