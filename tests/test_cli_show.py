"""`show`, `records` and `check`: what is printed of a small library."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from little_corpus import write
from small_library import HANT, build
from tongwen.cli.address import reference
from tongwen.cli.article import Printed, Provision, below
from tongwen.cli.boundary import run
from tongwen.cli.healing import healed
from tongwen.cli.page import Page
from tongwen.cli.place import Lines
from tongwen.cli.script import Reading
from tongwen.cli.width import shorten, width, wrap
from tongwen.flow import index
from tongwen.model import Span

Out = Callable[..., str]

ARTICLE = """\
示範公約

第一條　用語
本公約用語如下:
    一、稱“理事會”者,謂經濟理事會。
    二、
        (一)甲;
        (二)=乙;
    但以必要者為限。

hant/treaty#art_1  [6, 73)
"""

PROVISION = """\
示范公约 › 第一条第二项(二)款
[converted to Simplified by OpenCC t2s; the original: tongwen show hant/treaty#art_1.2.2]

        (二)=乙;

hant/treaty#art_1.2.2  [57, 63)
"""

CHECKED = """\
hant/treaty
  no-schedules  The schedules are absent.
  8:4  odd-sign  An equals sign begins the item.
      (二)=乙;
          ^^^
      → Probably a typing fault.

2 problems in 1 document: no-schedules 1, odd-sign 1
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build(folder)
    return folder


@pytest.fixture
def out(library: Path, capsys: pytest.CaptureFixture[str]) -> Out:
    def call(*arguments: str) -> str:
        assert run(["--index", str(library), *arguments]) == 0
        return str(capsys.readouterr().out)

    return call


def test_an_article_is_printed_with_its_levels(out: Out) -> None:
    assert out("show", "hant/treaty#art_1") == ARTICLE


def test_a_provision_is_printed_with_its_place_and_says_that_it_is_converted(out: Out) -> None:
    assert out("show", "hant/treaty#art_1.2.2", "--script", "hans") == PROVISION


def test_a_text_in_the_script_asked_for_is_not_called_converted(out: Out) -> None:
    assert "converted" not in out("show", "hant/treaty#art_1", "--script", "hant")
    assert "converted" not in json.loads(out("show", "hant/treaty#art_1", "--script", "hant", "--json"))


def test_the_original_is_printed_to_the_last_character(out: Out) -> None:
    assert out("show", "hant/treaty", "--original") == HANT
    assert out("show", "hant/treaty#art_1.1", "--original") == "一、稱“理事會”者,謂\r\n經濟理事會。"


def test_a_whole_document_shows_title_metadata_outline_and_all_of_its_text(out: Out) -> None:
    shown = out("show", "hant/treaty")
    assert shown.startswith("示範公約\n")
    for line in ("date            2025-01-01", "art_1           第一條　用語", "附則在此。", "    但以必要者為限。"):
        assert line in shown.splitlines()
    assert shown.index("language") < shown.index("附則在此。") < shown.index("sha256")


def test_json_quotes_the_original_and_gives_the_converted_text_beside_it(out: Out) -> None:
    shown = json.loads(out("show", "hant/treaty#art_1.2.2", "--script", "hans", "--json"))
    assert (shown["doc"], shown["id"], shown["span"], shown["kind"]) == (
        "hant/treaty",
        "art_1.2.2",
        [57, 63],
        "provision",
    )
    assert shown["text"] == HANT[57:63]
    assert shown["converted"]["by"] == "OpenCC t2s"
    whole = json.loads(out("show", "hant/treaty", "--json"))
    assert whole["text"] == HANT
    assert [record["id"] for record in whole["records"]][:2] == ["p_1", "art_1"]


@pytest.mark.parametrize("stage", ["blocks", "key", "tokens", "records"])
def test_every_stage_can_be_looked_at_and_its_spans_lie_in_the_text(stage: str, out: Out) -> None:
    rows = [json.loads(line) for line in out("show", "hant/treaty", "--stage", stage).splitlines()]
    assert rows
    assert all(0 <= row["span"][0] <= row["span"][1] <= len(HANT) for row in rows)


def test_the_tokens_of_a_record_tile_it(out: Out) -> None:
    rows = [json.loads(line) for line in out("show", "hant/treaty#art_1.1", "--stage", "tokens").splitlines()]
    edges = [row["span"] for row in rows]
    assert [edges[0][0], edges[-1][1]] == [25, 44]
    assert [end for _, end in edges[:-1]] == [start for start, _ in edges[1:]]


def test_kinds_that_no_stage_finds_yet_are_empty_and_say_so(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--index", str(library), "records", "citations"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "tongwen: this version finds no citations yet\n")


def test_records_are_json_lines_and_a_glob_chooses_the_documents(out: Out) -> None:
    rows = [json.loads(line) for line in out("records", "paragraphs").splitlines()]
    assert [row["doc"] for row in rows] == ["hans/report", "hant/treaty"]
    assert all({"doc", "id", "span"} <= row.keys() for row in rows)
    assert out("records", "paragraphs", "--doc", "hans/*").count("\n") == 1


def test_csv_holds_the_same_as_json_lines(out: Out) -> None:
    lines = [json.loads(line) for line in out("records", "articles").splitlines()]
    rows = list(csv.DictReader(io.StringIO(out("records", "articles", "--format", "csv"))))
    assert [(row["doc"], row["id"], row["heading"]) for row in rows] == [("hant/treaty", "art_1", "用語")]
    assert json.loads(rows[0]["provisions"]) == lines[0]["provisions"]


def test_a_provision_says_its_own_text(out: Out) -> None:
    texts = {row["id"]: row["text"] for row in map(json.loads, out("records", "provisions").splitlines())}
    assert texts == {"art_1.1": "稱“理事會”者,謂\r\n經濟理事會。", "art_1.2": "但以必要者為限。", "art_1.2.2": "=乙;"}


def test_check_shows_the_place_the_evidence_and_what_to_do(out: Out) -> None:
    assert out("check") == CHECKED
    assert out("check", "hans/report") == "No problems.\n"
    assert out("check", "h*") == CHECKED
    assert out("check", "hans/*") == "No problems.\n"


def test_check_tells_of_the_codes_that_are_named(out: Out) -> None:
    codes = [json.loads(line)["code"] for line in out("check", "--json").splitlines()]
    assert len(set(codes)) > 1
    for code in set(codes):
        told = [json.loads(line)["code"] for line in out("check", "--json", "--code", code).splitlines()]
        assert told == [code] * codes.count(code)
        assert out("check", "--code", code).endswith(f": {code} {codes.count(code)}\n")
    assert out("check", "--code", codes[0], "--code", "*") == out("check")
    assert out("check", "--code", "none") == "No problems of that code.\n"


def test_check_as_json_counts_lines_and_columns_from_one(out: Out) -> None:
    rows = [json.loads(line) for line in out("check", "--json").splitlines()]
    assert [(row["code"], row["line"], row["column"], row["quote"]) for row in rows] == [
        ("no-schedules", None, None, None),
        ("odd-sign", 8, 4, "(二)=乙;"),
    ]


WIDE = st.text(st.sampled_from("中文，。（）abc 12\t…é＝한"), max_size=60)


@given(WIDE, st.integers(2, 30))
def test_wrapping_loses_nothing(text: str, columns: int) -> None:
    assert "".join(wrap(text, columns)) == text


@given(WIDE, st.integers(1, 30))
def test_a_shortened_text_fits(text: str, columns: int) -> None:
    shown = shorten(text, columns)
    assert width(shown) <= columns
    assert shown == text or text.startswith(shown[:-1])


@given(st.text(st.sampled_from("中a\r\n\t"), max_size=30), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = Lines(text).place(offset)
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    if text[max(0, offset - 1) : offset + 1] != "\r\n":
        assert line == before.count("\n") + 1
        assert column == len(before) - (before.rfind("\n") + 1) + 1


@given(st.text(st.sampled_from("中a,\r\n\t"), min_size=1, max_size=200), st.data())
def test_carets_stand_under_the_evidence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    columns = data.draw(st.sampled_from([0, 20, 80]))
    quote = Lines(text).quote(Span(start, data.draw(st.integers(start, len(text)))), columns)
    assert not columns or max(width(quote.line), width(quote.carets)) <= columns
    if text[start] not in "\r\n":
        blank = quote.carets.rstrip("^")
        shown = quote.line
        while width(shown) > len(blank):
            shown = shown[:-1]
        assert width(shown) == len(blank)
        under = quote.line[len(shown)]
        assert under == (text[start] if text[start] != "\t" else " ")


def test_a_terminal_is_not_steered_by_a_text() -> None:
    assert Page(True, True).safe("\x1b[2J中\x9b\x7f\n") == "␛[2J中\ufffd␡\n"
    assert Page(False, False).safe("\x1b[2J") == "\x1b[2J"


def test_long_lines_are_wrapped_on_a_terminal_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Page(True, False, 44).folded("一、" + "字" * 40, 4, 4)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "    一、" + "字" * 18
    assert lines[1].startswith("        字")
    assert max(map(width, lines)) <= 48
    Page(False, False).folded("字" * 400)
    assert capsys.readouterr().out == "字" * 400 + "\n"


DRAWING = "┌──┬──┐\r\n│一級│一克│\r\n└──┴──┘"


def test_drawn_lines_stay_as_they_were_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    text = healed(f"數量如\r\n下：\r\n{DRAWING}\r\n前項數量，\r\n每年檢討。")
    assert text.split("\n") == ["數量如下：", *DRAWING.split("\r\n"), "前項數量，每年檢討。"]
    Page(True, False, 44).folded(f"{'字' * 30}\n│{'字' * 60}│", 4)
    assert [len(line.strip()) for line in capsys.readouterr().out.splitlines()] == [20, 10, 62]


def test_a_dash_at_the_end_of_a_line_is_no_drawing() -> None:
    assert healed("毒品──\n海洛因\n──嗎啡") == "毒品──海洛因──嗎啡"


STATUTE = """\
---
title: 示范条例
---
# 示范条例

<!-- INFO END -->

##

## 第一章 总则

第一条　为示范，制定本条例。

第二条　本条例下列用语的含义：

（一）毒品，是指下表所列者；

（二）其他。

## 第二章 附则

本章只有一段。

第三条　本条例自公布之日起施行。
"""

CHAPTER = """\
示范条例

第一章 总则

第一条
    为示范，制定本条例。

第二条
    本条例下列用语的含义：
        （一）毒品，是指下表所列者；
        （二）其他。

'行政法/示范条例(2007-12-29)#sec_1'  ["""


@pytest.fixture(scope="module")
def statutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that the real flow made."""
    folder = tmp_path_factory.mktemp("statutes")
    write(folder / "texts", {"行政法/示范条例(2007-12-29).md": STATUTE})
    index([folder / "texts"], folder / "index", jobs=1)
    return folder / "index"


def shown(index_folder: Path, address: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["--index", str(index_folder), "show", address]) == 0
    return str(capsys.readouterr().out)


NAME = "行政法/示范条例(2007-12-29)"


def test_a_chapter_is_printed_article_by_article(statutes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(statutes, f"{NAME}#sec_1", capsys).startswith(CHAPTER)


def test_a_whole_document_has_neither_mark_up_nor_missing_blank_lines(
    statutes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(statutes, NAME, capsys)
    assert not any(mark in text for mark in ("<!--", "##", "---", "title:"))
    lines = text.split("\n\ndocument  ")[0].splitlines()
    body = lines[lines.index("第一章 总则") :]
    heads = [at for at, line in enumerate(body) if line.startswith("第")]
    assert len(heads) == 5
    assert all(body[at - 1] == "" for at in heads[1:])
    assert "本章只有一段。" in body
    assert "\n\n\n" not in text


def test_a_heading_of_two_lines_is_printed_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    treaty = "示范公约\n\n兹协议如下：\n\n第一部分\n一般规定\n\n第一条\n一、甲。\n二、乙。\n第二条\n一、丙。\n"
    write(tmp_path / "texts", {"a.txt": treaty})
    index([tmp_path / "texts"], tmp_path / "index", jobs=1)
    lines = shown(tmp_path / "index", "a", capsys).splitlines()
    assert lines.count("第一部分 一般规定") == 1
    assert lines[lines.index("第一部分 一般规定") + 1 :][:3] == ["", "第一条", "    一、甲。"]


def test_a_breadcrumb_says_the_article_once(statutes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crumb = shown(statutes, f"{NAME}#art_2.1.1", capsys).splitlines()[0]
    assert crumb == "示范条例 › 第一章 总则 › 第二条 › 第（一）项"


@pytest.mark.parametrize(
    ("label", "article", "headings", "told"),
    [
        ("Article 1, paragraph 10", "Article 1", ["Article 1 Use of terms"], "paragraph 10"),
        ("第5條 第一項", "第 5 條", ["第二章", "第5條"], "第一項"),
        ("第一条第二项", "第一條", [], "第一条第二项"),
        ("附件 第1段", "", ["附件"], "附件 第1段"),
    ],
)
def test_a_label_leaves_out_what_the_heading_says(label: str, article: str, headings: list[str], told: str) -> None:
    assert below(label, article, headings) == told


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_printed_reference_is_one_word_of_a_shell(name: str) -> None:
    assert shlex.split(reference(name, "art_1~2")) == [f"{name}#art_1~2"]
    assert shlex.split(reference(name)) == [name]


def test_plain_references_are_not_quoted() -> None:
    assert reference("zh-Hans/禁毒法", "art_1.2") == "zh-Hans/禁毒法#art_1.2"
    assert reference("禁毒法(2007)") == "'禁毒法(2007)'"


def test_a_quotation_is_cropped_on_both_sides_of_the_problem() -> None:
    text = "甲" * 100 + "乙" + "丙" * 100
    quote = Lines(text).quote(Span(100, 101), 40)
    assert quote.line.startswith("…甲") and quote.line.endswith("丙…")
    assert quote.carets == " " * width(quote.line.split("乙")[0]) + "^^"
    assert width(Lines(text).quote(Span(0, 201), 40).line) <= 40


@pytest.mark.parametrize(("text", "line"), [("“Harm” is", "10. “Harm” is"), ("“减害”指", "10.“减害”指"), ("", "10.")])
def test_a_number_and_a_latin_text_are_parted(text: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    row: Provision = {"id": "", "path": [], "label": "10.", "text": text, "span": [], "role": "body"}
    Printed(Page(False, False), Reading("original", "und")).provisions([row])
    assert capsys.readouterr().out == line + "\n"
