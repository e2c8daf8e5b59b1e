"""A check of drawn tables: the frame that a grid stands for, drawn again, must be the frame that is printed.

It shares no code with the reader. The lattice is taken from the printed rules alone: their lines and the columns of
their joints. Each cell of the grid is a rectangle on it; the rectangles' outlines must have a rule at exactly those
places where one is printed, and each cell's text must be what is printed inside its rectangle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from unicodedata import east_asian_width

from tongwen.structure.flat import FlatTable
from tongwen.structure.lines import Line

UP, DOWN, SIDE = "│┤├┼┴└┘", "│┤├┼┬┌┐", "─┬┴┼"
JOINTS = "┌┬┐├┼┤└┴┘"
LEVEL = set("─┌┬┐├┼┤└┴┘")

Printed = list[dict[int, tuple[str, int]]]
"""For each line, by column: the character and its offset in the text."""


def redrawn(table: FlatTable, lines: Sequence[Line], nth: int = 0) -> bool:
    """Whether the table, ``nth`` of those beside each other, is the one printed."""
    printed = _half(_characters(table, lines), nth)
    ruled = [y for y, line in enumerate(printed) if any(char == "─" for char, _ in line.values())]
    ruled = [y for y in ruled if _is_rule(printed[y])]
    columns = sorted({x for y in ruled for x, (char, _) in printed[y].items() if char in JOINTS})
    grid = [*([table.header] if table.header else []), *table.rows]
    if not grid or len(columns) != len(grid[0]) + 1:
        return False
    if len(ruled) != len(grid) + 1:
        return _parted(table, printed, columns, ruled)
    areas = _areas(grid)
    return all(_outlined(area, printed, columns, ruled) for area in areas) and _same_text(
        grid, areas, printed, columns, ruled
    )


def _characters(table: FlatTable, lines: Sequence[Line]) -> Printed:
    out: Printed = []
    for i in table.lines:
        if lines[i].drawn or "│" in lines[i].text:
            at, found = lines[i].indent, {}
            for n, char in enumerate(lines[i].text):
                if not char.isspace():
                    found[at] = (char, lines[i].span.start + n)
                at += 2 if east_asian_width(char) in "WFA" else 1
            out.append(found)
    return out


def _half(printed: Printed, nth: int) -> Printed:
    """The ``nth`` of the frames on the same lines; both halves of a spread beside each other."""
    half = len(printed) // 2
    if printed[half][min(printed[half])][0] == "─":
        edge = max(printed[0]) + 2
        return [
            left | {x + edge: c for x, c in right.items()} for left, right in zip(printed, printed[half:], strict=False)
        ]
    lefts = [x for x, (char, _) in sorted(printed[0].items()) if char == "┌"]
    rights = [x for x, (char, _) in sorted(printed[0].items()) if char == "┐"]
    if len(lefts) != len(rights):
        return printed
    return [{x: c for x, c in line.items() if lefts[nth] <= x <= rights[nth]} for line in printed]


def _is_rule(line: dict[int, tuple[str, int]]) -> bool:
    """Whether a line has a rule from one joint to another, and not only a dash in a cell."""
    for (a, (left, _)), (b, (right, _)) in pairwise(sorted(line.items())):
        if left in "┌├└┼┬┴" and right in LEVEL and b - a == 2:
            return True
    return False


def _areas(grid: Sequence[Sequence[object]]) -> list[tuple[int, int, int, int]]:
    """Rectangles ``(top, left, bottom, right)`` of the lattice, one for each cell that does not repeat."""
    out = []
    taken: set[tuple[int, int]] = set()
    for y, x in product(range(len(grid)), range(len(grid[0]))):
        if grid[y][x].repeat:  # type: ignore[attr-defined]
            continue
        right, bottom = x + 1, y + 1
        while right < len(grid[0]) and _merged(grid, y, right, y, x) and (y, right) not in taken:
            right += 1
        while bottom < len(grid) and all(_merged(grid, bottom, n, y, x) for n in range(x, right)):
            bottom += 1
        taken |= set(product(range(y, bottom), range(x, right)))
        out.append((y, x, bottom, right))
    return out


def _merged(grid: Sequence[Sequence[object]], y: int, x: int, top: int, left: int) -> bool:
    cell, first = grid[y][x], grid[top][left]
    return bool(cell.repeat and cell.pieces == first.pieces)  # type: ignore[attr-defined]


def _outlined(area: tuple[int, int, int, int], printed: Printed, columns: list[int], ruled: list[int]) -> bool:
    """Whether a rule is printed all around a cell and none across it."""
    top, left, bottom, right = area
    x0, x1 = columns[left], columns[right]
    level = [_runs_across(printed[ruled[y]], x0, x1) for y in range(top, bottom + 1)]
    upright = [_stands(printed, ruled[top], ruled[bottom], columns[x]) for x in range(left, right + 1)]
    inner = not any(level[1:-1]) and not any(upright[1:-1])
    return level[0] and level[-1] and inner and (upright[0] or left == 0) and (upright[-1] or right == len(columns) - 1)


def _runs_across(line: dict[int, tuple[str, int]], x0: int, x1: int) -> bool:
    return all(line.get(x, (" ", 0))[0] in LEVEL for x in range(x0 + 2, x1 - 1, 2))


def _stands(printed: Printed, top: int, bottom: int, x: int) -> bool:
    return all(any(printed[y].get(x + d, (" ", 0))[0] in UP for d in (0, -1, 1)) for y in range(top + 1, bottom))


def _same_text(
    grid: Sequence[Sequence[object]],
    areas: list[tuple[int, int, int, int]],
    printed: Printed,
    columns: list[int],
    ruled: list[int],
) -> bool:
    """Whether each cell has the characters, by offset, that stand inside its rectangle."""
    for top, left, bottom, right in areas:
        spans = list(grid[top][left].pieces)  # type: ignore[attr-defined]
        inside = {
            offset
            for y in range(ruled[top] + 1, ruled[bottom])
            for x, (char, offset) in printed[y].items()
            if columns[left] + 1 < x < columns[right] and char not in "│├┤"
        }
        if any(not any(span.start <= offset < span.end for span in spans) for offset in inside):
            return False
        if sum(span.start in inside and span.end - 1 in inside for span in spans) != len(spans):
            return False
    return True


def _parted(table: FlatTable, printed: Printed, columns: list[int], ruled: list[int]) -> bool:
    """Rows without rules between: every line of the body in its row, in order, cell under cell."""
    body = range(ruled[-2] + 1, ruled[-1])
    cells = [cell for row in table.rows for cell in row]
    starts = [piece.start for cell in cells for piece in cell.pieces]
    offsets = [offset for y in body for _, (char, offset) in sorted(printed[y].items()) if char != "│"]
    return len(ruled) <= 3 and bool(starts) and set(starts) <= set(offsets) and len(columns) - 1 == len(table.rows[0])
