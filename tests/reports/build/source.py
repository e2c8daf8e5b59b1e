"""Reads a source. The markup is described in tests/reports/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reports.build.model import (
    Block,
    Box,
    Cell,
    Figure,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    Part,
    Quote,
    Report,
    Rich,
    Table,
    notes_of,
)

_NOTE = re.compile(r"\^\[([^\]]*)\]")
_ITEM = re.compile(r"( *)(?:-|\+ (\S+) \|) (.*)")
_OPENING = re.compile(r"\[(box|table|figure|part) ?([^|\]]*)(?:\| ?(.*))?\]$")


@dataclass(slots=True)
class _Numbering:
    restart: bool
    number: int = 0
    order: int = 0

    def chapter(self) -> None:
        self.number = 0 if self.restart else self.number

    def rich(self, source: str) -> Rich:
        """``text^[what the note says]`` → the text and its note, numbered on."""
        text, notes = "", []
        done = 0
        for match in _NOTE.finditer(source):
            text += source[done : match.start()]
            self.number, self.order = self.number + 1, self.order + 1
            notes.append((len(text), Note(str(self.number), self.order, match[1])))
            done = match.end()
        return Rich(text + source[done:], tuple(notes))


def read(path: Path) -> Report:
    """Raises ``ValueError`` where an opened block is not closed."""
    head, _, body = path.read_text("utf-8").partition("\n\n")
    options = dict(line.split(": ", 1) for line in head.splitlines())
    numbering = _Numbering(options.get("notes") == "chapter")
    blocks = tuple(_blocks(body.splitlines(), numbering))
    return Report(path.stem, options, blocks, notes_of(blocks))


def _blocks(lines: list[str], numbering: _Numbering) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if match := _OPENING.fullmatch(lines[at]):
            inner = []
            if match[1] != "figure":
                end = lines.index(f"[/{match[1]}]", at)
                inner, at = lines[at + 1 : end], end
            yield _opened(match[1], match[2].strip(), match[3] or "", inner, numbering)
        elif lines[at].strip():
            start = at
            while at + 1 < len(lines) and lines[at + 1].strip() and not lines[at + 1].startswith("["):
                at += 1
            yield from _chunk(lines[start : at + 1], numbering)
        at += 1


def _chunk(lines: list[str], numbering: _Numbering) -> Iterator[Block]:
    first = lines[0]
    if first.startswith("#"):
        marks, _, rest = first.partition(" ")
        label, bar, title = rest.partition("|")
        numbering.chapter() if marks == "#" else None
        yield Heading(len(marks), label.strip() if bar else "", numbering.rich((title if bar else label).strip()))
    elif first.startswith("> "):
        yield Quote(numbering.rich(first[2:]))
    elif _ITEM.fullmatch(first):
        found = (match for line in lines if (match := _ITEM.fullmatch(line)))
        yield Items(tuple(Item(len(m[1]) // 2 + 1, m[2] or "", numbering.rich(m[3])) for m in found))
    else:
        yield from (Paragraph(numbering.rich(line)) for line in lines)


def _opened(kind: str, label: str, title: str, inner: list[str], numbering: _Numbering) -> Block:
    if kind == "part":
        return Part(label, tuple(line for line in inner if line.strip()))
    caption = numbering.rich(title)
    if kind == "figure":
        return Figure(label, caption)
    if kind == "table":
        return _table(label, caption, [line for line in inner if line.strip()])
    blocks = tuple(b for b in _blocks(inner, numbering) if isinstance(b, Paragraph | Items | Quote))
    return Box(label, caption, blocks)


def _table(label: str, caption: Rich, lines: list[str]) -> Table:
    """``! `` begins a header row, ``~ `` a group row, ``* `` a note; ``<`` and ``^`` merge with left and upper."""
    rows: list[tuple[Cell, ...]] = []
    groups, notes, header = set(), [], 0
    for line in lines:
        if line.startswith("* "):
            notes.append(line)
        elif line.startswith("~ "):
            groups.add(len(rows))
            rows.append((Cell(line[2:]),))
        else:
            header += line.startswith("! ")
            rows.append(_row(line.removeprefix("! "), rows))
    width = max(map(len, rows))
    rows = [row + (Cell(row[0].text, left=True),) * (width - 1) if i in groups else row for i, row in enumerate(rows)]
    return Table(label, caption, tuple(rows), header, frozenset(groups), tuple(notes))


def _row(line: str, above: list[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    row: list[Cell] = []
    for column, text in enumerate(cell.strip() for cell in line.split("|")):
        if text == "<":
            row.append(Cell(row[-1].text, left=True))
        elif text == "^":
            row.append(Cell(above[-1][column].text, up=True))
        else:
            row.append(Cell(text))
    return tuple(row)
