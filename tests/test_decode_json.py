"""Decode: statutes as the Ministry of Justice publishes them. That their blocks are right, see test_decode_formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tongwen.decode import decode
from tongwen.errors import UnreadableFile
from tongwen.model import Document, Record
from tongwen.normalise import normalise
from tongwen.structure import structure

CASE = Path(__file__).parent / "cases" / "decode" / "statute.json"
NUMBERS = {"zh": r"第 [\d-]+ 條", "en": r"Article [\d-]+"}
FLOORS = {"zh": 15778, "en": 8058}  # of 15,778 and 8,064: six English texts hold an article's number inside


def read(folder: Path, content: str | bytes) -> Document:
    (folder / "a.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    return decode(folder / "a.json", folder)


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(UnreadableFile) as fault:
        read(folder, content)
    return fault.value.message


def law(**fields: Any) -> str:
    return json.dumps({"法規名稱": "示範法", "法規內容": [{"編章節": "第 一 章 總則"}], **fields}, ensure_ascii=False)


def test_what_describes_a_statute_is_metadata() -> None:
    assert decode(CASE, CASE.parent).metadata == {
        "jurisdiction": "Taiwan",
        "source": "https://example.org/law/X0000001",
        "nature": "法律",
        "category": "行政＞示範部＞圖書目",
        "date": "2025-02-03",
        "repealed": "廢",
        "name_en": "Model Library Act",
        "attachments": ["附表 館藏表.PDF"],
        "encoding": "utf-8",
    }


def test_an_english_statute_has_its_english_name(tmp_path: Path) -> None:
    content = {"英文法規名稱": "Model Act", "中文法規名稱": "示範法", "最新英文異動日期": "20200909"}
    text = "This Act governs the libraries of the State."
    parts = [{"編章節": "Chapter 1 General"}, {"條號": "Article 1", "條文內容": text}]
    document = read(tmp_path, json.dumps({**content, "法規內容": parts}))
    assert (document.title, document.language) == ("Model Act", "en")
    assert (document.metadata["name_zh"], document.metadata["date"]) == ("示範法", "2020-09-09")
    assert document.text == "Model Act\nChapter 1 General\nArticle 1\n" + text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([{"條號": "1", "條文內容": "編註：本表自發布日施行。"}], "編註：本表自發布日施行。"),
        (
            [{"條號": "1", "條文內容": "一、甲事。"}, {"條號": "2", "條文內容": "二、乙事。"}],
            "一、甲事。\n二、乙事。",
        ),
        ([{"條號": "1", "條文內容": "甲事。"}, {"條號": "2", "條文內容": "乙事。"}], "1\n甲事。\n2\n乙事。"),
    ],
)
def test_a_mere_count_is_printed_only_where_nothing_else_numbers(tmp_path: Path, parts: Any, text: str) -> None:
    assert read(tmp_path, law(法規內容=parts)).text == f"示範法\n{text}"


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "null",
        '"第一條 本法"',
        "[1, 2]",
        '{"name": "tongwen", "version": 1}',
        '{"法規名稱": "示範法"}',
        '{"法規名稱": "", "法規內容": []}',
        '{"法規名稱": 7, "法規內容": []}',
        '{"法規名稱": "示範法", "法規內容": "第一條"}',
        '{"法規名稱": "示範法", "法規內容": ["第一條"]}',
    ],
)
def test_other_json_is_told_apart_in_one_sentence(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path, content).endswith(
        "a.json is JSON, but not a statute as the Ministry of Justice publishes it."
    )


def test_several_statutes_in_one_file_are_counted(tmp_path: Path) -> None:
    assert refusal(tmp_path, f"[{law()}, {law()}]").endswith("a.json holds 2 statutes.")


def test_a_slip_in_the_json_is_told_with_its_place(tmp_path: Path) -> None:
    assert "(line 3, column 1)" in refusal(tmp_path, '{\n"法規名稱": "示範法",\n}')


@pytest.mark.parametrize("content", ["[" * 200_000, '{"法規名稱": ' + "9" * 5_000 + "}"])
def test_json_that_would_break_the_parser_is_refused(tmp_path: Path, content: str) -> None:
    assert "nested too deep or holds too large a number" in refusal(tmp_path, content)


def test_damage_is_told_at_its_place_in_the_text(tmp_path: Path) -> None:
    parts = [{"條號": "第 1 條", "條文內容": "本法自公布＊日施行。"}]
    document = read(tmp_path, law(法規內容=parts).encode().replace("＊".encode(), b"\xff"))
    told = [(problem.code, problem.span and problem.span.of(document.text)) for problem in document.problems]
    assert told == [("undecodable-byte", "\ufffd")]


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(article: Record) -> str:
    rows: Any = article.fields["provisions"]
    return squeezed(str(article.fields["heading"] or "") + "".join(row["label"] + row["text"] for row in rows))


def is_same(found: str, published: str) -> bool:
    """An article's heading is kept without its brackets."""
    return found in (published, re.sub(r"^[(（](.*?)[)）]", r"\1", published))


def read_back(folder: Path, number: str) -> Iterator[bool]:
    """Of each article of each statute: are its number and its text read as they are published?"""
    for file in sorted(folder.glob("*.json")):
        document = decode(file, folder)
        records = structure(document, normalise(document.text)).records
        found = {record.fields["number"]: text_of(record) for record in records if record.kind == "article"}
        for part in json.loads(file.read_text(encoding="utf-8-sig"))["法規內容"]:
            if re.fullmatch(number, part.get("條號", "")):
                printed = found.get(part["條號"].split()[1], "")
                yield is_same(printed, squeezed(part["條文內容"]))


@pytest.mark.parametrize("language", NUMBERS)
def test_every_article_of_the_statutes_is_read_as_published(shared: Path, language: str) -> None:
    assert sum(read_back(shared / "data" / "tw" / language, NUMBERS[language])) >= FLOORS[language]
