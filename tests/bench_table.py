"""What is printed of figures: a table with everyone beside everyone, the limits, the last run beside this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bench_curve import Row
from bench_figures import Figures, Judged, Limit, judged

NAME, CELL = 46, 15


def table(figures: Figures) -> Iterator[str]:
    """The fastest of several runs, with their median in brackets where it differs."""
    everyone = figures.everyone()
    yield " " * NAME + "".join(f"{who:>{CELL}}" for who in everyone)
    for measure in figures.measures:
        yield f"{measure:{NAME}}" + "".join(f"{_cell(figures, measure, who):>{CELL}}" for who in everyone)


def _cell(figures: Figures, measure: str, who: str) -> str:
    least = figures.least(measure, who)
    if least is None:
        return ""
    shown, median = written(least), written(figures.median(measure, who))
    return shown if shown == median else f"{shown} ({median})"


def written(value: float) -> str:
    """Three figures that count."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{places}f}"


def ratios(figures: Figures, ours: Sequence[str]) -> Iterator[str]:
    """How many times as much each other takes as one of ours."""
    others = [who for who in figures.everyone() if who not in ours]
    if not others:
        return
    yield " " * NAME + " " * CELL + "".join(f"{who:>{CELL}}" for who in others)
    for measure, values in figures.measures.items():
        for who in (one for one in ours if one in values and any(other in values for other in others)):
            beside = (_ratio(figures, measure, other, who) for other in others)
            yield f"{measure:{NAME}}{who:>{CELL}}" + "".join(f"{one:>{CELL}}" for one in beside)


def _ratio(figures: Figures, measure: str, who: str, than: str) -> str:
    value, base = figures.least(measure, who), figures.least(measure, than)
    return f"{written(value / base)} ×" if value is not None and base else ""


def limits(figures: Figures) -> Iterator[str]:
    for one in judged(figures):
        told = "MISSED" if one.missed else "kept"
        value = f"{written(one.value):>{CELL}}"
        yield f"{one.limit.measure:{NAME}}{one.limit.who:>10}{value}  {_bound(one.limit, one)}  {told}"


def _bound(limit: Limit, one: Judged) -> str:
    sign = "≥" if limit.least else "≤"
    of = f" = {written(limit.value)} × {limit.by or limit.than}" if limit.than else ""
    return f"{sign} {written(one.bound)}{of}"


def compared(now: Figures, last: Figures) -> Iterator[str]:
    """This run, the last one, and how many times as much this one took."""
    yield f"{'':{NAME}}{'':>{CELL}}{'now':>{CELL}}{'last':>{CELL}}{'now : last':>{CELL}}"
    for measure, values in now.measures.items():
        for who in values:
            value, before = now.least(measure, who), last.least(measure, who)
            if value is not None and before is not None:
                ratio = f"{value / before:.2f}" if before else ""
                yield f"{measure:{NAME}}{who:>{CELL}}{written(value):>{CELL}}{written(before):>{CELL}}{ratio:>{CELL}}"


CURVE: dict[str, Callable[[Row], str]] = {
    "documents": lambda row: f"{row.documents:,}",
    "records": lambda row: f"{row.records:,}",
    "build s": lambda row: written(row.build_seconds),
    "CPU s": lambda row: written(row.build_cpu),
    "s each": lambda row: f"{row.seconds_each:.4f}",
    "peak MB": lambda row: written(row.peak_mb),
    "disk MB": lambda row: written(row.disk_mb),
    "add s": lambda row: written(row.add_seconds),
    "add CPU s": lambda row: written(row.add_cpu),
    "add MB": lambda row: written(row.add_peak_mb),
    "find s": lambda row: written(row.find_seconds),
    "same s": lambda row: written(row.same_seconds),
    "p50 ms": lambda row: written(row.warm_p50_ms),
}


def curve(rows: Sequence[Row]) -> Iterator[str]:
    yield f"{'engine':8}" + "".join(f"{name:>11}" for name in CURVE)
    for row in rows:
        yield curve_row(row)
    if rows:
        yield f"1,000,000 records are {rows[-1].documents_for_a_million_records:,.0f} of these documents"


def curve_row(row: Row) -> str:
    return f"{row.engine:8}" + "".join(f"{shown(row):>11}" for shown in CURVE.values())
