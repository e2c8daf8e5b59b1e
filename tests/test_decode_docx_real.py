"""A statute as it is published in DOCX."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

from tongwen.flow.processing import process
from tongwen.model import Record


def test_a_real_statute_gives_the_articles_that_its_markdown_gives(shared: Path) -> None:
    (real,) = (shared / "data" / "docx").glob("*.docx")
    name = real.stem.removeprefix("中华人民共和国")
    (twin,) = (shared / "data" / "prc").rglob(f"{name}(2018*.md")
    found, given = articles(real), articles(twin)
    assert list(found) == list(given)
    assert len(found) == 63
    assert [number for number in found if found[number] != given[number]] == ["57"]  # where the file lacks a character


def articles(file: Path) -> dict[str, str]:
    """The articles' texts by number, without white space and the width of brackets, in which the files differ."""
    records = process(file, file.parent).structure.records
    return {str(each.fields["number"]): _text(each) for each in records if each.kind == "article"}


def _text(article: Record) -> str:
    provisions = article.fields["provisions"]
    assert isinstance(provisions, list)
    printed = "".join(f"{each['label']}{each['text']}" for each in provisions if isinstance(each, dict))
    return "".join(normalize("NFKC", printed).split())
