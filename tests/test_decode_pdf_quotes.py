"""PDF: block quotations, and what stands in from the left edge and is none."""

from __future__ import annotations

import pytest

from pdf_writer import HANZI_BOLD, LATIN, Page
from test_decode_pdf import content, prose, texts

QUOTED = ["这里的人每天都会来，他们知道门什么时候开，也", "知道谁在里面。没有人问他们的名字。"]


def around(first: Page, top: float = 780) -> Page:
    """Text at the left edge above, and room below."""
    return first.lines(60, top, [*prose(5, 0, 28), "一位护士这样说："])


def test_a_paragraph_that_stands_in_is_one_quotation() -> None:
    page = around(Page()).lines(82, 670, QUOTED).lines(60, 620, prose(4, 6, 28))
    assert texts(content(page), "quote") == ["\n".join(QUOTED)]


def test_a_quotation_needs_no_white_around_it() -> None:
    page = around(Page()).lines(82, 684, QUOTED).lines(60, 652, prose(4, 6, 28))
    assert texts(content(page), "quote") == ["\n".join(QUOTED)]


def test_a_note_marker_belongs_to_its_quotation() -> None:
    page = around(Page()).lines(82, 670, QUOTED).text(252, 658, "7", 6, LATIN).lines(60, 620, prose(4, 6, 28))
    found = content(page)
    assert texts(found, "quote") == ["\n".join(QUOTED) + "7"]
    assert [mark.span.of(found.text) for mark in found.marks] == ["7"]


def test_a_quotation_over_a_pages_end_is_two() -> None:
    second = Page().lines(82, 780, ["知道谁在里面，并且知道里面的人什么时候下班，", "没有人问他们的名字。"])
    found = content(around(Page()).lines(82, 670, [QUOTED[0]] * 2), second.lines(60, 700, prose(6, 6, 28)))
    assert [quote.count("\n") for quote in texts(found, "quote")] == [1, 1]


def test_one_line_is_a_quotation_only_where_it_is_set_smaller() -> None:
    line = "这里的人每天都会来，没有人问他们的名字。"
    for size, expected in ((10, []), (8, [line])):
        page = around(Page()).text(82, 665, line, size).lines(60, 640, prose(6, 6, 28))
        assert texts(content(page), "quote") == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(Page().lines(80, 780, prose(2, 0, 26)).lines(60, 700, prose(9)), id="first lines"),
        pytest.param(around(Page()).text(60, 670, "1.", 10, LATIN).lines(82, 670, QUOTED), id="an item"),
        pytest.param(
            around(Page()).text(60, 670, "1.", 10, LATIN).lines(82, 670, QUOTED).lines(82, 620, QUOTED),
            id="more of an item",
        ),
        pytest.param(around(Page()).text(82, 670, "•").lines(94, 670, QUOTED), id="a bullet"),
        pytest.param(around(Page()).lines(82, 670, QUOTED, font=HANZI_BOLD), id="a heading"),
        pytest.param(around(Page()).lines(300, 670, ["东港统计局", "局长室"]), id="a signature"),
        pytest.param(Page().lines(160, 780, prose(20, 0, 20)), id="a wide margin"),
        pytest.param(
            Page().lines(60, 780, prose(6, 0, 28)).text(60, 660, prose(1, 7, 28)[0]).lines(82, 644, QUOTED),
            id="hanging lines",
        ),
    ],
)
def test_what_is_no_quotation(page: Page) -> None:
    assert texts(content(page.lines(60, 500, prose(6, 12, 28))), "quote") == []
