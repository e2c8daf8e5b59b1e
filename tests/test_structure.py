"""Structure: rules as cases, the laws as properties, and the figures on real texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from structure_of import articles, document, outline, provisions, read
from tongwen.decode import decode
from tongwen.model import Document, Language, Record, Span, Structure
from tongwen.normalise import convert, normalise
from tongwen.structure import structure
from tongwen.structure.around import around, smallest
from tongwen.structure.provisions import DEEPEST

FOLDER = Path(__file__).parent / "cases" / "structure" / "rules"


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    language: Language
    law: str
    expected: list[str]


def cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^-{8}$", file.read_text(encoding="utf-8"), flags=re.M):
            lines = [line for line in block.strip("\n").splitlines() if not line.startswith("# ")]
            text = "\n".join(lines[next(i for i, x in enumerate(lines) if x.startswith("## ")) :])
            head, expected = text.split("\n=>\n")
            name, *rest = head.splitlines()
            fields = dict(re.findall(r"^(title|language): (.+)$", head, flags=re.M))
            law = "\n".join(line for line in rest if not re.match("(title|language): ", line))
            language: Language = fields.get("language", "zh-Hant")  # type: ignore[assignment]
            yield Case(name[3:], fields.get("title", ""), language, law, expected.strip().splitlines())


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: Case) -> None:
    assert outline(read(case.law, case.title, case.language)) == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_twin_in_the_other_script_has_the_same_structure(case: Case) -> None:
    script = "hans" if case.language == "zh-Hant" else "hant"
    twin = document(
        convert(case.law, script), convert(case.title, script), "zh-Hans" if script == "hans" else "zh-Hant"
    )
    assert shape(structure(twin, normalise(twin.text))) == shape(read(case.law, case.title, case.language))


def shape(found: Structure) -> list[object]:
    rows = [(row["id"], row["role"], row["span"]) for row in provisions(found)]
    return [(r.id, r.kind, r.span, r.parent) for r in found.records] + rows


ARTICLES = "第一條 用語\n一、甲。\n二、乙。\n{}第二條 範圍\n一、丙。\n二、丁。\n"
PARTS = "第一部分\n總則\n" + ARTICLES.format("第二部分\n國際合作\n")


@pytest.mark.parametrize(
    ("law", "ids"),
    [
        (PARTS, ["sec_1", "art_1", "sec_2", "art_2"]),
        (f"本公約締約國，茲協議如下：\n{PARTS}", ["sec_1", "art_1", "sec_2", "art_2"]),
        (f"本公約締約國，\n茲協議如下：\n\n{PARTS}", ["sec_1", "art_1", "sec_2", "art_2"]),
        (ARTICLES.format("三、增訂一章如下：\n第三章 附加\n"), ["art_1", "art_2"]),
        (f"大會，通過公約。\n附件\n{PARTS}", ["annex_1", "sec_1.1", "annex_1.art_1", "sec_1.2", "annex_1.art_2"]),
        (f"大會，通過公約。\n附件\n茲協議如下：\n{ARTICLES.format('')}", ["annex_1", "annex_1.art_1", "annex_1.art_2"]),
    ],
)
def test_divisions_and_articles_have_ids_by_what_is_around_them(law: str, ids: list[str]) -> None:
    """An enacting formula ends in a colon as what introduces a quotation does, but the text begins behind it."""
    found = read(law, "甲公約", "zh-Hant")
    assert [record.id for record in found.records if record.kind in ("section", "article")] == ids


SPACED = "第 一 部 分\n" + ARTICLES.format("第 十 二 部 分\n總則\n")
COLON = "第I部分：引言\n" + ARTICLES.format("第Ⅱ部分：目標、原則和義務\n")
PREAMBLE = "序言\n本公約締約國，\n決心合作，\n茲協議如下：\n"
LISTED = "第一章 總則\n第一條 用語{0}\n第二章 罰則\n第二條 範圍{0}\n第三條 期限{0}\n附件\n" + PREAMBLE
THREE = "第三條 期限\n一、戊。\n二、己。\n"
TWO_CHAPTERS = "第一章\n總則\n" + ARTICLES.format("第二章 罰則\n") + THREE + "附件\n甲、乙\n"
PROTOCOL = "\n關於甲的議定書\n\n本議定書締約國，\n茲商定如下：\n\n{}" + ARTICLES.format("")
SECOND = ["art_1~2", "art_2~2"]


@pytest.mark.parametrize(
    ("law", "sections", "found_articles"),
    [
        (SPACED, ["1 第一部分", "12 總則"], ["art_1", "art_2"]),
        (
            "第 I 部分\n第 1 節. 一般規定\n" + ARTICLES.format("第 2 節. 範圍\n") + "附件A 消除\n甲\n附件I 清單\n乙\n",
            ["1 第I部分", "1.1 一般規定", "1.2 範圍", "附件A 消除", "附件I 清單"],
            ["art_1", "art_2"],
        ),
        (COLON, ["1 引言", "2 目標、原則和義務"], ["art_1", "art_2"]),
        (LISTED.format(" .......... 3") + TWO_CHAPTERS, ["1 總則", "2 罰則", "附件 附件"], ["art_1", "art_2", "art_3"]),
        (LISTED.format(" " * 20 + "3") + TWO_CHAPTERS, ["1 總則", "2 罰則", "附件 附件"], ["art_1", "art_2", "art_3"]),
        (LISTED.format("") + TWO_CHAPTERS, ["1 總則", "2 罰則", "附件 附件"], ["art_1", "art_2", "art_3"]),
        (
            ARTICLES.format("") + THREE + PROTOCOL.format(""),
            ["None 關於甲的議定書"],
            ["art_1", "art_2", "art_3", *SECOND],
        ),
        (
            ARTICLES.format("") + PROTOCOL.format("一、總則\n\n") * 2,
            ["None 關於甲的議定書", "n1.1 總則", "None 關於甲的議定書", "n2.1 總則"],
            ["art_1", "art_2", *SECOND, "art_1~3", "art_2~3"],
        ),
        (
            "第一章\n大會\n組織\n第一條\n一、甲。\n二、乙。\n職權\n第二條\n丙。\n第三條\n丁。\n"
            "第二章\n理事會\n組織\n第四條\n戊。\n",
            ["1 大會", "1.n1 組織", "1.n2 職權", "2 理事會", "2.n3 組織"],
            ["art_1", "art_2", "art_3", "art_4"],
        ),
        (
            "甲公約\n一、屆會\n常會\n第一條\n一、甲。\n二、乙。\n日期\n第二條\n丙。\n二、議程\n通過\n第三條\n丁。\n",
            ["1 屆會", "2 議程"],
            ["art_1", "art_2", "art_3"],
        ),
        (
            ARTICLES.format("") + THREE + "附件一\n高度洄游魚類\n1. 長鰭金槍魚。\n2. 金槍魚。\n附件二\n海洛因\n嗎啡\n",
            ["附件一 高度洄游魚類", "附件二 附件二"],
            ["art_1", "art_2", "art_3"],
        ),
    ],
)
def test_divisions_of_treaties(law: str, sections: list[str], found_articles: list[str]) -> None:
    """Parts as they are spaced and marked in print, behind a table of contents; treaties that follow one another."""
    found = read(law, "甲公約", "zh-Hant")
    told = [
        f"{r.id[4:] if r.fields['number'] is None and '.' in r.id else r.fields['number']} {r.fields['title']}"
        for r in found.records
        if r.kind == "section"
    ]
    assert (told, [record.id for record in articles(found)]) == (sections, found_articles)


def test_a_treaty_behind_another_in_english() -> None:
    """A sentence that names the convention is no title; the stop behind an article's number is not cited."""
    law = "Article 1. Scope\n\n1. A.\n2. B.\n\nArticle 2. Entry\n\nThis Convention is subject to ratification.\n\n"
    found = read(law + "Optional Protocol\n\nArticle 1. Review\n\n1. C.\n2. D.\n", "Convention on Drugs", "en")
    assert [r.label for r in found.records if r.kind in ("section", "provision")] == [
        "Article 1, paragraph 1",
        "Article 1, paragraph 2",
        "Optional Protocol",
        "Article 1, paragraph 1",
        "Article 1, paragraph 2",
    ]


