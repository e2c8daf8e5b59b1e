"""Note markers told from all other figures, and notes bound to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from notes_of import Case, bodies, cases, places, read
from tongwen.normalise import convert

REPORT = "corpus/zh-Hans/drug-decriminalisation-asia-2016.txt"


def test_every_marker_of_a_real_report_is_found_and_none_besides(shared: Path) -> None:
    text = (shared / REPORT).read_text(encoding="utf-8")
    notes = read(text)
    assert sorted(int(m.number) for m in notes.markers) == list(range(1, 219))
    assert all(m.body is None and m.span.of(text) == m.number for m in notes.markers)
    around = {text[m.span.start - 3 : m.span.end + 1] for m in notes.markers}
    assert around >= {
        "5年。36 ",
        "性地图50\n",
        "60%51，",
        "0%。54 ",
        "0天的77，",
        ".3克101）",
        "效性。107\n",
        "的6%116。",
        "度指数200来",
    }


def test_the_bundled_reports_notes_are_bound() -> None:
    text = (ROOT / "corpus/zh-Hans/asia-harm-reduction-report.txt").read_text(encoding="utf-8")
    notes = read(text)
    assert [(m.number, m.body) for m in notes.markers] == [(str(n), n - 1) for n in range(1, 49)]
    assert notes.bodies[5].pieces[0].of(text) == "阿根廷最高法院，2009年8月25日判决。"
    assert len(notes.bodies) == 48


CASES = [case for file in sorted((ROOT / "tests/cases/notes").glob("*.txt")) for case in cases(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_its_markers_notes_and_problems(case: Case) -> None:
    notes = read(case.text)
    assert places(notes, case.text) == case.markers
    assert bodies(notes, case.text) == case.bodies
    assert {problem.code for problem in notes.problems} == case.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_twin_in_the_other_script_gives_the_same(case: Case) -> None:
    twin = convert(case.text, "hant" if case.simplified else "hans")
    assert len(twin) == len(case.text)
    assert places(read(twin), twin) == case.markers
