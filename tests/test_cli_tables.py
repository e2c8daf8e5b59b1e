"""`tongwen tables`: listing, drawing and exporting the tables of a small library."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from little_corpus import write
from report_library import DOC, build
from tongwen.cli import table_rows
from tongwen.cli.boundary import run
from tongwen.cli.drawing import GAP, NARROWEST, Drawing
from tongwen.cli.page import Page
from tongwen.cli.width import width
from tongwen.export.workbook import names
from tongwen.flow import index
from tongwen.model import Json, Span
from tongwen.search.cells import TableCell, cells

Out = Callable[..., str]

PAGE = """\
<html lang="zh-Hant"><title>數量</title><body><h1>數量</h1>
<p>正文在此。</p>
<table><caption>表一 各地數量</caption>
<tr><th rowspan=2>地區<th colspan=2>數量<tr><th>大麻<th>鴉片
<tr><th colspan=3>亞洲
<tr><td rowspan=2>甲地<td>1<td>-2.5
<tr><td>3,000<td>=cmd()
<tr><td colspan=3>註：略。</table>
<table><tr><td>丙<td>一|二<tr><td>丁<td>&lt;b&gt;</table></body></html>
"""

LISTED = """\
hant/page
  table_1      3 × 3   html      表一　各地數量
  table_n1     2 × 2   html      [丙 | 一|二]
"""

DRAWN = """\
表一　各地數量
地區   │  數量 │ 數量
地區   │  大麻 │ 鴉片
───────┼───────┼───────
亞洲
  甲地 │     1 │ -2.5
  甲地 │ 3,000 │ =cmd()
註：略。

數量, hant/page#table_1
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    write(folder / "texts", {"hant/page.html": PAGE, "hans/plain.txt": "没有表格。\n"})
    index([folder / "texts"], folder / "index", jobs=1)
    return folder / "index"


@pytest.fixture
def out(library: Path, capsys: pytest.CaptureFixture[str]) -> Out:
    def call(*arguments: str) -> str:
        assert run(["--index", str(library), *arguments]) == 0
        return str(capsys.readouterr().out)

    return call


@pytest.fixture
def refused(library: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def call(*arguments: str) -> tuple[int, str]:
        code = run(["--index", str(library), "tables", *arguments])
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        return code, told.err

    return call


def test_tables_are_listed_by_document(out: Out) -> None:
    assert out("tables") == LISTED
    assert out("tables", "hant/page") == LISTED
    assert out("tables", "*page") == LISTED


def test_a_table_is_drawn(out: Out) -> None:
    assert out("tables", "hant/page", "--id", "table_1") == DRAWN
    assert out("tables", "hant/page#table_1") == DRAWN
    assert out("tables", "--id", "table_1", "--format", "table") == DRAWN


def test_a_converted_table_says_so(out: Out) -> None:
    shown = out("tables", "hant/page#table_1", "--script", "hans")
    assert shown.startswith("[converted to Simplified by OpenCC t2s; the original: tongwen show hant/page#table_1]")
    assert "地区" in shown


def test_csv_is_the_header_and_the_rows(out: Out) -> None:
    text = out("tables", "hant/page#table_1", "--format", "csv")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["地區", "數量 · 大麻", "數量 · 鴉片"],
        ["亞洲", "", ""],
        ["甲地", "1", "-2.5"],
        ["甲地", "3,000", "'=cmd()"],
    ]
    assert out("tables", "hant/page#table_1", "--format", "csv", "--bom") == "\ufeff" + text


def test_json_is_the_record_as_it_is_listed(out: Out) -> None:
    rows = [json.loads(line) for line in out("tables", "hant/page", "--format", "json").splitlines()]
    listed = [json.loads(line) for line in out("records", "tables").splitlines()]
    assert rows == [{**row, "page": None} for row in listed]
    first = rows[0]
    assert {name: first[name] for name in ("doc", "id", "number", "caption", "origin", "notes", "header")} == {
        "doc": "hant/page",
        "id": "table_1",
        "number": "1",
        "caption": "各地數量",
        "origin": "html",
        "notes": ["註：略。"],
        "header": ["地區", "數量 · 大麻", "數量 · 鴉片"],
    }
    assert first["groups"] == [{"label": "亞洲", "row": 0, "first": 1, "last": 2, "sure": True}]
    assert first["columns"] == 3


