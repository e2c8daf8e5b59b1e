"""Small DOCX files for tests: the package as Word writes it, with the parts that a test gives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
)
_ROOTS = {
    "document": "w:document",
    "styles": "w:styles",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "settings": "w:settings",
    "header1": "w:hdr",
    "core": "cp:coreProperties",
}


def part(name: str, content: str) -> str:
    """A part's XML around its content."""
    root = _ROOTS[name]
    content = f"<w:body>{content}</w:body>" if name == "document" else content
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><{root} {_NAMES}>{content}</{root}>'


def docx(body: str, **contents: str) -> bytes:
    """The bytes of a file: the content of its body, and of other parts by their names (``styles``, ``footnotes`` …)."""
    files = {f"word/{name}.xml": part(name, content) for name, content in contents.items()}
    return packed({"word/document.xml": part("document", body), **files})


def packed(files: Mapping[str, str | bytes], relations: bool = True) -> bytes:
    """An archive of the files, with the relationships that name those in ``word``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if relations:
            archive.writestr(
                "_rels/.rels",
                _relations(
                    ["officeDocument document"] + ["core-properties core"] * ("word/core.xml" in files), "word/"
                ),
            )
            named = [name.removeprefix("word/").removesuffix(".xml") for name in files if name.startswith("word/")]
            archive.writestr("word/_rels/document.xml.rels", _relations([f"{n.rstrip('1')} {n}" for n in named], ""))
    return out.getvalue()


def _relations(named: list[str], folder: str) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{pair.split()[0]}" Target="{folder}{pair.split()[1]}.xml"/>'
        for n, pair in enumerate(named)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    content = content if not content or content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def numbered(text: str, num: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    number = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
    return f'<w:lvl w:ilvl="{at}">{number}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(levels: str, id_: int = 1, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}">{more}{levels}</w:abstractNum>'


def num(id_: int = 1, abstract_id: int = 1, overrides: str = "") -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def style(id_: str, name: str, content: str = "", kind: str = "paragraph", base: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{based}{content}</w:style>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return (
        f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"
    )


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"
