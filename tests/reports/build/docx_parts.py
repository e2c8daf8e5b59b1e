"""The parts of a DOCX package as text."""

from __future__ import annotations

from html import escape as _escape
from pathlib import Path

from reports.build.model import Note, Report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_PAGE_NUMBER = '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
_NAMES = {
    "w": W,
    "r": _R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
_FONTS = {"zh-Hans": "Noto Serif CJK SC", "zh-Hant": "Noto Serif CJK TC", "en": "Liberation Serif"}
_ALIGN = {True: "both", False: "left"}  # LibreOffice loses a comma that hangs over the end of a justified line
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def escape(text: str) -> str:
    return _escape(text, quote=True)


def section(columns: str, notes: str, restart: bool) -> str:
    each = '<w:numRestart w:val="eachSect"/>' if restart else ""
    again = f'<w:{notes}Pr><w:numFmt w:val="decimal"/>{each}</w:{notes}Pr>'
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        f'{again}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1300" w:bottom="1440" w:left="1300"'
        f' w:header="700" w:footer="700" w:gutter="0"/><w:cols w:num="{columns}" w:space="500"/></w:sectPr>'
    )


def document(body: str, columns: str, notes: str, restart: bool) -> str:
    return f"<w:document {_XMLNS}><w:body>{body}{section(columns, notes, restart)}</w:body></w:document>"


def table(rows: str, columns: int) -> str:
    grid = "".join('<w:gridCol w:w="1800"/>' for _ in range(columns))
    properties = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_SIDES}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def one_cell(inner: str) -> str:
    return table(f"<w:tr><w:tc><w:tcPr/>{inner}</w:tc></w:tr>", 1)


def text_box(inner: str, number: int, floating: bool) -> str:
    """A shape with text in a paragraph of its own; a floating one has the page's text go around it above and below."""
    shape = _template("shape", inner=inner)
    place = _template("anchor" if floating else "inline", number=str(number), shape=shape, namespace=_NAMES["wps"])
    return f"<w:p><w:r><w:drawing>{place}</w:drawing></w:r></w:p>"


def _template(name: str, **values: str) -> str:
    """A piece of mark-up kept in its own file, with its ``{places}`` filled."""
    text = Path(__file__).with_name("templates").joinpath(f"{name}.xml").read_text("utf-8")
    for place, value in values.items():
        text = text.replace("{" + place + "}", value)
    return "".join(line.strip() for line in text.splitlines())


def package(report: Report, document_part: str, numbering: str) -> dict[str, str]:
    """Each part by its name. Both kinds of notes have a part; one of them is empty but for its separators."""
    foot = report.options["notes"] == "page"
    parts = {
        "[Content_Types].xml": _template("types"),
        "_rels/.rels": _relations([("rId1", f"{_R}/officeDocument", "word/document.xml")]),
        "word/document.xml": document_part,
        "word/_rels/document.xml.rels": _relations(
            [
                ("rId1", f"{_R}/styles", "styles.xml"),
                ("rId2", f"{_R}/numbering", "numbering.xml"),
                ("rId3", f"{_R}/footnotes", "footnotes.xml"),
                ("rId4", f"{_R}/endnotes", "endnotes.xml"),
                ("rId5", f"{_R}/header", "header1.xml"),
                ("rId6", f"{_R}/footer", "footer1.xml"),
                ("rId7", f"{_R}/settings", "settings.xml"),
            ]
        ),
        "word/styles.xml": _template("styles", font=_FONTS[report.options["language"]], align=_ALIGN[report.english]),
        "word/numbering.xml": numbering,
        "word/footnotes.xml": _notes("footnote", report.notes if foot else ()),
        "word/endnotes.xml": _notes("endnote", () if foot else report.notes),
        "word/header1.xml": f"<w:hdr {_XMLNS}><w:p><w:r><w:t>{escape(report.title)}</w:t></w:r></w:p></w:hdr>",
        "word/footer1.xml": f"<w:ftr {_XMLNS}>{_PAGE_NUMBER}</w:ftr>",
        "word/settings.xml": _template("settings"),
    }
    return {name: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text for name, text in parts.items()}


def _relations(rows: list[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in rows)
    return f'<Relationships xmlns="{_P}/relationships">{inner}</Relationships>'


def _notes(kind: str, notes: tuple[Note, ...]) -> str:
    marks = (("separator", -1), ("continuationSeparator", 0))
    first = "".join(f'<w:{kind} w:type="{t}" w:id="{i}"><w:p><w:r><w:{t}/></w:r></w:p></w:{kind}>' for t, i in marks)
    rest = "".join(
        f'<w:{kind} w:id="{n.order}"><w:p><w:pPr><w:pStyle w:val="{kind.capitalize()}Text"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{kind.capitalize()}Reference"/></w:rPr><w:{kind}Ref/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(n.text)}</w:t></w:r></w:p></w:{kind}>'
        for n in notes
    )
    return f'<w:{kind}s xmlns:w="{W}">{first}{rest}</w:{kind}s>'
