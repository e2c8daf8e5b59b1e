"""What a report says, as the measure compares it: records of each kind in reading order, as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reports.build.model import Block, Box, Figure, Heading, Items, Paragraph, Part, Quote, Report, Table, texts

CONTEXT = 8

Json = Any


def truth(report: Report) -> dict[str, Json]:
    rows: dict[str, list[Json]] = {
        kind: []
        for kind in ("headings", "paragraphs", "quotations", "items", "notes", "boxes", "tables", "figures", "parts")
    }
    for block in report.blocks:
        kind, found = _records(block)
        rows[kind] += found
        rows["notes"] += _markers(block)
    return {"title": report.title, "language": report.options["language"], **rows}


def _records(block: Block) -> tuple[str, list[Json]]:
    match block:
        case Heading(level, label, title):
            return "headings", [{"number": label or None, "title": title.text, "level": level}]
        case Paragraph(text):
            return "paragraphs", [text.text]
        case Quote(text):
            return "quotations", [text.text]
        case Items(items):
            return "items", [{"label": i.label, "text": i.text.text, "level": i.level} for i in items]
        case Figure(label, caption):
            return "figures", [{"number": label, "caption": caption.text}]
        case Part(kind, lines):
            return "parts", [{"part": kind, "lines": [_entry(line) for line in lines]}]
        case Box(label, title, _):
            return "boxes", [{"number": label, "title": title.text, "text": _inside(block)}]
        case Table():
            return "tables", [_table(block)]


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
    """Rows have a group's text in their first cell alone; ``merged`` are cells that repeat another's text."""
    cells = [[cell.text for cell in row] for row in table.rows]
    merged = [[r, c] for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell.left or cell.up]
    return {
        "number": table.label,
        "caption": table.caption.text,
        "header": cells[: table.header],
        "rows": cells[table.header :],
        "merged": merged,
        "groups": len(table.groups),
        "notes": list(table.notes),
    }


def _markers(block: Block) -> Iterator[Json]:
    for text in texts(block):
        before = block.label if isinstance(block, Heading | Box | Figure | Table) and text is _named(block) else ""
        for piece, note in text.pieces():
            before += piece
            if note:
                context = "".join(before.split())[-CONTEXT:]
                yield {"number": note.number, "before": context, "text": note.text}
                before += note.number


def _named(block: Heading | Box | Figure | Table) -> object:
    return block.caption if isinstance(block, Figure | Table) else block.title
