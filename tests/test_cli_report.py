"""A report as the command prints it: in reading order, with boxes, lists, tables, figures and notes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_library import DOC, RECORDS, TEXT, build
from tongwen.cli.article import Printed
from tongwen.cli.boundary import run
from tongwen.cli.markers import Markers
from tongwen.cli.page import Page
from tongwen.cli.report import show
from tongwen.cli.script import Reading
from tongwen.cli.shown import Item, before, last_sentence, show_list
from tongwen.model import Document, Json, Record, Span

Out = Callable[..., str]

BODY = """\
[imprint]
研究所

1.1 服务

各地的服务¹仍然不够多。²

┌─ 文本1　诊所
│ 诊所每周开放。
│ 多数人步行前来。
└─

措施有：

1. 门诊
  • 夜间
2. 热线

表2　各地的比率
地区 │ 比率
─────┼─────
甲地 │ =1+1
乙地 │ -3.5
注：按人口计。

图3　比率的变化
[figure: only its caption is in the file]

────────────
1  见附件。

[the text of one note is not in the file]
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("report"))


@pytest.fixture
def out(report: Path, capsys: pytest.CaptureFixture[str]) -> Out:
    def call(*arguments: str) -> str:
        assert run(["--index", str(report), *arguments]) == 0
        return str(capsys.readouterr().out)

    return call


def body(shown: str) -> str:
    """What stands between the breadcrumb and the reference."""
    return shown.split("\n\n", 1)[1].rsplit("\n\n", 1)[0]


def test_a_report_is_printed_in_reading_order_without_page_furniture(out: Out) -> None:
    shown = out("show", DOC)
    assert BODY in shown
    assert "年度报告" not in shown


def test_the_outline_names_sections_tables_boxes_and_figures(out: Out) -> None:
    outline = out("show", DOC).split("\n\n")[1]
    assert [line.split()[0] for line in outline.splitlines()] == ["sec_1.1", "box_1", "table_2", "fig_3"]


@pytest.mark.parametrize(
    ("id_", "shown"),
    [
        ("box_1", "┌─ 文本1　诊所\n│ 诊所每周开放。\n│ 多数人步行前来。\n└─"),
        ("list_1", "1. 门诊\n  • 夜间\n2. 热线"),
        ("fig_3", "图3　比率的变化\n[figure: only its caption is in the file]"),
        ("table_2", "表2　各地的比率\n地区 │ 比率\n─────┼─────\n甲地 │ =1+1\n乙地 │ -3.5\n注：按人口计。"),
        ("fn_1", "各地的服务[1]\n\n1  见附件。"),
        ("fn_2", "各地的服务仍然不够多。[2]\n\n2  [no text of this note is in the file]"),
        ("p_2", "各地的服务¹仍然不够多。²\n\n────────────\n1  见附件。\n\n[the text of one note is not in the file]"),
    ],
)
def test_a_record_is_printed_as_what_it_is(id_: str, shown: str, out: Out) -> None:
    assert body(out("show", f"{DOC}#{id_}")) == shown


def test_a_section_is_printed_with_all_that_is_in_it(out: Out) -> None:
    shown = out("show", f"{DOC}#sec_1.1")
    assert BODY.split("\n\n", 1)[1] in shown
    assert "研究所" not in body(shown)


def test_the_page_is_told_where_it_is_known(out: Out) -> None:
    assert out("show", f"{DOC}#table_2").rstrip().endswith(")  p. 3")
    assert not out("show", f"{DOC}#fig_3").rstrip().endswith("p. 3")


@pytest.mark.parametrize(
    ("kind", "id_", "fields"),
    [
        ("boxes", "box_1", {"number": "1", "title": "诊所", "text": "诊所每周开放。\n多数人步行前来。", "page": 3}),
        ("footnotes", "fn_2", {"number": "2", "anchor": TEXT.index("2\n1.1"), "text": None}),
        ("figures", "fig_3", {"number": "3", "caption": "比率的变化"}),
    ],
)
def test_records_have_the_fields_that_are_promised(kind: str, id_: str, fields: dict[str, object], out: Out) -> None:
    rows = {row["id"]: row for row in map(json.loads, out("records", kind).splitlines())}
    assert fields.items() <= rows[id_].items()
    table = {row["id"]: row for row in csv.DictReader(io.StringIO(out("records", kind, "--format", "csv")))}
    assert {name: table[id_][name] for name in fields} == {
        name: "" if value is None else str(value) for name, value in fields.items()
    }


def test_items_of_a_list_have_labels_and_levels(out: Out) -> None:
    (row,) = map(json.loads, out("records", "list").splitlines())
    assert [(item["label"], item["text"], item["level"]) for item in row["items"]] == [
        ("1.", "门诊", 1),
        ("•", "夜间", 2),
        ("2.", "热线", 1),
    ]


@pytest.mark.parametrize(
    ("kind", "query", "id_"), [("box", "步行", "box_1"), ("figures", "变化", "fig_3"), ("lists", "热线", "list_1")]
)
def test_hits_can_be_of_these_kinds(kind: str, query: str, id_: str, out: Out) -> None:
    hits = json.loads(out("search", query, "--kind", kind, "--json"))["hits"]
    assert [hit["id"] for hit in hits] == [id_]


def test_markers_in_one_bracket_keep_the_mark_between_them() -> None:
    text = "使用[2,3]。停止（5–7）。"
    places = [("2", 3, [2, 5]), ("3", 5, [5, 7]), ("5", 11, [10, 13]), ("7", 13, [13, 15])]
    notes = [
        Record(f"fn_{number}", "footnote", Span(at, at + 1), fields={"number": number, "anchor": at, "marker": marker})
        for number, at, marker in places
    ]
    assert Markers(text, notes).restored("使用。停止。", [[0, 2], [7, 10], [15, 16]]) == "使用²,³。停止⁵–⁷。"


