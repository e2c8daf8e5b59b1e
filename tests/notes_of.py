"""Notes of a text given in a test, and the notation in which a case marks what must be found.

In a case ``{12}`` is a marker of note 12 (also ``{*}``, ``{①}``); the braces are taken out before the text is read.
Behind a line ``=>`` stand the notes: ``12 text``, lines of one note joined by `` / ``; ``-`` where there are none.
``? code`` is a problem that must be told. ``2:12`` is note 12 of the third series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from structure_of import document
from tongwen.model import Mark
from tongwen.normalise import convert, normalise
from tongwen.structure.lines import read_lines
from tongwen.structure.notes import NoteBody, Notes, find

_MARKED = re.compile(r"\{(?:([0-9]+):)?([^{}\n]+)\}")


def read(text: str, marks: tuple[Mark, ...] = ()) -> Notes:
    """The notes of a text whose lines are its blocks."""
    return find(read_lines(document(text), normalise(text)), marks)


@dataclass(frozen=True)
class Case:
    """A text and what must be found in it: markers as (offset, printed sign, series)."""

    name: str
    text: str
    markers: list[tuple[int, str, int]]
    bodies: list[str]
    problems: set[str]

    @property
    def simplified(self) -> bool:
        return convert(self.text, "hans") == self.text


def cases(file: Path) -> list[Case]:
    """The cases of a file: each begins with a line ``== name``."""
    parts = re.split(r"^== (.*)\n", file.read_text(encoding="utf-8"), flags=re.M)[1:]
    return [_case(name, body) for name, body in zip(parts[::2], parts[1::2], strict=True)]


def _case(name: str, body: str) -> Case:
    marked, told = body.split("\n=>\n")
    text, markers = stripped(marked)
    rows = [row for row in told.splitlines() if row != "-"]
    problems = {row[2:] for row in rows if row.startswith("? ")}
    return Case(name, text, markers, [row for row in rows if not row.startswith("? ")], problems)


def stripped(marked: str) -> tuple[str, list[tuple[int, str, int]]]:
    """The text without the braces, and where each marker stands."""
    out, found, at = "", [], 0
    for match in _MARKED.finditer(marked):
        out += marked[at : match.start()]
        found.append((len(out), match[2], int(match[1] or 0)))
        out += match[2]
        at = match.end()
    return out + marked[at:], found


def places(notes: Notes, text: str) -> list[tuple[int, str, int]]:
    """Where the markers stand: offset, printed sign, series."""
    return [(marker.span.start, marker.span.of(text), marker.series) for marker in notes.markers]


def bodies(notes: Notes, text: str) -> list[str]:
    """One line a note, as cases write it."""
    return [f"{_named(b)} {' / '.join(piece.of(text) for piece in b.pieces)}" for b in notes.bodies]


def _named(note: NoteBody) -> str:
    return f"{note.series}:{note.number}" if note.series else note.number
