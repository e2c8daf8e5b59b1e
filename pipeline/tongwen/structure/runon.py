"""Texts of which all line breaks are lost: articles, their titles and items run on, with a blank where a line ended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongwen.labels import ArticleLabel, labels
from tongwen.structure.headings import Candidate
from tongwen.structure.lines import Line, cut

FEW = 3
"""Articles that run on, at least, before blanks are taken for the ends of lines."""

MAJORITY = 0.6
"""Share of the articles that run on; and of those that have a title between two blanks."""

_TITLE = re.compile(r" +(?P<title>[^\s。;:,!?]{2,30}) +(?=\S)")
_ENDED = re.compile(r"(?<=[。;:!?]) +(?=\S)")

Marks = list[tuple[int, ArticleLabel]]


def parted(lines: Sequence[Line], marks: Marks, heads: Sequence[Candidate]) -> tuple[list[Line], Marks]:
    """The lines with those of articles that run on parted again, where most do."""
    inside = sum(head.offset > 0 for head in heads)
    if inside < FEW or inside < MAJORITY * (len(heads) - 1):
        return list(lines), marks
    begins = dict(marks)
    titled = sum(_title(lines[i], label) > 0 for i, label in marks) >= MAJORITY * len(marks)
    out: list[Line] = []
    found: Marks = []
    for i, line in enumerate(lines):
        if i not in begins:
            out.append(line)
            continue
        found.append((len(out), begins[i]))
        start = _title(line, begins[i]) if titled else 0
        ended = _ENDED.finditer(line.key)
        ends = (m.end() for m in ended if line.key[m.start() - 1] == "。" or labels(line.key[m.end() :]))
        edges = sorted({0, start, *(end for end in ends if end > start)})
        pieces = (cut(line, a, b) for a, b in zip(edges, [*edges[1:], None], strict=True))
        out += [piece for piece in pieces if piece is not None]
    return out, found


def _title(line: Line, label: ArticleLabel) -> int:
    """Where the text begins behind a title, 0 where none is told from it."""
    match = _TITLE.match(line.key, label.length)
    return match.end() if match and not labels(match["title"]) else 0
