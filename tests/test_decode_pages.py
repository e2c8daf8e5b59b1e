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
