"""What a line is: a heading by its type, a caption by its words and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tongwen.decode.captions import caption
from tongwen.decode.pdf.shapes import Grid, Line, Piece

_LARGER = 1.07  # of the body's type
_MOST_LINES = 4  # of a heading
_LONGEST = 120  # characters of one line of it
_TIGHT = 0.45  # ems above the usual white: what stands farther apart is no wrapped heading
_CLOSED = re.compile(r"[。；，,;]$")
_LETTER = re.compile(r"[^\W_]")


class Body:
    """The usual type of a document: ``size``, whether it is ``bold``, and ``gap``, the white between its lines in
    ems."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        lines = [piece for piece in pieces if isinstance(piece, Line) and not piece.edge]
        sizes: Counter[float] = Counter()
        bold: Counter[bool] = Counter()
        for line in lines:
            sizes[round(2 * line.size) / 2] += len(line.text)
            bold[line.bold] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 10.0
        self.bold = bold[True] > bold[False]
        gaps = Counter(
            round(line.gap / line.size, 1)
            for line in lines
            if line.gap is not None and line.gap > -0.5 and abs(line.size - self.size) < 0.6
        )
        self.gap = gaps.most_common(1)[0][0] if gaps else 0.5

    def apart(self, above: Line, line: Line) -> bool:
        """Whether there is more white between two lines of a column than between lines of a paragraph."""
        return line.gap is not None and line.gap > (self.gap + 0.3) * min(above.size, line.size)


def mark_headings(pieces: Sequence[Piece], body: Body) -> None:
    lines = [piece for piece in pieces if isinstance(piece, Line) and not piece.edge]
    strong = [line for line in lines if _is_strong(line, body)]
    runs = _runs(lines, {id(line) for line in strong}, body)
    styles = sorted({_style(run[0]) for run in runs}, reverse=True)
    for run in runs:
        for number, line in enumerate(run):
            line.kind, line.level, line.joins = "heading", styles.index(_style(run[0])) + 1, number > 0


def _style(line: Line) -> tuple[float, bool]:
    return round(2 * line.size) / 2, line.bold


def _is_strong(line: Line, body: Body) -> bool:
    if line.kind != "line" or not _LETTER.search(line.text) or len(line.text) > _LONGEST:
        return False
    if line.size >= _LARGER * body.size:
        return True
    return line.bold and not body.bold and line.size >= 0.95 * body.size and not _CLOSED.search(line.text)


def _runs(lines: Sequence[Line], strong: set[int], body: Body) -> list[list[Line]]:
    """The strong lines, each with those that go on with it."""
    runs: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        if id(line) in strong:
            if before is not None and id(before) in strong and _goes_on(before, line, body):
                runs[-1].append(line)
            else:
                runs.append([line])
        before = line
    return [run for run in runs if len(run) <= _MOST_LINES]


def _goes_on(above: Line, line: Line, body: Body) -> bool:
    """Whether a heading wraps: the same type, no more white, and no room left on the line above."""
    if not _is_below(above, line, body):
        return False
    centred = abs(_middle(above) - _middle(line)) < line.size and abs(above.box.x0 - line.box.x0) > line.size
    return centred or not has_room(above, line, above.column.x1 - 0.5 * line.size)


def has_room(above: Line, line: Line, right: float) -> bool:
    """Whether what ``line`` begins with would fit behind ``above`` where lines reach to ``right``."""
    word = line.size * (1.5 if ord(line.text[0]) > 0x2E80 else 0.5 * len(line.text.split(" ", 1)[0]) + 0.5)
    return above.box.x1 + word < right


def _is_below(above: Line, line: Line, body: Body) -> bool:
    """Whether two lines of one style follow each other without more white than in a paragraph."""
    if _style(above) != _style(line) or above.frame is not line.frame or above.page != line.page:
        return False
    return -line.size < line.box.top - above.box.bottom <= (body.gap + _TIGHT) * line.size


def _middle(line: Line) -> float:
    return (line.box.x0 + line.box.x1) / 2


def mark_captions(pieces: Sequence[Piece], body: Body) -> None:
    """Lines that name a table or a figure, beside one or set apart from the text."""
    for number, line in enumerate(pieces):
        match = caption().match(line.text) if isinstance(line, Line) and not line.edge else None
        if not isinstance(line, Line) or not match or _CLOSED.search(line.text):
            continue
        near = any(isinstance(piece, Grid) for piece in pieces[max(number - 2, 0) : number + 3])
        if _is_apart(line, body) or (near and match["set_off"] is not None):
            line.kind, line.level, line.joins = "caption", 0, False
            for above, below in pairwise(pieces[number : number + 3]):
                if not (isinstance(above, Line) and isinstance(below, Line) and _is_below(above, below, body)):
                    break
                if not (_is_apart(below, body) and _is_apart(above, body)) and not _goes_on(above, below, body):
                    break
                below.kind, below.level, below.joins = "caption", 0, True


def _is_apart(line: Line, body: Body) -> bool:
    room = min(line.box.x0 - line.column.x0, line.column.x1 - line.box.x1)
    centred = room > 2 * line.size and abs(_middle(line) - (line.column.x0 + line.column.x1) / 2) < line.size
    return line.bold or line.italic or centred or abs(line.size - body.size) > 0.6