def test_pages_that_are_named_are_told_without_a_layout() -> None:
    """第 2 頁 between the lines of a text that is not wrapped; a number alone may be anything there."""
    law = "第 1 頁\n第一條 用語\n一、甲。\n第 2 頁\n二、乙。\n5\n第 3 頁\n第二條 範圍\n一、丙。\n二、丁。\n"
    found = read(law, "甲公約", "zh-Hant")
    assert [r.fields["text"] for r in found.records if r.fields.get("part") == "page"] == [
        "第 1 頁",
        "第 2 頁",
        "第 3 頁",
    ]
    assert [r.id for r in found.records if r.kind == "provision"] == ["art_1.1", "art_1.2", "art_2.1", "art_2.2"]


def test_a_letter_is_cited_as_one_also_right_under_an_article() -> None:
    """(a) stands under 1. in one article, and in others right under the article: its level is the same."""
    law = "第1条 用语\n(a) 甲；\n(b) 乙。\n"
    law += "第2条 措施\n1. 应：\n⑴ 丙；\n2. 应：\n(a) 丁；\n(b) 戊。\n"
    labels = [r.label for r in read(law, "甲公约", "zh-Hans").records if r.kind == "provision"]
    assert [label for label in labels if "(" in label] == [
        "第1条 (a)项",
        "第1条 (b)项",
        "第2条 第1款(1)项",
        "第2条 第2款(a)项",
        "第2条 第2款(b)项",
    ]


