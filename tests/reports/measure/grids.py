"""Tables beside the truth: whole tables, cell by cell, and their notes."""

from __future__ import annotations

from typing import Any

from reports.measure.tally import Tally, tally

Table = dict[str, Any]
Rows = list[list[str]]
Allowed = list[list[set[str]]]


def grid_tallies(want: list[Table], have: list[Table]) -> dict[str, Tally]:
    """``tables``: caption, header and every cell; ``cells``: those of the table that has most in common with it."""
    whole, cells = Tally(), Tally(found=sum(map(len, (row for table in have for row in _rows(table)))))
    open_ = list(have)
    for truth in want:
        allowed = _allowed(truth)
        match = max(open_, key=lambda table: _common(allowed, _rows(table)), default={})
        shared = _common(allowed, _rows(match))
        cells += Tally(expected=sum(map(len, allowed)), right=shared)
        fault = _fault(truth, match) if shared else "not found"
        whole += Tally(1, 0, int(not fault), (f"{truth['number']}: {fault}",) if fault else ())
        open_ = [table for table in open_ if table is not match or not shared]
    besides = tuple(str(_rows(table)[:2])[:160] for table in open_)
    notes = tally(*([_note(note) for table in tables for note in table.get("notes") or []] for tables in (want, have)))
    return {"tables": whole + Tally(found=len(have), besides=besides), "cells": cells, "table notes": notes}


def _squeezed(text: object) -> str:
    return "".join(str(text or "").split())


def _note(text: object) -> str:
    return _squeezed(text).lstrip("*")


def _rows(table: Table) -> Rows:
    """One header row, in which the texts of several are joined, and the rows; a group's text stands once in its row."""
    header = table.get("header") or []
    heads = header if header and isinstance(header[0], list) else [header] if header else []
    head = [
        "".join(dict.fromkeys(_squeezed(cell).replace("·", "") for cell in cells)) for cells in zip(*heads, strict=True)
    ]
    return ([head] if head else []) + [_group([_squeezed(cell) for cell in row]) for row in table.get("rows") or []]


def _group(row: list[str]) -> list[str]:
    return [row[0], *[""] * (len(row) - 1)] if len(row) > 1 and len(set(row)) == 1 else row


def _allowed(truth: Table) -> Allowed:
    """What each cell may say: a merged cell may repeat the text or leave it out."""
    merged = {tuple(place) for place in truth["merged"]}
    count = len(truth["header"])
    rows = _rows(truth)
    allowed = [[{cell} for cell in row] for row in rows]
    for r, c in merged:
        if r < count:
            alone = (row[c] for i, row in enumerate(truth["header"]) if (i, c) not in merged)
            allowed[0][c].add("".join(map(_squeezed, alone)))
        else:
            allowed[r - max(count - 1, 0)][c].add("")
    return allowed


def _common(allowed: Allowed, have: Rows) -> int:
    """Cells that are right, place for place."""
    pairs = (zip(row, other, strict=False) for row, other in zip(allowed, have, strict=False))
    return sum(cell in texts for row in pairs for texts, cell in row)


def _fault(truth: Table, table: Table) -> str:
    """The first thing that is not as it should be; empty where all is."""
    allowed, have = _allowed(truth), _rows(table)
    if _squeezed(truth["caption"]) != _squeezed(table.get("caption")):
        return f"caption {table.get('caption')!r}"
    if len(allowed) != len(have) or any(len(a) != len(b) for a, b in zip(allowed, have, strict=True)):
        return f"{len(allowed)} rows × {len(allowed[0])}, not {len(have)} × {len(have[0])}"
    if bool(truth["header"]) != bool(table.get("header")):
        return f"header {table.get('header')}"
    for r, row in enumerate(allowed):
        for c, texts in enumerate(row):
            if have[r][c] not in texts:
                return f"cell {r},{c} {have[r][c][:40]!r}, not {max(texts, key=len)[:40]!r}"
    return ""
