"""DOCX that is damaged, hostile or something else: one sentence, in bounded memory and time."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docx_of as make
from little_corpus import run
from tongwen.decode import decode
from tongwen.decode.docx import parsing, read_docx
from tongwen.decode.source import SETTING
from tongwen.errors import UnreadableFile

TEXT = make.docx(make.p("文字"), styles=make.style("A", "a"))
LAUGHS = '<!DOCTYPE w [<!ENTITY a "笑"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def told(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as fault:
        read_docx(data, "a.docx")
    assert fault.value.hint
    return fault.value.message


def document(body: str, before: str = "") -> bytes:
    head, rest = make.part("document", body).split("?>", 1)
    return make.packed({"word/document.xml": f"{head}?>{before}{rest}"})


def test_a_bomb_is_refused_by_what_it_says_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "1")
    assert (
        told(document(make.p("一" * (1 << 20)))) == "a.docx unpacks to more than 2 MiB, the limit for a DOCX document."
    )


def test_a_bomb_of_several_parts_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "1")
    styles = make.style("A", "a" * (1 << 20))
    assert "unpacks to more than 2 MiB" in told(make.docx(make.p("a" * (1 << 20)), styles=styles))


def test_a_part_that_is_larger_than_it_says_is_not_read_on() -> None:
    data = document(make.p("一" * 1000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    assert "cannot be unpacked" in told(data.replace(size.to_bytes(4, "little"), (50).to_bytes(4, "little")))


@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE, "<!DOCTYPE w>"])
def test_no_part_may_declare_entities(head: str) -> None:
    assert told(document(make.p(), head)) == (
        "a.docx is not safe to read: its part word/document.xml declares a document type, as no DOCX does."
    )


def test_entities_in_another_part_are_not_read_either() -> None:
    content = read_docx(
        make.packed(
            {"word/document.xml": make.part("document", make.p("文")), "word/styles.xml": f"{OUTSIDE}<s>&a;</s>"}
        ),
        "a",
    )
    assert (content.text, [problem.code for problem in content.problems]) == ("文", ["part-unreadable"])


def test_nothing_outside_is_opened() -> None:
    data = make.packed({"word/document.xml": make.part("document", make.p("文"))}, relations=False)
    far = (
        '<Relationship Id="a" TargetMode="External" Type="x/officeDocument" Target="http://127.0.0.1:1/document.xml"/>'
    )
    near = '<Relationship Id="b" Type="x/styles" Target="../../../../etc/passwd"/>'
    with zipfile.ZipFile(out := io.BytesIO(data), "a") as archive:
        archive.writestr("_rels/.rels", f"<r>{far}</r>")
        archive.writestr("word/_rels/document.xml.rels", f"<r>{near}</r>")
    content = read_docx(out.getvalue(), "a")
    assert (content.text, [problem.code for problem in content.problems]) == ("文", ["part-unreadable"])


@pytest.mark.parametrize("depth", [100, 100_000])
def test_tables_nested_without_end_are_refused(depth: int) -> None:
    nested = "<w:tbl><w:tr><w:tc>" * depth + make.p("甲") + "</w:tc></w:tr></w:tbl>" * depth
    assert told(document(nested)) == "a.docx nests its elements more than 256 deep, as no document does."


def test_more_elements_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST", 100)
    sentence = "a.docx has more than 100 elements in one part, the limit for a DOCX document."
    assert told(document("<w:p/>" * 200)) == sentence


def test_tables_nested_fifty_deep_are_read() -> None:
    nested = "<w:tbl><w:tr><w:tc>" * 50 + make.p("甲") + "</w:tc></w:tr></w:tbl>" * 50
    assert read_docx(document(nested), "a").text == "甲"


def test_broken_xml_is_told_with_its_place() -> None:
    data = make.packed({"word/document.xml": make.part("document", make.p("甲"))[:-40]})
    assert re.fullmatch(
        r"a\.docx is damaged: its part word/document\.xml is broken at line 1, column \d+\.", told(data)
    )


def test_a_missing_document_is_told() -> None:
    assert (
        told(make.packed({"word/other.xml": "<a/>"})) == "a.docx is no Word document: it has no part word/document.xml."
    )


def test_another_office_document_is_told() -> None:
    assert told(make.packed({"word/document.xml": "<workbook><sheets/></workbook>"})) == "a.docx is no Word document."


@pytest.mark.parametrize(
    ("inside", "what"), [("EncryptedPackage", "protected with a password"), ("WordDocument", "an old Word file (DOC)")]
)
def test_a_locked_and_an_old_file_are_told_apart(tmp_path: Path, inside: str, what: str) -> None:
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + inside.encode("utf-16-le"))
    with pytest.raises(UnreadableFile, match=re.escape(f"a.docx is {what}.")):
        decode(tmp_path / "a.docx", tmp_path)


@pytest.mark.parametrize("data", [b"PK\x03\x04", TEXT[: len(TEXT) // 2], b"words"])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    assert told(data) == "a.docx is no DOCX document, or it is cut off or damaged."


def test_too_many_parts_are_told() -> None:
    assert told(b"PK\x01\x02" * 30_000 + TEXT) == "a.docx has more than 20,000 parts, which no text needs."


def test_an_office_document_under_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    with pytest.raises(UnreadableFile, match="is not a text but a ZIP archive or an Office document"):
        decode(tmp_path / "a.txt", tmp_path)


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_damage_never_gives_anything_but_text_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(TEXT)
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        content = read_docx(bytes(data), "a.docx")
    except UnreadableFile:
        return
    assert all(0 <= block.span.start < block.span.end <= len(content.text) for block in content.blocks)


def test_a_cell_that_claims_a_thousand_columns_is_not_believed_again_and_again() -> None:
    wide = make.cell("甲", '<w:gridSpan w:val="999999"/>')
    (block,) = read_docx(make.docx(make.table(*[make.row(wide, wide)] * 300)), "a").blocks
    assert sum(map(len, block.grid)) == 600


def test_many_paragraphs_are_read() -> None:
    content = read_docx(document(make.p("文字。") * 20_000), "a")
    assert len(content.blocks) == 20_000


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (folder := tmp_path / "corpus").mkdir()
    (folder / "good.docx").write_bytes(TEXT)
    (folder / "bad.docx").write_bytes(TEXT[:300])
    done = run("index", folder, "--index", tmp_path / "index")
    assert (done.returncode, done.stdout[:7]) == (3, "added 1")
    assert done.stderr.count("\n") == 1 and "bad.docx is no DOCX document" in done.stderr