# The laws.


LONG, SHORT = "第一条" * 6, "第一条" * 2
TURNED = {"columns-swapped", "heading-displaced"}
RULES = re.compile(r"[\u2500-\u257f|+=-]")


def spans_lie_inside(text: str, found: Structure) -> None:
    for record in found.records:
        assert record.span.end <= len(text), record
    for passage in found.passages:
        assert all(piece.end <= len(text) for piece in passage.pieces)


def siblings_are_disjoint_and_in_order(found: Structure) -> None:
    """But where it is told that a heading or a column is printed elsewhere than it is read."""
    if any(problem.code in TURNED for problem in found.problems):
        return
    families: dict[str | None, list[Record]] = {}
    for record in found.records:
        families.setdefault(record.parent, []).append(record)
    for family in families.values():
        for left, right in pairwise(family):
            assert left.span.end <= right.span.start, (left, right)


def parents_hold_their_children(found: Structure) -> None:
    by_id = {record.id: record for record in found.records}
    assert len(by_id) == len(found.records), "ids are unique"
    for record in found.records:
        if record.parent:
            assert by_id[record.parent].span.holds(record.span), record


def every_line_is_in_exactly_one_passage(source: Document, found: Structure) -> None:
    """But for note markers, which are no text, and the rules of tables: each belongs to its note or table."""
    markers = {tuple(r.fields["marker"]) for r in found.records if r.fields.get("marker")}  # type: ignore[arg-type]
    pieces = sorted([p for passage in found.passages for p in passage.pieces] + [Span(*edges) for edges in markers])
    assert all(left.end <= right.start for left, right in pairwise(pieces))
    covered = "".join("".join(piece.of(source.text) for piece in pieces).split())
    printed = "".join("".join(block.span.of(source.text) for block in source.blocks).split())
    if any(r.kind == "table" and r.fields["origin"] == "drawn" for r in found.records):
        covered, printed = RULES.sub("", covered), RULES.sub("", printed)
    assert covered == printed


