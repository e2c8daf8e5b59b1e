"""What is found: markers, notes, and what could not be decided."""

from __future__ import annotations

from dataclasses import dataclass

from tongwen.model import Problem, Span


@dataclass(frozen=True, slots=True)
class Marker:
    """A note marker. ``span``: the printed digits or sign alone, without brackets; ``number``: "36", "*" ("1" for ①).

    ``series``: 0 where the document's notes count once, else which count from the top, by chapter or by page.
    ``body``: index into ``Notes.bodies``, None where the document has no such note.
    """

    span: Span
    number: str
    series: int
    body: int | None


@dataclass(frozen=True, slots=True)
class NoteBody:
    """A note's text. ``label``: its printed number; ``lines``: indices of its lines; ``pieces``: the text behind the
    number, one span a line, in order."""

    number: str
    series: int
    label: Span
    lines: tuple[int, ...]
    pieces: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """``markers`` and ``bodies`` in printed order.

    ``taken``: indices of the lines that belong to notes; ``titles``: of those that head a section of notes.
    """

    markers: tuple[Marker, ...] = ()
    bodies: tuple[NoteBody, ...] = ()
    taken: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()
    titles: frozenset[int] = frozenset()
