"""Files of every format that is read in this process, through ``decode``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from fuzz import laws, places
from fuzz.bundle import archived, bundled
from fuzz.target import Target
from tongwen.decode import decode
from tongwen.model import Document

sys.path.insert(0, str(places.ROOT / "tests"))


def _read(extension: str, data: bytes) -> Document:
    file = places.scratch() / f"input.{extension}"
    file.write_bytes(data)
    document = decode(file, file.parent)
    laws.document(document)
    return document


def _docx_parts(data: bytes) -> Document:
    return _read("docx", archived(data, _docx_frame()))


def _docx_frame() -> dict[str, bytes]:
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    from docx_of import docx  # noqa: PLC0415  the tests' own writer

    with zipfile.ZipFile(io.BytesIO(docx("<w:p/>"))) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(".rels")}


def _docx_files() -> Iterator[bytes]:
    from docx_of import docx  # noqa: PLC0415

    note = '<w:footnote w:id="2"><w:p><w:r><w:t>註文</w:t></w:r></w:p></w:footnote>'
    merged = '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>'
    cells = f"<w:tc>{merged}<w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="第%1條"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>總則</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>本法</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:ins w:id="1"><w:r><w:t>增</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>刪</w:delText></w:r></w:del>'
        '<w:r><w:sym w:char="F0B7"/><w:tab/><w:br/></w:r></w:p>'
        f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    named = '<w:name w:val="heading 1"/><w:basedOn w:val="Heading1"/>'
    styles = f'<w:style w:type="paragraph" w:styleId="Heading1">{named}</w:style>'
    yield docx(body, footnotes=note, numbering=numbering, styles=styles)
    yield docx('<w:p><w:r><w:t xml:space="preserve">第一條 甲</w:t></w:r></w:p>')
    yield from (data for data in _whole("data/docx/*.docx") if len(data) < 1 << 14)


def _whole(pattern: str) -> Iterator[bytes]:
    return (file.read_bytes() for file in sorted(Path(places.DATA).glob(pattern)))


_TEXTS = ("tests/cases/decode/*.txt", "corpus/zh-Hant/*.txt", "corpus/zh-Hans/*.txt")
_MARKDOWN = ("tests/cases/decode/*.md", "docs/*.md")


def _words(*names: str) -> Iterator[str]:
    yield from places.dictionary(*names)
    yield from places.words("enumerators.tsv", "list_markers.tsv", "captions.tsv", "note_labels.tsv", "divisions.tsv")


TARGETS = (
    Target("plain", partial(_read, "txt"), lambda: [*places.files(*_TEXTS), *_legacy()], _words),
    Target(
        "markdown",
        partial(_read, "md"),
        lambda: [*places.files(*_MARKDOWN), *places.real("data/prc/*.md", "data/prc/*/*.md", most=15)],
        lambda: _words("markdown"),
    ),
    Target(
        "html",
        partial(_read, "html"),
        lambda: [*places.files("tests/cases/decode/*.html"), *places.real("data/big5/raw/*", most=10)],
        lambda: _words("html"),
    ),
    Target(
        "json",
        partial(_read, "json"),
        lambda: [*places.files("tests/cases/decode/*.json"), *_small_statutes()],
        lambda: _words("json"),
    ),
    Target("docx", partial(_read, "docx"), _docx_files, text=False),
    Target("docx-parts", _docx_parts, lambda: map(bundled, _docx_files()), lambda: _words("docx", "xml")),
)


def _legacy() -> Iterator[bytes]:
    text = "第一條　本法所稱毒品，指精神藥物。\n第二條　違反前條規定者，處罰鍰。\n"
    yield from (text.encode(code, "replace") for code in ("big5", "gb18030", "utf-16", "utf-8-sig", "utf-16-be"))


def _small_statutes() -> Iterator[bytes]:
    return (data for data in _whole("data/tw/zh/*.json") if len(data) < 4000)
