"""Text as a tool dumps it from a PDF, with the faults of such dumps, drawn with a fixed seed.

``flat`` has hard wraps, page starts, glued note markers, running heads and blank lines inside sentences; ``faulty``
besides has headings at the end of their page, columns that are swapped, and boxes and tables that interrupt a sentence.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.build.dump_pieces import Piece, Setting
from reports.build.model import Report
from reports.build.wrapping import GLUE, wrap

Column = list[Piece]


@dataclass(slots=True)
class _Page:
    columns: list[Column] = field(default_factory=lambda: [[]])
    floats: Column = field(default_factory=list)


def dump(report: Report, faulty: bool) -> str:
    chance = random.Random(report.seed + faulty)
    two = report.options["columns"] == "2"
    setting = Setting(report, chance, room=50 if two else 76, full=108 if two else 76)
    pages = _pages(list(setting.pieces()), columns=1 + two, height=28 if two else 36, lifted=faulty and two)
    return "".join(_printed(page, number, report, chance, faulty) for number, page in enumerate(pages, start=1))


def _pages(pieces: Column, columns: int, height: int, lifted: bool) -> Iterator[_Page]:
    """Columns filled with pieces; a paragraph goes on in the next column or on the next page.

    ``lifted``: what floats stands at the end of its page.
    """
    page, room = _Page(), height
    waiting = pieces[::-1]
    while waiting:
        piece = waiting.pop()
        if piece.floats and lifted:
            page.floats.append(piece)
            continue
        here, rest = _fitted(piece, room, room == height)
        if here:
            page.columns[-1].append(here)
            room -= len(here.lines) + 1 + len(here.notes)
        if rest:
            waiting.append(rest)
            room = height
            if len(page.columns) < columns:
                page.columns.append([])
            else:
                yield page
                page = _Page()
    yield page


def _fitted(piece: Piece, room: int, empty: bool) -> tuple[Piece | None, Piece | None]:
    """What of a piece goes into a column with so many lines left, and what does not."""
    need = len(piece.lines) + 1 + len(piece.notes)
    if piece.heading and room < 6 and not empty:
        return None, piece
    if need <= room or (len(piece.lines) == 1 and room > 1):
        return piece, None
    stays_whole = piece.floats or piece.heading or len(piece.lines) < 4 or room < 4
    if stays_whole and not empty:
        return None, piece
    return piece.cut(max(2, min(room - 1, len(piece.lines) - 2)))


def _printed(page: _Page, number: int, report: Report, chance: random.Random, faulty: bool) -> str:
    columns, late = _shuffled(page.columns, chance) if faulty and number > 1 else (page.columns, [])
    double = chance.random() < 0.12
    lines = [line for column in columns for line in _column(column, double, chance)]
    for piece in [*page.floats, *late]:
        lines += ["", *piece.lines]
    if report.options["notes"] == "page":
        notes = [note for column in (*page.columns, page.floats) for piece in column for note in piece.notes]
        lines += ["", *(line for note in notes for line in wrap(f"{note.number} {note.text}", 80))]
    if report.options.get("running", "yes") == "yes" and number > 1:
        lines += ["", f"{number}  {report.title}" if number % 2 == 0 else f"{report.title}  {number}"]
    start = "" if number == 1 else "\f" if report.seed % 2 else " "
    return start + "\n".join(lines).strip("\n").replace(GLUE, "") + "\n"


def _shuffled(columns: list[Column], chance: random.Random) -> tuple[list[Column], Column]:
    """Swaps the columns of some pages, and takes a numbered heading of some out, to be printed at the page's end.

    Columns are swapped where a sentence goes on in the second: nothing else would show it.
    """
    if len(columns) == 2 and columns[0][-1].broken and chance.random() < 0.5:
        columns = columns[::-1]
    headings = [piece for column in columns for piece in column if piece.heading and piece.lines[0][:1].isdigit()]
    late = [chance.choice(headings)] if headings and chance.random() < 0.4 else []
    return [[piece for piece in column if piece not in late] for column in columns], late


def _column(column: Column, double: bool, chance: random.Random) -> Iterator[str]:
    """``double``: a blank behind every line. Otherwise some paragraphs have one somewhere inside."""
    for at, piece in enumerate(column):
        if at == 0 or not piece.close:
            yield ""
        inner = list(piece.lines)
        if double and not piece.floats:
            inner = [part for line in inner for part in (line, "")][:-1]
        elif len(inner) > 3 and not piece.floats and chance.random() < 0.08:
            inner.insert(chance.randint(1, len(inner) - 1), "")
        yield from inner