@given(st.text(st.sampled_from("字a 1\n"), max_size=20), st.lists(st.integers(0, 20), max_size=4, unique=True))
def test_markers_add_nothing_but_their_numbers(text: str, places: list[int]) -> None:
    """Anywhere in a text: without the raised figures it is as before."""
    notes = [
        Record(f"fn_{n}", "footnote", Span(place, place), fields={"number": str(n), "anchor": place})
        for n, place in enumerate(sorted(places))
        if place <= len(text)
    ]
    restored = Markers(text, notes).restored(text, [[0, len(text)]])
    assert "".join(c for c in restored if c not in "⁰¹²³⁴⁵⁶⁷⁸⁹") == text
    assert len(restored) == len(text) + len(notes)


def test_an_item_whose_sign_is_in_no_text_gets_one(capsys: pytest.CaptureFixture[str]) -> None:
    items: list[Item] = [{"label": "", "text": "门诊", "level": 1}, {"label": "一、", "text": "夜间", "level": 2}]
    show_list(items, Printed(Page(False, False), Reading("original", "und")))
    assert capsys.readouterr().out == "• 门诊\n  一、夜间\n"


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("甲。乙丙。", "乙丙。"),
        ("甲。乙，丙", "乙，丙"),
        ("他说：“甲。”", "他说：“甲。”"),
        ("One. Two 3.5 percent.", "Two 3.5 percent."),
        ("", ""),
        ("字" * 400, "…" + "字" * 160),
    ],
)
def test_a_note_hangs_on_a_sentence(before: str, sentence: str) -> None:
    assert last_sentence(before) == sentence


def _note(number: str, start: int) -> Record:
    marker: list[Json] = [start, start + 1]
    return Record(f"fn_{number}", "footnote", Span(start, start + 1), None, number, (), {"marker": marker})


def test_what_stands_before_a_note_has_no_other_note_and_no_title() -> None:
    text = "文本1 甲乙\n丙丁戊己庚辛丙丁戊己。1壬癸2图1 子3"
    notes = [_note(number, text.index(number, 4)) for number in "123"]
    box = Record("box_1", "box", Span(0, text.index("图")), None, "文本1", (), {"text": "丙丁戊己庚辛丙丁戊己。壬癸"})
    figure = Record("fig_1", "figure", Span(text.index("图"), len(text)), None, "图1", (), {})
    found = [before(note.span.start, [box, *notes, figure], text) for note in notes]
    assert found == ["丙丁戊己庚辛丙丁戊己。", "丙丁戊己庚辛丙丁戊己。壬癸", "图1 子"]


def test_every_kind_of_record_is_in_the_library() -> None:
    kinds = {record.kind for record in RECORDS}
    assert {"section", "paragraph", "box", "footnote", "list", "table", "figure"} == kinds


def test_markers_are_raised_in_a_text_whose_pieces_are_not_known() -> None:
    text = "文本1 诊所7\n诊所每周开放\n，8多数人步9 行前来。10"
    notes = [_note(number, text.index(number)) for number in ("7", "8", "9")]
    notes = [note._replace(fields={**note.fields, "anchor": note.span.start, "number": note.label}) for note in notes]
    markers = Markers(text, notes)
    assert markers.found("诊所每周开放，多数人步行前来。", Span(0, len(text))) == "诊所每周开放，⁸多数人步⁹行前来。"
    assert markers.raised == {text.index("8"), text.index("9")}
    assert markers.found("别的文字在此。", Span(0, len(text))) == "别的文字在此。"
    assert Markers(text, notes).found("文本1 诊所", Span(0, text.index("\n"))) == "文本1 诊所⁷"


def _bound(number: str, anchor: int, start: int) -> Record:
    fields: dict[str, Json] = {
        "number": number,
        "anchor": anchor,
        "marker": [anchor, anchor + 1],
        "text": f"注{number}",
    }
    return Record(f"fn_{number}", "footnote", Span(start, start + 4), "sec_2", number, (), fields)


def test_a_record_has_the_notes_that_are_marked_in_it_wherever_they_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "甲章\n头一句话1。\n1 注一\n乙章2\n二句话。\n2 注二"
    anchors = {"1": text.index("1。"), "2": text.index("2\n")}
    records = (
        Record("sec_1", "section", Span(0, 15), None, "甲章", (), {"title": "甲章"}),
        Record("p_1", "paragraph", Span(3, 9), "sec_1", "", (), {"text": "头一句话。", "spans": [[3, 7], [8, 9]]}),
        Record("sec_2", "section", Span(15, len(text)), None, "乙章", (), {"title": "乙章"}),
        Record("p_2", "paragraph", Span(19, 23), "sec_2", "", (), {"text": "二句话。", "spans": [[19, 23]]}),
        *(_bound(number, anchors[number], text.index(f"{number} 注")) for number in "12"),
    )
    document = Document("d", "d.txt", "0", "text", "题", "zh-Hans", text, ())
    shown = {}
    for record in records[:4]:
        show(document, records, Printed(Page(False, False), Reading("original", "und")), record)
        shown[record.id] = capsys.readouterr().out.split()
    rule = "─" * 12
    assert shown["sec_1"] == ["甲章", "头一句话¹。", rule, "1", "注1"]
    assert shown["p_1"] == ["头一句话¹。", rule, "1", "注1"]
    assert shown["sec_2"] == ["乙章²", "二句话。", rule, "2", "注2"]
    assert shown["p_2"] == ["二句话。"]
