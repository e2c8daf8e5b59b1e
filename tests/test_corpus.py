"""The bundled corpus: every file is told of, is in the encoding it stands for, and reads as its author reads it."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest

from tongwen.decode import decode, document_id, find_files, load_manifest
from tongwen.model import Document, Structure
from tongwen.normalise import fold, normalise
from tongwen.segment import segment
from tongwen.structure import structure

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
CASES = Path(__file__).parent / "cases" / "structure"
ABOUT = ("title", "language", "date", "jurisdiction", "source", "licence")
COLUMNS = ("doc", "article", "inferred", "heading", "path", "role", "label", "text")
ENTRIES = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))
MANIFEST = {name: entry for name, entry in ENTRIES.items() if entry.get("index", True)}
FILES = {document_id(Path(CORPUS, name), CORPUS): Path(CORPUS, name) for name in MANIFEST}


def read(name: str) -> Document:
    return decode(FILES[name], CORPUS, load_manifest(CORPUS))


def read_structure(name: str) -> tuple[Document, Structure]:
    document = read(name)
    return document, structure(document, normalise(document.text))


def test_every_file_has_its_entry_and_every_entry_its_file() -> None:
    texts = {file.path.relative_to(CORPUS).as_posix() for file in find_files([CORPUS])}
    assert texts == {*MANIFEST, "README.md"}
    assert load_manifest(CORPUS).problems == ()


@pytest.mark.parametrize("name", MANIFEST)
def test_an_entry_says_all_that_a_reader_needs(name: str) -> None:
    assert [key for key in ABOUT if not MANIFEST[name].get(key)] == []


def test_a_translation_names_a_document() -> None:
    named = {entry["translation_of"] for entry in MANIFEST.values() if "translation_of" in entry}
    assert named
    assert named <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_title_and_language_are_also_found_without_the_manifest(name: str) -> None:
    found, said = decode(FILES[name], CORPUS), MANIFEST[FILES[name].relative_to(CORPUS).as_posix()]
    assert (found.title, found.language) == (said["title"], said["language"])


@pytest.mark.parametrize(
    ("name", "encoding"), [("zh-Hant/model-act-treatment", "big5"), ("zh-Hans/notice-on-terminology", "gb18030")]
)
def test_a_legacy_file_is_in_its_encoding_and_decoded_from_it(name: str, encoding: str) -> None:
    data = FILES[name].read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    document = read(name)
    assert document.text == data.decode(encoding)
    assert document.problems == ()


def test_the_notice_needs_more_than_gbk() -> None:
    with pytest.raises(UnicodeEncodeError):
        read("zh-Hans/notice-on-terminology").text.encode("gbk")


def test_the_twins_have_one_key_line_by_line() -> None:
    hant, hans = (read(f"{script}/model-convention-2025").text for script in ("zh-Hant", "zh-Hans"))
    assert hant != hans
    assert fold(hant).split("\n") == fold(hans).split("\n")


def test_the_versions_of_the_convention_have_the_same_provisions() -> None:
    paths = [
        [(row["article"], row["path"], row["role"]) for row in cases(f"model-convention-{v}")]
        for v in ("hant", "hans", "en")
    ]
    assert paths[0] == paths[1] == paths[2]


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("model-*.tsv")))
def test_articles_and_provisions_are_as_the_author_reads_them(name: str) -> None:
    expected = cases(name)
    document, found = read_structure(expected[0]["doc"])
    assert provisions(document, found) == expected


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def provisions(document: Document, found: Structure) -> list[dict[str, str]]:
    """What was found, in the columns of the cases."""
    return [
        dict(zip(COLUMNS, (document.id, number, str(int(inferred)), heading or "-", *_columns(provision)), strict=True))
        for record in found.records
        if record.kind == "article"
        for number, inferred, heading, listed in [
            (record.fields[k] for k in ("number", "inferred", "heading", "provisions"))
        ]
        for provision in listed
    ]


def _columns(provision: dict[str, object]) -> tuple[str, ...]:
    text = re.sub(r"\s+", "", str(provision["text"]))
    return ".".join(provision["path"]) or "-", str(provision["role"]), str(provision["label"]), text


def lexicon() -> list[list[str]]:
    lines = (CORPUS / "lexicon.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_a_lexicon_row_is_a_key_a_frequency_and_a_reason() -> None:
    assert all(
        word == fold(word) and (not frequency or int(frequency) > 0) and reason for word, frequency, reason in lexicon()
    )
    words = [row[0] for row in lexicon()]
    assert len(words) == len(set(words))


def test_the_lexicon_keeps_words_of_the_corpus_whole() -> None:
    words = tuple(row[0] for row in lexicon())
    everything = "\n".join(fold(read(name).text) for name in FILES)
    assert [word for word in words if word not in everything] == []
    taken_apart = [word for word in words if word not in {token.word for token in segment(normalise(word))}]
    assert taken_apart == list(words), "these rows are not needed: the package's dictionary keeps them whole"
    kept = {token.word for token in segment(normalise("。".join(words)), words)}
    assert [word for word in words if word not in kept] == []
