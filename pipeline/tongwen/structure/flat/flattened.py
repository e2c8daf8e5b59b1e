"""Tables that a conversion has flattened to lines: found by their captions, or without one by their columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tongwen.structure.captions import is_note, read_caption
from tongwen.structure.flat.labelled import labelled
from tongwen.structure.flat.names import Name, named
from tongwen.structure.flat.pages import continued
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.readings import reading
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.surroundings import notes_above, notes_below, units
from tongwen.structure.flat.table import FlatTable, grouped
from tongwen.structure.flat.unnamed import unnamed
from tongwen.structure.flat.words import STRONG
from tongwen.structure.lines import Line, squeezed

FULL = 0.8
"""Share of the measure from which a line may go on in the next."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A caption on lines ``[start, end)``."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A table on one side of its caption, with the lines of its notes."""

    parsed: Parsed
    notes: tuple[tuple[int, ...], ...]

    @property
    def lines(self) -> set[int]:
        return {*range(self.parsed.start, self.parsed.end), *(i for note in self.notes for i in note)}


def flat(lines: Sequence[Line], key: str, taken: Collection[int] = ()) -> list[FlatTable]:
    """The tables in running text, in order; ``key`` is the document's search key, ``taken`` lines are others'."""
    sheet = Sheet(lines, key, taken)
    anchors = list(_anchors(sheet))
    out: list[FlatTable] = []
    for anchor, found in _chosen(sheet, anchors):
        table = _table(anchor, found, key)
        whole = continued(sheet, out[-1], table) if out and _again(sheet, anchor, out[-1]) else None
        out[-1:] = [whole] if whole else [*out[-1:], table]
    used = {i for table in out for i in (*table.lines, *table.caption, *table.again)}
    for parsed in unnamed(sheet, frozenset(used)):
        notes = tuple(note for note in notes_below(sheet, parsed.end) if not used & set(note))
        found = _Found(parsed, notes)
        if not used & found.lines:
            out.append(_table(None, found, key))
            used |= found.lines
    return sorted((_placed(table, sheet.places) for table in out), key=lambda table: table.lines)


def _placed(table: FlatTable, places: Sequence[int]) -> FlatTable:
    """The table with its lines as the document counts them."""

    def known(lines: Sequence[int]) -> tuple[int, ...]:
        return tuple(places[i] for i in lines)

    return replace(
        table,
        lines=known(table.lines),
        caption=known(table.caption),
        notes=tuple(map(known, table.notes)),
        again=known(table.again),
    )


def _again(sheet: Sheet, anchor: _Anchor, table: FlatTable) -> bool:
    """Whether a caption names the table above it once more: it says so, or has its title or none."""
    if anchor.name.number != table.number:
        return False
    titles = (read_caption(sheet.lines[i].text).title for i in (anchor.start, table.caption[0]))
    said, first = (squeezed(title or "") for title in titles)
    return anchor.name.again or (table.caption[0] < anchor.start and said in ("", first))


def _anchors(sheet: Sheet) -> Iterator[_Anchor]:
    for i, line in enumerate(sheet.lines):
        name = named(line) if line.kind in ("line", "caption") else None
        if name and not sheet.labels_row(i) and _stands_free(sheet, i):
            yield _Anchor(name, i, _wrapped_to(sheet, i))


def _stands_free(sheet: Sheet, i: int) -> bool:
    """Whether a line does not go on with a sentence of the line above."""
    if sheet.breaks(i) or sheet.lines[i - 1].ends_sentence:
        return True
    cells = any(word.border == STRONG for word in sheet.words(i - 1))
    return sheet.tabular(i - 1) and (cells or sheet.lines[i - 1].width < FULL * sheet.measure)


def _wrapped_to(sheet: Sheet, i: int) -> int:
    """The end of a caption: a full line goes on in the next."""
    end = i + 1
    while end < len(sheet) and sheet.lines[end - 1].width >= FULL * sheet.measure and _goes_on(sheet, end):
        end += 1
    return end


def _goes_on(sheet: Sheet, i: int) -> bool:
    last = sheet.narrow(i) or i + 1 == len(sheet) or sheet.breaks(i + 1)
    return last and not sheet.breaks(i) and not sheet.row_like(i) and not sheet.lines[i].ends_sentence


def _chosen(sheet: Sheet, anchors: Sequence[_Anchor]) -> Iterator[tuple[_Anchor, _Found]]:
    """Each caption with the table below it or above it; no table has two captions."""
    used: set[int] = set()
    for n, anchor in enumerate(anchors):
        if anchor.start in used:
            continue
        after, before = (
            found if found and not used & {*range(found.parsed.start, found.parsed.end)} else None
            for found in (_below(sheet, anchor), _above(sheet, anchor))
        )
        if after and before and before.parsed.problems and not after.parsed.problems:
            before = None  # of two captions in a row the one above the sound table has it
        if after and before:
            rival = _above(sheet, anchors[n + 1]) if n + 1 < len(anchors) else None
            after = None if rival and rival.lines & after.lines else after
        found = after or before
        if found:
            found = replace(found, notes=tuple(note for note in found.notes if not used & set(note)))
            used |= {*found.lines, *range(anchor.start, anchor.end)}
            yield anchor, found


def _below(sheet: Sheet, anchor: _Anchor) -> _Found | None:
    unit = units(sheet, anchor.end)
    first = [*unit, *notes_below(sheet, anchor.end + len(unit))]
    start = first[-1][-1] + 1 if first else anchor.end
    reached = sheet.below(start)
    end = next((i for i in range(start, reached) if is_note(sheet.lines[i].text)), reached)
    parsed = reading(sheet, start, end, upwards=False) or labelled(sheet, start, upwards=False)
    return _Found(parsed, (*first, *notes_below(sheet, parsed.end))) if parsed else None


def _above(sheet: Sheet, anchor: _Anchor) -> _Found | None:
    notes = notes_above(sheet, anchor.start)
    end = notes[0][0] if notes else anchor.start
    parsed = reading(sheet, sheet.above(end), end, upwards=True) or labelled(sheet, end, upwards=True)
    return _Found(parsed, (*notes, *notes_below(sheet, anchor.end))) if parsed else None


def _table(anchor: _Anchor | None, found: _Found, key: str) -> FlatTable:
    parsed = found.parsed
    return FlatTable(
        lines=tuple(sorted(found.lines - set(parsed.again))),
        caption=tuple(range(anchor.start, anchor.end)) if anchor else (),
        number=anchor.name.number if anchor else None,
        header=parsed.header,
        rows=parsed.rows,
        origin="text",
        head=parsed.head if parsed.header else 0,
        groups=grouped(parsed.rows, key),
        notes=found.notes,
        again=parsed.again,
        problems=parsed.problems,
    )
