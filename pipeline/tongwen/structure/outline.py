"""The divisions above the article, and the headings that mark-up gives: 編, 章, 節, annexes, ``## 附则``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tongwen.labels import ArticleLabel, DivisionLabel, after_mark, article_label, division_label, labels
from tongwen.structure.lines import Line, ends_sentence, leads, same_text, squeezed
from tongwen.structure.regions import region, treaty_title
from tongwen.structure.twins import translates

MARKUP = 100
"""Ranks of headings by mark-up begin here: HTML and Markdown say the level themselves."""

TITLE_WIDTH = 80
"""Columns: a division's title fits a line."""

LATIN_TITLE = 120
"""Code points, for a title in Latin letters."""

_NONE: Mapping[int, int] = {}

_UNTITLED = re.compile(r"[。;:,、.)\"]$|=")
_CLAUSES = re.compile("[,;:!?]")  # between parts of a sentence, or behind a word such as 附件
_DECIMAL = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.\s]))\.?\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """``line`` is its index; ``rank`` orders the levels, the smallest outermost; ``number`` as parsed (None: none);
    ``title`` is the offset in the line at which the title begins; ``lines`` is 2 where the title has its own line."""

    line: int
    rank: int
    kind: str
    number: tuple[int, ...] | None
    title: int
    decimal: bool = False
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Outline:
    """``inside``: lines that divide an article, and are no headings of the text around it."""

    headings: tuple[Heading, ...]
    inside: frozenset[int]


def outline(
    lines: Sequence[Line], heads: Mapping[int, ArticleLabel], title: str, above: Mapping[int, int] = _NONE
) -> Outline:
    """All headings but those of articles (``heads``, and ``above`` the lines with their titles) and the document's own
    title, without a table of contents."""
    starts = {above.get(i, i) for i in heads}
    found = [h for i, line in enumerate(lines) if i not in heads and (h := _heading(lines, i, title, heads))]
    inside = _inside_articles(found, heads, len(lines))
    found = _merged([h for h in found if h.line not in starts | inside], lines, heads)
    found += _instruments(lines, heads, {h.line for h in found})
    known = {h.line + n for h in found for n in range(h.lines)}
    found = sorted([*found, *_unmarked(lines, starts, known, title)], key=lambda h: h.line)
    found = [h for h in found if h.kind != "annex" or not _interrupts(h, heads)]
    return Outline(tuple(_levelled(_without_contents(found, lines, heads), lines)), inside)


def _merged(found: Sequence[Heading], lines: Sequence[Line], heads: Mapping[int, ArticleLabel]) -> list[Heading]:
    """One heading where a division is printed in Chinese and below in English: 第I部　導言⏎Part I Preliminary; their
    titles may stand below both."""
    out: list[Heading] = []
    for heading in found:
        before = out[-1] if out else None
        same = before and (before.line + before.lines, before.rank, before.number) == (
            heading.line,
            heading.rank,
            heading.number,
        )
        if before and same and translates(lines[before.line], lines[heading.line]):
            whole = before.lines + heading.lines
            last = before.line + whole - 1
            titled = last + 2 < len(lines) and heading.lines == 2 and last + 1 not in heads
            more = titled and _free(lines[last + 1]) and translates(lines[last], lines[last + 1])
            out[-1] = replace(before, lines=whole + more)
        else:
            out.append(heading)
    return out


INNER = 40
"""Rank from which a division may also stand inside an article: 第一款."""


def _inside_articles(found: Sequence[Heading], heads: Mapping[int, ArticleLabel], count: int) -> frozenset[int]:
    """Lines of headings that divide articles and not the text above them: 第一条⏎第一款⏎… where Taiwan's codes have
    第一款⏎第一條. What most of them have below decides; ``count`` is how many lines there are."""
    small = [h for h in found if INNER <= h.rank < MARKUP and h.number is not None]
    begins = {*heads, *(h.line for h in found), count}
    above = sum(h.line + h.lines in begins for h in small)
    opened = min(heads, default=count)
    inside = 2 * above < len(small) and all(h.line > opened for h in small)
    return frozenset(h.line for h in small) if inside else frozenset()


