"""Which lines head an article.

Every 第N條 that could be a heading is a candidate with a weight; the headings are the chain of candidates with the
greatest total, where each step from one number to the next costs what it leaves out. So a reference that happens to
stand at the start of a line, an item that begins with 第八條, and 第一締約國 fall out, whatever the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tongwen.labels import ArticleLabel, article_label, division_label
from tongwen.structure.lines import Layout, Line, leads
from tongwen.structure.regions import region

WINDOW = 80
"""Candidates looked back at: more references than this between two headings have not been met."""

LATIN_LINE = 40
"""Characters: a shorter line that ends in a letter is a heading rather than a wrapped sentence."""

FEW = 3
"""Articles that a text of its own has at least."""

ENOUGH = 1.0
"""Score below which what was found is references at line starts, not a text in articles."""

_REFERENCE_GOES_ON = re.compile(r"[,、;。至到和与或及的之第款项\"'》]|规定")
_MAY_GO_ON = re.compile(r"[中所规各前后以内外均亦《]")
_INLINE = re.compile(r"[。;] *(?=[第笫])")
_QUOTATION_MARKS = re.compile("[“”「」『』]")


class Candidate(NamedTuple):
    """``line`` is its index, ``offset`` where in the line it begins (0, but for a heading inside a line)."""

    line: int
    offset: int
    label: ArticleLabel
    weight: float


def candidates(lines: Sequence[Line], layout: Layout | None) -> list[Candidate]:
    """All places where an article may begin, in order."""
    out = []
    quoted = _quoted(lines)
    for i, line in enumerate(lines):
        if quoted[i] or leads(line.key):
            continue
        if label := article_label(line.key):
            out.append(_at_start(lines, i, label, layout))
        if ("第" in line.key or "笫" in line.key) and _INLINE.search(line.key):
            out += _inside(line, i)
    return out


def _at_start(lines: Sequence[Line], i: int, label: ArticleLabel, layout: Layout | None) -> Candidate:
    line = lines[i]
    weight = _form(line.key, label.length, marked=line.kind == "heading") - (2.0 if line.kind == "item" else 0.0)
    if line.kind != "heading" and line.key[0].isascii() and line.text[label.length :].lstrip()[:1].islower():
        return Candidate(i, 0, label, -1.5)  # Article 3 of the Convention
    before = lines[i - 1] if i else None
    if before and line.kind == "line" and not line.blank_before and not before.ends_sentence:
        weight -= _broken_off(before, layout, bare=not line.key[label.length :].strip())
    return Candidate(i, 0, label, weight)


def _broken_off(before: Line, layout: Layout | None, bare: bool) -> float:
    """What it takes from a heading that the line before breaks off inside a sentence."""
    if before.key[-1:].isascii() and before.key[-1:].isalpha():
        return 2.5 if before.text[-1:].islower() and len(before.key) > LATIN_LINE else 0.0
    if bare:
        return 0.0
    return 2.0 if layout and layout.full(before) else 0.5 if layout or before.key[-1] in ",、" else 0.0


def _form(key: str, end: int, marked: bool) -> float:
    """How much a line looks like a heading: what follows the number decides."""
    rest = key[end:]
    if marked:
        return 4.0
    if not rest.strip():
        return 3.0
    if rest[0].isspace():
        return 1.0 if rest.lstrip()[0] in ",、;。" else 3.0
    if rest[0] in "【[〔:":
        return 3.0
    if _REFERENCE_GOES_ON.match(rest):
        return -1.5
    return 0.1 if _MAY_GO_ON.match(rest) else 0.5 if rest[0] == "(" else 0.6


def _inside(line: Line, i: int) -> list[Candidate]:
    """Headings run on in the line before: after a full stop and with a space behind; only a gap lets them in."""
    out = []
    for match in _INLINE.finditer(line.key):
        label = article_label(line.key, match.end())
        if label and line.key[match.end() + label.length :][:1].isspace():
            out.append(Candidate(i, match.end(), label, 0.4))
    return out


def _quoted(lines: Sequence[Line]) -> list[bool]:
    """Lines that begin inside a quotation which opened on an earlier line and closes later: an amendment's new text."""
    out, depth, opened = [False] * len(lines), 0, 0
    for i, line in enumerate(lines):
        out[i] = depth > 0
        for mark in _QUOTATION_MARKS.findall(line.text):
            depth = depth + 1 if mark in "“「『" else max(0, depth - 1)
            opened = i if depth == 1 and mark in "“「『" else opened
        if depth and i - opened > WINDOW:
            out[opened + 1 : i + 1] = [False] * (i - opened)
            depth = 0
    if depth:
        out[opened + 1 :] = [False] * (len(lines) - opened - 1)
    return out