def articles_are_whole(source: Document, found: Structure) -> None:
    """Labels and texts joined are the article as printed behind its heading; page numbers, running heads and notes
    aside, which are records of their own."""
    pages = [r.span for r in found.records if r.fields.get("part") == "page" or r.kind == "footnote"]
    text = list(source.text)
    for span in pages:
        text[span.start : span.end] = " " * len(span)
    for record in articles(found):
        rows = record.fields["provisions"]
        told = "".join("".join(f"{row['label']}{row['text']}".split()) for row in rows)  # type: ignore[union-attr,index,call-overload]
        assert "".join(record.span.of("".join(text)).split()).endswith(told)


def paragraphs_have_text(found: Structure) -> None:
    """A note's marker alone is none, but where nothing stands before it."""
    paragraphs = [record for record in found.records if record.kind == "paragraph" and record.span.start > 0]
    assert all(record.fields["text"] for record in paragraphs[1:])


def laws_are_read_as_they_are_printed(found: Structure) -> None:
    """Reports are not: what stands beside their text is read where it belongs."""
    places = [(record.span.start, -record.span.end) for record in found.records]
    assert places == sorted(places) or not any(record.kind == "article" for record in found.records)


def laws(source: Document, found: Structure) -> None:
    spans_lie_inside(source.text, found)
    laws_are_read_as_they_are_printed(found)
    siblings_are_disjoint_and_in_order(found)
    parents_hold_their_children(found)
    every_line_is_in_exactly_one_passage(source, found)
    articles_are_whole(source, found)
    paragraphs_have_text(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_laws_hold_for_every_case(case: Case) -> None:
    laws(document(case.law, case.title, case.language), read(case.law, case.title, case.language))


STARTS = """第一条 第二條 第十二条 第1條 第五条之一 笫六条 第一章 第二節 附件一 附表 一、 二、 三、 （一） (二) 1. 2.
(a) (i) ① 甲、 Article Chapter 1 II 為此, 公历2025年 甲方 应当 依照 规定 ， 。 ： ； : “ ” │ ├"""
LINE = st.lists(st.sampled_from([*STARTS.split(), " ", "\u3000"]), max_size=6).map("".join)


@given(st.lists(LINE, max_size=30).map("\n".join), st.sampled_from(["zh-Hans", "zh-Hant", "en"]))
@example("一、\n①\n一、(a)1", "zh-Hans")  # a note between two lists
@example("\n".join(["，第一条", LONG, SHORT, "", SHORT, LONG, SHORT]), "zh-Hans")  # a page whose columns are turned
@example("第一条1.（一）1.\n1.第一条第一条第一条\n1.第一条第一条第一条\n第一章", "zh-Hans")  # notes of two series
@example("第一条①\n第一条 一、\n①第一条\n第一条第一条", "zh-Hans")  # a note inside an article
@example("第一条│第一条\n第一条│第一条\n│\n第一条", "zh-Hans")  # a table that looks like several paragraphs
@settings(max_examples=400, deadline=None)
def test_the_laws_hold_for_any_text(text: str, language: Language) -> None:
    laws(document(text, "", language), read(text, "", language))


@pytest.mark.parametrize("lists", ["一、如下：\n" * 1100, "一、如下：\n" * 8 + "(一)(1)(甲)(子)(a)" * 400])
def test_lists_do_not_nest_without_end(lists: str) -> None:
    text = f"第一条 甲。\n第二条 如下：\n{lists}"
    found = read(text, "甲条例", "zh-Hans")
    laws(document(text, "甲条例", "zh-Hans"), found)
    assert max(record.id.count(".") for record in found.records) == DEEPEST


SPAN = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 20), st.integers(1, 12))


