"""The lines around a table that belong to it: its notes, and the title of a table in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tongwen.structure.captions import is_note, is_unit
from tongwen.structure.flat.names import named, titled
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatTable


def notes_below(sheet: Sheet, start: int) -> Iterator[tuple[int, ...]]:
    """The notes that begin at ``start``, each with the lines it goes on in."""
    while start < len(sheet) and sheet.usable(start) and is_note(sheet.lines[start].text):
        end = start + 1
        while end < len(sheet) and _same_note(sheet, end):
            end += 1
        yield tuple(range(start, end))
        start = end


def units(sheet: Sheet, i: int) -> list[tuple[int, ...]]:
    """The line that tells the unit of the figures, if line ``i`` is one."""
    return [(i,)] if 0 <= i < len(sheet) and sheet.usable(i) and is_unit(sheet.lines[i].text) else []


def _same_note(sheet: Sheet, i: int) -> bool:
    goes_on = not sheet.breaks(i) and sheet.usable(i) and not is_note(sheet.lines[i].text)
    return goes_on and not sheet.lines[i - 1].ends_sentence


def notes_above(sheet: Sheet, end: int) -> list[tuple[int, ...]]:
    """The notes that end right above ``end``."""
    out: list[tuple[int, ...]] = []
    while start := _note_above(sheet, end):
        out.insert(0, tuple(range(start, end)))
        end = start
    return out


def _note_above(sheet: Sheet, end: int) -> int:
    """Where the note begins that ends right above ``end``; 0 where none does."""
    start = end - 1
    while start > 0 and sheet.usable(start) and not sheet.breaks(start) and not is_note(sheet.lines[start].text):
        start -= 1
    return start if start > 0 and is_note(sheet.lines[start].text) and sheet.usable(start) else 0


def surrounded(sheet: Sheet, table: FlatTable) -> FlatTable:
    """A table in a frame with its caption, above it or below, and the notes behind it."""
    unit = units(sheet, table.lines[0] - 1)
    caption = _title_above(sheet, table.lines[0] - len(unit)) or _name_below(sheet, table.lines[-1] + 1)
    behind = caption[-1] + 1 if caption and caption[0] > table.lines[-1] else table.lines[-1] + 1
    notes = (*(unit if caption else ()), *notes_below(sheet, behind))
    name = next((found for i in caption if (found := named(sheet.lines[i]))), None)
    lines = tuple(sorted({*table.lines, *(i for note in notes for i in note)}))
    return replace(table, lines=lines, caption=caption, number=name.number if name else None, notes=notes)


def _title_above(sheet: Sheet, first: int) -> tuple[int, ...]:
    if first == 0:
        return ()
    if named(sheet.lines[first - 1]):
        return (first - 1,)
    if first > 1 and named(sheet.lines[first - 2]) and titled(sheet.lines[first - 1], alone=False):
        return (first - 2, first - 1)
    return (first - 1,) if titled(sheet.lines[first - 1], alone=True) else ()


def _name_below(sheet: Sheet, after: int) -> tuple[int, ...]:
    """A caption behind the table, where no other table follows it."""
    follows = after + 1 < len(sheet) and sheet.lines[after + 1].drawn
    return (after,) if after < len(sheet) and named(sheet.lines[after]) and not follows else ()
