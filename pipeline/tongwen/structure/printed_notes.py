"""Notes printed among the articles of a text: below a rule, at the foot of a page or at the end.

A line that begins with a sign (¹, ①, [1], *) is a note if the same sign stands behind a word or a sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from tongwen.structure.lines import Layout, Line, continues

_RAISED = "¹²³⁰⁴-⁹"
_SIGN = re.compile(rf"(?P<sign>[{_RAISED}]+|[①-⑳]|\[\d{{1,3}}\]|[*†‡]{{1,3}}) *(?=[^\s{_RAISED}])")
_ANCHOR = re.compile(rf"(?<=[^\s:;,、(\[*†‡0-9{_RAISED}])(?:[{_RAISED}]+|[①-⑳]|\[\d{{1,3}}\]|[*†‡]{{1,3}})")
_RULE = re.compile(r"[_—–─-]{5,}")


@dataclass(frozen=True, slots=True)
class Note:
    """``number`` as in the note's id; ``anchor``: offset of its marker; ``text``: offset in the first line."""

    number: str
    anchor: int
    lines: tuple[Line, ...]
    text: int


def without_notes(lines: Sequence[Line], layout: Layout | None) -> tuple[list[Note], list[Line], list[Line]]:
    """The notes, the other lines, and the rules that stood above notes."""
    if not any(_SIGN.match(line.text) for line in lines):
        return [], list(lines), []
    marked: dict[str, int] = {}
    notes: list[Note] = []
    kept: list[Line] = []
    rules: list[Line] = []
    done = 0
    for i, line in enumerate(lines):
        start = _SIGN.match(line.text) if line.kind in ("line", "paragraph") else None
        anchor = marked.pop(start["sign"], None) if start and i >= done else None
        if start and anchor is not None:
            done = _end(lines, i, layout)
            number = normalize("NFKC", start["sign"]).strip("[]")
            notes.append(Note(number, anchor, tuple(lines[i:done]), start.end()))
            rules += [kept.pop()] if kept and _RULE.fullmatch(kept[-1].text) else []
        elif i >= done:
            kept.append(line)
            marked |= {match[0]: line.span.start + match.start() for match in _ANCHOR.finditer(line.text)}
    return notes, kept, rules


def _end(lines: Sequence[Line], i: int, layout: Layout | None) -> int:
    """Behind the last line of the note that begins at ``i``."""
    end = i + 1
    while end < len(lines) and continues(lines[end - 1], lines[end], layout) and not _SIGN.match(lines[end].text):
        end += 1
    return end
