"""A real report, flattened from a PDF: everything that is known of it, by the lines on which it is printed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tongwen.flow.processing import Processed, process
from tongwen.model import Record, Span

REPORT = "corpus/zh-Hans/drug-decriminalisation-asia-2016.txt"
CASES = Path(__file__).parent / "cases" / "report_real"


@pytest.fixture(scope="module")
def report(shared: Path) -> Processed:
    path = shared / REPORT
    return process(path, path.parent)


def kind(report: Processed, name: str) -> list[Record]:
    return [record for record in report.structure.records if record.kind == name]


def line(report: Processed, offset: int) -> int:
    return report.text.original.count("\n", 0, offset) + 1


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in lines if row and not row.startswith("#")]


def test_each_of_218_notes_is_marked_once(report: Processed) -> None:
    notes = kind(report, "footnote")
    assert sorted(int(str(note.fields["number"])) for note in notes) == list(range(1, 219))
    for note in notes:
        anchor, number = note.fields["anchor"], str(note.fields["number"])
        assert isinstance(anchor, int)
        assert report.text.original.startswith(number, anchor)
        assert note.fields["text"] is None


def test_all_80_headings_stand_in_their_order(report: Processed) -> None:
    printed = [s for s in kind(report, "section") if not s.fields["inferred"]]
    found = []
    for section in printed:
        edges = section.fields["printed"]
        start = edges[0] if isinstance(edges, list) else section.span.start
        assert isinstance(start, int)
        found.append([str(line(report, start)), str(section.fields["number"] or "-"), str(section.fields["level"])])
    assert found == rows("headings.tsv")
    assert len(found) == 80


def test_chapters_without_a_title_are_told(report: Processed) -> None:
    inferred = [s for s in kind(report, "section") if s.fields["inferred"]]
    assert [(s.id, s.fields["title"]) for s in inferred] == [("sec_2", None), ("sec_3", None)]


def texts(report: Processed) -> list[str]:
    out = [str(record.fields["text"]) for name in ("paragraph", "box") for record in kind(report, name)]
    for record in kind(report, "list"):
        out += [item["text"] for item in record.fields["items"]]  # type: ignore[union-attr,index,call-overload,misc]
    return out


@pytest.mark.parametrize(("left", "right"), rows("sentences.tsv"))
def test_a_sentence_that_layout_breaks_is_closed(report: Processed, left: str, right: str) -> None:
    assert sum(left + right in text for text in texts(report)) >= 1


def test_the_boxes_begin_and_end_where_they_are_printed(report: Processed) -> None:
    found = [
        [str(box.fields["number"]), str(line(report, box.span.start)), str(line(report, box.span.end))]
        for box in kind(report, "box")
    ]
    assert found == rows("boxes.tsv")


SHAPES = {"1": (15, 3), "2": (4, 6), "3": (3, 6), "4": (16, 2), "5": (4, 2)}


def tables(report: Processed) -> dict[str, Record]:
    return {str(record.fields["number"]): record for record in kind(report, "table")}


def test_the_tables_have_their_shapes(report: Processed) -> None:
    found = {n: (len(t.fields["rows"]), len(t.fields["rows"][0])) for n, t in tables(report).items()}  # type: ignore[arg-type,index,call-overload]
    assert found == SHAPES


@pytest.mark.parametrize("case", rows("cells.tsv"), ids="-".join)
def test_a_cell_holds_what_is_printed(report: Processed, case: list[str]) -> None:
    table, row, column, start, end = case
    cell = tables(report)[table].fields["rows"][int(row)][int(column)]  # type: ignore[index,call-overload]
    assert cell.startswith(start)  # type: ignore[union-attr]
    assert cell.endswith(end)  # type: ignore[union-attr]


def test_the_group_of_table_4_has_its_three_rows(report: Processed) -> None:
    (group,) = tables(report)["4"].fields["groups"]  # type: ignore[misc]
    assert (group["row"], group["first"], group["last"]) == (1, 2, 4)  # type: ignore[index,call-overload]


def test_the_quotations_are_told_from_the_text(report: Processed) -> None:
    found = [p for p in kind(report, "paragraph") if p.fields["part"] == "quotation"]
    assert [line(report, p.span.start) for p in found] == [262, 304, 1372, 1888, 2546, 2602, 2611, 2624]


def test_no_character_is_lost_or_doubled(report: Processed) -> None:
    """Every character that is not blank stands in exactly one passage, or is a note's marker."""
    text = report.text.original
    pieces = [piece for passage in report.structure.passages for piece in passage.pieces]
    for record in kind(report, "footnote"):
        edges = record.fields["marker"]
        assert isinstance(edges, list)
        pieces.append(Span(*edges))  # type: ignore[arg-type]
    pieces.sort()
    assert all(left.end <= right.start for left, right in pairwise(pieces))
    covered = "".join(piece.of(text) for piece in pieces)
    assert "".join(covered.split()) == "".join(text.split())
