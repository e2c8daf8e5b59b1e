"""A DOCX written part by part: styles, automatic numbering, real foot- or end notes, boxes, merged cells, columns."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from reports.build import docx_parts as parts
from reports.build.docx_numbering import Numbering
from reports.build.docx_parts import escape
from reports.build.markup import gap
from reports.build.model import (
    Block,
    Box,
    Cell,
    Figure,
    Heading,
    Items,
    Note,
    Paragraph,
    Part,
    Quote,
    Report,
    Rich,
    Table,
    texts,
)

_STAMP = (2020, 1, 1, 0, 0, 0)


def write(report: Report, floating: bool = True) -> bytes:
    """The same bytes for the same report. ``floating``: text boxes are anchored, as LibreOffice cannot print them."""
    body = _Body(report, floating)
    document = parts.document("".join(body.blocks()), report.options["columns"], body.notes, restart=body.restart)
    files = parts.package(report, document, body.numbering.part())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Body:
    def __init__(self, report: Report, floating: bool) -> None:
        self.report = report
        self.floating = floating
        self.notes = "footnote" if report.options["notes"] == "page" else "endnote"
        self.restart = report.options["notes"] == "chapter"
        self.numbering = Numbering(report)
        self.boxes = 0

    def blocks(self) -> Iterator[str]:
        yield self.paragraph(Rich(self.report.title), "Title")
        for at, chapter in enumerate(self.report.chapters()):
            if at and self.restart:
                yield f"<w:p><w:pPr>{parts.section(self.report.options['columns'], self.notes, True)}</w:pPr></w:p>"
            for block in chapter:
                yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, label, title):
                yield self.heading(level, label, title)
            case Paragraph(text):
                yield self.paragraph(text, "BodyText")
            case Quote(text):
                yield self.paragraph(text, "Quote")
            case Items():
                yield from self.items(block)
            case Figure(label, caption):
                yield self.paragraph(caption, "Caption", label)
            case Part(kind, lines):
                style = "TOC1" if kind == "contents" else "Normal"
                yield from (self.paragraph(Rich(line.replace(" .......... ", "\t")), style) for line in lines)
            case Box():
                yield self.box(block)
            case Table():
                yield from self.table(block)

    def run(self, text: str) -> str:
        return "".join(
            "<w:r><w:tab/></w:r>" if part == "\t" else f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for part in text.replace("\t", "\0\t\0").split("\0")
            if part
        )

    def runs(self, text: Rich) -> str:
        return "".join(self.run(piece) + (self.marker(note) if note else "") for piece, note in text.pieces())

    def marker(self, note: Note) -> str:
        style = f"{self.notes.capitalize()}Reference"
        return f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:{self.notes}Reference w:id="{note.order}"/></w:r>'

    def paragraph(self, text: Rich, style: str, label: str = "", properties: str = "") -> str:
        before = self.run(label + gap(label)) if label else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{before}{self.runs(text)}</w:p>'

    def heading(self, level: int, label: str, title: Rich) -> str:
        """The number is automatic where every label of the report can be counted; otherwise it stands in the text."""
        style = f"Heading{level}"
        if label and (number := self.numbering.heading(level, label)):
            return self.paragraph(title, style, properties=number)
        return self.paragraph(title, style, label)

    def items(self, block: Items) -> Iterator[str]:
        numbers = self.numbering.items(block.items)
        for item, number in zip(block.items, numbers, strict=True):
            yield self.paragraph(item.text, "ListParagraph", "" if number else item.label, number)

    def box(self, box: Box) -> str:
        """By turns a text box that floats and a table of one cell, which are the two ways people make them."""
        self.boxes += 1
        inner = self.paragraph(box.title, "BoxTitle", box.label)
        inner += "".join(text for block in box.blocks for text in self.block(block))
        if (self.boxes + self.report.seed) % 2 and not notes_in(box):
            return parts.text_box(inner, self.boxes, self.floating)
        return parts.one_cell(inner) + "<w:p/>"

    def table(self, table: Table) -> Iterator[str]:
        caption = self.paragraph(table.caption, "Caption", table.label) if table.label else ""
        rows = "".join(self.row(table, r) for r in range(len(table.rows)))
        body = parts.table(rows, len(table.rows[0]))
        notes = "".join(self.paragraph(Rich(note), "TableNote") for note in table.notes)
        yield caption + body + notes if self.report.options["captions"] == "above" else body + notes + caption

    def row(self, table: Table, r: int) -> str:
        cells = []
        row = table.rows[r]
        style = "TableHead" if r < table.header or r in table.groups else "TableText"
        for c, cell in enumerate(row):
            if not cell.left:
                wide = 1 + next((i for i, other in enumerate(row[c + 1 :]) if not other.left), len(row) - c - 1)
                cells.append(self.cell(cell, wide, tall(table, r, c), style))
        header = "<w:trPr><w:tblHeader/></w:trPr>" if r < table.header else ""
        return f"<w:tr>{header}{''.join(cells)}</w:tr>"

    def cell(self, cell: Cell, wide: int, high: bool, style: str) -> str:
        merged = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
        if cell.up:
            merged += "<w:vMerge/>"
        elif high:
            merged += '<w:vMerge w:val="restart"/>'
        text = self.paragraph(Rich("" if cell.up else cell.text), style)
        return f"<w:tc><w:tcPr>{merged}</w:tcPr>{text}</w:tc>"


def tall(table: Table, r: int, c: int) -> bool:
    return r + 1 < len(table.rows) and table.rows[r + 1][c].up


def notes_in(box: Box) -> bool:
    """A text box may not hold notes."""
    return any(text.notes for text in texts(box))
