"""What a report says, as the measure compares it: records of each kind in reading order, as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reports.build.model import Block, Box, Figure, Heading, Items, Paragraph, Part, Quote, Report, Table, texts

CONTEXT = 8
KINDS = ("headings", "paragraphs", "quotations", "items", "notes", "boxes", "tables", "figures", "parts")

Json = Any


def truth(report: Report) -> dict[str, Json]:
    rows: dict[str, list[Json]] = {kind: [] for kind in KINDS}
    for block in report.blocks:
        for kind, row in (*_records(block), *_markers(block)):
            rows[kind].append(row)
    return {"title": report.title, "language": report.options["language"], **rows}


def _records(block: Block) -> Iterator[tuple[str, Json]]:
    match block:
        case Heading(level, label, title):
            yield "headings", {"number": label or None, "title": title.text, "level": level}
        case Paragraph(text):
            yield "paragraphs", text.text
        case Quote(text):
            yield "quotations", text.text
        case Items(items):
            yield from (("items", {"label": i.label, "text": i.text.text, "level": i.level}) for i in items)
        case Figure(label, caption):
            yield "figures", {"number": label, "caption": caption.text}
        case Part(kind, lines):
            yield "parts", {"part": kind, "lines": list(map(_entry, lines))}
        case Box(label, title, _):
            yield "boxes", {"number": label, "title": title.text, "text": _inside(block)}
        case Table():
            yield "tables", _table(block)


def _entry(line: str) -> str:
    """A line of the contents without its leader and page number."""
    return re.sub(r"\s*\.{3,}.*$", "", line)


def _inside(box: Box) -> str:
    """The text of a box without its title, the labels of its items among it."""
    lines = []
    for block in box.blocks:
        if isinstance(block, Items):
            lines += [item.label + item.text.text for item in block.items]
        else:
            lines.append(block.text.text)
    return "\n".join(lines)


def _table(table: Table) -> Json:
    """``merged`` are cells that repeat another's text, as ``[row, column]`` counted with the header's rows."""
    cells = [[cell.text for cell in row] for row in table.rows]
    return {
        "number": table.label,
        "caption": table.caption.text,
        "header": cells[: table.header],
        "rows": cells[table.header :],
        "merged": [[r, c] for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell.left or cell.up],
        "groups": len(table.groups),
        "notes": list(table.notes),
    }


def _markers(block: Block) -> Iterator[tuple[str, Json]]:
    """``before``: what is printed before the marker, other markers too, white space removed."""
    for text in texts(block):
        before = ""
        for piece, note in text.pieces():
            before += piece
            if note:
                context = "".join(before.split())[-CONTEXT:]
                yield "notes", {"number": note.number, "before": context, "text": note.text}
                before += note.number
