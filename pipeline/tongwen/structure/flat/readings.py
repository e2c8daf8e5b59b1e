"""The ways in which a table can have been flattened, tried on the same lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongwen.labels import labels
from tongwen.model import Problem
from tongwen.structure.flat.aligned import aligned
from tongwen.structure.flat.judged import Candidate
from tongwen.structure.flat.listed import listed
from tongwen.structure.flat.oneline import oneline
from tongwen.structure.flat.parsed import Parsed, doubtful
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.stacked import stacked
from tongwen.structure.flat.tabbed import tabbed
from tongwen.structure.flat.table import Row
from tongwen.structure.flat.words import is_value, is_year
from tongwen.structure.lines import NEVER_FIRST, NEVER_LAST

LEFT_OUT = 4
"""Blocks at the far end of the lines that may be something else, such as the next heading."""

LONGEST = 600
"""Lines beside a caption that are looked at for cells below one another."""

GOOD = 0.08
"""What may speak against a reading for each of its cells where no other need be tried."""

DEAR = 0.5
"""What may speak against a reading for each of its cells."""


def reading(sheet: Sheet, start: int, end: int, *, upwards: bool) -> Parsed | None:
    """The table that begins at ``start`` or, ``upwards``, ends at ``end``; None where the lines are none."""
    if end - start > 1:
        ruled = tabbed(sheet, start, end) if "\t" in sheet.lines[start].text else aligned(sheet, start, end)
        found = ruled or oneline(sheet, start, end, upwards=upwards)
        return found or _best(sheet, start, end, upwards=upwards)
    return None


def _best(sheet: Sheet, start: int, end: int, *, upwards: bool) -> Parsed | None:
    start, end = (max(start, end - LONGEST), end) if upwards else (start, min(end, start + LONGEST))
    found: tuple[float, Candidate] | None = None
    for out in range(max(1, min(LEFT_OUT, len(sheet.blocks(start, end)) - 1))):
        for cost, read in _candidates(sheet, start, end, out, upwards=upwards):
            found = (cost, read) if found is None or cost < found[0] else found
        if found and found[0] < GOOD:
            break
    if found is None or found[0] > DEAR:
        return None
    best = found[1]
    problems = best.problems or (*_broken_off(sheet, best.rows), *_mixed(sheet, best.rows[best.head > 1 :]))
    return Parsed(best.header, best.rows, best.start, best.end, problems, best.head)


def _broken_off(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows with a cell that ends or begins inside a sentence: the lines were not printed cell by cell."""
    for row in rows:
        texts = [sheet.text(cell) for cell in row if not cell.repeat]
        if any(text.endswith(NEVER_LAST) or text.startswith(NEVER_FIRST) for text in texts):
            yield doubtful(row, "A cell breaks off inside a sentence.")


def _mixed(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Problem]:
    """A first column of names and figures: rows do not begin where they were taken to."""
    values = [is_value(text) and not is_year(text) for row in rows if (text := sheet.text(row[0]))]
    least = min(sum(values), len(values) - sum(values))
    if least > 1 or (least and values.count(values[-1]) > 1):  # a last row may be that of the sums
        yield doubtful(rows[0], "The first cells of the rows are names and figures: they may have been cut otherwise.")


def _costs(sheet: Sheet, left_out: int) -> float:
    """What it costs to leave a block out: nothing where it is numbered as a heading, more where it has cells."""
    if labels(sheet.lines[left_out].key):
        return 0
    return 2.5 if sheet.row_like(left_out) else 1


def _candidates(sheet: Sheet, start: int, end: int, out: int, *, upwards: bool) -> Iterator[tuple[float, Candidate]]:
    """Readings of the lines but ``out`` blocks at the far end, with what speaks against each of their cells."""
    blocks = sheet.blocks(start, end)
    a = blocks[out][0] if upwards else start
    b = end if upwards or not out else blocks[-out][0]
    dropped = [block[0] for block in (blocks[:out] if upwards else blocks[len(blocks) - out :])]
    for found in (*stacked(sheet, a, b), *listed(sheet, a, b)):
        cells = sum(map(len, found.rows))
        yield (found.cost + sum(_costs(sheet, i) for i in dropped)) / cells, found
