"""PDF: the text in the order of reading, and what a page shows of headings, tables, notes and frames."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdf_writer import DOWNWARDS, HANZI_BOLD, LATIN, LATIN_BOLD, UNMAPPED, Page, write
from tongwen.decode.content import Content
from tongwen.decode.pdf.child import read
from tongwen.model import Block

SENTENCE = "各地的诊所每年公布一次统计数字，并且说明经费从哪里来。"


def content(*pages: Page, info: str = "") -> Content:
    outcome = read(write(pages, info), 100)
    assert isinstance(outcome, Content)
    return outcome


def prose(lines: int, start: int = 0, width: int = 18) -> list[str]:
    """Lines of one width, no two of them alike."""
    text = SENTENCE * ((start + lines) * width // len(SENTENCE) + 2)
    return [text[n * width : (n + 1) * width] for n in range(start, start + lines)]


def blocks(found: Content, kind: str) -> list[Block]:
    return [block for block in found.blocks if block.kind == kind]


def texts(found: Content, kind: str) -> list[str]:
    return [block.span.of(found.text) for block in blocks(found, kind)]


def test_lines_are_kept_and_more_white_is_a_blank_line() -> None:
    found = content(Page().lines(70, 700, prose(4)).lines(70, 600, prose(3, 4)))
    assert found.text == "\n".join(prose(4)) + "\n\n" + "\n".join(prose(3, 4))


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(columns: int) -> None:
    page = Page()
    expected = []
    for number in range(columns):
        column = prose(20, 20 * number, 14)
        page.lines(40 + 170 * number, 700 - 5 * number, column)
        expected += column
    assert texts(content(page), "line") == expected


def test_a_heading_across_columns_parts_them() -> None:
    page = Page().text(60, 760, "各地诊所的统计数字以及经费的来源和用途说明之一", 20)
    page.lines(60, 720, prose(8)).lines(310, 720, prose(8, 8))
    page.text(60, 560, "第二部分", 16)
    page.lines(60, 520, prose(8, 16)).lines(310, 520, prose(8, 24))
    found = content(page)
    assert texts(found, "line") == prose(32)
    assert [(block.level, block.span.of(found.text)) for block in blocks(found, "heading")] == [
        (1, "各地诊所的统计数字以及经费的来源和用途说明之一"),
        (2, "第二部分"),
    ]


def test_a_wrapped_heading_is_one_block() -> None:
    page = Page().text(60, 760, "这是一个很长的标题它在第一行的末尾还没有写", 14).text(60, 740, "完", 14)
    found = content(page.lines(60, 700, prose(12, width=30)))
    assert texts(found, "heading") == ["这是一个很长的标题它在第一行的末尾还没有写\n完"]


def test_single_characters_of_a_font_that_the_file_does_not_hold_are_read() -> None:
    """No machine needs to have the font, see ``decode/pdf/fonts.py``; each character is a text object."""
    page = Page()
    for place, character in enumerate("人人享有健康"):
        page.text(60 + 10 * place, 760, character)
    assert content(page).text == "人人享有健康"


def test_bold_lines_are_headings() -> None:
    page = Page().text(60, 760, "治疗", 10, HANZI_BOLD).lines(60, 740, prose(6))
    page.text(60, 620, "预防", 10, HANZI_BOLD).lines(60, 600, prose(6, 6))
    assert texts(content(page), "heading") == ["治疗", "预防"]


def test_running_heads_and_page_numbers_are_told_and_kept() -> None:
    pages = [
        Page().text(60, 810, "统计年报", 9).lines(60, 760, prose(9, 9 * n, 17)).text(290, 30, str(7 + n), 9, LATIN)
        for n in range(4)
    ]
    found = content(*pages)
    edges = [block for block in found.blocks if block.label == "page"]
    assert [block.span.of(found.text) for block in edges] == [
        line for number in range(7, 11) for line in ("统计年报", str(number))
    ]
    assert [block.span.of(found.text) for block in found.blocks if block.label != "page"] == prose(36, width=17)
    assert [found.text[offset:].startswith("统计年报") for offset in found.pages] == [True] * 4


def test_lines_at_the_edges_that_do_not_return_are_text() -> None:
    found = content(*(Page().lines(60, 800, prose(40, 40 * n)) for n in range(4)))
    assert [block for block in found.blocks if block.label] == []


def test_a_ruled_table_is_a_grid_and_merged_cells_are_repeated() -> None:
    page = Page().lines(60, 780, prose(5)).grid([60, 150, 250, 350], [600, 630, 660, 690])
    page.draw("0.9 g 61 661 288 28 re f 0 g")
    for row, cells in enumerate([("城市", "人数", "比率"), ("东港", "12", "8%"), ("北川", "30", "9%")]):
        for column, cell in enumerate(cells):
            page.text((65, 155, 255)[column], 670 - 30 * row, cell)
    (table,) = blocks(content(page), "table")
    assert [[cell.text for cell in row] for row in table.grid] == [
        ["城市", "人数", "比率"],
        ["东港", "12", "8%"],
        ["北川", "30", "9%"],
    ]
    assert [[cell.header for cell in row] for row in table.grid] == [[True] * 3, [False] * 3, [False] * 3]


def test_a_merged_cell_has_its_span_once() -> None:
    page = Page().lines(60, 780, prose(5))
    for y in (600, 630, 660):
        page.draw(f"60 {y} m 260 {y} l S")
    page.draw("60 600 m 60 660 l S 260 600 m 260 660 l S 160 600 m 160 630 l S")
    page.text(65, 640, "两栏合一").text(65, 610, "左").text(165, 610, "右")
    found = content(page)
    (table,) = blocks(found, "table")
    assert [[cell.text for cell in row] for row in table.grid] == [["两栏合一", "两栏合一"], ["左", "右"]]
    assert [[cell.span and cell.span.of(found.text) for cell in row] for row in table.grid] == [
        ["两栏合一", None],
        ["左", "右"],
    ]


def test_a_table_without_lines_is_told_by_its_columns() -> None:
    page = Page().lines(60, 780, prose(5, width=30)).lines(60, 560, prose(5, 5, 30))
    rows = [("城市", "人数", "比率"), ("东港", "12", "8%"), ("北川", "30", "9%"), ("南湾", "7", "2%")]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.text((60, 160, 260)[column], 660 - 16 * row, cell)
    (table,) = blocks(content(page), "table")
    assert [tuple(cell.text for cell in row) for row in table.grid] == rows


def test_a_numbered_list_and_two_columns_of_prose_are_no_tables() -> None:
    page = Page()
    for number, line in enumerate(prose(6, width=30), 1):
        page.text(60, 780 - 16 * number, f"{number}.", 10, LATIN).text(90, 780 - 16 * number, line)
    page.lines(60, 600, prose(9, 12)).lines(310, 600, prose(9, 21))
    assert blocks(content(page), "table") == []


def test_a_table_that_goes_on_is_one_and_its_repeated_header_an_edge() -> None:
    def part(page: Page, top: float, rows: list[tuple[str, str]]) -> Page:
        page.grid([60, 160, 260], [top - 20 * n for n in range(len(rows) + 1)])
        for number, (left, right) in enumerate(rows):
            page.text(65, top - 14 - 20 * number, left).text(165, top - 14 - 20 * number, right)
        return page

    first = part(Page().lines(60, 780, prose(30)), 200, [("城市", "人数"), ("东港", "12")])
    second = part(Page(), 780, [("城市", "人数"), ("北川", "30"), ("", "又三人")]).lines(60, 600, prose(9, 30))
    found = content(first, second)
    (table,) = blocks(found, "table")
    assert [[cell.text for cell in row] for row in table.grid] == [
        ["城市", "人数"],
        ["东港", "12"],
        ["北川", "30"],
        ["", "又三人"],
    ]
    assert [block.span.of(found.text).split() for block in found.blocks if block.label == "page"] == [["城市", "人数"]]


def test_a_frame_holds_its_lines() -> None:
    page = Page().lines(60, 780, prose(6)).draw("0.9 g 55 560 300 90 re f 0 g")
    page.text(60, 635, "专栏1 一个例子", 10, HANZI_BOLD).lines(60, 615, prose(3, 6)).lines(60, 500, prose(6, 9))
    found = content(page)
    assert [block.span.of(found.text) for block in found.blocks if block.frame == 1] == ["专栏1 一个例子", *prose(3, 6)]
    assert len([block for block in found.blocks if not block.frame]) == 12


def test_foot_notes_are_bound_to_their_raised_numbers() -> None:
    page = Page().lines(60, 760, prose(6)).text(60, 640, "费用由地方负担").text(130, 644, "12", 6, LATIN)
    page.text(137, 640, "，不得另收。").text(60, 80, "12", 5, LATIN).text(66, 77, "统计局二〇一九年的年报，其中", 8)
    page.text(60, 66, "不包括农村。", 8)
    found = content(page)
    (note,) = blocks(found, "note")
    assert (note.label, note.span.of(found.text)) == ("12", "12统计局二〇一九年的年报，其中\n不包括农村。")
    assert [(mark.span.of(found.text), mark.note) for mark in found.marks] == [("12", note.span)]
    assert "费用由地方负担12，不得另收。" in found.text


def test_a_raised_number_without_a_note_is_marked_and_a_raised_star_is_not() -> None:
    page = Page().lines(60, 760, prose(6)).text(60, 640, "费用").text(80, 644, "3", 6, LATIN).text(60, 620, "收入")
    found = content(page.text(80, 624, "*", 6, LATIN))
    assert [(mark.span.of(found.text), mark.note) for mark in found.marks] == [("3", None)]


def test_what_names_a_table_or_a_figure_is_a_caption() -> None:
    page = Page().lines(60, 780, prose(6)).text(60, 640, "图 2 各地的人数", 10, HANZI_BOLD).lines(60, 600, prose(4, 6))
    found = content(page.text(60, 520, "图 2 说明了各地的人数。"))
    assert texts(found, "caption") == ["图 2 各地的人数"]


def test_a_text_printed_twice_to_look_bold_is_read_once() -> None:
    assert content(Page().text(60, 700, "加粗的字").text(60.3, 700, "加粗的字")).text == "加粗的字"


def test_text_that_is_not_seen_is_text() -> None:
    assert content(Page().text(60, 700, "扫描件的文字层", more="3 Tr")).text == "扫描件的文字层"


def test_spaces_are_read_from_the_white_between_words() -> None:
    page = Page().text(60, 700, "one", 10, LATIN).text(80, 700, "two", 10, LATIN).text(100, 700, "three", 10, LATIN)
    assert content(page).text == "one two three"


def test_a_hyphen_at_a_line_end_stays() -> None:
    page = Page().lines(60, 700, ["The committee has recom-", "mended a review."], font=LATIN)
    assert content(page).text == "The committee has recom-\nmended a review."


def test_a_character_without_a_meaning_is_told_with_its_page() -> None:
    found = content(Page().text(60, 700, "看得懂"), Page().text(60, 700, "\u0101\u0102", 10, UNMAPPED))
    (problem,) = found.problems
    assert problem.code == "glyph-unmapped"
    assert problem.span and problem.span.of(found.text) == "\ufffd\ufffd"
    assert problem.span.start >= found.pages[1]


@pytest.mark.parametrize(
    ("way", "place"), [("0 1 -1 0 300 100", 90), ("0 -1 1 0 300 700", 270), ("-1 0 0 -1 500 300", 180)]
)
def test_pages_that_are_turned_are_read(way: str, place: int) -> None:
    page = Page(rotate=place)
    for number, line in enumerate(prose(4)):
        a, b, c, d, e, f = map(float, way.split())
        x, y = e + c * -16 * number, f + d * -16 * number
        code = line.encode("utf-16-be").hex()
        page.draw(f"BT /F1 10 Tf {a} {b} {c} {d} {x} {y} Tm <{code}> Tj ET")
    assert texts(content(page), "line") == prose(4)


def test_columns_written_downwards_are_read_from_the_right() -> None:
    page = Page()
    for number, line in enumerate(prose(4)):
        page.text(400 - 20 * number, 700, line, 10, DOWNWARDS)
    assert texts(content(page), "line") == prose(4)


def test_an_image_without_text_is_told() -> None:
    image = "q 200 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    found = content(Page().text(60, 700, "第一页"), Page().draw(image))
    assert [problem.code for problem in found.problems] == ["page-without-text"]
    assert found.problems[0].message.startswith("Page 2 ")


def test_the_file_says_what_it_is() -> None:
    found = content(Page().lines(60, 700, prose(3)), info="/Title (Annual report) /Author (An Office) /Producer (W)")
    assert found.titles[0] == "Annual report"
    assert found.metadata == {"author": "An Office", "producer": "W", "pages": 1}


def test_the_name_of_a_file_is_no_title() -> None:
    page = Page().text(60, 760, "统计年报", 18).lines(60, 700, prose(9))
    assert [title for title in content(page, info="/Title (report.docx)").titles if title] == ["统计年报"]


def test_latin_bold_and_regular_make_one_line() -> None:
    page = Page().text(60, 700, "Note:", 10, LATIN_BOLD).text(92, 700, "see the annex.", 10, LATIN)
    assert content(page).text == "Note: see the annex."


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(40, 500), st.integers(40, 800), st.text("会议指出甲乙丙丁", min_size=1, max_size=9)))
)
def test_no_character_is_lost_and_blocks_are_apart(places: list[tuple[int, int, str]]) -> None:
    """Whatever stands wherever: each character that no other covers is in the text, and blocks follow each other."""
    page = Page()
    taken: list[tuple[int, int, int]] = []
    kept = []
    for x, y, text in places:
        if all(abs(y - other) > 14 or x > right + 5 or x + 10 * len(text) < left - 5 for left, right, other in taken):
            taken.append((x, x + 10 * len(text), y))
            kept.append(text)
            page.text(x, y, text)
    found = content(page)
    printed = "".join(found.text.split())
    assert sorted(printed) == sorted("".join(kept))
    assert all(one.span.end <= other.span.start for one, other in pairwise(found.blocks))
    assert sum(len("".join(block.span.of(found.text).split())) for block in found.blocks) == len(printed)
