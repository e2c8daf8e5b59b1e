"""Tables beside the truth: whole grids, and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.measure.tally import Tally

Table = dict[str, Any]
Rows = list[list[str]]


def grid_tallies(want: list[Table], have: list[Table]) -> dict[str, Tally]:
    """``tables``: caption, header and every cell; ``cells``: those of the table that has most in common with it."""
    whole, cells = Tally(), Tally(found=sum(len(row) for table in have for row in _rows(table)))
    open_ = list(have)
    for truth in want:
        match = max(open_, key=lambda table: _common(truth, table), default=None)
        shared = _common(truth, match) if match else 0
        cells += Tally(expected=sum(map(len, _rows(truth))), right=shared)
        if match is not None and shared:
            open_.remove(match)
        if match is not None and shared and not (fault := _fault(truth, match)):
            whole += Tally(expected=1, right=1)
        else:
            whole += Tally(expected=1, missed=(f"{truth['number']}: {fault if shared and match else 'not found'}",))
    besides = tuple(str(_rows(table)[:2])[:160] for table in open_)
    return {"tables": whole + Tally(found=len(have), besides=besides), "cells": cells}


def _squeezed(text: object) -> str:
    return "".join(str(text or "").split())


def _rows(table: Table) -> Rows:
    """Header and rows; a row across the table has its text in the first cell alone."""
    header = table.get("header") or []
    heads = header if header and isinstance(header[0], list) else [header] if header else []
    return [_group([_squeezed(cell) for cell in row]) for row in [*heads, *(table.get("rows") or [])]]


def _group(row: list[str]) -> list[str]:
    return [row[0], *[""] * (len(row) - 1)] if len(row) > 1 and len(set(row)) == 1 else row


def _common(truth: Table, table: Table) -> int:
    return sum(same for row in _matched(truth, table) for same in row)


def _matched(truth: Table, table: Table) -> Iterator[list[bool]]:
    """Cell for cell, row for row; a merged cell may be repeated or left empty."""
    merged = {tuple(place) for place in truth["merged"]}
    have = _rows(table)
    for r, row in enumerate(_rows(truth)):
        other = have[r] if r < len(have) else []
        yield [
            c < len(other) and (cell == other[c] or (other[c] == "" and (r, c) in merged)) for c, cell in enumerate(row)
        ]


def _fault(truth: Table, table: Table) -> str:
    """The first thing that is not as it should be; empty where all is."""
    want, have = _rows(truth), _rows(table)
    if _squeezed(truth["caption"]) != _squeezed(table.get("caption")):
        return f"caption {table.get('caption')!r}"
    if len(want) != len(have) or any(len(a) != len(b) for a, b in zip(want, have, strict=False)):
        return f"{len(want)} rows × {len(want[0])}, not {len(have)} × {len(have[0]) if have else 0}"
    if bool(truth["header"]) != bool(table.get("header")):
        return "header"
    for r, row in enumerate(_matched(truth, table)):
        for c, same in enumerate(row):
            if not same:
                return f"cell {r},{c} {have[r][c][:40]!r}, not {want[r][c][:40]!r}"
    return ""
