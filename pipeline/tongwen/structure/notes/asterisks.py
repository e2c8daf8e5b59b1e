"""Notes marked by a sign: * † ‡. Such a note stands below its marker, and near it.

A sign in a line without any mark of a sentence stands in a table or a caption, and its note is the table's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongwen.structure.lines import Line
from tongwen.structure.notes.bodies import body, extents
from tongwen.structure.notes.kinds import Marker, NoteBody
from tongwen.structure.notes.labels import Label
from tongwen.structure.notes.stream import Stream

NEAR = 60
"""Lines that a marker stands above its note at most: a page."""

TOP = 6
"""Lines at the head of a text, in which its title or its author may bear a sign."""

_SIGNS = "*†‡"
_MARKER = re.compile(r"(?<=[^\s*†‡])([*†‡]{1,3})(?=[\s。,、;:!?.)\"'》】0-9\u3400-\u9fff])")
_PROSE = re.compile(r"[。;!?]|,(?![0-9])|[a-z]\.(?: |$)")
_NOTE = re.compile(r"([*†‡]{1,3}) {0,4}(?=[^\s*†‡])")


def signed(page: Stream, first: int) -> tuple[list[Marker], list[NoteBody]]:
    """Markers and notes; the notes are counted from ``first``."""
    if not any(sign in page.key for sign in _SIGNS):
        return [], []
    signs = [m for m in _MARKER.finditer(page.key) if _in_prose(page, m.start()) or page.line(m.start()) < TOP]
    markers: list[Marker] = []
    notes: list[NoteBody] = []
    for label, sign, above in _pairs(page, signs):
        held = extents(page.lines, [label], set())[0]
        found = body(page.lines, label, held, 0)
        markers += [Marker(page.span(*m.span(1)), sign, 0, first + len(notes)) for m in above]
        notes.append(replace(found, number=sign))
    return markers, notes


def _in_prose(page: Stream, at: int) -> bool:
    return bool(_PROSE.search(page.lines[page.line(at)].key))


def _pairs(page: Stream, signs: Sequence[re.Match[str]]) -> Iterator[tuple[Label, str, list[re.Match[str]]]]:
    """Each note with the markers above it that no note before it has taken."""
    at = [page.line(m.start()) for m in signs]
    since: dict[str, int] = {}
    for i, note in _notes(page.lines):
        sign, start = note[1], max(since.get(note[1], 0), i - NEAR)
        above = [m for m in signs[bisect_left(at, start) : bisect_left(at, i)] if m[1] == sign]
        if above:
            since[sign] = i
            yield Label(i, "sign", 0, 0, len(sign), note.end()), sign, above


def _notes(lines: Sequence[Line]) -> Iterator[tuple[int, re.Match[str]]]:
    for i in range(len(lines)):
        note = _note(lines, i)
        if note:
            yield i, note


def _note(lines: Sequence[Line], i: int) -> re.Match[str] | None:
    """A line that begins with a sign, not one of a list whose items all do."""
    note = _NOTE.match(lines[i].key) if lines[i].key[0] in _SIGNS else None
    if note is None or (note[1] == "*" and lines[i].key.count("*") > 1):
        return None
    beside = [lines[j].key for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return None if any(_same(key, note[1]) for key in beside) else note


def _same(key: str, sign: str) -> bool:
    other = _NOTE.match(key)
    return other is not None and other[1] == sign
