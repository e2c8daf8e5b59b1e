"""Tables drawn with lines of text, as statutes and plain-text reports print them."""

from __future__ import annotations

from collections.abc import Callable

from reports.build.model import Cell, Table

_SIGNS = {
    (0, 1, 0, 1): "┌", (0, 1, 1, 1): "┬", (0, 1, 1, 0): "┐", (1, 1, 0, 1): "├", (1, 1, 1, 1): "┼", (1, 1, 1, 0): "┤",
    (1, 0, 0, 1): "└", (1, 0, 1, 1): "┴", (1, 0, 1, 0): "┘", (0, 0, 1, 1): "─", (1, 1, 0, 0): "│",
}  # fmt: skip


def drawn(table: Table, room: int, wrap: Callable[[str, int], list[str]], width: Callable[[str], int]) -> list[str]:
    """``room``: half-widths of the whole table. A line sign counts as two, as in the fonts of such texts."""
    rows = table.rows
    columns = _columns(rows, room, width)
    out = []
    for r, row in enumerate(rows):
        out.append(_rule(rows, r, columns))
        out += _lines(row, columns, wrap, width)
    return [*out, _rule(rows, len(rows), columns)]


def _columns(rows: tuple[tuple[Cell, ...], ...], room: int, width: Callable[[str], int]) -> list[int]:
    """Even widths that hold the text on average, each an even number of half-widths."""
    count = len(rows[0])
    needs = [max((width(row[c].text) for row in rows if not row[c].left), default=8) for c in range(count)]
    space = room - 2 * (count + 1)
    if sum(needs) <= space:
        return [need + need % 2 for need in needs]
    fair = [max(8, min(need, space * need // sum(needs))) for need in needs]
    return [width_ + width_ % 2 for width_ in fair]


def _upright(rows: tuple[tuple[Cell, ...], ...], r: int, c: int) -> int:
    """Whether a line runs left of column ``c`` in row ``r``."""
    if not 0 <= r < len(rows):
        return 0
    return int(c in (0, len(rows[0])) or not rows[r][c].left)


def _level(rows: tuple[tuple[Cell, ...], ...], r: int, c: int) -> int:
    """Whether a line runs above row ``r`` in column ``c``."""
    if not 0 <= c < len(rows[0]):
        return 0
    return int(r in (0, len(rows)) or not rows[r][c].up)


def _rule(rows: tuple[tuple[Cell, ...], ...], r: int, columns: list[int]) -> str:
    out = ""
    for c in range(len(columns) + 1):
        sides = _upright(rows, r - 1, c), _upright(rows, r, c), _level(rows, r, c - 1), _level(rows, r, c)
        out += _SIGNS.get(sides, "　")
        if c < len(columns):
            out += ("─" if sides[3] else "　") * (columns[c] // 2)
    return out


def _lines(
    row: tuple[Cell, ...], columns: list[int], wrap: Callable[[str, int], list[str]], width: Callable[[str], int]
) -> list[str]:
    cells: list[tuple[list[str], int]] = []
    for c, cell in enumerate(row):
        if cell.left:
            lines, wide = cells[-1]
            cells[-1] = lines, wide + 2 + columns[c]
        else:
            cells.append(([] if cell.up else [cell.text], columns[c]))
    wrapped = [(wrap(lines[0], wide) if lines else [], wide) for lines, wide in cells]
    height = max(len(lines) for lines, _ in wrapped)
    out = []
    for at in range(height):
        texts = ((lines[at] if at < len(lines) else "", wide) for lines, wide in wrapped)
        out.append("│" + "│".join(text + " " * (wide - width(text)) for text, wide in texts) + "│")
    return out
