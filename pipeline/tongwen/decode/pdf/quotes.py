"""Block quotations: paragraphs that stand in from the left edge of the text around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import numeric

from tongwen.decode.pdf.kinds import Body, has_room
from tongwen.decode.pdf.shapes import Box, Line, Piece, around

_IN = 0.8  # ems
_SAME = 0.35  # ems: lines that begin so near each other have one edge
_DEEPEST = 10.0  # ems: what stands in farther is set at the right, or centred
_FIRST_LINE = 3.5  # ems by which the first line of a quotation may stand in from its others
_HANG = 5.0  # ems from the number of an item to its text, at most
_OFTEN = 0.2  # of the lines around begin at their left edge
_SMALLER = 0.94  # of the body's type
_WIDE = 0.5  # of the column: the one line of a quotation is longer
_MOST = 0.4  # of a document's lines: more are no quotations, but its way to set text
_BULLET = re.compile(r"[^\w\s“”‘’\"'「『（(《〈\[【…—]")
_NUMBER = re.compile(r"[(（\[]?(?P<n>\d{1,3}|[A-Za-z]|[ivxIVX]{2,5}|[^\W\x00-\x7f]{1,3})[)）\].、．]")
_CLOSED = re.compile(r"[.。!！?？:：;；…”’」』\"')）\]】]\s*(?:[\[［(（]?\d{1,3}[\]］)）]?|\*{1,3}|†|‡|§)?$")


class _Text(NamedTuple):
    """The lines of a column of a page, with the left edge of the text there."""

    lines: list[Line]
    left: float


def mark_quotes(pieces: Sequence[Piece], body: Body) -> None:
    """Run after headings, captions and notes are known."""
    texts = list(_texts(pieces, body))
    habit = _first_line_indent(texts)
    found = [run for text in texts for run in _quotes(text, body, habit)]
    if sum(map(len, found)) <= _MOST * sum(len(text.lines) for text in texts):
        for run in found:
            for number, line in enumerate(run):
                line.kind, line.joins = "quote", number > 0


def _texts(pieces: Sequence[Piece], body: Body) -> Iterator[_Text]:
    pages: dict[int, list[Box]] = defaultdict(list)
    for piece in pieces:
        if isinstance(piece, Line) and piece.kind == "line" and not piece.edge and piece.frame is None:
            pages[piece.page].append(piece.box)
    for flow in _flows(pieces):
        column = around(line.box for line in flow)
        beside = [box.x0 for box in pages[flow[0].page] if _covers(box, column.x0, column.x1)]
        yield _Text(flow, _left_edge(beside, body.size))


def _flows(pieces: Sequence[Piece]) -> Iterator[list[Line]]:
    """The lines of each column; tables, frames and pages part them."""
    flow: list[Line] = []
    for piece in pieces:
        inside = isinstance(piece, Line) and not piece.edge and piece.frame is None
        if flow and (not inside or piece.gap is None):
            yield flow
            flow = []
        if isinstance(piece, Line) and inside:
            flow.append(piece)
    if flow:
        yield flow


def _covers(line: Box, left: float, right: float) -> bool:
    """Whether a line stands mostly in a column."""
    return min(line.x1, right) - max(line.x0, left) > 0.5 * line.width


def _left_edge(lefts: Sequence[float], em: float) -> float:
    """The leftmost place at which lines often begin."""
    ordered, least = sorted(lefts), int(max(2, _OFTEN * len(lefts))) - 1
    near = (left for left, other in zip(ordered, ordered[least:], strict=False) if other - left <= _SAME * em)
    return next(near, min(lefts, default=0.0))


def _first_line_indent(texts: Sequence[_Text]) -> float:
    """How far first lines of paragraphs stand in, in ems; 0 where they do not."""
    found: Counter[float] = Counter()
    lines = 0
    for text in texts:
        lines += len(text.lines)
        insets = [_indent(line, text.left) for line in text.lines]
        found.update(round(2 * inset) / 2 for inset, below in pairwise(insets) if inset >= _IN and abs(below) <= _SAME)
    usual, count = found.most_common(1)[0] if found else (0.0, 0)
    return usual if count >= max(3, 0.03 * lines) else 0.0


def _indent(line: Line, left: float) -> float:
    return (line.box.x0 - left) / line.size


def _quotes(text: _Text, body: Body, habit: float) -> Iterator[list[Line]]:
    item: list[Line] = []
    for run in _paragraphs(text, body):
        if run[0].kind != "line" or not _belongs(run, item):
            item = run if run[0].kind == "line" and _is_item(run[0]) else []
            if run[0].kind == "line" and _is_quote(run, text, body, habit):
                yield run


def _paragraphs(text: _Text, body: Body) -> Iterator[list[Line]]:
    """Lines that go on in each other."""
    run: list[Line] = []
    for line in text.lines:
        if run and not _goes_on(run, line, body):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(run: Sequence[Line], line: Line, body: Body) -> bool:
    last = run[-1]
    if line.kind != last.kind or body.apart(last, line) or _set_otherwise(last, line) or _is_item(line):
        return False
    out, limit = last.box.x0 - line.box.x0, _SAME * line.size
    straight = -limit <= out <= (_FIRST_LINE * line.size if len(run) == 1 else limit)
    hangs = len(run) == 1 and -_HANG * line.size <= out < 0
    return (straight or hangs) and not has_room(last, line, max(row.box.x1 for row in (*run, line)))


def _is_item(line: Line) -> bool:
    number = _NUMBER.match(line.text)
    written = number is not None and all(c.isascii() or numeric(c, None) is not None for c in number["n"])
    return written or _BULLET.match(line.text) is not None


def _set_otherwise(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) > 0.1 * one.size or one.bold != other.bold


def _is_quote(run: Sequence[Line], text: _Text, body: Body, habit: float) -> bool:
    insets = [_indent(line, text.left) for line in run]
    if not all(_IN <= inset <= _DEEPEST for inset in insets) or _is_item(run[0]):
        return False
    if run[0].bold and not body.bold:
        return False
    marked = all(line.italic or line.size <= _SMALLER * body.size for line in run)
    rest = min(insets)
    right = min(line.column.x1 - line.box.x1 for line in run) / run[0].size
    if (len(run) > 1 and right > 1.5 * rest + 1) or (abs(rest - habit) <= _SAME and right < _IN and not marked):
        return False
    if len(run) == 1 and not (marked and _CLOSED.search(run[0].text) and _is_long(run[0])):
        return False
    return _is_set_off(run, text.lines, body, marked)


def _is_long(line: Line) -> bool:
    return line.box.width >= _WIDE * line.column.width


def _is_set_off(run: Sequence[Line], lines: Sequence[Line], body: Body, marked: bool) -> bool:
    """Whether nothing before it goes on in it, and it in nothing behind it."""
    first, last = lines.index(run[0]), lines.index(run[-1])
    above = lines[first - 1] if first else None
    below = lines[last + 1] if last + 1 < len(lines) else None
    if above is not None:
        if above.kind == "heading" and not marked:
            return False
        closed = _CLOSED.search(above.text) and has_room(above, run[0], above.column.x1)
        if above.kind == "line" and not (closed or body.apart(above, run[0])):
            return False
    return below is None or body.apart(run[-1], below) or bool(_CLOSED.search(run[-1].text))


def _belongs(run: Sequence[Line], item: Sequence[Line]) -> bool:
    """Whether a paragraph is more of the item above: it begins where the other lines of the item do."""
    if not item:
        return False
    edge, size = run[0].box.x0, run[0].size
    if len(item) > 1:
        return abs(item[1].box.x0 - edge) <= 2 * _SAME * size and edge - item[0].box.x0 > _SAME * size
    return _SAME * size < edge - item[0].box.x0 <= _HANG * size
