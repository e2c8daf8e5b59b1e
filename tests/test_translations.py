"""Which documents of a library say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongwen.flow import index
from tongwen.flow.places import reading
from tongwen.flow.translations import Translations


@contextmanager
def translations(folder: Path) -> Iterator[Translations]:
    index([folder / "texts"], folder / "index")
    with reading(folder / "index") as store:
        yield Translations(store)


def write(folder: Path, name: str, content: object) -> None:
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")


def test_a_manifest_names_the_original(tmp_path: Path) -> None:
    told = {"b": "a", "c": "a", "d": "elsewhere"}
    for name in "abcd":
        write(tmp_path, f"{name}.txt", f"{name}法\n第一条 甲。\n")
    tables = (f'["{name}.txt"]\ntranslation_of = "{original}"\n' for name, original in told.items())
    write(tmp_path, "manifest.toml", "".join(tables))
    with translations(tmp_path) as found:
        assert [found.original(doc) for doc in "abcd"] == ["a", "a", "a", "elsewhere"]
        assert [found.of(doc) for doc in "abcd"] == [["a", "b", "c"]] * 3 + [[]]


def test_a_statute_names_its_original_by_its_title_where_one_document_has_it(tmp_path: Path) -> None:
    for name, title in {"one": "示範法", "first": "暫行法", "second": "暫行法"}.items():
        articles = [{"條號": "第 1 條", "條文內容": "甲。"}]
        write(tmp_path, f"{name}.json", {"法規名稱": title, "法規內容": articles})
    for name, title in {"en": "示範法", "unclear": "暫行法", "alone": "無法"}.items():
        articles = [{"條號": "Article 1", "條文內容": "Text."}]
        write(tmp_path, f"{name}.json", {"英文法規名稱": "Act", "中文法規名稱": title, "法規內容": articles})
    with translations(tmp_path) as found:
        assert {doc: found.original(doc) for doc in ("en", "unclear", "alone", "one")} == {
            "en": "one",
            "unclear": "unclear",
            "alone": "alone",
            "one": "one",
        }
        assert [found.of(doc) for doc in ("one", "en", "unclear")] == [["en", "one"], ["en", "one"], []]
