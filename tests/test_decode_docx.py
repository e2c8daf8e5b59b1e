"""DOCX: what Word prints, and which blocks the mark-up delimits."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docx_of as make
from tongwen.decode.content import Content
from tongwen.decode.docx import read_docx
from tongwen.decode.docx.formats import printed

CASES = Path(__file__).parent / "cases" / "docx"
NOT_HIDDEN = '<w:vanish w:val="0"/>'
BORDER = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right"))


def read(body: str, **parts: str) -> Content:
    return read_docx(make.docx(body, **parts), "a.docx")


def lines(content: Content) -> list[str]:
    return content.text.splitlines()


def blocks(content: Content) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(content.text)) for block in content.blocks]


def grid(content: Content) -> list[list[str]]:
    (block,) = [block for block in content.blocks if block.kind == "table"]
    return [[cell.text if cell.span is not None else f"({cell.text})" for cell in row] for row in block.grid]


def rows(name: str) -> list[list[str]]:
    listed = (CASES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in listed if line and not line.startswith("#")]


@pytest.mark.parametrize(("form", "number", "shown"), rows("numbers.tsv"))
def test_numbers_are_printed_as_word_prints_them(form: str, number: str, shown: str) -> None:
    assert printed(int(number), form) == shown


@given(st.integers(-3, 20_000), st.sampled_from([row[0] for row in rows("numbers.tsv")]))
def test_every_number_has_a_print(number: int, form: str) -> None:
    assert 0 < len(printed(number, form)) <= 30


def cases(name: str) -> list[list[str]]:
    text = (CASES / name).read_text("utf-8")
    chunks = (chunk.splitlines() for chunk in text.split("\n\n"))
    return [kept for chunk in chunks if (kept := [line for line in chunk if not line.startswith("#")])]


def numbering_of(case: list[str]) -> str:
    levels: dict[str, str] = {}
    uses: list[str] = []
    for words in (line.split() for line in case if line.startswith("define ")):
        _, id_, at, form, text, *more = words
        said = dict(pair.split("=") for pair in more)
        if form == "of":
            override = f'<w:startOverride w:val="{said.get("startOverride", "")}"/>' if said else ""
            uses.append(make.num(int(id_), int(text), f'<w:lvlOverride w:ilvl="{at}">{override}</w:lvlOverride>'))
            continue
        start = int(said.pop("start", "1"))
        properties = "".join(f'<w:{key} w:val="{value}"/>' for key, value in said.items())
        levels[id_] = levels.get(id_, "") + make.level(int(at), form, text, properties, start)
    own = "".join(make.abstract(level, int(id_)) for id_, level in levels.items())
    return own + "".join(make.num(int(id_), int(id_)) for id_ in levels) + "".join(uses)


@pytest.mark.parametrize("case", cases("numbering.txt"), ids=lambda case: case[0])
def test_lists_count_as_word_counts(case: list[str]) -> None:
    placed = [line.split()[1:] for line in case if line.startswith("p ")]
    body = "".join(make.numbered("甲", int(id_), int(level)) for id_, level in placed)
    shown = [line.removeprefix("=> ") for line in case if line.startswith("=> ")]
    assert lines(read(body, numbering=numbering_of(case))) == shown


def test_a_numbered_article_is_a_paragraph_and_a_number_alone_an_item() -> None:
    numbering = make.abstract(make.level(0, "chineseCounting", "第%1条") + make.level(1, "decimal", "%2.")) + make.num()
    content = read(make.numbered("总则") + make.numbered("事项", 1, 1), numbering=numbering)
    assert blocks(content) == [("paragraph", "第一条 总则"), ("item", "1. 事项")]
    assert content.blocks[1].level == 2


def test_a_bullet_stands_in_the_text_and_not_in_the_item() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
    bullets = make.level(0, "bullet", "\uf0b7").replace("</w:lvl>", f"{font}</w:lvl>")
    content = read(make.numbered("要点") + make.numbered(""), numbering=make.abstract(bullets) + make.num())
    assert (content.text, blocks(content)) == ("• 要点", [("item", "要点")])


def test_a_number_that_the_author_repeats_is_not_in_the_item() -> None:
    numbering = make.abstract(make.level(0, "decimal", "%1.")) + make.num()
    content = read(
        make.numbered("（1）甲") + make.numbered("第2条所称") + make.numbered("（4）乙"), numbering=numbering
    )
    assert [text for _, text in blocks(content)] == ["（1）甲", "2. 第2条所称", "3. （4）乙"]
    assert lines(content)[0] == "1. （1）甲"


def test_numbers_come_from_styles_too() -> None:
    properties = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>'
    styles = make.style("章", "章标题", properties) + make.style("节", "own", base="章")
    level = make.level(0, "decimal", "%1") + make.level(1, "chineseCounting", "第%2节", '<w:pStyle w:val="章"/>')
    body = make.p("甲", '<w:pStyle w:val="章"/>') + make.p(
        "乙", '<w:pStyle w:val="节"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    content = read(body, styles=styles, numbering=make.abstract(level) + make.num())
    assert [(block.kind, block.level) for block in content.blocks] == [("heading", 2), ("heading", 2)]
    assert lines(content) == ["第一节 甲", "乙"]


def test_a_list_may_take_its_levels_from_a_numbering_style() -> None:
    linked = make.abstract("", 2, '<w:numStyleLink w:val="S"/>')
    numbering = make.abstract(make.level(0, "decimal", "（%1）")) + linked + make.num(1, 1) + make.num(2, 2)
    styles = make.style("S", "s", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "numbering")
    assert lines(read(make.numbered("甲", 2), numbering=numbering, styles=styles)) == ["（1） 甲"]


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("heading 3", "heading", 3),
        ("标题 2", "heading", 2),
        ("Title", "heading", 1),
        ("Intense Quote", "quote", 0),
        ("题注", "caption", 0),
        ("Subtitle", "paragraph", 0),
        ("Normal", "paragraph", 0),
    ],
)
def test_a_style_says_by_its_name_what_a_paragraph_is(name: str, kind: str, level: int) -> None:
    styles = make.style("A", name) + make.style("B", "own", base="A") + make.style("C", "loop", base="C")
    content = read(make.p("文字", '<w:pStyle w:val="B"/>') + make.p("字", '<w:pStyle w:val="C"/>'), styles=styles)
    assert (content.blocks[0].kind, content.blocks[0].level) == (kind, level)
    assert content.titles == (("文字",) if name == "Title" else ())


def test_an_outline_level_makes_a_heading_or_none() -> None:
    styles = make.style("H", "heading 1")
    body = make.p("甲", '<w:outlineLvl w:val="2"/>') + make.p("乙", '<w:pStyle w:val="H"/><w:outlineLvl w:val="9"/>')
    assert [(b.kind, b.level) for b in read(body, styles=styles).blocks] == [("heading", 3), ("paragraph", 0)]


def note(id_: int, text: str) -> str:
    mark = "<w:r><w:footnoteRef/></w:r>"
    return f'<w:footnote w:id="{id_}">{make.p(mark + make.run(text))}</w:footnote>'


def reference(id_: int, more: str = "", after: str = "") -> str:
    return f'<w:r><w:footnoteReference w:id="{id_}"{more}/>{after}</w:r>'


def test_notes_are_numbered_and_bound() -> None:
    body = make.p(make.run("2015年。") + reference(7) + make.run("又及") + reference(3))
    content = read(body, footnotes=note(3, " 乙") + note(7, "甲") + note(9, "无"))
    assert lines(content) == ["2015年。1又及2", "1 甲", "2 乙"]
    assert [(m.span.of(content.text), m.note.of(content.text)) for m in content.marks if m.note] == [
        ("1", "1 甲"),
        ("2", "2 乙"),
    ]
    assert [block.label for block in content.blocks] == ["", "1", "2"]


def test_a_mark_of_the_authors_own_does_not_count() -> None:
    custom = reference(1, ' w:customMarkFollows="1"', "<w:t>*</w:t>")
    content = read(make.p(make.run("甲") + custom + reference(2)), footnotes=note(1, "*星") + note(2, "一"))
    assert [mark.span.of(content.text) for mark in content.marks] == ["*", "1"]
    assert lines(content)[1:] == ["*星", "1 一"]


def test_endnotes_have_roman_numbers_and_a_section_may_begin_anew() -> None:
    manner = '<w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachSect"/>'
    section = f"<w:sectPr><w:footnotePr>{manner}</w:footnotePr></w:sectPr>"
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    body = make.p(make.run("甲") + reference(1) + end, section) + make.p(make.run("乙") + reference(2)) + section
    endnote = f'<w:endnote w:id="1">{make.p("末")}</w:endnote>'
    content = read(body, footnotes=note(1, "子") + note(2, "丑"), endnotes=endnote)
    assert lines(content) == ["甲①i", "乙①", "① 子", "① 丑", "i 末"]


def test_notes_may_begin_anew_on_each_page_and_at_another_number() -> None:
    settings = '<w:footnotePr><w:numStart w:val="5"/><w:numRestart w:val="eachPage"/></w:footnotePr>'
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = make.p(make.run("甲") + reference(1) + reference(2) + page + make.run("乙") + reference(3) + reference(1))
    notes = "".join(note(id_, text) for id_, text in enumerate("子丑寅", 1))
    assert lines(read(body, footnotes=notes, settings=settings)) == ["甲56乙55", "5 子", "6 丑", "5 寅"]


def test_a_use_of_a_list_may_have_levels_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{make.level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    custom = (
        '<mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="01, 02"/></mc:Choice></mc:AlternateContent>'
    )
    padded = make.level(0, "decimal", "%1").replace('<w:numFmt w:val="decimal"/>', custom)
    numbering = (
        make.abstract(make.level(0, "decimal", "%1.")) + make.abstract(padded, 2) + make.num(1, 1, own) + make.num(2, 2)
    )
    assert lines(read(make.numbered("甲") + make.numbered("乙", 2), numbering=numbering)) == ["A) 甲", "01 乙"]


def test_links_to_notes_are_markers_and_the_way_back_is_not_printed() -> None:
    link = '<w:hyperlink w:anchor="fn1"><w:bookmarkStart w:name="ref1"/><w:r><w:t>1</w:t></w:r></w:hyperlink>'
    back = (
        '<w:bookmarkStart w:name="fn1"/>'
        + make.run("1 注文")
        + '<w:hyperlink w:anchor="ref1"><w:r><w:t>↩</w:t></w:r></w:hyperlink>'
    )
    content = read(make.p(make.run("文") + link) + make.p(back))
    assert [(m.span.of(content.text), m.note and m.note.of(content.text)) for m in content.marks] == [("1", "1 注文")]
    assert blocks(content) == [("paragraph", "文1"), ("note", "1 注文")]


def test_numbers_set_high_are_markers_but_powers_are_not() -> None:
    high = '<w:vertAlign w:val="superscript"/>'
    body = make.p(make.run("共3km") + make.run("2", high) + make.run("。") + make.run("1", high) + make.run("2", high))
    content = read(body + make.p(make.run("12", high) + make.run("注文")))
    assert [(m.span.of(content.text), m.note and m.note.of(content.text)) for m in content.marks] == [("12", "12注文")]


def test_tables_have_their_merged_cells_repeated() -> None:
    tall = make.cell("国家", '<w:vMerge w:val="restart"/>')
    below = make.cell("<w:p/>", "<w:vMerge/>")
    wide = make.cell("数值", '<w:gridSpan w:val="2"/>')
    content = read(
        make.table(
            make.row(tall, wide, properties="<w:tblHeader/>"),
            make.row(below, "一", "二", properties="<w:tblHeader/>"),
            make.row("2", "3", properties='<w:gridBefore w:val="1"/>'),
        )
    )
    assert grid(content) == [["国家", "数值", "(数值)"], ["(国家)", "一", "二"], ["", "2", "3"]]
    assert [row[0].header for row in content.blocks[0].grid] == [True, True, False]
    assert content.text == "国家\t数值\t\n\t一\t二\n\t2\t3"


def test_cells_merged_as_older_versions_do_are_repeated_too() -> None:
    wide = [make.cell("甲", '<w:hMerge w:val="restart"/>'), make.cell("<w:p/>", "<w:hMerge/>")]
    assert grid(read(make.table(make.row(*wide, "丙"), make.row("1", "2", "3")))) == [
        ["甲", "(甲)", "丙"],
        ["1", "2", "3"],
    ]


def test_cells_lie_inside_their_table() -> None:
    content = read(make.table(make.row("", "甲", ""), make.row("乙", "丙", "")))
    (block,) = content.blocks
    assert all(
        block.span.holds(cell.span) and cell.span.of(content.text) == cell.text
        for row in block.grid
        for cell in row
        if cell.span
    )


@pytest.mark.parametrize(
    "properties",
    ['<w:tblStyle w:val="T"/><w:tblLook w:val="0420"/>', '<w:tblStyle w:val="T"/><w:tblLook w:firstRow="1"/>'],
)
def test_a_table_style_may_show_the_header(properties: str) -> None:
    styles = make.style("T", "t", '<w:tblStylePr w:type="firstRow"/>', "table")
    content = read(make.table(make.row("甲", "乙"), make.row("1", "2"), properties=properties), styles=styles)
    assert [row[0].header for row in content.blocks[0].grid] == [True, False]


def test_bold_type_shows_the_header_where_only_the_first_row_has_it() -> None:
    bold = [make.cell(make.p(make.run(text, "<w:b/>"))) for text in "甲乙"]
    (first,) = read(make.table(make.row(*bold), make.row("1", "2"))).blocks
    (all_,) = read(make.table(make.row(*bold), make.row(*bold))).blocks
    assert ([row[0].header for row in first.grid], [row[0].header for row in all_.grid]) == (
        [True, False],
        [False, False],
    )


def test_numbers_and_several_paragraphs_in_cells() -> None:
    numbering = make.abstract(make.level(0, "decimal", "%1")) + make.num()
    number = make.cell(make.numbered(""))
    two = make.cell(make.p("上") + make.p() + make.p("下"))
    assert grid(read(make.table(make.row(number, two), make.row(number, "乙")), numbering=numbering)) == [
        ["1", "上 下"],
        ["2", "乙"],
    ]


def test_a_table_of_one_cell_with_lines_is_a_box() -> None:
    box = make.table(
        make.row(make.cell(make.p("题") + make.p("文"))), properties=f"<w:tblBorders>{BORDER}</w:tblBorders>"
    )
    content = read(make.p("前") + box + make.table(make.row("裸")) + box)
    assert [(block.kind, block.frame) for block in content.blocks] == [
        ("paragraph", 0), ("paragraph", 1), ("paragraph", 1), ("paragraph", 0), ("paragraph", 2), ("paragraph", 2)
    ]  # fmt: skip


def test_paragraphs_with_the_same_border_stand_in_one_frame() -> None:
    border = f"<w:pBdr>{BORDER}</w:pBdr>"
    styles = make.style("B", "boxed", f"<w:pPr>{border}</w:pPr>")
    body = make.p("甲", border) + make.p("乙", '<w:pStyle w:val="B"/>') + make.p("丙") + make.p("丁", border)
    assert [block.frame for block in read(body, styles=styles).blocks] == [1, 1, 0, 2]


def test_a_table_for_layout_is_read_cell_by_cell_and_a_table_in_it_as_one() -> None:
    inner = make.table(make.row("1", "2"), make.row("3", "4"))
    content = read(make.table(make.row(make.cell(make.p("左") + inner + make.p("下")), "右")))
    assert [block.kind for block in content.blocks] == ["paragraph", "table", "paragraph", "paragraph"]


@pytest.mark.parametrize("heading", ["", "（目的）", " [目的]"])
def test_a_table_that_sets_a_statute_is_read_cell_by_cell(heading: str) -> None:
    border = f"<w:tblBorders>{BORDER}</w:tblBorders>"
    statute = make.table(
        make.row(f"第 1 條{heading}", "為某事，制定本法。"),
        make.row(f"第 2 條{heading}", "某事依本法。"),
        properties=border,
    )
    assert [kind for kind, _ in blocks(read(statute))] == ["paragraph"] * 4


def test_prose_in_two_columns_is_a_table_only_with_lines() -> None:
    prose = [make.row("甲", "这是一段很长的话，" * 6 + "到此为止。") for _ in range(3)]
    border = f"<w:tblBorders>{BORDER}</w:tblBorders>"
    assert [kind for kind, _ in blocks(read(make.table(*prose)))] == ["paragraph"] * 6
    assert [kind for kind, _ in blocks(read(make.table(*prose, properties=border)))] == ["table"]


def text_box(content: str) -> str:
    modern = f"<w:drawing><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict>"
    both = f"<mc:Choice>{modern}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    inside = make.p("框题") + make.p(make.run("框文") + text_box(make.p("内框")))
    content = read(make.p(make.run("前") + text_box(inside) + make.run("后")) + make.p("次"))
    assert [(block.span.of(content.text), block.frame) for block in content.blocks] == [
        ("前后", 0), ("框题", 1), ("框文", 1), ("内框", 2), ("次", 0)
    ]  # fmt: skip


def test_an_old_text_box_is_read_too() -> None:
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{make.p('框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert [block.frame for block in read(make.p(make.run("文") + old)).blocks] == [0, 1]


def test_tracked_changes_are_accepted_and_told() -> None:
    kept = f"<w:ins>{make.run('增')}</w:ins>"
    gone = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{make.run('移')}</w:moveFrom><w:moveTo>{make.run('至')}</w:moveTo>"
    merged = make.p("上", "<w:rPr><w:del/></w:rPr>") + make.p("下")
    dropped = make.table(make.row("甲", "乙"), make.row("丙", "丁", properties="<w:del/>"), make.row("戊", "己"))
    content = read(make.p(make.run("原") + kept + gone + moved) + merged + dropped)
    assert lines(content) == ["原增至", "上下", "甲\t乙", "戊\t己"]
    assert [problem.message for problem in content.problems] == ["6 tracked changes were read as accepted."]


def test_fields_give_their_result_alone() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> SEQ 表 </w:instrText></w:r>"
    nested = (
        mark("begin") + code + mark("begin") + code + mark("separate") + make.run("无") + mark("end") + mark("separate")
    )
    body = make.p(make.run("表") + nested + make.run("4") + mark("end") + make.run(" 题"))
    simple = make.p(f'<w:fldSimple w:instr="PAGE">{make.run("9")}</w:fldSimple>')
    unclosed = make.p(make.run("前") + mark("begin") + code) + make.p("后")
    assert lines(read(body + simple + unclosed)) == ["表4 题", "9", "前", "后"]


@pytest.mark.parametrize(("code", "shown"), [("\\o\\ac(○,11)", "⑪"), ("\\o(甲,乙)", "乙"), ("\\f(1,2)", "")])
def test_a_field_that_is_drawn_gives_what_is_seen(code: str, shown: str) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    field = f"{begin}<w:r><w:instrText> eq {code} </w:instrText></w:r>{end}"
    assert read(make.p(make.run("前") + field + make.run("后"))).text == f"前{shown}后"


def test_a_text_box_in_a_note_is_read_after_the_notes() -> None:
    boxed = f'<w:footnote w:id="1">{make.p(make.run("注") + text_box(make.p("框")))}</w:footnote>'
    content = read(make.p(make.run("文") + reference(1)), footnotes=boxed)
    assert [(block.kind, block.frame) for block in content.blocks] == [("paragraph", 0), ("note", 0), ("paragraph", 1)]


def test_inline_marks_are_printed_as_word_prints_them() -> None:
    runs = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙</w:t></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        f"{make.run('隐', '<w:vanish/>')}{make.run('显', NOT_HIDDEN)}"
        "<w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>"
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        '<w:r><w:commentReference w:id="1"/></w:r>'
    )
    assert read(make.p(runs)).text == "甲\t乙\u2011丙✓显漢1/2"


def test_line_breaks_make_lines_but_not_in_a_heading() -> None:
    broken = "<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>"
    content = read(make.p(broken) + make.p(broken, '<w:outlineLvl w:val="0"/>'))
    assert blocks(content) == [("line", "上"), ("line", "下"), ("heading", "上 下")]


def test_what_stands_around_paragraphs_is_read_through() -> None:
    both = f"<mc:Choice>{make.p('甲')}</mc:Choice><mc:Fallback>{make.p('乙')}</mc:Fallback>"
    either = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    gone = f"<w:moveFrom>{make.p('丙')}</w:moveFrom><w:customXml>{make.p('丁')}</w:customXml>"
    last = make.p("戊", "<w:rPr><w:del/></w:rPr>")
    assert lines(read(either + gone + last)) == ["甲", "丁", "戊"]


def test_a_quotation_that_is_numbered_is_an_item_and_a_hidden_one_does_not_count() -> None:
    styles = make.style("Q", "Quote")
    numbering = make.abstract(make.level(0, "decimal", "%1.")) + make.num()
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    hidden = make.p(make.run("隐", "<w:vanish/>"), f"{number}<w:rPr><w:vanish/></w:rPr>")
    body = hidden + make.p("引", f'<w:pStyle w:val="Q"/>{number}')
    assert blocks(read(body, styles=styles, numbering=numbering)) == [("item", "1. 引")]


def test_a_chart_is_told() -> None:
    chart = "<w:r><w:drawing><w:chart/></w:drawing></w:r>"
    messages = [problem.message for problem in read(make.p(make.run("文") + chart + chart)).problems]
    assert messages == ["2 charts of the document cannot be read."]


def test_a_dropped_capital_belongs_to_the_next_paragraph() -> None:
    assert lines(read(make.p("D", '<w:framePr w:dropCap="drop"/>') + make.p("rugs"))) == ["Drugs"]


def test_pages_begin_where_word_last_put_them() -> None:
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    content = read(make.p("一") + make.p(make.run("二") + page + make.run("三")) + make.p(page + make.run("四")))
    assert [content.text[start] for start in content.pages] == ["一", "三", "四"]
    assert read(make.p("一")).pages == ()


def test_content_controls_and_the_strict_namespace_are_read() -> None:
    control = f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{make.p('目录')}</w:sdtContent></w:sdt>"
    strict = make.part("document", control).replace(make.W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(make.packed({"word/document.xml": strict}), "a").text == "目录"


def test_what_the_properties_say_is_the_title_only_where_it_is_printed() -> None:
    def read_core(title: str, head: str = "") -> Content:
        core = f"<dc:title>{title}</dc:title><dc:creator>某人</dc:creator>"
        return read(make.p("年度报告") + make.p("正文。"), core=core, header1=make.p(head))

    assert read_core("年度报告").titles == ("年度报告",)
    assert read_core("文档1").titles == ()
    assert read_core("文档1", "年度 报告").titles == ("年度 报告",)
    assert read_core("年度报告").metadata == {"title": "年度报告", "author": "某人"}


def test_the_head_of_a_page_is_no_title_where_it_names_a_chapter() -> None:
    body = "".join(make.p(f"第{number}行文字。") for number in range(8))
    assert read(body + make.p("总则"), header1=make.p("总则")).titles == ()


def test_inserted_files_are_told() -> None:
    assert [problem.code for problem in read(make.p("文") + "<w:altChunk/>").problems] == ["part-not-read"]


_WORDS = st.text("第条（）.。甲 乙\u3000", max_size=8)
_PARAGRAPHS = st.builds(
    make.p,
    _WORDS.map(make.run),
    st.sampled_from(["", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', '<w:outlineLvl w:val="1"/>']),
)
_TABLES = st.lists(st.lists(_WORDS, min_size=1, max_size=3), min_size=1, max_size=3).map(
    lambda listed: make.table(*(make.row(*(make.cell(make.p(make.run(text))) for text in texts)) for texts in listed))
)


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(_PARAGRAPHS, _TABLES, _PARAGRAPHS.map(lambda p: make.p(make.run("框") + text_box(p)))), max_size=6
    )
)
def test_blocks_are_in_order_and_leave_no_text_out(parts: list[str]) -> None:
    numbering = make.abstract(make.level(1, "decimal", "%2.")) + make.num()
    content = read("".join(parts), numbering=numbering)
    spans = [block.span for block in content.blocks]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert "\n".join(span.of(content.text) for span in spans).split() == content.text.split()
    assert all(span.of(content.text) == span.of(content.text).strip() != "" for span in spans)