def test_a_workbook_has_a_sheet_for_each_table(out: Out, tmp_path: Path) -> None:
    file = tmp_path / "tables.xlsx"
    assert out("tables", "-o", str(file)) == ""
    book = load_workbook(file)
    assert book.sheetnames == ["表一", "table_n1"]
    values = [[cell.value for cell in row] for row in book["表一"].iter_rows(max_row=4)]
    assert values == [
        ["地區", "數量 · 大麻", "數量 · 鴉片"],
        ["亞洲", None, None],
        ["甲地", 1, -2.5],
        ["甲地", 3000, "=cmd()"],
    ]
    assert book["表一"]["C4"].data_type == "s"


def test_a_workbook_goes_into_a_pipe_and_not_on_a_terminal(
    library: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ["--index", str(library), "tables", "--format", "xlsx"]
    assert run(call) == 0
    assert load_workbook(io.BytesIO(capsysbinary.readouterr().out)).sheetnames == ["表一", "table_n1"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(call) == 2
    assert b"cannot be shown on a terminal" in capsysbinary.readouterr().err


@pytest.mark.parametrize(("ending", "part"), [("html", "&lt;b&gt;"), ("md", "| 丁 | \\<b\\> |"), ("txt", "丁 │ <b>")])
def test_the_form_follows_the_ending(ending: str, part: str, out: Out, tmp_path: Path) -> None:
    file = tmp_path / f"tables.{ending}"
    assert out("tables", "-o", str(file)) == ""
    assert part in file.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_folder_gets_a_file_for_each_table(out: Out, tmp_path: Path) -> None:
    out("tables", "--format", "csv", "-o", str(tmp_path))
    names = [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*.csv"))]
    assert names == ["hant/page/table_1.csv", "hant/page/table_n1.csv"]


def test_a_file_is_replaced_in_whole_or_stays(
    out: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("before", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", str(file))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        assert run(["--index", str(library), "tables", "--id", "table_1", "-o", str(file)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert (file.read_text(encoding="utf-8"), list(tmp_path.iterdir())) == ("before", [file])
    out("tables", "--id", "table_1", "-o", str(file))
    assert file.read_text(encoding="utf-8").startswith("地區,")


def test_a_file_s_name_may_be_as_long_as_names_are(out: Out, tmp_path: Path) -> None:
    file = tmp_path / ("表" * 83 + ".csv")  # 253 bytes
    out("tables", "--id", "table_1", "-o", str(file))
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_a_device_is_written_to_and_not_replaced(out: Out) -> None:
    out("tables", "--id", "table_1", "--format", "csv", "-o", "/dev/null")
    assert Path("/dev/null").is_char_device()
    assert out("tables", "--id", "table_1", "--format", "csv", "-o", "-").startswith("地區,")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--format", "csv"], 2, "A CSV file holds one table, and there are 2."),
        (["hant/page#table_1", "--id", "table_1"], 2, "named twice"),
        (["hant/page#table_9"], 1, "There is no record 'table_9' in hant/page. Did you mean"),
        (["hant/pages"], 1, "Did you mean hant/page"),
        (["--id", "table_9"], 1, "No table has the id 'table_9'."),
        (["hant/page#p_1"], 2, "hant/page#p_1 is a paragraph, not a table."),
        (["-o", "tables.doc"], 2, "names no form of a table"),
        (["-o", "nowhere/tables.xlsx"], 2, "There is no folder"),
        (["--format", "json", "--bom"], 2, "--bom is for CSV."),
        (["--format", "csv", "--script", "hans"], 2, "--script is for reading"),
        (["hans/plain"], 0, "no tables were found"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    arguments: Sequence[str], code: int, told: str, refused: Callable[..., tuple[int, str]]
) -> None:
    found, line = refused(*arguments)
    assert (found, told in line) == (code, True), line


TEXTS = st.text(st.sampled_from("中文，。（）ab 12.3%-é＝"), max_size=25)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(0, 60))
def test_a_drawing_fits_and_loses_nothing(rows: list[list[str]], columns: int) -> None:
    lines = list(Drawing([["甲", "乙", "丙"]], rows).lines(Page(False, False, columns)))
    assert not columns or max(map(width, lines)) <= max(columns, 3 * NARROWEST + 2 * len(GAP))
    drawn = "".join(c for line in lines for c in line if c not in "─┼│" and not c.isspace())
    assert sorted(drawn) == sorted(c for row in [["甲乙丙"], *rows] for text in row for c in text if not c.isspace())


def test_long_cells_are_wrapped_and_columns_stay_in_line() -> None:
    rows = [["甲地", "字" * 30, "1"], ["乙地", "短", "20"]]
    lines = list(Drawing([["名", "文", "数"]], rows).lines(Page(False, False, 40)))
    assert {width(line.split("│")[0]) for line in lines if "│" in line} == {5}
    assert lines[0] == "名   │ 文                           │ 数"
    assert lines[-1] == "乙地 │ 短                           │ 20"
    assert max(map(width, lines)) <= 40


def test_a_cell_cannot_steer_the_terminal() -> None:
    (line,) = Drawing([], [["\x1b[2J甲"]]).lines(Page(True, False, 80))
    assert line == "␛[2J甲"


FIELDS = {
    "header": ["地区", "比率"],
    "head_rows": [["地区", "比率"]],
    "rows": [["甲", "1"], ["甲", "2"], ["3", "乙"]],
    "cells": [[[[0, 2]], [[3, 5]]], [[[6, 7]], [[8, 9]]], [[], [[10, 11]]], [[[12, 13]], [[14, 15], [20, 22]]]],
}


def places(marks: Sequence[tuple[int, int]], crossing: bool = False) -> list[tuple[int | None, int]]:
    return [(cell.row, cell.column) for cell in cells(FIELDS, [Span(*mark) for mark in marks], crossing)]  # type: ignore[arg-type]


def test_a_match_is_named_by_row_and_column() -> None:
    (found,) = cells(FIELDS, [Span(10, 11)])  # type: ignore[arg-type]
    assert found == TableCell(1, 1, "甲", "比率")
    (found,) = cells(FIELDS, [Span(21, 22)])  # type: ignore[arg-type]
    assert found == TableCell(2, 1, "乙", "比率")
    (found,) = cells(FIELDS, [Span(3, 5)])  # type: ignore[arg-type]
    assert found.json() == {"row": None, "column": 1, "row_label": None, "column_label": "比率"}


def test_a_merged_cell_is_in_each_of_its_rows() -> None:
    assert places([(6, 7)]) == [(0, 0), (1, 0)]


def test_a_row_and_a_column_that_both_match_name_the_cell_where_they_cross() -> None:
    assert places([(3, 5), (12, 13)], crossing=True) == [(2, 0), (2, 1)]
    assert places([(3, 5), (12, 13)]) == [(None, 1), (2, 0)]
    assert places([(3, 5)], crossing=True) == [(None, 1)]
    assert places([(30, 31)]) == []


MERGED = {
    "header": ["对象", "初中 · 人数", "初中 · 比率", "高中 · 人数", "高中 · 比率"],
    "head_rows": [["对象", "初中", "初中", "高中", "高中"], ["对象", "人数", "比率", "人数", "比率"]],
    "rows": [["家人", "1", "2", "3", "4"]],
    "cells": [
        [[[0, 2]], [[3, 5]], [], [[6, 8]], []],
        [[], [[10, 12]], [[13, 15]], [[16, 18]], [[19, 21]]],
        [[[22, 24]], [[25, 26]], [[27, 28]], [[29, 30]], [[31, 32]]],
    ],
}
RATES = [(13, 15), (19, 21)]


@pytest.mark.parametrize(
    "marks, expected",
    [
        ([(6, 8), *RATES, (22, 24)], [(0, 0), (0, 4)]),
        ([*RATES, (22, 24)], [(0, 0), (0, 2), (0, 4)]),
        ([(6, 8), (22, 24)], [(0, 0), (0, 3), (0, 4)]),
        ([(6, 8), *RATES], [(None, 4)]),
    ],
)
def test_of_several_columns_the_one_with_most_words_is_meant(
    marks: list[tuple[int, int]], expected: list[tuple[int | None, int]]
) -> None:
    found = cells(MERGED, [Span(*mark) for mark in marks], crossing=True)  # type: ignore[arg-type]
    assert [(cell.row, cell.column) for cell in found] == expected


def test_a_hit_in_a_table_names_the_cell_and_quotes_the_row(out: Out) -> None:
    lines = [line.strip() for line in out("search", "甲地", "3,000").splitlines()]
    assert "表一　各地數量 · 甲地 · 數量 · 大麻" in lines
    assert any(line.startswith("地區 | ") for line in lines)
    assert "甲地 | 3,000 | =cmd()" in lines
    assert "[1 more row matches in part or in whole]" in lines
    hit = json.loads(out("search", "鴉片", "--kind", "table", "--json"))["hits"][0]
    assert hit["cells"] == [{"row": None, "column": 2, "row_label": None, "column_label": "數量 · 鴉片"}]


def test_only_hits_in_tables_have_cells(out: Out) -> None:
    assert all("cells" not in hit for hit in json.loads(out("search", "正文", "--json"))["hits"])


def test_a_hit_of_a_report_s_table_leads_to_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = build(tmp_path)
    assert run(["--index", str(folder), "search", "乙地", "比率"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "表2　各地的比率 · 乙地 · 比率" in lines
    assert "地区 | 比率" in lines
    assert "乙地 | -3.5" in lines
    assert f"{DOC}#table_2" in [line.split("  ")[0] for line in lines]


KNOWN: dict[str, Json] = {"title": "", "language": "und"}


@given(st.lists(st.tuples(st.text(min_size=1, max_size=60), st.text(max_size=40)), min_size=2, max_size=5, unique=True))
def test_tables_of_several_documents_are_told_apart(tables: list[tuple[str, str]]) -> None:
    found: list[dict[str, Json]] = [{"doc": doc, "id": "table_1", "label": label} for doc, label in tables]
    sheets = [table_rows.sheet(row, KNOWN, True) for row in found]
    assert all(len(sheet.name) <= 31 for sheet in sheets)
    assert len({name.casefold() for name in names([sheet.name for sheet in sheets])}) == len(tables)
    assert not any(character.isspace() for sheet in sheets for character in sheet.anchor)
    assert len({sheet.anchor for sheet in sheets}) == len({doc for doc, _ in tables})


def test_a_sheet_s_name_tells_the_document() -> None:
    row: dict[str, Json] = {"doc": "reports/drug-courts-en.office", "id": "table_1", "label": "Table 1"}
    assert table_rows.sheet(row, KNOWN, True).name == "report…ts-en.office Table 1"
    assert table_rows.sheet(row, KNOWN).name == "Table 1"


def test_a_folder_that_is_to_be_made_ends_in_a_slash(out: Out, tmp_path: Path) -> None:
    out("tables", "-o", f"{tmp_path}/new/made/", "--format", "csv")
    made = sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.csv"))
    assert made == ["new/made/hant/page/table_1.csv", "new/made/hant/page/table_n1.csv"]
    out("tables", "-o", f"{tmp_path}/tables.html")
    assert 'id="hant/page#table_n1"' in (tmp_path / "tables.html").read_text(encoding="utf-8")
