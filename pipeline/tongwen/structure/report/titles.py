"""Headings of a report: numbered, with a division word, and bare, wrapped or with a bullet glyph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tongwen.structure.labels import Label, division_label, labels
from tongwen.structure.outline import MARKUP
from tongwen.structure.report.printed import Column, Printed

LONGEST = 90
"""Columns: no heading is longer, over all its lines."""

BARE = 90
BULLETED = 95
DECIMAL = 60
ENUMERATED = {"formal-dun": 66, "cn-dun": 70, "cn-dot": 70, "cn-paren": 72, "ar-dot": 74, "ar-dun": 74, "ar-paren": 76}
"""Ranks of headings that mark-up does not announce, outermost first; division words have theirs in divisions.tsv."""

_DECIMAL = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,4})(?:\.?\s+|(?=[\u3400-\u9fff]))(?=\S)")
_CHAPTER = re.compile(r"\d{1,2}")
_RUNNING = re.compile(r"[,。;!?]|^\W*$|  |@|https?:|\.{4}|……")
_UNIT = re.compile(r"[%克倍米吨元万亿千年月日岁人个例]")


@dataclass(frozen=True, slots=True)
class Title:
    """``lines``: how many lines it takes; ``mark``: length of the printed number in the first line's key;
    ``decimal``: the number is a path (2.3.1); ``number`` is None for a bare heading."""

    lines: int
    rank: int
    kind: str
    number: tuple[int, ...] | None
    mark: int
    decimal: bool = False


def titles(column: Column, name: str, marked: bool) -> dict[int, Title]:
    """Headings by their place in ``column``. ``name``: the document's title, which is none of them; ``marked``: mark-up
    or the printer's type tells headings, so that bare ones need not be guessed."""
    found = {i: t for i in range(len(column.lines)) if (t := _plain(column, i, name))}
    found |= _enumerated(column, found)
    return dict(sorted((found if marked else found | bare(column, found)).items()))


def _plain(column: Column, i: int, name: str) -> Title | None:
    """What its own line shows to be a heading."""
    printed = column.lines[i]
    if printed.line.kind == "heading":
        return _marked(printed, name)
    if printed.line.kind != "line" or printed.line.drawn:
        return None
    return _decimal(column, i) or _division(column, i) or _chapter(column, i)


def _marked(printed: Printed, name: str) -> Title | None:
    body, rank = printed.body, MARKUP + printed.line.level
    if "".join(printed.line.text.split()) == "".join(name.split()):
        return None
    if division := division_label(body):
        return Title(1, rank, division.kind, division.number, _after(body, division.length))
    if decimal := re.match(r"(?P<n>\d{1,2}(?:\.\d{1,2})*)\.?(?:\s+|(?=[\u3400-\u9fff]))", body):
        return Title(1, rank, "section", _path(decimal["n"]), decimal.end(), True)
    item = next(iter(labels(body)), None)
    number = (item.value,) if item else None
    return Title(1, rank, "section", number, _after(body, item.length) if item else 0)


def _path(printed: str) -> tuple[int, ...]:
    return tuple(int(n) for n in printed.split("."))


def _after(body: str, length: int) -> int:
    rest = body[length:]
    return length + len(rest) - len(rest.lstrip(" :.、-"))


def _decimal(column: Column, i: int) -> Title | None:
    body = column.lines[i].body
    match = _DECIMAL.match(body)
    if not match or _UNIT.match(body, match.end()):
        return None
    lines = _extent(column, i, match.end())
    number = _path(match["n"])
    return Title(lines, DECIMAL + len(number), "section", number, match.end(), True) if lines else None


def _division(column: Column, i: int) -> Title | None:
    body = column.lines[i].body
    label = division_label(body)
    if label is None or not _alone(column, i) or (label.kind == "annex" and _mention(body, label.length)):
        return None
    rest = body[label.length :]
    if rest.strip() and not rest[0].isspace() and rest[0] not in ":." and len(rest) > 20:
        return None
    lines = _extent(column, i, label.length)
    if lines == 1 and not rest.strip() and label.number and _titled_below(column, i):
        lines = 2
    return Title(lines, label.rank, label.kind, label.number, _after(body, label.length)) if lines else None


def _mention(body: str, length: int) -> bool:
    """附录1提供了…: a sentence about it."""
    rest = body[length:]
    return bool(rest) and not rest[0].isspace() and rest[0] not in ":."


def _chapter(column: Column, i: int) -> Title | None:
    """A number on a line of its own, and its title on the next."""
    printed = column.lines[i]
    if not _CHAPTER.fullmatch(printed.body) or not _alone(column, i) or not _titled_below(column, i):
        return None
    return Title(2, DECIMAL + 1, "section", (int(printed.body),), len(printed.body), True)


def _titled_below(column: Column, i: int) -> bool:
    if i + 1 >= len(column.lines):
        return False
    below = column.lines[i + 1]
    alone = (
        i + 2 >= len(column.lines)
        or column.lines[i + 2].parted
        or column.lines[i + 2].page
        or column.lines[i + 2].closed
    )
    return alone and not below.opens_item and _may_head(below.body) and not _DECIMAL.match(below.body)


def _alone(column: Column, i: int) -> bool:
    """Whether nothing before the line goes on in it."""
    if i == 0 or column.lines[i].line.blank_before or column.lines[i].page:
        return True
    left = column.lines[i - 1]
    return left.closed or not column.full(i - 1)


def _may_head(body: str) -> bool:
    short = bool(body) and not _RUNNING.search(body) and not body.endswith((":", "、", "(", "“"))
    return short and any(c.isalpha() for c in body)


