"""What both dialects of HTML share: escaping, running text with note markers, the grid of a table with its spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from reports.build.model import Note, Rich, Table

Marker = Callable[[Note], str]


def running(text: Rich, marker: Marker) -> str:
    return "".join(escape(piece, quote=False) + (marker(note) if note else "") for piece, note in text.pieces())


def named(label: str, text: Rich, marker: Marker) -> str:
    """A number and a title as they are printed in one line."""
    return escape(label, quote=False) + (gap(label) if label else "") + running(text, marker)


def gap(label: str) -> str:
    """What stands between a printed number and its title: nothing where the number ends in a mark."""
    return "" if label[-1:] in "、）．" else " "


def spans(table: Table) -> Iterator[list[tuple[str, int, int]]]:
    """Each row's cells that are not merged into another: text, columns and rows that it takes."""
    for r, row in enumerate(table.rows):
        cells = []
        for c, cell in enumerate(row):
            if not (cell.left or cell.up):
                wide = 1 + _count(other.left for other in row[c + 1 :])
                high = 1 + _count(below[c].up for below in table.rows[r + 1 :])
                cells.append((cell.text, wide, high))
        yield cells


def _count(flags: Iterator[bool]) -> int:
    """How many are true before the first that is not."""
    total = 0
    for flag in flags:
        if not flag:
            break
        total += 1
    return total


def plain_rows(table: Table, before: str, after: str, closed: bool = True) -> str:
    """The header is bold text in ordinary cells; ``closed``: whether cells and rows have end tags."""
    end, done = ("</td>", "</tr>") if closed else ("", "")
    lines = []
    for r, row in enumerate(spans(table)):
        bold = ("<b>", "</b>") if r < table.header else ("", "")
        cells = (
            f"<td{f' colspan={wide}' if wide > 1 else ''}{f' rowspan={high}' if high > 1 else ''}>"
            f"{before}{bold[0]}{escape(text, quote=False)}{bold[1]}{after}{end}"
            for text, wide, high in row
        )
        lines.append("<tr>" + "".join(cells) + done)
    return "\n".join(lines)
