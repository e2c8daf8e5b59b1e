"""The cases of tables in plain text: a text, ``=>``, and the tables that must be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tongwen.decode.plain import read_plain
from tongwen.model import Document, Span
from tongwen.normalise import normalise
from tongwen.structure.flat import FlatCell, FlatTable, drawn, flat
from tongwen.structure.lines import Line, joined, read_lines

CASES = Path(__file__).parent / "cases" / "flat"


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    expected: tuple[str, ...]


def cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for chunk in path.read_text(encoding="utf-8").split("\n--------\n"):
            head, _, body = chunk.partition("\n")
            text, _, expected = body.partition("\n=>\n")
            lines = tuple(line for line in expected.splitlines() if line.strip())
            found.append(Case(f"{path.stem}: {head.lstrip('# ')}", text, lines))
    return found


def lines_of(text: str) -> tuple[list[Line], str]:
    document = Document("doc", "doc.txt", "0", "text", "", "und", text, read_plain(text).blocks)
    read = normalise(text)
    return read_lines(document, read), read.key


def tables(text: str) -> list[FlatTable]:
    """The drawn tables and the others, in order, as a reader of reports finds them."""
    lines, key = lines_of(text)
    framed = drawn(lines, key)
    taken = {i for table in framed for i in table.lines}
    return sorted([*framed, *flat(lines, key, taken)], key=lambda table: table.lines)


def printed(text: str, found: Sequence[FlatTable]) -> list[str]:
    """What a case expects, of tables that were found."""
    return [line for table in found for line in _printed(text, table)] or ["nothing"]


def _printed(text: str, table: FlatTable) -> list[str]:
    lines, _key = lines_of(text)

    def read(numbers: Sequence[int]) -> str:
        return joined(text, [lines[i].span for i in numbers])

    def row(cells: Sequence[FlatCell]) -> str:
        return " | ".join("~" if cell.repeat else joined(text, cell.pieces) for cell in cells)

    kind = "drawn" if table.origin == "drawn" else "table"
    out = [f"{kind} {table.number or '-'}"]
    out += [f"caption {read(table.caption)}"] if len(table.caption) > 1 else []
    out += [f"= {row(table.header)}"] if table.header else []
    out += [f"- {row(cells)}" for cells in table.rows]
    out += [f"> {group.row} {group.first} {group.last}" for group in table.groups]
    out += [f"* {read(note)}" for note in table.notes]
    out += [f"~ {joined(text, [Span(*pair) for pair in _pairs(table)])}"] if table.beside else []
    return out + [f"! {code}" for code in sorted({problem.code for problem in table.problems})]


def _pairs(table: FlatTable) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in table.beside]