def _extent(column: Column, i: int, mark: int) -> int:
    """Lines of a heading that begins at line ``i``, whose number takes ``mark``; 0 where it is running text."""
    body = column.lines[i].body
    if not _alone(column, i) or (mark < len(body) and not _may_head(_eased(body[mark:].strip()))):
        return 0
    if not _wraps(column, i):
        return 1
    return 2 if _may_head(_eased(column.lines[i + 1].body)) else 0


def _eased(body: str) -> str:
    """A numbered heading may hold commas."""
    return body.replace(",", "、").replace("、", "·")


def _wraps(column: Column, i: int) -> bool:
    """Whether the heading's line goes on in the next: directly below, shorter, and the text after it is another."""
    if i + 1 >= len(column.lines):
        return False
    left, right = column.lines[i], column.lines[i + 1]
    if right.line.kind != "line" or right.line.blank_before or right.page or right.opens_item or left.closed:
        return False
    after = column.lines[i + 2] if i + 2 < len(column.lines) else None
    short = right.width < left.width and right.width + left.width <= LONGEST and left.width >= 20
    if not short or right.closed or _DECIMAL.match(right.body) or division_label(right.body):
        return False
    return after is None or after.line.blank_before or after.page or after.width > left.width


def _enumerated(column: Column, known: dict[int, Title]) -> dict[int, Title]:
    """一、, （一）, 1. where the numbers count up over short lines with text between: a list has its items in a row."""
    out: dict[int, Title] = {}
    for style, rank in ENUMERATED.items():
        series = [(i, label) for i in range(len(column.lines)) if (label := _labelled(column, i, style))]
        heads = [(i, label) for i, label in series if i not in known and _heads(column, i, style)]
        if len(heads) >= 2 and 2 * len(heads) > len(series):
            for i, label in heads:
                mark = _after(column.lines[i].body, label.length)
                out[i] = Title(_extent(column, i, mark), rank, "section", (label.value,), mark)
    return out


def _labelled(column: Column, i: int, style: str) -> Label | None:
    printed = column.lines[i]
    if printed.line.kind not in ("line", "paragraph") or printed.line.drawn:
        return None
    return next((label for label in labels(printed.body) if label.style == style), None)


def _heads(column: Column, i: int, style: str) -> bool:
    """Whether a numbered line is short, ends without a mark, and has a text below that is no item of its own row."""
    label = _labelled(column, i, style)
    if label is None or column.lines[i].closed:
        return False
    lines = _extent(column, i, _after(column.lines[i].body, label.length))
    below = i + lines
    return bool(lines) and below < len(column.lines) and not _labelled(column, below, style)


def bare(column: Column, known: dict[int, Title]) -> dict[int, Title]:
    """Short lines without a full stop above a text, read from the last: what follows must be text or a heading."""
    out: dict[int, Title] = {}
    taken = {i + n for i, title in known.items() for n in range(title.lines)}
    for i in range(len(column.lines) - 1, -1, -1):
        if i in taken:
            continue
        lines = _bare_extent(column, i, taken)
        if lines and _text_below(column, i + lines, {**known, **out}):
            bullet = column.lines[i].bullet
            out[i] = Title(lines, BULLETED if bullet else BARE, "section", None, bullet)
            taken |= set(range(i, i + lines))
            if i + 1 in out and lines == 2:
                del out[i + 1]
    return out


def _bare_extent(column: Column, i: int, taken: set[int]) -> int:
    printed = column.lines[i]
    if printed.line.kind != "line" or printed.line.drawn or printed.closed or labels(printed.body):
        return 0
    if not _below_space(column, i) or not _may_head(printed.body[printed.bullet :]):
        return 0
    if printed.bullet:
        return int(_bulleted(column, i))
    if _wraps(column, i) and (i + 1 not in taken or not column.lines[i + 1].line.blank_before):
        return 2 if _may_head(column.lines[i + 1].body) else 0
    return int(not _goes_on(column, i))


def _below_space(column: Column, i: int) -> bool:
    """Whether something ends above the line."""
    left = column.lines[i - 1] if i else None
    ended = left is None or left.closed or column.lines[i].line.blank_before or column.lines[i].page
    return ended and not (i and column.joins(i))


def _goes_on(column: Column, i: int) -> bool:
    return i + 1 < len(column.lines) and column.joins(i + 1)


BULLET_TITLE = 24
"""Columns: a heading with a bullet glyph is a name."""


def _bulleted(column: Column, i: int) -> bool:
    """• 澳大利亚, and a paragraph that fills the line below it."""
    if i + 1 >= len(column.lines) or column.lines[i].width > BULLET_TITLE:
        return False
    below = column.lines[i + 1]
    return not below.opens_item and not below.line.blank_before and not below.page and column.full(i + 1)


def _text_below(column: Column, i: int, heads: dict[int, Title]) -> bool:
    """Whether text begins at line ``i``, on the same page: a heading does not stand at a page's foot."""
    if i >= len(column.lines) or column.lines[i].page:
        return False
    if i in heads:
        return True
    below = column.lines[i]
    if below.opens_item or below.closed or below.line.kind != "line" or column.full(i) or _goes_on(column, i):
        return True
    return i + 1 < len(column.lines) and column.lines[i + 1].opens_item


def bare_line(printed: Printed) -> bool:
    """Whether a line taken alone could be a bare heading."""
    return printed.line.kind == "line" and not printed.closed and not printed.opens_item and _may_head(printed.body)
