"""Lines that could begin a note: a number in one of the printed styles, then text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tongwen import lexicon
from tongwen.structure.lines import Line, squeezed
from tongwen.structure.notes.signs import value

LONGEST_TITLE = 24
"""Characters: no heading of a section of notes is longer."""

_ENTRY = re.compile(r"([^.…·]+)(?:\.{4,}|…{3,}|·{4,}|(?:[.·…] ){3,})[.…· ]*(?:[0-9]{1,3}-[0-9]{1,3} +)?[0-9]{1,4}\Z")
_TITLE_NUMBER = re.compile(r"^(?:[0-9.]+|[一二三四五六七八九十]+、)? *")


@dataclass(frozen=True, slots=True)
class Label:
    """The number of line ``line``, printed from ``start`` to ``end`` in it; the text begins at ``text``."""

    line: int
    style: str
    number: int
    start: int
    end: int
    text: int


def labels_of(lines: Sequence[Line]) -> list[Label]:
    """Every reading of every line that begins with a number and is no heading, in order."""
    entries = {squeezed(found[1]) for line in lines if (found := entry(line.key))}
    none = (
        line.kind == "heading" or (entries and (entry(line.key) or squeezed(line.key) in entries)) for line in lines
    )
    return [label for i, out in enumerate(none) if not out for label in _readings(lines[i].key, i)]


def entry(key: str) -> re.Match[str] | None:
    """A line of a table of contents: a title, dots and a page."""
    return _ENTRY.match(key) if key[-1].isdigit() else None


def _readings(key: str, i: int) -> Iterator[Label]:
    if key[0].isdigit() or key[0] in "[【(注":
        for style, pattern in _patterns():
            match = pattern.match(key)
            number = value(match[1]) if match else 0
            if match and number:
                yield Label(i, style, number, match.start(1), match.end(1), match.end())


def label_of(line: Line, i: int) -> Label | None:
    """The first reading of a line that the format gives as a note."""
    return next(_readings(line.key, i), None)


def is_title(line: Line) -> bool:
    """Whether the line heads a section of notes."""
    return names_notes(line.key)


def names_notes(key: str) -> bool:
    """Whether a heading is that of a section of notes."""
    if len(key) > LONGEST_TITLE:
        return False
    return _TITLE_NUMBER.sub("", key).strip(" :.[]【】()#-").replace(" ", "") in _titles()


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((style, re.compile(pattern)) for style, pattern, _ in lexicon.rows("note_labels.tsv"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.replace(" ", "") for title, _ in lexicon.rows("note_titles.tsv"))
