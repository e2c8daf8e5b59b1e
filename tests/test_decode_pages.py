"""Decode: pages as they are met with: damaged, laid out with tables, numbered by their mark-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongwen.decode import decode
from tongwen.model import Document

HEAD = "<html><head><meta charset=utf-8><title>管制精神藥物</title></head><body>"


def read(folder: Path, page: bytes) -> Document:
    (folder / "a.html").write_bytes(page)
    return decode(folder / "a.html", folder)


def told(document: Document) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.span and problem.span.of(document.text)) for problem in document.problems]


def test_damage_is_told_at_its_place_in_the_text(tmp_path: Path) -> None:
    page = HEAD.encode() + "<!-- 註 --><p>締約國<b>應採取</b>".encode() + b"\xff" + "措施</p><p>防止".encode() + b"\xff"
    document = read(tmp_path, page + "濫用".encode())
    assert told(document) == [("undecodable-byte", "\ufffd")] * 2
    assert [problem.span and problem.span.start for problem in document.problems] == [6, 12]


def test_damage_in_what_is_not_shown_is_counted(tmp_path: Path) -> None:
    page = "<p>締約國應採取措施,防止濫用".encode()
    document = read(tmp_path, b"<title>\xff\xff</title><style>\xff</style>" + page + b"\xff" + "精神藥物".encode())
    assert told(document) == [("undecodable-byte", "\ufffd"), ("undecodable-byte", None)]
    assert "3 times" in document.problems[1].message


def test_a_nul_is_told_apart_from_other_damage(tmp_path: Path) -> None:
    page = "<title>題\0</title><p>締約國\xff應採取措施\0防止濫用精神藥物".encode().replace("\xff".encode(), b"\xff")
    document = read(tmp_path, page)
    places = {problem.code: problem.span and problem.span.start for problem in document.problems}
    assert places == {"undecodable-byte": 3, "control-character": 9}


def test_a_line_in_another_encoding_is_told_at_its_place(tmp_path: Path) -> None:
    foreign = "<p class=x>缔约国应当<b>采取必要措施</b>，防止滥用。</p>\n".encode("gb18030")
    document = read(tmp_path, HEAD.encode() + "<p>締約國應採取措施。</p>\n".encode() * 3 + foreign)
    assert told(document) == [("mixed-encoding", "采取必要措施")]


@pytest.mark.parametrize("own", ["\ufffd", "&#xFFFD;"])
def test_a_replacement_character_of_the_page_itself_is_no_damage(tmp_path: Path, own: str) -> None:
    document = read(
        tmp_path, f"<p>締約國{own}應採取措施".encode() + b"<p>" + "防止".encode() + b"\xff" + "濫用".encode()
    )
    assert [problem.span and problem.span.start for problem in document.problems] == [12]


def table(*rows: tuple[str, ...], first: str = "td") -> bytes:
    cells = ("".join(f"<{first if not n else 'td'}>{cell}" for n, cell in enumerate(row)) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode()


NUMBERS = [
    ("第 1 條", "第 20-1 條"),
    ("第一條", "第二十條之一"),
    ("第一条", "第二条"),
    ("Article 1", "Article II"),
    ("第 1 條（目的）", "第 2 條（定義）"),
]


@pytest.mark.parametrize("numbers", NUMBERS)
@pytest.mark.parametrize("first", ["td", "th"])
def test_a_table_that_sets_articles_is_read_as_paragraphs(tmp_path: Path, numbers: tuple[str, ...], first: str) -> None:
    document = read(tmp_path, table(*((number, "防制毒品危害，特制定本條例。") for number in numbers), first=first))
    assert [block.kind for block in document.blocks] == ["paragraph"] * 4
    assert [block.span.of(document.text) for block in document.blocks[::2]] == list(numbers)


def test_a_chapter_between_the_articles_does_not_make_it_data(tmp_path: Path) -> None:
    page = table(("第一章 總則",), ("第 1 條", "為防制毒品危害，特制定本條例。"), ("第 2 條", "略"), ("", "二、某項"))
    assert {block.kind for block in read(tmp_path, page).blocks} == {"paragraph"}


def test_a_table_of_two_columns_with_prose_is_read_as_paragraphs(tmp_path: Path) -> None:
    prose = (
        "主管機關應訂定辦法，並公告之；其施行日期、範圍及其他應遵行事項，由主管機關會商有關機關定之，並送立法院備查。"
    )
    assert {block.kind for block in read(tmp_path, table(("主旨", prose), ("說明", prose))).blocks} == {"paragraph"}


@pytest.mark.parametrize(
    "page",
    [
        table(("第一條", "第二條"), ("甲", "乙")),
        table(("第一條", "修正", "刪除"), ("第二條", "修正", "刪除")),
        table(("海洛因", "二乙酰吗啡"), ("可卡因", "苯甲酰甲基芽子碱")),
        b"<table><tr><th>a<th>b</tr>" + table(("第一條", "修正"), ("第二條", "刪除"))[7:],
    ],
)
def test_a_table_that_compares_stays_a_table(tmp_path: Path, page: bytes) -> None:
    assert [block.kind for block in read(tmp_path, page).blocks] == ["table"]


@pytest.mark.parametrize(
    ("page", "items"),
    [
        ("<ol><li>甲物<li>乙物</ol>", ["1. 甲物", "2. 乙物"]),
        ("<ol type=a start=26><li>甲物<li>乙物</ol>", ["z. 甲物", "aa. 乙物"]),
        ("<ol type=I start=4><li>甲物<li value=9><p>乙物<li>丙物</ol>", ["IV. 甲物", "IX. 乙物", "X. 丙物"]),
        ("<ol reversed><li>甲物<li>乙物</ol>", ["2. 甲物", "1. 乙物"]),
        ("<ol><li>甲物<ul><li>子</ul><ol type=i><li>丑</ol><li>乙物</ol>", ["1. 甲物", "子", "i. 丑", "2. 乙物"]),
        ("<ol start=x type=disc><li>甲物</ol>", ["1. 甲物"]),
        (
            "<ol><li>(一)甲物<li>二、乙物<li>3. 丙物<li>第四條<li>⑤戊</ol>",
            ["(一)甲物", "二、乙物", "3. 丙物", "第四條", "⑤戊"],
        ),
        ("<ol style='list-style: none'><li>甲物</ol><ul><li>乙物</ul><li>丙物", ["甲物", "乙物", "丙物"]),
        ("<ol><li>1971年公約<li>一般規定<li>article</ol>", ["1. 1971年公約", "2. 一般規定", "3. article"]),
        (
            "<ol><li>1.5公克以上<li>第三方<li>e.g. one<li>第 4 條<li>1.2 甲<li>4.丁物",
            ["1. 1.5公克以上", "2. 第三方", "3. e.g. one", "第 4 條", "1.2 甲", "4.丁物"],
        ),
        ("<ol><li><ol><li>丑物</ol><li>乙物</ol>", ["1. 丑物", "2. 乙物"]),
    ],
)
def test_an_item_has_the_number_that_a_browser_prints(tmp_path: Path, page: str, items: list[str]) -> None:
    document = read(tmp_path, page.encode())
    assert [block.span.of(document.text) for block in document.blocks] == items
    assert {block.kind for block in document.blocks} == {"item"}
