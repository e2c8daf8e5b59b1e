"""Grids as tables: captions, header rows, groups, notes and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.model import Block, BlockKind, Cell, Document, Grid, Json, Passage, Span
from tongwen.normalise import normalise
from tongwen.structure import structure
from tongwen.structure.captions import is_caption, is_note, read_caption
from tongwen.structure.drawn_tables import beside, without
from tongwen.structure.flat import FlatCell, FlatTable
from tongwen.structure.flat import Group as FlatGroup
from tongwen.structure.ids import Ids
from tongwen.structure.table_groups import Group, groups
from tongwen.structure.tables import (
    content_of,
    content_of_flat,
    fields_of,
    passages_of,
    problems_of,
    tables,
)


def grid(*rows: str, head: int = 0) -> Grid:
    """Cells parted by bars; ``<`` repeats the cell on the left. Every printed cell has a span of its own."""
    out, at = [], 0
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        for text in row.split("|"):
            repeated = text == "<"
            printed = cells[-1].text if repeated else text
            cells.append(Cell(printed, None if repeated else Span(at, at + len(text)), number < head))
            at += len(text) + 1
        out.append(tuple(cells))
    return tuple(out)


@pytest.mark.parametrize(
    ("text", "label", "number", "title"),
    [
        ("表 4　持有数量", "表4", "4", "持有数量"),
        ("表1. 注射率", "表1", "1", "注射率"),
        ("表一：時間", "表一", "1", "時間"),
        ("附表2-1 数量", "附表2-1", "2-1", "数量"),
        ("表２．３ 数量", "表２．３", "2.3", "数量"),
        ("Table 3: Thresholds", "Table 3", "3", "Thresholds"),
        ("TABLE A1 Terms", "TABLE A1", "A1", "Terms"),
        ("表3", "表3", "3", None),
        ("各地数量", "", None, "各地数量"),
        ("", "", None, None),
    ],
)
def test_a_caption_has_label_number_and_title(text: str, label: str, number: str | None, title: str | None) -> None:
    found = read_caption(text)
    assert (found.label, found.number, found.title) == (label, number, title)


@pytest.mark.parametrize("text", ["表 4", "表1. 比率", "表一 比率", "附表2 数量", "Table 2 Terms", "表3各地数量"])
def test_a_paragraph_that_begins_with_a_number_of_a_table_is_a_caption(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    ["表4，见下文。", "表4列出了数量。", "表面", "表一般", "如表4所示", "Table manners", "表1" + "字" * 80, "表 5%"],
)
def test_a_sentence_is_no_caption(text: str) -> None:
    assert not is_caption(text)


@pytest.mark.parametrize(
    "text", ["* 2015年", "注：略", "註1：略", "资料来源：某处", "資料來源:某處", "Source: x", "Notes. x"]
)
def test_notes_begin_as_notes_do(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize("text", ["注射", "资料", "Sources say", "来源不明", ""])
def test_other_texts_are_no_notes(text: str) -> None:
    assert not is_note(text)


def test_several_header_rows_become_one_and_are_kept() -> None:
    content = content_of(grid("国家|2014|<|备注", "国家|男|女|", "甲|1|2|3", head=2), None, "html")
    assert content.header == ["国家", "2014 · 男", "2014 · 女", "备注"]
    assert content.head_rows == [["国家", "2014", "2014", "备注"], ["国家", "男", "女", ""]]
    assert content.rows == [["甲", "1", "2", "3"]]


def test_without_header_cells_there_is_no_header() -> None:
    content = content_of(grid("甲|1", "乙|2"), None, "html")
    assert (content.header, content.rows) == (None, [["甲", "1"], ["乙", "2"]])


def test_where_all_rows_are_header_cells_the_first_is_the_header() -> None:
    content = content_of(grid("甲|乙", "丙|丁", head=2), None, "html")
    assert (content.header, content.rows) == (["甲", "乙"], [["丙", "丁"]])
    assert content_of(grid("甲|乙", head=1), None, "html").rows == [["甲", "乙"]]


@pytest.mark.parametrize(
    ("rows", "depth"),
    [
        (("国家|数量|年", "甲|12|2014", "乙|7|2015"), 1),
        (("年龄|2014年|2015年", "十八岁以下|34|36", "十八岁以上|8|9"), 1),
        (("|男|女", "甲|1|2", "乙|3|4"), 1),
        (("国家|人数|<", "国家|男|女", "甲|1|2", "乙|3|4"), 2),
        (("方法|说明", "试纸|两分钟以内就可以看到结果", "质谱|样品要送到远处的实验室去"), 1),
        (("附表|用途", "附表一|极为有限", "附表二|有限"), 1),
        (("甲地|12", "乙地|7"), 0),
        (("甲地|这里的人说得很长很长", "乙地|那里的人说得也很长"), 0),
        (("海洛因|二乙酰吗啡", "可卡因|苯甲酰甲基芽子碱"), 0),
        (("甲。|数量", "乙|1"), 0),
        (("国家|数量",), 0),
        (("甲", "1"), 0),
    ],
)
def test_a_header_is_known_by_what_stands_below_it(rows: Sequence[str], depth: int) -> None:
    content = content_of(grid(*rows), None, "html")
    assert content.head_rows == [[cell.text for cell in row] for row in grid(*rows)[:depth]]


def test_characters_that_are_spread_over_a_cell_are_one_word() -> None:
    content = content_of(grid("職　　稱|員 額", "科 長|一  兼任", "a b|2 3", head=1), None, "html")
    assert content.header == ["職稱", "員額"]
    assert content.rows == [["科長", "一  兼任"], ["a b", "2 3"]]


def test_rows_of_figures_are_no_header_whatever_marks_them() -> None:
    content = content_of(grid("国家|数量", "甲|1", "乙|2", "丙|3", head=3), None, "pdf")
    assert (content.header, len(content.rows)) == (["国家", "数量"], 3)


@pytest.mark.parametrize("head", [0, 1, 2])
def test_a_caption_that_is_set_as_a_row_is_the_caption(head: int) -> None:
    content = content_of(grid("表2 数量|<", "国家|量", "甲|1", "乙|2", head=head), None, "html")
    assert (content.number, content.caption) == ("2", "数量")
    assert content.rows == [["甲", "1"], ["乙", "2"]]
    assert content.header == ["国家", "量"]


def test_a_row_across_a_headed_table_goes_with_its_caption() -> None:
    rows = grid("单位：人|<", "国家|量", "甲|1", head=2)
    assert content_of(rows, "表2 数量", "html").caption == "数量 单位：人"
    assert content_of(rows, None, "html").caption == "单位：人"


def test_a_header_cell_across_the_table_is_a_label_where_others_are() -> None:
    rows = ("亚洲|<", "甲|1", "欧洲|<", "乙|2")
    content = content_of(grid(*rows, head=1), None, "html")
    assert (content.caption, content.header) == (None, None)
    assert [group.label for group in content.groups] == ["亚洲", "欧洲"]
    below = content_of(grid("国家|量", *rows, head=2), None, "html")
    assert below.header == ["国家", "量"]
    assert [group.label for group in below.groups] == ["亚洲", "欧洲"]


def test_notes_that_are_set_as_rows_are_notes() -> None:
    content = content_of(grid("甲|1", "注：略|<", "资料来源：某处|"), "表1", "docx", ["* 后"])
    assert content.rows == [["甲", "1"]]
    assert content.notes == ["注：略", "资料来源：某处", "* 后"]


def test_a_label_across_the_table_names_the_rows_below() -> None:
    content = content_of(grid("亚洲|<|<", "甲|1|2", "乙|3|4", "欧洲|<|<", "丙|5|6"), None, "html")
    assert content.rows[0] == ["亚洲", "", ""]
    assert content.groups == [Group("亚洲", 0, 1, 2), Group("欧洲", 3, 4, 4)]


def found(*rows: str) -> list[tuple[int, int, int]]:
    cells = [row.split("|") for row in rows]
    across = [row[1:] == ["<"] * (len(row) - 1) for row in cells]
    cells = [[row[0], *[""] * (len(row) - 1)] if whole else row for row, whole in zip(cells, across, strict=True)]
    return [(group.row, group.first, group.last) for group in groups(cells, across)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("甲|1", "某国（各州/领地不同）|", "南州|2", "北领地|3", "乙|4"), [(1, 2, 3)]),
        (("甲|1|2", "其他||", "乙|2|3", "丙|3|4"), [(1, 2, 3)]),
        (("甲|1", "其中：|", "乙|2", "丙|3"), [(1, 2, 3)]),
        (("甲|1", "乙|", "丙|3"), []),
        (("甲|1", "乙|", "丙|", "丁|"), []),
        (("甲|1", "乙|"), []),
        (("甲|", "乙|", "丙|", "丁|1"), []),
        (("一|<", "（一）|<", "甲|1", "（二）|<", "乙|2", "二|<", "（一）|<", "丙|3"),
         [(0, 1, 4), (1, 2, 2), (3, 4, 4), (5, 6, 7), (6, 7, 7)]),
    ],
)  # fmt: skip
def test_groups(rows: Sequence[str], expected: list[tuple[int, int, int]]) -> None:
    assert found(*rows) == expected


CELLS = st.lists(st.lists(st.sampled_from(["", "甲", "1", "注：略", "表1 甲"]), min_size=3, max_size=3), max_size=6)


@given(CELLS, st.integers(0, 6))
def test_no_cell_is_lost_or_read_twice(rows: list[list[str]], head: int) -> None:
    """Header, rows, notes and caption together are the cells that are printed."""
    table = grid(*map("|".join, rows), head=head)
    content = content_of(table, None, "html")
    told = [cell for row in (*content.head_rows, *content.rows, content.notes) for cell in row]
    told += [content.label + (content.caption or "")]
    printed = [cell.text.replace(" ", "") for row in table for cell in row if cell.text]
    assert sorted(text.replace(" ", "") for text in told if text) == sorted(printed)
    spans = [piece for passage in passages_of("table_1", content) for piece in passage.pieces]
    assert len(spans) == len(set(spans))
    assert len(content.cells) == len(content.head_rows) + len(content.rows)
    for group in content.groups:
        assert 0 <= group.row < group.first <= group.last < len(content.rows)


def ids(numbers: Sequence[str | None]) -> list[str]:
    made = Ids()
    return [made.numbered("table", number) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["1", "2"], ["table_1", "table_2"]),
        ([None, None], ["table_n1", "table_n2"]),
        (["1", None, "1", "2.1"], ["table_1", "table_n1", "table_1~2", "table_2.1"]),
    ],
)
def test_ids(numbers: list[str | None], expected: list[str]) -> None:
    assert ids(numbers) == expected


@given(st.lists(st.sampled_from([None, "1", "2", "n1", "1~2"]), max_size=8))
def test_no_two_tables_share_an_id(numbers: list[str | None]) -> None:
    assert len(set(ids(numbers))) == len(numbers)


def test_a_header_of_another_width_is_told() -> None:
    wide = content_of(grid("甲|乙|", "1|2|3", head=1), "表1", "html")
    assert [problem.code for problem in problems_of(wide, Span(0, 9))] == ["table-header-width"]
    assert not problems_of(content_of(grid("|乙|丙", "1|2|3", head=1), "表1", "html"), Span(0, 9))
    assert not problems_of(content_of(grid("1|2|", "1|2|3"), "表1", "html"), Span(0, 9))


def test_a_table_of_plain_text_keeps_the_pieces_of_its_cells() -> None:
    text = "甲地 一二\n三 亚洲 1\n乙地 2"

    def cell(*parts: str) -> FlatCell:
        return FlatCell(tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts))

    asia = cell("亚洲")
    rows = ((asia, FlatCell(asia.pieces, repeat=True)), (cell("甲地"), cell("一二", "三")), (cell("乙地"), FlatCell()))
    flat = FlatTable((0, 1, 2), (), "7", None, rows, "drawn", groups=(FlatGroup(0, 1, 3),))
    content = content_of_flat(flat, text, None)
    assert content.rows == [["亚洲", ""], ["甲地", "一二三"], ["乙地", ""]]
    assert (content.number, content.groups) == ("7", [Group("亚洲", 0, 1, 2)])
    assert fields_of(content)["cells"][1] == [[[0, 2]], [[3, 5], [6, 7]]]  # type: ignore[index,call-overload]
    assert [len(passage.pieces) for passage in passages_of("table_7", content)] == [1, 1, 2, 1]


def test_labels_below_the_header_of_a_table_of_plain_text_are_of_the_header() -> None:
    text = "人数 男 女 总 1 2"

    def cell(part: str, repeat: bool = False) -> FlatCell:
        return FlatCell((Span(text.index(part), text.index(part) + len(part)),), repeat)

    header = (cell("人数"), cell("人数", repeat=True))
    rows = ((cell("男"), cell("女")), (cell("总"), FlatCell()), (cell("1"), cell("2")))
    flat = FlatTable((0,), (), None, header, rows, "text", head=2, groups=(FlatGroup(1, 2, 3),))
    content = content_of_flat(flat, text, "表1")
    assert content.header == ["人数 · 男", "人数 · 女"]
    assert content.rows == [["总", ""], ["1", "2"]]
    assert content.groups == [Group("总", 0, 1, 1)]


def document(*blocks: tuple[BlockKind, str]) -> Document:
    text, made = "", []
    for kind, content in blocks:
        span = Span(len(text), len(text) + len(content))
        cells = ((Cell(content, span), Cell("", None)),) if kind == "table" else ()
        made.append(Block(kind, span, grid=cells))
        text += content + "\n"
    return Document("doc", "doc.html", "0", "html", "", "zh-Hans", text, tuple(made), pages=(0, 6))


def bound(*blocks: tuple[BlockKind, str]) -> list[tuple[str, str | None, int]]:
    """Id, caption, and how many notes each table has."""
    records, _ = tables(document(*blocks), [], Ids())
    return [(r.id, r.fields["caption"], len(r.fields["notes"])) for r in records]  # type: ignore[misc,arg-type]


def test_captions_and_notes_around_a_table_are_bound_to_it() -> None:
    assert bound(("caption", "各地"), ("table", "甲"), ("paragraph", "注：略")) == [("table_n1", "各地", 1)]
    assert bound(("paragraph", "表3 各地"), ("table", "甲"), ("paragraph", "正文")) == [("table_3", "各地", 0)]
    assert bound(("table", "甲"), ("paragraph", "* 略"), ("paragraph", "表3 各地")) == [("table_3", "各地", 1)]
    assert bound(("table", "甲"), ("caption", "图1 各地"), ("paragraph", "正文")) == [("table_n1", None, 0)]


def test_between_two_tables_a_caption_goes_where_the_others_go() -> None:
    above = bound(("paragraph", "表1 甲"), ("table", "a"), ("paragraph", "表2 乙"), ("table", "b"))
    assert above == [("table_1", "甲", 0), ("table_2", "乙", 0)]
    below = bound(("table", "a"), ("paragraph", "表1 甲"), ("table", "b"), ("paragraph", "表2 乙"))
    assert below == [("table_1", "甲", 0), ("table_2", "乙", 0)]


def test_a_last_group_below_rows_of_none_has_no_sure_end() -> None:
    rows = [["甲", "1"], ["乙（各州不同）", ""], ["丙", "2"], ["丁", "3"]]
    (group,) = groups(rows, [False, True, False, False])
    assert (group.row, group.first, group.last, group.sure) == (1, 2, 3, False)
    (group,) = groups(rows[1:], [True, False, False])
    assert group.sure


def test_a_table_says_on_which_page_it_begins() -> None:
    """Pages begin at the characters 0 and 6."""
    assert page(("paragraph", "正文正文"), ("table", "甲")) == 1
    assert page(("paragraph", "正文正文正文"), ("table", "甲")) == 2
    assert page(("paragraph", "第一条 甲。"), ("paragraph", "第二条 乙。"), ("table", "甲")) == 2


def page(*blocks: tuple[BlockKind, str]) -> Json:
    found = structure(document(*blocks), normalise(document(*blocks).text))
    return next(record.fields["page"] for record in found.records if record.kind == "table")


def test_no_two_tables_of_a_statute_share_an_id() -> None:
    """Those that its format gives and those that are drawn in its text are numbered together."""
    first: list[tuple[BlockKind, str]] = [("paragraph", "第一条 甲。"), ("paragraph", "第二条 如下。")]
    drawn: list[tuple[BlockKind, str]] = [("line", line) for line in ("┌─┬─┐", "│甲│乙│", "├─┼─┤", "│1│2│", "└─┴─┘")]
    given: list[tuple[BlockKind, str]] = [("caption", "表1 各地"), ("table", "丙"), ("table", "丁")]
    html = document(*first, *given, ("paragraph", "第三条 如下。"), *drawn)
    found = structure(html, normalise(html.text))
    assert [record.id for record in found.records if record.kind == "table"] == ["table_1", "table_n1", "table_n2"]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda edges: Span(*sorted(edges))), max_size=6)


def offsets(spans: Iterable[Span]) -> list[int]:
    return [offset for span in spans for offset in range(span.start, span.end)]


@given(SPANS, SPANS)
def test_what_is_taken_out_of_passages_is_just_what_stands_in_the_spans(pieces: list[Span], spans: list[Span]) -> None:
    """In whatever order they are, and where they share text."""
    kept = without([Passage("a", (piece,)) for piece in pieces], spans)
    assert offsets(span for passage in kept for span in passage.pieces) == [
        offset for piece in pieces for offset in offsets([piece]) if offset not in offsets(spans)
    ]


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), SPANS)
def test_what_stands_beside_cells_is_in_none_of_them(lengths: list[int], taken: list[Span]) -> None:
    text = "\n".join("甲" * length for length in lengths)
    lines = [Span(m.start(), m.end()) for m in re.finditer("甲+", text)]
    assert offsets(beside(text, lines, taken)) == [o for o in offsets(lines) if o not in offsets(taken)]
