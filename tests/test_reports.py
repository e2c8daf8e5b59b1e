"""Reports of known content in every format: what is found may not fall below what was reached before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import report_measure
from report_measure import FILES, REPORTS, Totals
from reports.build import clean_html, docx, messy_html
from reports.build.dump import dump
from reports.build.source import read
from reports.build.truth import truth
from reports.measure import floors
from reports.measure.tally import Tally, tally

PINNED = floors.read()
SOURCES = sorted((REPORTS / "sources").glob("*.txt"))
AGAIN = "run scripts/build-reports, look at the diff, then scripts/measure-reports --pin"


@pytest.fixture(scope="module")
def figures() -> Totals:
    return report_measure.totals(sorted(FILES.iterdir()))


@pytest.mark.parametrize("dialect", sorted(PINNED["floors"]))
def test_no_figure_is_below_its_floor(figures: Totals, dialect: str) -> None:
    """Precision and recall of each kind of record, as pinned in tests/reports/floors.toml."""
    fallen = list(floors.fallen(figures, {dialect: PINNED["floors"][dialect]}))
    rows = report_measure.misses({k: t for k, t in figures[dialect].items() if any(f" {k}:" in f for f in fallen)}, 5)
    assert not fallen, "\n".join([*fallen, *rows, f"help: scripts/measure-reports --misses {dialect}"])


def test_the_floors_are_those_of_this_set() -> None:
    """Floors of another set would say nothing."""
    assert floors.identity(REPORTS) == PINNED["set"], f"help: {AGAIN}"


def test_every_dialect_and_kind_has_a_floor(figures: Totals) -> None:
    measured = {(d, k) for d, kinds in figures.items() for k in kinds}
    assert measured <= {(d, k) for d, kinds in PINNED["floors"].items() for k in kinds}, f"help: {AGAIN}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_files_and_truth_are_what_the_source_gives(source: Path) -> None:
    """Those that need no other program to be made."""
    report = read(source)
    made = {
        "clean.html": clean_html.page(report).encode(),
        "messy.html": messy_html.page(report).encode(),
        "flat.txt": dump(report, faulty=False).encode(),
        "faulty.txt": dump(report, faulty=True).encode(),
        "styled.docx": docx.write(report),
    }
    stale = [ending for ending, data in made.items() if (FILES / f"{source.stem}.{ending}").read_bytes() != data]
    assert not stale, f"help: {AGAIN}"
    assert json.loads((REPORTS / "truth" / f"{source.stem}.json").read_text("utf-8")) == truth(report), f"help: {AGAIN}"


def test_a_doubled_record_costs_precision_and_a_lost_one_recall() -> None:
    found = tally(["a", "b", "c", "d"], ["a", "a", "b", "e"])
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert (found.missed, found.besides) == (("c", "d"), ("a", "e"))


def test_a_floor_does_not_fall_without_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "truth").mkdir()
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.toml")
    good, bad = ({"a.txt": {"boxes": Tally(4, 4, right)}} for right in (4, 3))
    assert floors.pin(good, tmp_path, None) == []
    assert len(floors.pin(bad, tmp_path, None)) == 2
    assert floors.read()["floors"] == {"a.txt": {"boxes": [1.0, 1.0]}}
    assert floors.pin(bad, tmp_path, 'a "harder" set') == []
    assert floors.read()["floors"] == {"a.txt": {"boxes": [0.75, 0.75]}}
    assert floors.read()["lowered"][0].endswith('a "harder" set')
