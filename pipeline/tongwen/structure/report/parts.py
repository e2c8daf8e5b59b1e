"""Front and back matter named for what it is: imprint, signatures, contact, and the text on the back cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile

from tongwen.structure.lines import columns, ends_sentence
from tongwen.structure.notes.labels import names_notes
from tongwen.structure.regions import is_label
from tongwen.structure.report.matter import matter
from tongwen.structure.report.unit import Unit

SHORT = 240
"""Columns: a paragraph of an imprint is no longer."""

LINE = 40
"""Characters: a line of a signature or an address is no longer."""

SIGNATURE = 6
"""Lines that a signature has at most."""

COVER = 12
"""Units in which a back cover is looked for."""

SAME = 16
"""Characters at the start of two paragraphs that show the one to repeat the other."""

_FORM = re.compile(r"[^:]{1,12}: ?[^:]")
"""Says what something is, as rows of them do inside a text: 证据质量:低."""

Reader = Callable[[Unit], str]


def parted(units: Sequence[Unit], key: Reader) -> list[Unit]:
    """The units with the parts of those named that are front or back matter; ``key`` reads a unit without markers."""
    out = list(units)
    for n in takewhile(lambda n: _plain(out[n]) and is_label(key(out[n])), range(len(out))):
        _name(out, [n], "nav")
    _imprint(out, key)
    _signatures(out, key)
    _contact(out, key)
    return out


def _imprint(units: list[Unit], key: Reader) -> None:
    """What stands before the first heading, where one of its paragraphs says that it is an imprint."""
    first = next((n for n in range(len(units)) if _heads_text(units, n)), 0)
    units[:first] = [_unheaded(unit) for unit in units[:first]]
    front = [n for n in range(first) if _plain(units[n]) and columns(key(units[n])) <= SHORT]
    if any(matter(key(units[n])) == "imprint" for n in front):
        _name(units, front, "imprint")


def _heads_text(units: Sequence[Unit], n: int) -> bool:
    """Whether a unit is a heading of the text; what is printed right above the contents is none."""
    if units[n].kind != "heading":
        return False
    title = units[n].title
    return title is None or title.number is not None or n + 1 == len(units) or units[n + 1].part != "contents"


def _unheaded(unit: Unit) -> Unit:
    """A short line above the contents, such as the name of an office, as the paragraph that it is."""
    return Unit("paragraph", unit.pieces) if unit.kind == "heading" else unit


def _signatures(units: list[Unit], key: Reader) -> None:
    """Two or more short lines without a full stop, behind a paragraph and before the next heading or the last notes."""
    run: list[int] = []
    end = max((n + 1 for n, unit in enumerate(units) if unit.kind != "note"), default=0)
    for n, unit in enumerate([*units[:end], None]):
        if unit is not None and _plain(unit) and _line(key(unit)) and not names_notes(key(unit)):
            run.append(n)
            continue
        ended = unit is None or unit.kind == "heading"
        signed = 2 <= len(run) <= SIGNATURE and not (unit is not None and all(_FORM.match(key(units[i])) for i in run))
        if ended and signed and run[0] and units[run[0] - 1].kind in ("paragraph", "item"):
            said = [matter(key(units[i])) for i in run]
            _name(units, run, "contact" if "contact" in said else "signature")
        run = []


def _contact(units: list[Unit], key: Reader) -> None:
    """The last row of short lines of which one is an address; the rights reserved behind it; and the paragraphs above
    that repeat what the report begins with, as back covers do."""
    rows = [row for row in _rows(units, key) if any(matter(key(units[n])) == "contact" for n in row)]
    if not rows:
        return
    row = rows[-1]
    _name(units, row, "contact")
    behind = [n for n in range(row[-1] + 1, len(units)) if _plain(units[n]) and matter(key(units[n])) == "imprint"]
    _name(units, behind, "imprint")
    start = row[0]
    keys = [key(unit)[:SAME] if unit.kind == "paragraph" else "" for unit in units[:start]]
    cover = [n for n in range(max(0, start - COVER), start) if _plain(units[n]) and len(keys[n]) == SAME]
    again = next((n for n in cover if keys[n] in keys[:n]), None)
    if again is not None and all(unit.kind == "paragraph" for unit in units[again:start]):
        _name(units, range(again, start), "back")


def _rows(units: Sequence[Unit], key: Reader) -> list[list[int]]:
    """Short lines and addresses that follow each other; the title above the notes is none."""
    out: list[list[int]] = [[]]
    for n, unit in enumerate(units):
        address = _plain(unit) and matter(key(unit)) == "contact"
        title = n + 1 < len(units) and units[n + 1].kind == "note"
        if address or (_plain(unit) and not title and _line(key(unit))):
            out[-1].append(n)
        elif out[-1]:
            out.append([])
    return [row for row in out if row]


def _name(units: list[Unit], places: Sequence[int], part: str) -> None:
    for n in places:
        units[n] = replace(units[n], part=part)


def _plain(unit: Unit) -> bool:
    return unit.kind == "paragraph" and unit.part == "body"


def _line(body: str) -> bool:
    return len(body) <= LINE and not ends_sentence(body)