def step(before: tuple[int, ...] | None, after: tuple[int, ...]) -> float:
    """What it costs to go from one article number to the next; 0 for a step that leaves nothing out."""
    if before is None:
        return 0.0 if after == (1,) else min(1.5, 0.5 + 0.1 * after[0])
    if _follows(before, after):
        return 0.0
    if after > before:
        missing = after[0] - before[0] - 1
        return 0.6 + min(2.0, 0.25 * missing)
    return 2.4 if after == (1,) else 2.8


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    k = len(after)
    last = before[k - 1] if len(before) >= k else 0
    return before[: k - 1] == after[:-1] and last + 1 == after[-1]


def chain(found: Sequence[Candidate]) -> list[Candidate]:
    """The best sequence of headings: dynamic programming over the candidates, each step paying ``step``."""
    scores: list[float] = []
    ceilings: list[float] = []
    backs: list[int] = []
    for i, candidate in enumerate(found):
        score, back = _best_before(found, scores, ceilings, i)
        scores.append(score + candidate.weight)
        ceilings.append(max(scores[-1], ceilings[-1] if ceilings else scores[-1]))
        backs.append(back)
    out = []
    i = max(range(len(scores)), key=scores.__getitem__, default=-1)
    if i < 0 or scores[i] < ENOUGH:
        return []
    while i >= 0:
        out.append(found[i])
        i = backs[i]
    return out[::-1]


def without_quoted(heads: Sequence[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Leaves out articles that the text quotes without marks.

    An introduction that ends in a colon stands before them, and the numbers jump; the text's own articles go on where
    its own numbers do. A few articles that do not begin at number 1 and stand behind sentences are quoted too.
    """
    if heads and len(heads) < FEW and heads[0].label.number != (1,):
        return [] if any(line.key[-1] == "。" for line in lines[: heads[0].line]) else list(heads)
    out: list[Candidate] = []
    quoting = False
    for head in heads:
        follows = not out or step(out[-1].label.number, head.label.number) == 0.0
        quoting = not follows and (quoting or (bool(out) and _introduced(lines, head.line)))
        if not quoting:
            out.append(head)
    return out


def without_contents(heads: Sequence[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Leaves out the lines of a table of contents: headings right behind one another but for those of divisions, whose
    numbers come again."""
    out: list[Candidate] = []
    last = {head.label.number: i for i, head in enumerate(heads)}
    start = 0
    for i in range(1, len(heads) + 1):
        if i < len(heads) and _right_behind(heads[i - 1], heads[i], lines):
            continue
        run = heads[start:i]
        listed = len(run) >= FEW and sum(last[head.label.number] >= i for head in run) > len(run) / 2
        out += [] if listed else run
        start = i
    return out


def _right_behind(head: Candidate, after: Candidate, lines: Sequence[Line]) -> bool:
    between = lines[head.line + 1 : after.line]
    near = head.line < after.line and all(division_label(line.key) for line in between)
    return near and head.label.number < after.label.number


def _introduced(lines: Sequence[Line], i: int) -> bool:
    """Whether the nearest sentence before the line, past a heading of what is quoted, ends in a colon, and is no
    enacting formula, behind which another instrument begins."""
    before = next((line for line in reversed(lines[max(0, i - 3) : i]) if line.ends_sentence), None)
    return before is not None and before.key[-1] == ":" and region(before) != "enacting"


def _best_before(
    found: Sequence[Candidate], scores: Sequence[float], ceilings: Sequence[float], i: int
) -> tuple[float, int]:
    """The score and index of the best predecessor of candidate ``i``; a step costs at least nothing, so the search
    ends where no earlier score (``ceilings``) is above the best found."""
    number = found[i].label.number
    best, back = -step(None, number), -1
    for j in range(i - 1, max(-1, i - 1 - WINDOW), -1):
        if ceilings[j] <= best:
            break
        score = scores[j] - step(found[j].label.number, number)
        if score > best:
            best, back = score, j
    return best, back
