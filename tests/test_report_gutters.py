"""Columns that a dump of a page prints side by side: cut where the evidence is clear, else left as they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongwen.decode.plain import lines as plain
from tongwen.model import Block, Document, Text
from tongwen.structure.lines import Line, columns, read_lines
from tongwen.structure.report.gutters import unwoven
from tongwen.structure.report.raised import lowered

PROSE = {
    "zh-Hans": "社区服务的经费来自地方预算和民间捐助，各地每年公布收支情况，并且接受居民的监督和查询。" * 6,
    "zh-Hant": "社區服務的經費來自地方預算和民間捐助，各地每年公布收支情況，並且接受居民的監督和查詢。" * 6,
    "en": "The service is paid for by the towns and by gifts, and its accounts are open to everybody who asks. " * 6,
}

QUOTED = ["我们起初不相信", "后来才明白过来"]


def lines_of(text: str) -> list[Line]:
    blocks = tuple(Block("line", span) for span in plain(text))
    document = Document("d", "d.txt", "", "text", "", "und", text, blocks)
    return read_lines(document, Text(text, text))


def wrapped(text: str, width: int) -> list[str]:
    """Set in lines of ``width`` columns, between words where there are some."""
    out = [""]
    for word in text.split() if " " in text else text:
        joint = " " if " " in text and out[-1] else ""
        if columns(out[-1] + joint + word) > width:
            out.append(word)
        else:
            out[-1] += joint + word
    return out


def woven(left: Sequence[str], right: Sequence[str], at: int, wide: bool = False) -> str:
    """Two columns, the right one at place ``at``; ``wide``: Chinese characters count twice there."""
    rows = max(len(left), len(right))
    pairs = zip([*left, *[""] * (rows - len(left))], [*right, *[""] * (rows - len(right))], strict=True)
    reach = columns if wide else len
    return "\n".join((a + " " * (at - reach(a)) + b).rstrip() for a, b in pairs)


@pytest.mark.parametrize("language", PROSE)
@pytest.mark.parametrize("wide", [False, True])
def test_two_columns_are_read_one_after_the_other(language: str, wide: bool) -> None:
    left = wrapped(PROSE[language], 44)
    right = [*wrapped(PROSE[language][7:], 44)[:9], "12.", "", *(f"    {line}" for line in QUOTED)]
    text = woven(left, right, 52, wide) + "\n\n\n\n7\n"
    found = unwoven(lines_of(text), text)
    assert [line.text for line in found] == [*left, *(line.strip() for line in right if line), "7"]
    quoted = [line for line in found if line.text in QUOTED]
    assert [line.indent for line in quoted] == [4, 4]
    assert [line.blank_before for line in quoted] == [True, False]


@pytest.mark.parametrize("language", PROSE)
def test_a_line_across_both_columns_parts_them(language: str) -> None:
    upper, lower = wrapped(PROSE[language], 44)[:6], wrapped(PROSE[language][5:], 44)[:6]
    head = PROSE[language][: 70 if language == "en" else 40]
    head = f"{head}{head}"[:64]
    text = "\n".join([woven(upper, lower, 52), "", head, "", woven(lower, upper, 52)])
    found = [line.text for line in unwoven(lines_of(text), text)]
    assert found == [*upper, *lower, head.strip(), *lower, *upper]


WHOLE = {
    "table": "地区          人数        比例      说明\n" + "东港          1,240       61        上半年\n" * 8,
    "pairs": "委员会的组成和任期由议会决定          负责监督和评估各项措施的执行情况\n\n" * 8,
    "signatures": "林静远                          周明\n召集人                          秘书长\n" * 4,
    "contents": "".join(f"第{n}章 社区服务的历史和现状以及将来的发展方向          {n}\n" for n in "一二三四五六七八九"),
    "statute": "第一条　本规定依据社区服务法制定之。\n" * 8 + "│项目　　　│内容　　　│\n" * 6,
    "justified": "The   service  is paid    for by the   towns, and  its   accounts   are open\n"
    "to  everybody who   asks   for them  in   writing,  as   the  council   decided.\n" * 5,
    "index": "abstinence, 12, 15             gifts, 33\naccounts, 7                    homes, 4, 9\n" * 6,
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_no_pair_of_columns_stays_whole(name: str) -> None:
    before = lines_of(WHOLE[name])
    after = unwoven(before, WHOLE[name])
    assert len(after) == len(before)
    assert all(a is b for a, b in zip(after, before, strict=True))


ROW = st.tuples(st.integers(0, 30), st.integers(0, 60), st.sampled_from([0, 2, 4]), st.booleans())


@given(st.sampled_from(sorted(PROSE)), st.lists(ROW, min_size=1, max_size=40), st.sampled_from(["\n", "\n\n", "\n\f"]))
@settings(max_examples=150, deadline=None)
def test_no_character_is_lost_or_doubled(language: str, rows: list[tuple[int, int, int, bool]], last: str) -> None:
    prose = PROSE[language]
    cells = [(prose[:a], " " * indent + prose[a : a + b // 2], end) for a, b, indent, end in rows]
    text = "".join(f"{a}{' ' * (34 - len(a))}{b}{last if end else chr(10)}" for a, b, end in cells)
    before, after = lines_of(text), unwoven(lines_of(text), text)
    held = sorted(i for line in after for i in range(line.span.start, line.span.end) if not text[i].isspace())
    assert held == [i for line in before for i in range(line.span.start, line.span.end) if not text[i].isspace()]
    assert all(line.text == line.span.of(text) and line.text == line.text.strip() for line in after)
    pages = [text.count("\f", 0, line.span.start) for line in after]
    assert pages == sorted(pages)


NOTES = "正文说到两件事1和2。\n\n1\n  访谈在两年之间进行。\n2\n   有关研究见书目。\n3\n   同上。\n"


def test_a_raised_number_is_read_with_its_note() -> None:
    found = lowered(lines_of(NOTES), Text(NOTES, NOTES))
    assert [line.text.split() for line in found[1:]] == [
        ["1", "访谈在两年之间进行。"],
        ["2", "有关研究见书目。"],
        ["3", "同上。"],
    ]


def test_page_numbers_are_no_notes() -> None:
    text = "".join("社区服务的经费来自地方预算。\n" * 12 + f"{n}\n  各地每年公布收支情况。\n" for n in range(1, 5))
    before = lines_of(text)
    assert lowered(before, Text(text, text)) == before
