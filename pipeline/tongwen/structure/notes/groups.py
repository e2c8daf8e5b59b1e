"""Runs of lines whose numbers count up: what may be a section of notes, or the notes at the foot of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tongwen.structure.lines import Line
from tongwen.structure.notes.candidates import Candidate
from tongwen.structure.notes.chain import skeleton
from tongwen.structure.notes.labels import Label, is_title, label_of

FEW = 1
"""Numbers that may be left out between two notes of a group."""

OPEN = 3
"""Runs that may still go on: a list inside a page does not end the count of its notes."""

LONG = 3
"""Labels that a run which does not begin at 1 must have."""

APART = 6
"""Lines that one note among others takes at most, where the numbers begin again."""

FRESH = 3.5
"""Weight of a number at the start of a line behind a full stop or a short line."""

WRAPPED = 2.3
"""Weight of one behind a line that breaks off."""

SHORT = 0.7
"""Share of the next line's width below which a line is not wrapped."""

ABOVE = 3
"""Lines above the first note in which the heading of the section stands."""


def counts(lines: Sequence[Line], found: Sequence[Label]) -> dict[str, list[list[Label]]]:
    """For each style, the runs of labels that count up; a label that is not due stands inside a note's text."""
    styles = defaultdict(list)
    for label in found:
        styles[label.style].append(label)
    found_runs = {style: _runs(_due(lines, group)) for style, group in styles.items()}
    return {style: [run for run in of if not _announced(lines, run)] for style, of in found_runs.items()}


def _due(lines: Sequence[Line], found: Sequence[Label]) -> list[Label]:
    """Without the figures with which a wrapped line of a note begins."""
    weighed = [Candidate(label.line, i, label.number, _weight(lines, label.line)) for i, label in enumerate(found)]
    path = {c.end for c in skeleton(weighed)}
    return [label for i, label in enumerate(found) if i in path or weighed[i].weight == FRESH]


def _weight(lines: Sequence[Line], i: int) -> float:
    fresh = i == 0 or lines[i].blank_before or lines[i - 1].ends_sentence or lines[i - 1].key[-1] in ".)"
    return FRESH if fresh or lines[i - 1].width < SHORT * lines[i].width else WRAPPED


def _runs(found: Sequence[Label]) -> list[list[Label]]:
    out: list[list[Label]] = []
    for label in found:
        open_run = next((run for run in reversed(out[-OPEN:]) if 0 < label.number - run[-1].number <= FEW + 1), None)
        if open_run is not None:
            open_run.append(label)
        else:
            out.append([label])
    return [run for run in out if run[0].number == 1 or len(run) >= LONG]


def _announced(lines: Sequence[Line], run: Sequence[Label]) -> bool:
    """Whether the text above announces the run: a list."""
    first = run[0].line
    return first > 0 and lines[first - 1].key[-1] == ":" and not is_title(lines[first - 1])


def given(lines: Sequence[Line]) -> dict[str, list[list[Label]]]:
    """The runs of notes that the format tells by their blocks; empty where it tells none."""
    out: list[list[Label]] = []
    for i, line in enumerate(lines):
        label = label_of(line, i) if line.kind == "note" else None
        if label and out and label.number > out[-1][-1].number:
            out[-1].append(label)
        elif label:
            out.append([label])
    return {"given": out} if out else {}


def dense(run: Sequence[Label]) -> list[Label]:
    """The part of a run at its beginning that stands together, as notes at the end of a page or a chapter do."""
    cut = next((i for i, (a, b) in enumerate(pairwise(run), 1) if b.line - a.line > APART), len(run))
    return list(run[:cut])


def headings(lines: Sequence[Line], run: Sequence[Label]) -> bool:
    """Whether a run looks like the numbered headings of chapters: short lines far apart that end no sentence."""
    after = [*(label.line for label in run[1:]), len(lines)]
    return 2 * sum(
        n - label.line > APART and _open(lines[label.line]) for label, n in zip(run, after, strict=True)
    ) > len(run)


def _open(line: Line) -> bool:
    return line.kind != "note" and not line.ends_sentence and line.key[-1] != "."


def title_above(lines: Sequence[Line], run: Sequence[Label]) -> int | None:
    """The line that heads the run as a section of notes."""
    first = run[0].line
    return next((i for i in range(first - 1, max(-1, first - 1 - ABOVE), -1) if is_title(lines[i])), None)