@given(st.lists(SPAN, max_size=8), st.lists(SPAN, max_size=12))
def test_what_is_around_many_places_is_what_is_around_each(places: list[Span], spans: list[Span]) -> None:
    records = [Record(str(n), "paragraph", span, None, "", (), {}) for n, span in enumerate(spans)]
    each = [smallest(place, records) for place in places]
    assert [r and len(r.span) for r in around(places, records)] == [r and len(r.span) for r in each]
    assert all(r is None or r.span.holds(place) for place, r in zip(places, around(places, records), strict=True))


# Labels and problems.


def test_provisions_are_cited_as_the_document_cites_them() -> None:
    """Levels are named by what they are in the document: 項 and 款 swap between conventions."""
    treaty = read("第一條 甲\n一、依本條第二項(一)款。\n二、各締約國應:\n(一)子:\n1.丑。", "甲公約")
    assert [r.label for r in treaty.records if r.kind == "provision"] == [
        "第一條 第一項",
        "第一條 第二項",
        "第一條 第二項(一)款",
        "第一條 第二項(一)款(1)目",
    ]
    newer = read("第3条\n甲\n1. 依第2条第1款(a)项。\n2. 各国应：\n(a)子。", "公约", "zh-Hans")
    assert [r.label for r in newer.records if r.kind == "provision"] == [
        "第3条 第1款",
        "第3条 第2款",
        "第3条 第2款(a)项",
    ]
    mainland = read("第一条 甲。\n有下列情形的：\n（一）依照前款。", "条例", "zh-Hans")
    assert [r.label for r in mainland.records if r.kind == "provision"] == [
        "第一条 第一款",
        "第一条 第二款",
        "第一条 第二款第（一）项",
    ]
    taiwan = read("第 1 條\n甲。\n前項如下：\n一、乙。\n二、丙：\n（一）丁。", "甲法")
    assert [r.label for r in taiwan.records if r.kind == "provision"][-1] == "第1條 第二項第二款第一目"
    english = read("Article 22\nPenalties\n1. Parties shall:\n(a) act;\n(b) report.", "Convention", "en")
    assert [r.label for r in english.records if r.kind == "provision"][-1] == "Article 22, paragraph 1 (b)"


@pytest.mark.parametrize(
    ("law", "language", "labels"),
    [
        ("第一条 甲\n一、依本条第一款。\n二、乙：\n（一）丙。", "zh-Hans", ["第一款", "第二款", "第二款第（一）项"]),
        (
            "第一條 甲\n一、依上款及第一款（一）項。\n二、乙：\n（一）丙。",
            "zh-Hant",
            ["第一款", "第二款", "第二款(一)項"],
        ),
        ("第一條 甲\n一、乙。\n二、丙：\n（甲）第一項（甲）款。", "zh-Hant", ["第一項", "第二項", "第二項(甲)款"]),
        ("第一条 甲\n(一) 依第一款。\n(二) 乙：\n1. 丙。", "zh-Hans", ["第一款", "第二款", "第二款第（1）项"]),
        ("第1条 甲\n第1款 乙\n丙。\n第2款 丁\n戊。", "zh-Hans", ["第1款", "第2款"]),
    ],
)
def test_levels_of_treaties_are_called_as_their_references_call_them(
    law: str, language: Language, labels: list[str]
) -> None:
    found = read(law, "甲公约", language)
    assert [r.label.split()[1] for r in found.records if r.kind == "provision"] == labels


def test_an_ordinance_is_cited_as_hong_kong_cites_it() -> None:
    law = "第I部 導言\nPart I Preliminary\n1. 簡稱\n甲。\n2. 釋義\n(1) 乙：\n(a) 丙；\n(i) 丁。\n3A. 戊\n(1) 己。"
    found = read(law, "危險藥物條例", "zh-Hant")
    assert [r.label for r in found.records if r.kind != "paragraph"] == [
        "第I部 導言 Preliminary",
        "第1條",
        "第2條",
        "第2條 第(1)款",
        "第2條 第(1)款(a)段",
        "第2條 第(1)款(a)段(i)節",
        "第3A條",
        "第3A條 第(1)款",
    ]


