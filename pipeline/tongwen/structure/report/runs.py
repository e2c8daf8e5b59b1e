"""Items in a row, which may be one list or several, with what pages put between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongwen.model import Record
from tongwen.structure.report.unit import Unit

FLOATING = ("note", "figure", "table", "box")


def in_order(records: Sequence[Record]) -> list[Record]:
    """Lists, and what is printed between them, each with what it holds, as they are printed."""
    ids = {record.id for record in records}
    groups: list[list[Record]] = []
    for record in records:
        if record.parent in ids:
            groups[-1].append(record)
        else:
            groups.append([record])
    return [record for group in sorted(groups, key=lambda group: group[0].span.start) for record in group]


def runs(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Items in a row, with what pages, notes and floating parts put between them; any other unit alone."""
    run: list[Unit] = []
    for unit in units:
        if unit.kind != "item" and not (run and unit.kind in FLOATING):
            yield from [run] if run else []
            run = []
            yield [unit]
        else:
            run.append(unit)
    yield from [run] if run else []