INSTRUMENT = 1
"""Rank of the title of a treaty that follows another in one text: above all its divisions."""


def _instruments(lines: Sequence[Line], heads: Mapping[int, ArticleLabel], known: set[int]) -> list[Heading]:
    """The titles of treaties that follow the first: between two articles where the numbers begin again, outside an
    annex or any other division."""
    out = []
    for before, after in pairwise(sorted(heads)):
        if heads[after].number == (1,):
            free = min((line for line in known if before < line < after), default=after)
            at = next((i for i in range(before + 1, free) if _instrument(lines, i)), None)
            out += [] if at is None else [Heading(at, INSTRUMENT, "section", None, 0)]
    return out


def _instrument(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a treaty's title: it stands apart and is no sentence."""
    line = lines[i]
    apart = line.blank_before and i + 1 < len(lines) and lines[i + 1].blank_before
    short = line.width <= TITLE_WIDTH and not line.ends_sentence
    return apart and short and treaty_title(line.text) and not labels(line.key)


TIGHT = 20
"""Code points: a heading that no blank lines set apart is short."""

UNMARKED = 35
"""Rank of headings between articles that neither mark-up nor a division word announces: below the chapter."""


def _unmarked(lines: Sequence[Line], starts: set[int], known: set[int], title: str) -> list[Heading]:
    """Short lines without a full stop right before an article: 二、不动产抵押, or a title whose number is lost."""
    out = []
    for i in sorted(starts, reverse=True):
        at = i - 1
        while at > 0 and at not in starts and at not in known and _bare(lines, at, known, title):
            out.append(_bare_heading(lines, at))
            at -= 1
    tight = {h.line for h in out if not _apart(lines, h.line)}
    lone = tight - {line + 1 for line in known} if len(tight) == 1 else set()  # or an article's end without full stop
    return _in_sequence([h for h in reversed(out) if h.line not in lone])


def _apart(lines: Sequence[Line], i: int) -> bool:
    return lines[i].blank_before and lines[i + 1].blank_before


def _bare(lines: Sequence[Line], i: int, known: set[int], title: str) -> bool:
    """Whether a line is a heading by its look: set apart, or right behind the end of a sentence; ``known`` are the
    lines of other headings."""
    line, before = lines[i], lines[i - 1]
    if len(line.key) > 30 or line.drawn or _UNTITLED.search(line.key):
        return False
    first = same_text(before.text, title) and any(label.value == 1 for label in labels(line.key))
    opened = first or i - 1 in known
    if i == 1 and not opened:
        return False
    if _apart(lines, i):
        ended = before.key[-1] in "。;." or before.kind == "heading" or bool(labels(before.key))
        return ended or opened or region(before) == "enacting"
    said = any(map(str.isalpha, line.key)) and not _CLAUSES.search(line.key)
    return said and line.kind == "line" and len(line.key) <= TIGHT and (before.key[-1] == "。" or opened)


def _bare_heading(lines: Sequence[Line], i: int) -> Heading:
    label = next((x for x in labels(lines[i].key) if x.style in ("cn-dun", "cn-paren")), None)
    if label is None:
        return Heading(i, UNMARKED, "section", None, 0)
    rank = UNMARKED + (2 if label.style == "cn-paren" else 0)
    return Heading(i, rank, "section", (label.value,), after_mark(lines[i].key, label.length))


def _in_sequence(found: list[Heading]) -> list[Heading]:
    """Numbered ones only where their numbers run on from 1: otherwise they are items of the article before."""
    last: dict[int, int] = {}
    out = []
    for heading in found:
        if heading.number:
            if heading.number[0] not in (1, last.get(heading.rank, 0) + 1):
                continue
            last[heading.rank] = heading.number[0]
        out.append(heading)
    lone = {rank for rank, n in last.items() if n == 1 and sum(h.rank == rank for h in out) == 1}
    return [h for h in out if not (h.number and h.rank in lone)]


def _interrupts(heading: Heading, heads: Mapping[int, ArticleLabel]) -> bool:
    """A schedule printed inside an article: the article after it goes on with the numbers."""
    before = max((i for i in heads if i < heading.line), default=None)
    after = min((i for i in heads if i > heading.line), default=None)
    return before is not None and after is not None and heads[after].number > heads[before].number


def _heading(lines: Sequence[Line], i: int, title: str, heads: Mapping[int, ArticleLabel]) -> Heading | None:
    line = lines[i]
    if leads(line.key):
        return None
    label = division_label(line.key)
    if label and label.kind == "division" and i + 1 < len(lines) and same_text(lines[i + 1].text, title):
        return None  # 第134章 is the number of an ordinance
    if line.kind == "heading":
        return _marked(line, i, label, title)
    if label is None or not _stands_alone(lines, i, label, heads):
        return None
    below = 2 if label.length == len(line.key) and _title_below(lines, i, heads, label.kind == "annex") else 1
    return Heading(i, label.rank, label.kind, label.number, after_mark(line.key, label.length), lines=below)


def _title_below(lines: Sequence[Line], i: int, heads: Mapping[int, ArticleLabel], annex: bool) -> bool:
    """第2部 stands alone and its title is the next line, before an article or another division; in an annex also
    before its text. Another heading without a mark may stand between: 第四章⏎大会⏎组织⏎第九条."""
    if i + 2 >= len(lines) or i + 1 in heads or not _free(lines[i + 1]):
        return False
    if annex and lines[i + 1].key[0] in "([":
        return False
    if i + 2 in heads or division_label(lines[i + 2].key) is not None:
        return True
    if annex and _above_text(lines[i + 1], lines[i + 2]):
        return True
    return i + 3 in heads and _free(lines[i + 2]) and len(lines[i + 2].key) <= TIGHT


def _free(line: Line) -> bool:
    free = not ends_sentence(line.key) and not labels(line.key) and division_label(line.key) is None
    return free and line.width <= TITLE_WIDTH


def _above_text(title: Line, after: Line) -> bool:
    """Whether a line is a title by what follows: no list of names, of which each is as short."""
    told = title.key[-1] not in ",、" and "  " not in title.key and not title.drawn
    if title.text.isupper() and title.key.isascii():
        return told and not after.text.isupper()
    return told and (bool(labels(after.key)) or (ends_sentence(after.key) and after.width > title.width))


def _marked(line: Line, i: int, label: DivisionLabel | None, title: str) -> Heading | None:
    if same_text(line.text, title):
        return None
    if label:
        return Heading(i, MARKUP + line.level, label.kind, label.number, after_mark(line.key, label.length))
    decimal = _DECIMAL.match(line.key)
    if decimal:
        number = tuple(int(n) for n in decimal["n"].split("."))
        return Heading(i, MARKUP + line.level, "section", number, decimal.end(), decimal=True)
    item = labels(line.key)
    value = (item[0].value,) if item else None
    return Heading(i, MARKUP + line.level, "section", value, after_mark(line.key, item[0].length if item else 0))


def _stands_alone(lines: Sequence[Line], i: int, label: DivisionLabel, heads: Mapping[int, ArticleLabel]) -> bool:
    """A division's line holds its number and a short title; a reference to it goes on."""
    line, rest = lines[i], lines[i].key[label.length :]
    if line.key[: label.length].isascii():
        return len(line.key) <= LATIN_TITLE and _capitalised(line.text[label.length :])
    if line.width > TITLE_WIDTH or ends_sentence(line.key) or line.key[-1] in ",、":
        return False
    before = lines[i - 1] if i else None
    if before and before.kind == "line" and _goes_on(before) and not line.blank_before:
        return False
    if before and before.key[-1] == ":" and not _begins(i, label, heads):
        return False  # a quotation begins
    if label.kind == "annex" and label.number is None and rest.strip():
        return False
    return not rest.strip() or rest[0].isspace() or rest[0] in ":." or (label.rank <= 30 and _short(rest))


def _goes_on(line: Line) -> bool:
    """Whether a line breaks off; a rule of dashes does not."""
    return line.key[-1] in ",、-" and any(map(str.isalnum, line.key))


def _begins(i: int, label: DivisionLabel, heads: Mapping[int, ArticleLabel]) -> bool:
    """Whether the text itself begins here, behind an enacting formula (兹协议如下：): division 1 and article 1 do."""
    after = min((head for head in heads if head > i), default=None)
    return label.number == (1,) and after is not None and heads[after].number == (1,)


def _capitalised(rest: str) -> bool:
    """Chapter 2. Establishment, or nothing; not: Chapter 4 of the Act."""
    words = rest.lstrip(" .:-–—\t\u3000")
    return not words or (words[0].isupper() and rest[0] in " .:-–—\t\u3000")


def _short(rest: str) -> bool:
    return len(rest) <= 20 and not re.search(r"[,。;、]|规定|所称|规定的", rest)


def _without_contents(found: list[Heading], lines: Sequence[Line], heads: Mapping[int, ArticleLabel]) -> list[Heading]:
    """Drops the headings of a printed table of contents: they come again later, and nothing stands between them but
    the articles listed; behind the last of them, where the first comes again, the preamble may stand."""
    keys = [squeezed("".join(line.key for line in lines[h.line : h.line + h.lines])) for h in found]
    last = {key: n for n, key in enumerate(keys)}
    out: list[Heading] = []
    listed: list[str] = []
    for n, heading in enumerate(found):
        again = last[keys[n]] > n
        following = found[n + 1].line if n + 1 < len(found) else len(lines)
        empty = not any(i in heads for i in range(heading.line, following))
        if again and empty and (following - heading.line <= 2 or _listed(lines[heading.line + 1 : following])):
            listed.append(keys[n])
        elif not (again and empty and listed and keys[n + 1 : n + 2] == listed[:1]):
            out.append(heading)
    return out


def _listed(lines: Sequence[Line]) -> bool:
    """Whether the lines under a heading of a table of contents are those of its articles."""
    return all(leads(line.key) or article_label(line.key) for line in lines)


def _levelled(found: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Where mark-up names the levels, an unmarked heading takes the level of its marked sisters: those with the same
    division word or the same style of number; one without a number stands beside the heading before it, unless it
    divides a division."""
    marked: dict[str, int] = {}
    for heading in found:
        if heading.rank > MARKUP:
            marked.setdefault(_sort(lines[heading.line].key), heading.rank)
    out: list[Heading] = []
    for n, heading in enumerate(found):
        rank = heading.rank
        if rank == UNMARKED and heading.number is None:
            rank = rank if not marked and _divides(found, n) else out[-1].rank if out else rank
        elif rank < MARKUP and marked:
            rank = marked.get(_sort(lines[heading.line].key), max(marked.values()) + 1)
        out.append(heading if rank == heading.rank else replace(heading, rank=rank))
    return out


def _divides(found: Sequence[Heading], n: int) -> bool:
    """Whether a heading without a number stands inside the division before it: right behind the division's own, or
    where the next division is the one that is due. Otherwise it may have lost the number of a division."""
    at = next((i for i in range(n - 1, -1, -1) if found[i].number), None)
    if at is None or found[at].kind != "division":
        return False
    before = found[at]
    if before.line + before.lines == found[at + 1].line:
        return True
    after = next((h for h in found[n:] if h.number and h.rank <= before.rank), None)
    return after is not None and after.rank == before.rank and after.number == _due(before)


def _due(division: Heading) -> tuple[int, ...] | None:
    return (division.number[0] + 1,) if division.number else None


def _sort(key: str) -> str:
    """What makes headings sisters: the division word or the style of the number."""
    division = division_label(key)
    if division:
        return str(division.rank)
    return next((label.style for label in labels(key)), "")