@pytest.mark.parametrize("title", ["關於施行危險藥物條例之研究", "甲報告", "條例"])
def test_bare_numbers_head_articles_in_ordinances_alone(title: str) -> None:
    found = read("1. 簡稱\n甲。\n2. 釋義\n乙。\n3. 限制\n丙。\n", title, "zh-Hant")
    assert len(articles(found)) == (3 if title == "條例" else 0)


def test_an_item_right_under_an_article_is_called_as_under_a_paragraph() -> None:
    law = "第一条 甲\n一、依本条第一款。\n二、乙。\n第二条 丙\n一、丁。\n第三条 戊\n应：\n（一）己；\n（二）庚。"
    found = read(law, "甲条约", "zh-Hans")
    assert [r.label for r in found.records if r.kind == "provision"][-1] == "第三条 第（二）项"


def test_a_text_that_does_not_begin_at_article_1_is_told() -> None:
    found = read("第三条 甲\n一、乙。\n第四条 丙\n一、丁。\n第五条 戊\n己。", "甲条约", "zh-Hans")
    told = [(problem.code, problem.message) for problem in found.problems]
    assert told == [("article-missing", "The text begins at article 3.")]


@pytest.mark.parametrize(
    "table",
    [
        "目　錄\n序言\n第一章 總則\n第一條 用語\n第二章 罰則\n第二條 範圍\n第三條 期限\n",
        "目錄\n頁次\n第一章 總則 ........ 1\n第一條 用語 ........ 1\n第二條 範圍 ........ 2\n",
    ],
)
def test_a_table_of_contents_is_told_from_the_preamble(table: str) -> None:
    law = f"甲公約\n{table}本公約締約國，\n茲協議如下：\n第一章 總則\n" + ARTICLES.format("第二章 罰則\n") + THREE
    found = read(law, "甲公約", "zh-Hant")
    parts = [r.fields["part"] for r in found.records if r.kind == "paragraph"]
    assert parts == ["title", *["contents"] * table.count("\n"), "preamble", "preamble"]


def test_notes_among_the_articles_are_bound_to_their_markers() -> None:
    law = "第1条 甲\n1. 乙。①\n2. 丙；¹\n① 子。\n第2条 丁\n1. 戊。①\n2. 己。\n① 丑。\n_____\n¹ 寅，\n"
    found = read(law, "甲公约", "zh-Hans")
    told = [(r.id, r.fields["anchor"], r.fields["text"]) for r in found.records if r.kind == "footnote"]
    first, raised = law.index("①"), law.index("¹")
    second = law.index("①", law.index("戊"))
    assert told == [("fn_1", first, "子。"), ("fn_1~2", second, "丑。"), ("fn_1~3", raised, "寅，")]
    laws(document(law, "甲公约", "zh-Hans"), found)


def test_what_is_wrong_is_told_with_its_place() -> None:
    text = "第一條 甲\n一、倘認定:\n(一)子,以及\n(二)丑時,則委員會應將其判斷通知各締約國。\n"
    text += "第二條 期限\n一、依第一條(期限)。\n三、丙。"
    found = read(text, "甲公約")
    told = {problem.code: problem.span.of(text) for problem in found.problems if problem.span}
    assert told == {
        "closing-merged": "時,則委員會應將其判斷通知各締約國。",
        "gloss-mismatch": "第一條(期限)",
        "number-missing": "三、",
    }


# Figures on real texts.


@pytest.fixture(scope="module")
def treaty(shared: Path) -> tuple[Document, Structure]:
    root = shared / "corpus"
    source = decode(root / "zh-Hant" / "psychotropic-substances-1971.txt", root)
    return source, structure(source, normalise(source.text))


