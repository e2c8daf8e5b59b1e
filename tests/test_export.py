"""Exports: what is written says what the sheet says, and nothing in it is run, in whatever program it is opened."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tongwen.errors import UsageError
from tongwen.export.delimited import BOM, delimited
from tongwen.export.guard import holds_as_number, inert, is_formula, writable
from tongwen.export.hypertext import page
from tongwen.export.markdown import markdown
from tongwen.export.sheet import Sheet
from tongwen.export.widths import WIDEST
from tongwen.export.workbook import CELL, NAME, names, workbook

NASTY = st.text(
    st.sampled_from("=+-@＝＋－＠\t\r\n\0\x0b\x1b\x85\ufeff\ufffe\ud800 　,;|\"'\\`*_[]<>&#~$(){}0179.%中éa😀"),
    max_size=12,
)
ROWS = st.lists(st.lists(NASTY, min_size=3, max_size=3), min_size=1, max_size=4)
WORKED = settings(max_examples=40, deadline=None)  # a workbook takes some milliseconds


def sheet(rows: list[list[str]], header: list[str] | None = None, name: str = "表1") -> Sheet:
    return Sheet(name, header, rows, "表1　甲 <b>", ["注：=乙"], "丙, doc#table_1", frozenset(), "zh-Hans")


SPACED = ["\t甲", "\r甲", "\n甲", "  =1", "　=1", "\u00a0=1", "\ufeff=1", "\u200b@x", "\0=1"]
RUN = ["=1+1", "+1", "-1+1", "@x", "＝1", "＋1", "－1", "＠x", "-", "-1-", "-２", "- 甲", "=HYPERLINK(1)"]
NUMBERS = ["0", "-3.5", "10,000", "1.50", "999999999999999", "-0.5"]
NO_NUMBERS = ["007", "-0", "-0.0", "1,00", "9999999999999999", "3 %", "１", "1e5", "", ".5", "1.", "00", "0,123"]


@pytest.mark.parametrize("text", [*SPACED, *RUN])
def test_what_might_be_run_gets_an_apostrophe(text: str) -> None:
    assert inert(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-1", "-3.5", "-1,234.5", "甲=乙", "1+1", "–3", "−3", "'=1", "10,000", "甲@乙"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_only_a_number_that_is_shown_as_printed_is_held_as_one() -> None:
    assert [text for text in (*NUMBERS, *NO_NUMBERS) if holds_as_number(text)] == NUMBERS


@given(ROWS)
def test_csv_gives_every_cell_back_and_none_is_run(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(delimited(sheet(rows)), newline="")))
    assert read == [[f"'{cell}" if is_formula(cell) else cell for cell in row] for row in rows]
    assert not any(is_formula(cell) for row in read for cell in row)


@given(st.none() | st.lists(NASTY, max_size=3), st.lists(st.lists(NASTY, max_size=3), max_size=4))
def test_every_line_of_a_grid_is_as_wide_as_the_widest(header: list[str] | None, rows: list[list[str]]) -> None:
    ragged = sheet(rows, header)
    for full, line in zip(ragged.grid, ragged.lines, strict=True):
        assert full == [*line, *[""] * (ragged.columns - len(line))]


def test_short_rows_are_filled_up_in_every_form() -> None:
    ragged = Sheet("表1", None, [["组"], ["甲", "1"], ["乙"]], groups=frozenset({0}))
    assert delimited(ragged) == "组,\r\n甲,1\r\n乙,\r\n"
    assert markdown([ragged]) == "|  |  |\n| --- | --- |\n| 组 |  |\n| 甲 | 1 |\n| 乙 |  |\n"
    assert '<tr><th colspan="2" scope="colgroup">组</th></tr>\n<tr><td>甲</td><td>1</td></tr>' in page([ragged], "")
    assert "<tr><td>乙</td><td></td></tr>" in page([ragged], "")


def test_csv_holds_the_header_and_the_rows_alone() -> None:
    assert delimited(sheet([["1", "2"], ["3"]], ["甲", "乙"])) == "甲,乙\r\n1,2\r\n3,\r\n"
    assert delimited(sheet([["1"]]), bom=True) == f"{BOM}1\r\n"


@WORKED
@given(ROWS)
def test_a_workbook_has_no_formula_and_every_text(rows: list[list[str]]) -> None:
    book = load_workbook(io.BytesIO(workbook([sheet(rows)])))
    cells = [list(row) for row in book.worksheets[0].iter_rows(max_row=len(rows), max_col=3)]
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
    for cell, text in zip((c for row in cells for c in row), (t for row in rows for t in row), strict=True):
        if holds_as_number(text):
            assert cell.value == float(text.replace(",", ""))
        else:
            assert (cell.value or "") == _lines(writable(text))
        assert bool(cell.quotePrefix) == is_formula(text)


def _lines(text: str) -> str:
    """As a spreadsheet breaks them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _closed_up(text: str) -> str:
    """Without white space, which a parser may collapse."""
    return "".join(text.split())


