"""Notes of a text given in a test, and the notation in which a case marks what must be found.

In a case ``{12}`` is a marker of note 12 (also ``{*}``, ``{①}``); the braces are taken out before the text is read.
Behind a line ``=>`` stand the notes: ``12 text``, lines of one note joined by `` / ``; ``-`` where there are none.
``? code`` is a problem that must be told. ``2:12`` is note 12 of the third series.
"""

from __future__ import annotations

import re

from structure_of import document
from tongwen.model import Mark
from tongwen.normalise import normalise
from tongwen.structure.lines import read_lines
from tongwen.structure.notes import Marker, NoteBody, Notes, find

_MARKED = re.compile(r"\{([^{}\n]+)\}")


def read(text: str, marks: tuple[Mark, ...] = ()) -> Notes:
    """The notes of a text whose lines are its blocks."""
    folded = normalise(text)
    return find(read_lines(document(text), folded), folded.key, marks)


def stripped(marked: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without the braces, and where each marker stands: offset and printed sign."""
    out, found, at = "", [], 0
    for match in _MARKED.finditer(marked):
        out += marked[at : match.start()]
        found.append((len(out), match[1]))
        out += match[1]
        at = match.end()
    return out + marked[at:], found


def places(notes: Notes, text: str) -> list[tuple[int, str]]:
    """Where the markers stand: offset and printed sign."""
    return [(marker.span.start, marker.span.of(text)) for marker in notes.markers]


def bodies(notes: Notes, text: str) -> list[str]:
    """One line a note, as cases write it."""
    return [f"{_named(b)} {' / '.join(piece.of(text) for piece in b.pieces)}" for b in notes.bodies]


def _named(note: NoteBody | Marker) -> str:
    return f"{note.series}:{note.number}" if note.series else note.number
