"""Decode: what a page's mark-up says of its parts: markers and notes, boxes, quotations, what a site puts around."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongwen.decode import decode
from tongwen.decode.html import read_html
from tongwen.model import Block

LONG = "其餘之文字甚長，足以使全頁之大部不在框內，亦不在引文之內，所以版面之判斷不受其影響。" * 3


def marks(page: str) -> list[tuple[str, str, str | None]]:
    """Each marker with the four characters before it and the text of its note."""
    content = read_html(page)
    text = content.text
    return [
        (text[max(0, mark.span.start - 4) : mark.span.start], mark.span.of(text), mark.note and mark.note.of(text))
        for mark in content.marks
    ]


def shown(page: str) -> list[str]:
    content = read_html(page)
    return [block.span.of(content.text) for block in content.blocks]


def blocks(page: str) -> list[tuple[str, int, str]]:
    content = read_html(page)

    def said(block: Block) -> tuple[str, int, str]:
        return block.kind, block.frame, block.span.of(content.text)

    return [said(block) for block in content.blocks]


WRITERS = {
    "Pandoc": (
        '<p>甲。<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section '
        'id="footnotes" role="doc-endnotes"><ol><li id="fn1"><p>註文<a href="#fnref1" role="doc-backlink">↩︎</a>'
    ),
    "Word": (
        '<p>甲。<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a></p><div id=ftn1><p '
        'class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> 註文</p></div>'
    ),
    "LibreOffice": (
        '<p>甲。<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p><div '
        'id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" '
        'href="#sdfootnote1anc">1</a>註文</p></div>'
    ),
    "a wiki": (
        '<p>甲。<sup class="reference" id="cite_ref-1"><a href="/wiki/A#cite_note-1">[1]</a></sup></p><ol '
        'class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">^</a></span> '
        '<span class="reference-text">註文</span></ol>'
    ),
    "EPUB": (
        '<p>甲。<a epub:type="noteref" href="#n1">1</a></p><aside epub:type="footnote" id="n1"><p>註文</p></aside>'
    ),
    "links to names": (
        '<p>甲。<a name=r1 href="#note1">(1)</a></p><p><a name="note1"></a>1. 註文 <a href="#r1">返回</a></p>'
    ),
    "superscripts": "<p>甲。<sup>1</sup></p><hr><p><sup>1</sup> 註文</p>",
    "brackets set high": "<p>甲。<sup>[1]</sup></p><hr><p><sup>[1]</sup> 註文</p>",
}


@pytest.mark.parametrize("page", WRITERS.values(), ids=WRITERS)
def test_a_marker_is_bound_to_its_note(page: str) -> None:
    content = read_html(page)
    (mark,) = content.marks
    note = next(block for block in content.blocks if block.kind == "note")
    assert (mark.span.of(content.text), mark.note, note.label) == ("1", note.span, "1")
    assert note.span.of(content.text).endswith("註文")
    assert content.text.startswith("甲。")


@pytest.mark.parametrize(
    "printed",
    [
        "面積30km<sup>2</sup>",
        "x<sup>2</sup>",
        "10<sup>3</sup>倍",
        "三平方公里<sup>2</sup>",
        "CO<sub>2</sub>",
        "the 1<sup>st</sup> of May",
        "與<sup>14</sup>C有關",
        "第15<sup>1</sup>條",
        "每12<sup>3</sup>個",
        "cm<sup>-1</sup>",
        '第<a href="#a12">12</a>條<p id=a12>條文',
        '<a href="#top">12</a><p id=top>文',
        "<sup>1</sup>開頭之文",
        "1<sup>er</sup>",
    ],
)
def test_what_is_set_high_is_not_always_a_marker(printed: str) -> None:
    assert marks(f"<p>甲乙丙。</p><p>{printed}</p>") == []


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("甲說<sup>3</sup>，", [("甲說", "3", None)]),
        ("占60%<sup>51</sup>，", [("占60%", "51", None)]),
        ("甲說<sup>3, 4</sup>", [("甲說", "3", None), ("說3,", "4", None)]),
        ("甲<sup>35</sup>於2015<sup>36</sup>年", [("甲", "35", None), ("2015", "36", None)]),
        ("the States<sup>12</sup> say", [("ates", "12", None)]),
        ('甲說<sup><a href="other.html#fn3">3</a></sup>', [("甲說", "3", None)]),
        ('甲說<sup><a href="#a">*</a></sup><p id=a>* 註', [("甲說", "*", "* 註")]),
        ("<b>甲</b><sup> 7 </sup>乙", [("甲", "7", None)]),
    ],
)
def test_markers_without_a_link(printed: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(before.strip(), mark, note) for before, mark, note in marks(f"<p>{printed}")] == found


def test_several_markers_share_a_note_and_one_lists_several() -> None:
    page = "<p>甲<sup>1</sup>乙<sup>1,2</sup><p><sup>1</sup>註一<p><sup>2</sup>註二"
    assert [(mark, note) for _, mark, note in marks(page)] == [("1", "1註一"), ("1", "1註一"), ("2", "2註二")]


def test_notes_that_count_anew_are_bound_to_the_next() -> None:
    page = "<p>甲<sup>1</sup><p><sup>1</sup>上註<h2>二</h2><p>乙<sup>1</sup><p><sup>1</sup>下註"
    assert [note for _, _, note in marks(page)] == ["1上註", "1下註"]


@pytest.mark.parametrize("high", ["<sup>{}</sup>", "<span class=MsoFootnoteReference>{}</span>"])
def test_notes_of_chapters_that_are_gathered_at_the_end_are_bound_in_their_order(high: str) -> None:
    numbers, texts = "12123", "甲乙丙丁戊"
    page = "".join(f"<p>文{high.format(n)}文" for n in numbers)
    page += "".join(f"<p>{high.format(n)} {text}" for n, text in zip(numbers, texts, strict=True))
    assert [note and note[-1] for _, _, note in marks(page)] == list(texts)


def test_a_number_without_a_note_leaves_the_others_bound() -> None:
    page = "<p>甲<sup>1</sup>乙<sup>9</sup>丙<sup>3</sup><p><sup>1</sup>一<p><sup>2</sup>二<p><sup>3</sup>三"
    assert [note for _, _, note in marks(page)] == ["1一", None, "3三"]


def test_lists_of_a_word_processor_are_items() -> None:
    label = "<span style='mso-list:Ignore'>{}<span>&nbsp; </span></span>"
    page = "".join(
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>{label.format(printed)}文"
        for level, printed in ((1, "（一）"), (2, "a)"), (1, "·"))
    )
    found = [
        (block.level, text.replace("\u00a0", ""))
        for block, text in zip(read_html(page).blocks, shown(page), strict=True)
    ]
    assert found == [(1, "（一） 文"), (2, "a) 文"), (1, "文")]


def test_markers_in_a_table_and_its_caption_are_found() -> None:
    page = "<table><caption>表1<sup>46</sup></caption><tr><th>率<sup>47</sup><th>年</tr><tr><td>甲<td>1</tr></table>"
    assert [(mark[1]) for mark in marks(page)] == ["46", "47"]
    assert [kind for kind, _, _ in blocks(page)] == ["caption", "table"]


def test_a_note_outside_the_main_part_is_read_with_its_number() -> None:
    page = f"<main><p>{LONG}<a href='#fn2'><sup>2</sup></a></main><footer><ol start=2><li id=fn2>註文</ol></footer>"
    assert marks(page)[0][1:] == ("2", "2. 註文")


@pytest.mark.parametrize(
    "box",
    [
        "<aside>{}</aside>",
        "<div class='textBox'>{}</div>",
        "<section class='call-out-wrapper'>{}</section>",
        "<div style='margin:0; border: solid 1pt black'>{}</div>",
        "<fieldset>{}</fieldset>",
        "<details open>{}</details>",
        "<table border=1><tr><td>{}</table>",
    ],
)
def test_a_box_is_a_frame(box: str) -> None:
    page = f"<p>{LONG}</p>{box.format('<p>專欄1 題<p>框中之文。')}<p>{LONG}</p>"
    assert [frame for _, frame, _ in blocks(page)] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    "page",
    [
        "<div class=box><p>一。<p>二。</div><p>短。",
        f"<p>{LONG}</p><div class=box><p>只有一段。</div>",
        f"<p>{LONG}</p><div style='border-bottom: 1px solid'><p>一。<p>二。</div>",
        f"<p>{LONG}</p><div style='border: none'><p>一。<p>二。</div>",
        f"<p>{LONG}</p><div class=box-office><p>一。<p>二。</div>",
        f"<p>{LONG}</p><table border=1><tr><td>一<td>二<tr><td>三<td>四</table>",
    ],
)
def test_what_is_no_box(page: str) -> None:
    assert {frame for _, frame, _ in blocks(page)} == {0}


def test_boxes_are_counted_and_a_box_in_a_box_is_its_own() -> None:
    page = f"<p>{LONG}<aside><p>外一<aside><p>內一<p>內二</aside><p>外二</aside><p>{LONG}<aside><p>次一<p>次二</aside>"
    assert [frame for _, frame, _ in blocks(page)] == [0, 1, 2, 2, 1, 0, 3, 3]


def test_a_block_quotation_is_one_unless_it_indents_the_page() -> None:
    assert [kind for kind, _, _ in blocks(f"<p>{LONG}<blockquote><p>引文。</blockquote>")] == ["paragraph", "quote"]
    assert [kind for kind, _, _ in blocks(f"<p>題<blockquote><p>{LONG}</blockquote>")] == ["paragraph", "paragraph"]


def test_a_short_quotation_in_a_line_is_text() -> None:
    assert blocks("<p>他說<q>好</q>。") == [("paragraph", 0, "他說好。")]


@pytest.mark.parametrize(
    "part",
    [
        "<div class='share-bar'>分享 微信</div>",
        "<ul class=breadcrumb><li>首頁<li>法規</ul>",
        "<p>您现在的位置：首页 > 法规</p>",
        "<div>【字体：大 中 小】打印本页 关闭窗口</div>",
        "<div id=footer>版權所有 示範部</div>",
        "<div class=sidebar><a href=/1>甲</a> <a href=/2>乙</a></div>",
        "<p><a href=/1>甲</a>|<a href=/2>乙</a>|<a href=/3>丙</a>|<a href=/4>丁</a>|<a href=/5>戊</a></p>",
        "<a class=skip-link href=#c>到內文</a>",
        "<p style='display:none'>隱</p>",
        "<p>回頁首</p>",
        "<nav>導覽</nav>",
    ],
)
def test_what_a_site_puts_around_is_left_out(part: str) -> None:
    assert shown(f"{part}<h1>題</h1><p>{LONG}</p>") == ["題", LONG]


def test_whose_the_page_is_is_left_out_below_the_table_that_holds_it() -> None:
    page = f"<table><tr><td><h1>題</h1><p>{LONG}</table>"
    assert shown(f"{page}<center>版權所有</center>") == ["題", LONG]
    assert shown(f"<center>版權所有</center>{page}") == ["版權所有", "題", LONG]
    assert shown(f"{page}<center>本報告由示範部編。</center>") == ["題", LONG, "本報告由示範部編。"]


@pytest.mark.parametrize(
    "part",
    [
        "<div class='market-share'>市場份額</div>",
        "<div class=sidebar>無連結之文</div>",
        "<div id=related>相關規定如下。</div>",
        "<footer>本報告由示範部編。</footer>",
        "<div class=header>報告之首</div>",
        "<ul><li><a href=/1>甲</a><li><a href=/2>乙</a></ul>",
        "<p>見" + "、".join(f"<a href=/{n}>某法</a>" for n in range(6)) + "之規定。</p>",
        "<p aria-hidden=true>看得見之文</p>",
        "<p>分享權利之方法，由主管機關定之；其細則、期限與罰則，應公告於眾，並送示範院備查，不得有誤，亦不得延誤。</p>",
        "<p>目前位置之測定方法如下。</p>",
    ],
)
def test_in_doubt_a_part_is_kept(part: str) -> None:
    found = shown(f"<h1>題</h1>{part}<p>{LONG}</p>")
    assert len(found) > 2
    assert (found[0], found[-1]) == ("題", LONG)


def test_a_part_that_holds_much_of_the_page_is_never_left_out() -> None:
    assert shown(f"<div class=comments-area><p>{LONG}</p></div><p>短。") == [LONG, "短。"]


def test_a_page_that_is_all_links_keeps_them() -> None:
    assert len(shown("<ul>" + "".join(f"<li><a href=/{n}>第{n}號</a>" for n in range(9)) + "</ul>")) == 9


def test_of_several_articles_none_is_left_out() -> None:
    assert shown(f"<article><p>{LONG}</article><article><p>{LONG[:60]}</article>") == [LONG, LONG[:60]]


def test_the_heading_above_the_main_part_is_kept() -> None:
    assert shown(f"<header><h1>題</h1><a href=/>首頁</a></header><main><p>{LONG}</main>") == ["題", LONG]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<sup>", "</sup>", "1", "甲 ", "\n", "<a href=#b>", "</a>", "<li id=b>"]))
)
def test_every_mark_is_digits_of_the_text_and_every_block_lies_in_it(pieces: list[str]) -> None:
    content = read_html("<div>甲" + "".join(pieces))
    assert all(mark.span.of(content.text).isdecimal() for mark in content.marks)
    lines = [line.strip() for line in content.text.split("\n")]
    assert [block.span.of(content.text) for block in content.blocks] == lines
    assert not any("\ud800" <= character <= "\udfff" for character in content.text)


def test_a_page_of_a_hundred_thousand_nested_tables_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<table><tr><td>" * 100_000 + "深處之文字", encoding="utf-8")
    assert decode(tmp_path / "a.html", tmp_path).text == "深處之文字"