def test_the_treaty_is_read_whole(treaty: tuple[Document, Structure]) -> None:
    source, found = treaty
    laws(source, found)
    assert [r.fields["number"] for r in articles(found)] == [str(n) for n in range(1, 34)]
    assert [r.fields["number"] for r in articles(found) if r.fields["inferred"]] == ["12"]
    printed = [
        re.sub("[一二三四五六七八九十]+", "一", re.sub("[0-9]+", "1", row["label"])) for row in provisions(found)
    ]
    assert {label: printed.count(label) for label in set(printed) - {""}} == {"一、": 98, "(一)": 81, "1.": 33}
    closings = [row["id"] for row in provisions(found) if row["role"] == "wrapup"]
    assert closings == ["art_3.3", "art_16.4"]
    parts = [r.fields["part"] for r in found.records if r.kind == "paragraph"]
    assert parts == ["nav", "title", *["preamble"] * 10, "closing", "closing"]


def test_the_treaty_is_cited_as_it_cites_itself(treaty: tuple[Document, Structure]) -> None:
    labels = {r.id: r.label for r in treaty[1].records}
    assert labels["art_12"] == "第十二條"
    assert labels["art_22.2.1.2"] == "第二十二條 第二項(一)款(2)目"
    assert labels["art_7.2"] == "第七條 (二)款"
    assert labels["art_1.6.1"] == "第一條 第六項(1)目"


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_statutes_of_taiwan_are_split_as_published(shared: Path, tmp_path: Path) -> None:
    """Rendered as published (第 15-1 條 on a line, then the text with its wraps): number and text of each article."""
    total = right = 0
    for file in sorted((shared / "data" / "tw" / "zh").glob("*.json"))[::4]:
        law = json.loads(file.read_text(encoding="utf-8-sig"))
        parts = [part for part in law["法規內容"] if re.fullmatch(r"第 [\d-]+ 條", part.get("條號", "第 0 條"))]
        body = [part.get("編章節") or f"{part['條號']}\n{part['條文內容']}" for part in parts]
        path = tmp_path / f"{file.stem}.txt"
        path.write_text("\n".join([law["法規名稱"], *body]), encoding="utf-8")
        source = decode(path, tmp_path)
        found = {
            r.fields["number"]: "".join(squeezed(f"{x['label']}{x['text']}") for x in r.fields["provisions"])  # type: ignore[union-attr,index,call-overload]
            for r in articles(structure(source, normalise(source.text)))
        }
        for part in parts:
            if "條號" in part:
                total += 1
                right += found.get(part["條號"].split()[1]) == squeezed(part["條文內容"])
    assert total > 3500
    assert right / total >= 0.995


def test_statutes_of_the_mainland_are_split_as_printed(shared: Path) -> None:
    """Against the plainest reading: a line that begins 第N条 and a space opens an article, a heading line ends it.

    That reading is wrong where an annex follows the last article or a heading has no space; hence the floor.
    """
    head = re.compile(r"^(第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?)[ 　]+(.*)$")
    root = shared / "data" / "prc"
    total = right = 0
    for file in sorted(root.rglob("*.md"))[::5]:
        source = decode(file, root)
        plain: list[list[str]] = []
        inside = False
        for line in source.text.splitlines():
            match = head.match(line.strip())
            if match:
                plain.append([match[1], match[2]])
            inside = bool(match) or (inside and not line.startswith(("#", "<!--")))
            if inside and not match:
                plain[-1][1] += line
        found = [
            (r.fields["label"], "".join(squeezed(f"{x['label']}{x['text']}") for x in r.fields["provisions"]))  # type: ignore[union-attr,index,call-overload]
            for r in articles(structure(source, normalise(source.text)))
        ]
        total += len(plain)
        right += sum((label, squeezed(text)) in found for label, text in plain)
    assert total > 10000
    assert right / total >= 0.995
