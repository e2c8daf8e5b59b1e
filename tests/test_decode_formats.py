"""Decode: what each format's mark-up delimits. A case is a file in cases/decode and, beside it, its blocks.

A block is a line: kind, level, text, and its frame and label where it has one. Markers of notes follow, each with the
text of its note, then problems, and the offsets of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.decode import decode
from tongwen.decode.markdown import read_markdown
from tongwen.model import Block, Document, Span

CASES = Path(__file__).parent / "cases" / "decode"


def read(folder: Path, name: str, text: str) -> Document:
    (folder / name).write_bytes(text.encode())
    return decode(folder / name, folder)


def shown(document: Document, block: Block) -> str:
    rows = ("|".join(cell.text if cell.span is not None else f"({cell.text})" for cell in row) for row in block.grid)
    return "".join(f"[{row}]" for row in rows) or block.span.of(document.text)


def described(document: Document) -> Iterator[str]:
    for block in document.blocks:
        parts = [block.kind, str(block.level), shown(document, block)]
        parts += [f"frame {block.frame}"] * (block.frame > 0) + [f"label {block.label}"] * bool(block.label)
        yield "\t".join(parts)
    for mark in document.marks:
        yield f"mark\t{mark.span.of(document.text)}\t{mark.note.of(document.text) if mark.note else ''}"
    for problem in document.problems:
        yield f"problem\t{problem.code}\t{problem.span.of(document.text) if problem.span else ''}"
    if document.pages:
        yield f"pages\t{' '.join(map(str, document.pages))}"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.blocks")), ids=lambda case: case.stem)
def test_blocks_are_those_of_the_mark_up(case: Path) -> None:
    document = decode(case.with_suffix(""), CASES)
    found = [line.replace("\u00a0", " ") for line in described(document)]
    assert found == case.read_text(encoding="utf-8").splitlines()


def test_text_keeps_its_line_ends(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "\ufeff一\r\n二\r三\n").text == "一\r\n二\r三\n"


def test_markdown_text_is_the_file(tmp_path: Path) -> None:
    source = (CASES / "statute.md").read_text(encoding="utf-8")
    assert read(tmp_path, "a.md", source).text == source


def test_front_matter_is_metadata_and_a_rule_at_the_top_is_not(tmp_path: Path) -> None:
    assert decode(CASES / "statute.md", CASES).metadata["date"] == "2025-01-01"
    assert len(read(tmp_path, "a.md", "---\n第一行，不是欄位\n---\n第二行\n").blocks) == 2


@pytest.mark.parametrize(
    "text", ["---\ntitle: 某法\ndate: 2020\n---\n", "---\r\ntitle: 某法\r\n---", "---\ntitle: 某法\n...\n\n"]
)
def test_a_file_of_front_matter_alone_has_a_title_and_no_text_of_its_own(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, "a.md", text)
    assert (document.title, document.blocks, document.problems) == ("某法", (), ())


@pytest.mark.parametrize(
    "mark", ["<!-- INFO END -->", "<!--\n兩行\n註解 -->", "##", "## ", "### ###", "-", "> ##", "***", "> - "]
)
def test_marks_that_hold_nothing_are_in_no_block(tmp_path: Path, mark: str) -> None:
    document = read(tmp_path, "a.md", f"第一條 甲。\n\n{mark}\n\n第二條 乙。\n")
    assert [block.span.of(document.text) for block in document.blocks] == ["第一條 甲。", "第二條 乙。"]


def test_a_comment_that_does_not_end_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, "a.md", "第一條 甲。\n<!-- 註 -->\n<!-- 未完\n第二條 乙。\n")
    assert [block.span.of(document.text) for block in document.blocks] == ["第一條 甲。"]
    assert [(problem.code, problem.span) for problem in document.problems] == [("unclosed-comment", Span(18, 22))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲|乙\n---|---\n1|2\n\n正文提到 x|y 的句子。", ["[甲|乙][1|2]", "正文提到 x|y 的句子。"]),
        ("甲|乙\r\n---|---\r\n\r\n正文 x|y。", ["[甲|乙]", "正文 x|y。"]),
        ("> 甲|乙\n> ---|---\n> 1|2\n>\n> 正文 x|y。", ["[甲|乙][1|2]", "正文 x|y。"]),
        ("甲|乙\n---|---\n1|2\n3|4\n正文", ["[甲|乙][1|2][3|4]", "正文"]),
        ("甲 | 乙\n\n\n\n---|---\n丙|丁", ["甲 | 乙", "---|---", "丙|丁"]),
    ],
)
def test_a_blank_line_ends_a_table_and_parts_a_header_from_it(tmp_path: Path, text: str, found: list[str]) -> None:
    document = read(tmp_path, "a.md", text)
    assert [shown(document, block) for block in document.blocks] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 報告\n\n```甲``` 是代碼。\n\n# 第二章\n\n正文。", ["報告", "```甲``` 是代碼。", "第二章", "正文。"]),
        ("``` python\n# 甲\n```\n# 乙", ["# 甲", "乙"]),
        ("~~~ `甲`\n# 甲\n~~~\n# 乙", ["# 甲", "乙"]),
        ("````\n```\n````\n# 乙", ["```", "乙"]),
    ],
)
def test_code_in_a_line_opens_no_fence(tmp_path: Path, text: str, found: list[str]) -> None:
    document = read(tmp_path, "a.md", text)
    assert [shown(document, block) for block in document.blocks] == found


@given(st.text("甲 \t#", max_size=12), st.sampled_from(["", " ", " \t", "#", " ##"]))
def test_a_heading_ends_before_its_closing_marks(printed: str, end: str) -> None:
    text = f"# 題{printed}{end}"
    (heading,) = read_markdown(text).blocks
    assert heading.span.of(text) == re.sub(r"[ \t]+#+$", "", text.strip())[2:].strip()


@given(st.text("甲 \t:'", max_size=8))
def test_a_field_is_what_stands_behind_its_name(printed: str) -> None:
    metadata = read_markdown(f"---\nname: {printed}\t \n---\n").metadata
    assert metadata == ({"name": printed.strip().strip("\"'")} if printed.strip() else {})


def test_table_in_a_page_is_a_line_a_row(tmp_path: Path) -> None:
    page = "<table><tr><th>國家<th>年</tr><tr><td>甲<td>1</tr></table>"
    document = read(tmp_path, "a.html", page)
    assert document.text == "國家\t年\n甲\t1"
    assert [cell.header for row in document.blocks[0].grid for cell in row] == [True, True, False, False]


def test_layout_table_with_prose_is_read_as_paragraphs(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>第{n}條<td>{'條文之內容甚長' * 30}。</tr>" for n in "一二")
    assert [block.kind for block in read(tmp_path, "a.html", f"<table>{rows}</table>").blocks] == ["paragraph"] * 4


def test_merged_cells_that_would_fill_memory_are_not_repeated(tmp_path: Path) -> None:
    page = "<table>" + "<tr><th colspan=1000 rowspan=60000>甲<td>乙</tr>" * 2000 + "</table>"
    grid = read(tmp_path, "a.html", page).blocks[0].grid
    assert sum(map(len, grid)) < 1_000_000


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b", "p><font", "main"])
@pytest.mark.parametrize("closed", [True, False])
def test_page_nested_ten_thousand_deep_keeps_its_text(tmp_path: Path, tag: str, closed: bool) -> None:
    page = f"<{tag}>" * 10_000 + "深處之文字" + (f"</{tag.partition('>')[0]}>" * 10_000 if closed else "")
    assert read(tmp_path, "a.html", page).text == "深處之文字"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", "公約內容\n2025年示範公約\n各締約國,\n深盼增進人類健康,\n", "2025年示範公約"),
        ("a.txt", "第一條 本法依憲法制定。\n第二條 略。\n", "a"),
        ("a.txt", "毒品危害防制條例\n\n第一條　略。\n", "毒品危害防制條例"),
        (
            "a.txt",
            "两轮意见征询之后形成的最终文本，由各方\n共同确认。\n\n12  社区为本的毒品政策：原则与实践\n",
            "社区为本的毒品政策：原则与实践",
        ),
        ("a.txt", "全國資料庫\n法規名稱：示範條例\n修正日期：民國 111 年\n\n第 1 條\n略。\n", "示範條例"),
        ("a.txt", "【法规标题】关于示范的决定（试行）\n【发布部门】某委\n\n第一条 略。\n", "关于示范的决定（试行）"),
        ("a.txt", "【名称】〉〉\n\n《示范公约》\n\n第1条 略。\n", "《示范公约》"),
        ("a.txt", "名称：《示范公约》\n\n第1条 略。\n", "示范公约"),
        ("a.txt", "名称：所有文件，其内容如下：\n\n第1条 略。\n", "a"),
        ("a.md", "---\ntitle: 前言之題\n---\n# 標題\n", "前言之題"),
        ("a.txt", "联合国  A/RES/57/199\n\n大会\n\nDistr.: General\n\n禁毒公约\n\n第1条\n甲。\n", "禁毒公约"),
        ("a.txt", "A/CONF.39/27\n第 2 页\n\n第182号公约\n禁止童工公约\n\n第1条\n甲。\n", "禁止童工公约"),
        ("a.txt", "关于批准公约的决定\n（1989年9月4日通过）\n\n会议决定：批准公约。\n", "关于批准公约的决定"),
        ("a.md", "# 標題 #\n", "標題"),
        ("a.html", "<title>白皮書 | 某部</title><h1>白皮書</h1><p>文", "白皮書"),
        ("a.html", "<title>Untitled</title><h1>白皮書</h1><p>文", "白皮書"),
        ("a.html", "<title>法編號:01011 版本:084</title><p>組織法<p>第一條", "組織法"),
    ],
)
def test_title(tmp_path: Path, name: str, text: str, title: str) -> None:
    assert read(tmp_path, name, text).title == title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("缔约国应当采取措施，防止滥用精神药物。", "zh-Hans"),
        ("締約國應採取措施,防止濫用精神藥物。", "zh-Hant"),
        ("締約國不準放行,行為系在国外,應採取措施。", "zh-Hant"),
        ("The Parties shall adopt measures against the abuse of drugs.", "en"),
        ("人之初，性本善。", "und"),
        ("12345", "und"),
    ],
)
def test_language(tmp_path: Path, text: str, language: str) -> None:
    assert read(tmp_path, "a.txt", text).language == language


def test_each_block_has_its_own_language_and_a_short_one_its_documents(tmp_path: Path) -> None:
    text = "缔约国应当采取措施，防止滥用精神药物。\n總統制定公約，應採取措施。\nAdopted by the Parties\n人之初\nUNODC"
    languages = [block.language for block in read(tmp_path, "a.txt", text + "\n缔约国应当采取措施。" * 3).blocks]
    assert languages[:5] == ["zh-Hans", "zh-Hant", "en", "zh-Hans", "zh-Hans"]
