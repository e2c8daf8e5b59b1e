"""PDF: notes that count anew, notes below tables, and raised signs beside the lines of another column."""

from __future__ import annotations

from pdf_writer import LATIN, Page
from test_decode_pdf import blocks, content, prose, texts
from tongwen.decode.content import Content


def chapters(page: Page, markers: list[str]) -> Page:
    """One line for each marker, with the marker raised behind it."""
    for number, marker in enumerate(markers):
        y = 700 - 24 * number
        page.text(60, y, prose(1, number)[0]).text(240, y + 4, marker, 6, LATIN)
    return page


def notes(page: Page, top: float, labels: list[str]) -> Page:
    for number, label in enumerate(labels):
        page.text(60, top - 20 * number, f"{label}. 第{number}条注释。", 8)
    return page


def bound(found: Content) -> list[tuple[str, str | None]]:
    return [(m.span.of(found.text), m.note.of(found.text) if m.note else None) for m in found.marks]


def test_end_notes_that_count_anew_are_bound_series_by_series() -> None:
    labels = ["1", "2", "1", "2", "3", "1"]
    found = content(chapters(Page().lines(60, 800, prose(4, 20)), labels), notes(Page(), 780, labels))
    assert bound(found) == [(label, f"{label}. 第{n}条注释。") for n, label in enumerate(labels)]


def test_a_series_that_begins_on_the_last_page_of_text_is_not_taken_for_that_page() -> None:
    labels = ["1", "2", "1"]
    page = notes(chapters(Page(), labels[2:]).lines(60, 600, prose(6, 20)), 300, labels)
    found = content(chapters(Page().lines(60, 800, prose(4, 30)), labels[:2]), page)
    assert bound(found) == [(label, f"{label}. 第{n}条注释。") for n, label in enumerate(labels)]


def test_a_marker_that_returns_leads_to_the_same_note() -> None:
    found = content(chapters(Page(), ["1", "2", "3", "2"]), notes(Page(), 780, ["1", "2", "3"]))
    assert [note for _, note in bound(found)] == [f"{n + 1}. 第{n}条注释。" for n in (0, 1, 2, 1)]


def test_foot_notes_that_count_anew_on_each_page_are_those_of_their_page() -> None:
    pages = [notes(chapters(Page(), ["1", "2"]).lines(60, 600, prose(9, 9 * n)), 100, ["1", "2"]) for n in range(2)]
    found = content(*pages)
    assert [note and found.pages[1] > note.start for note in (mark.note for mark in found.marks)] == [
        *[True] * 2,
        *[False] * 2,
    ]


def test_a_note_of_several_lines_below_a_table_is_one_block() -> None:
    page = Page().lines(60, 780, prose(9)).grid([60, 160, 260], [600, 580, 560])
    page.text(65, 586, "城市").text(165, 586, "人数").text(65, 566, "东港").text(165, 566, "12")
    page.lines(60, 540, ["* 数字包括住在别处而在这里工作的人，也包括他", "们的家属。"], size=8, pitch=10)
    found = content(page.lines(60, 480, prose(6, 9)))
    assert texts(found, "paragraph") == ["* 数字包括住在别处而在这里工作的人，也包括他\n们的家属。"]
    assert len(blocks(found, "line")) == 15


def test_a_raised_number_at_the_height_of_another_columns_line_stays_with_its_own() -> None:
    page = Page().lines(60, 700, prose(12, 0, 20)).lines(320, 692, prose(12, 20, 20))
    page.text(60, 508, "左").text(320, 500, "费用由地方负担").text(390, 505, "12", 6, LATIN)
    assert "费用由地方负担12" in content(page).text