@WORKED
@given(ROWS)
def test_every_part_of_a_workbook_is_well_formed(rows: list[list[str]]) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([sheet(rows), sheet(rows, ["甲", "=乙", "丙"])]))) as parts:
        trees = [ElementTree.fromstring(parts.read(name)) for name in parts.namelist()]
    assert not [element for tree in trees for element in tree.iter() if element.tag.endswith("}f")]


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [("10,000", 10000, "#,##0"), ("1.50", 1.5, "0.00"), ("-3.5", -3.5, "0.0"), ("12", 12, "0")],
)
def test_a_number_is_shown_as_it_is_printed(text: str, value: float, form: str) -> None:
    cell = load_workbook(io.BytesIO(workbook([sheet([[text]])]))).worksheets[0]["A1"]
    assert (cell.value, cell.number_format) == (value, form)


def test_what_stands_around_a_table_is_below_it_in_a_workbook() -> None:
    page = load_workbook(io.BytesIO(workbook([sheet([["甲", "1"]], ["名", "2015"])]))).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[:3] == [["名", "2015"], ["甲", 1], [None, None]]
    assert [row[0] for row in rows[3:]] == ["表1　甲 <b>", "注：=乙", "丙, doc#table_1"]


@pytest.mark.parametrize(
    "large", [Sheet("表", None, [["字" * (CELL + 1)]]), Sheet("表", None, [["1"] * 16_385])], ids=["cell", "columns"]
)
def test_a_table_that_no_workbook_can_hold_is_told(large: Sheet) -> None:
    with pytest.raises(UsageError, match="too large for XLSX"):
        workbook([large])


@pytest.mark.parametrize("write", [delimited, lambda it: page([it], "表"), lambda it: markdown([it])])
def test_cells_that_are_not_there_are_not_made_without_bounds(write: Callable[[Sheet], str]) -> None:
    """A web page of a few kilobytes can ask for as many as fill the memory."""
    ragged = Sheet("表", None, [["甲"] * 2000, *[["乙"]] * 200])
    with pytest.raises(UsageError, match="201 rows of up to 2,000 cells"):
        write(ragged)
    assert write(ragged._replace(rows=ragged.rows[:50])).count("乙") == 49
    assert write(Sheet("表", None, [["甲"] * 1000] * 300)).count("甲") == 300_000  # as many as it has


@given(st.lists(st.text(max_size=40) | st.sampled_from(["表1", "History", "'", "a" * 40, "A" * 40]), max_size=8))
def test_names_of_sheets_are_legal_and_no_two_are_alike(wanted: list[str]) -> None:
    found = names(wanted)
    assert len(found) == len(wanted)
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert 0 < len(name) <= NAME
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]|^'|'$", name)
        assert name.casefold() != "history"


def test_a_column_is_as_wide_as_its_texts_and_never_too_wide() -> None:
    rows = [["1"] * 26 + ["二" * 10, "三" * 100], ["長長長長長"]]
    columns = load_workbook(io.BytesIO(workbook([sheet(rows)]))).worksheets[0].column_dimensions
    assert [columns[letter].width for letter in ("A", "AA", "AB")] == [12, 22, WIDEST]


@given(ROWS)
def test_html_shows_every_text_and_runs_none(rows: list[list[str]]) -> None:
    soup = BeautifulSoup(page([sheet(rows, ["<script>", "b", "c"])], "</title><script>"), "html.parser")
    assert not soup.find("script")
    cells = [[_closed_up(cell.get_text()) for cell in row.find_all(["th", "td"])] for row in soup.find_all("tr")]
    assert cells == [[_closed_up(writable(cell)) for cell in row] for row in [["<script>", "b", "c"], *rows]]


def test_html_names_groups_and_says_what_stands_around() -> None:
    grouped = Sheet(
        "表1", ["甲", "乙"], [["组", ""], ["丙", "1"]], "表1　题", ["注"], "出处", frozenset({0}), "zh-Hans"
    )
    text = page([grouped], "题")
    assert '<th colspan="2" scope="colgroup">组</th>' in text
    assert "<caption>表1　题</caption>" in text
    assert '<html lang="zh-Hans">' in text
    assert "<p>注</p>" in text


@given(ROWS)
def test_markdown_has_a_cell_for_each_cell_and_no_mark_up_in_it(rows: list[list[str]]) -> None:
    lines = markdown([Sheet("表1", ["a", "b", "c"], rows)]).split("\n")
    assert lines[:2] == ["| a | b | c |", "| --- | --- | --- |"]
    assert len(lines) == len(rows) + 3
    for line, row in zip(lines[2:], rows, strict=False):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)(?:\\\\)*\|", line)[1:-1]]
        assert len(cells) == 3
        plain = [re.sub(r"\\(.)", r"\1", cell.replace("<br>", "")) for cell in cells]
        assert [_closed_up(cell) for cell in plain] == [_closed_up(writable(cell)) for cell in row]


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("* 甲", "\\* 甲"),
        ("# 甲", "\\# 甲"),
        ("1. 甲", "1\\. 甲"),
        ("- 甲\n乙", "\\- 甲 乙"),
        ("注：甲", "注：甲"),
        ("2015年", "2015年"),
    ],
)
def test_a_note_stays_a_paragraph_in_markdown(note: str, line: str) -> None:
    assert markdown([Sheet("表1", ["a"], [["1"]], notes=[note])]).split("\n\n")[1].strip() == line


@given(NASTY)
def test_what_is_written_can_stand_in_xml(text: str) -> None:
    held = ElementTree.fromstring(f"<a>{writable(text).replace('&', '&amp;').replace('<', '&lt;')}</a>".encode())
    assert held.text is None or "\0" not in held.text
    assert len(writable(text)) == len(text)
