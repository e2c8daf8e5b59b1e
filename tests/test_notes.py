"""Note markers told from all other figures, and notes bound to them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import ROOT
from notes_documents import KINDS, made
from notes_of import Case, bodies, cases, places, read, stripped
from tongwen.model import Mark, Span
from tongwen.normalise import convert

DOCUMENTS = int(os.environ.get("TONGWEN_DOCUMENTS", "50"))
"""Documents of each kind, made with fixed seeds; TONGWEN_DOCUMENTS asks for more."""

PRECISION = 0.995
RECALL = {"dangling": 0.99, "end": 0.99, "feet": 0.99, "pages": 0.98, "chapters": 0.97}
BOUND = 0.94

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


def marks_in(marked: str, linked: dict[str, str] | None = None) -> tuple[str, tuple[Mark, ...]]:
    """A text in which ``{12}`` is set as a marker by the format, linked to the line that begins as ``linked`` says."""
    text, found = stripped(marked)
    to = {sign: text.rindex(line) for sign, line in (linked or {}).items()}
    ends = {sign: len(text[at:].split("\n")[0]) + at for sign, at in to.items()}
    return text, tuple(
        Mark(Span(at, at + len(sign)), Span(to[sign], ends[sign]) if sign in to else None) for at, sign, _ in found
    )


def test_raised_figures_that_the_format_tells_join_the_sequence() -> None:
    text, marks = marks_in(
        "甲处不大{1}，面积20m{2}。乙处更小{2}。丙处没有。{3}丁处也没有。4 戊处有。{5}己处30m{2}。庚处无。{6}"
    )
    told = [(m.number, text[m.span.start - 1]) for m in read(text, marks).markers]
    assert told == [("1", "大"), ("2", "小"), ("3", "。"), ("4", "。"), ("5", "。"), ("6", "。")]


def test_a_raised_figure_is_found_where_the_text_alone_could_not_tell_it() -> None:
    text, marks = marks_in("这是2001{1}年的事。到2002{2}年才结束。后来{3}又开始。")
    assert [m.number for m in read(text, marks).markers] == ["1", "2", "3"]


def test_a_format_that_links_markers_to_notes_is_believed() -> None:
    linked = {"[1]": "1 见前言。", "[2]": "2 同上。", "*": "* 作者注。"}
    text, marks = marks_in("甲。{[1]}乙在3区。{[2]}丙。{*}丁。{[1]}\n1 见前言。\n2 同上。\n* 作者注。", linked)
    notes = read(text, marks)
    assert [(m.number, m.span.of(text), m.body) for m in notes.markers] == [
        ("1", "1", 0),
        ("2", "2", 1),
        ("*", "*", 2),
        ("1", "1", 0),
    ]
    assert bodies(notes, text) == ["1 见前言。", "2 同上。", "* 作者注。"]
    assert notes.taken == {1, 2, 3}


def found_in(kind: str, documents: int) -> tuple[int, int, int, int, int]:
    """Over documents made at random: markers right, found and true; notes bound and true."""
    right = found = true = bound = written = 0
    for seed in range(documents):
        document = made(seed, kind)
        notes = read(document.text)
        told = {(marker.span.start, marker.number) for marker in notes.markers}
        right, found = right + len(told & document.markers), found + len(told)
        true, written = true + len(document.markers), written + document.notes
        bound += sum(m.body is not None and notes.bodies[m.body].number == m.number for m in notes.markers)
    return right, found, true, bound, written


@pytest.mark.parametrize("kind", KINDS)
def test_markers_put_among_other_figures_are_found(kind: str) -> None:
    right, found, true, bound, written = found_in(kind, DOCUMENTS)
    assert right / found >= PRECISION
    assert right / true >= RECALL[kind]
    assert bound >= BOUND * written


def test_text_without_notes_has_none() -> None:
    for seed in range(3 * DOCUMENTS):
        notes = read(made(seed, "none").text)
        assert (notes.markers, notes.bodies, notes.taken) == ((), (), frozenset())
