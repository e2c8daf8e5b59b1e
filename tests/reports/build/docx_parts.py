"""The parts of a DOCX package as text."""

from __future__ import annotations

from html import escape as _escape

from reports.build.model import Note, Report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
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


def text_box(inner: str, number: int) -> str:
    """A shape with text, anchored in a paragraph of its own, that the page's text goes around above and below."""
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2900000" cy="2600000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square"><a:spAutoFit/></wps:bodyPr></wps:wsp>'
    )
    return (
        '<w:p><w:r><w:drawing><wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0"'
        ' relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="2900000" cy="2600000"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="{number}" name="box {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{_NAMES["wps"]}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>'
    )


def package(report: Report, document_part: str, numbering: str) -> dict[str, str]:
    """Each part by its name. Both kinds of notes have a part; one of them is empty but for its separators."""
    foot = report.options["notes"] == "page"
    parts = {
        "[Content_Types].xml": _types(),
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
        "word/styles.xml": _styles(_FONTS[report.options["language"]]),
        "word/numbering.xml": numbering,
        "word/footnotes.xml": _notes("footnote", report.notes if foot else ()),
        "word/endnotes.xml": _notes("endnote", () if foot else report.notes),
        "word/header1.xml": f"<w:hdr {_XMLNS}><w:p><w:r><w:t>{escape(report.title)}</w:t></w:r></w:p></w:hdr>",
        "word/footer1.xml": f'<w:ftr {_XMLNS}><w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>',
        "word/settings.xml": _settings(),
    }
    return {name: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text for name, text in parts.items()}


def _settings() -> str:
    separators = "".join(f'<w:{n}Pr><w:{n} w:id="-1"/><w:{n} w:id="0"/></w:{n}Pr>' for n in ("footnote", "endnote"))
    return f'<w:settings xmlns:w="{W}">{separators}</w:settings>'


def _types() -> str:
    names = ("document.main", "styles", "numbering", "footnotes", "endnotes", "header", "footer", "settings")
    files = ("document", "styles", "numbering", "footnotes", "endnotes", "header1", "footer1", "settings")
    overrides = "".join(
        f'<Override PartName="/word/{file}.xml" ContentType="{_TYPE}{name}+xml"/>'
        for name, file in zip(names, files, strict=True)
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_P}/content-types">{rels}<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'


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


def _styles(font: str) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    body = f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    rows = [
        _style("Normal", "Normal", "", ""),
        _style("Title", "Title", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>'),
        *(_style(f"Heading{i}", f"heading {i}", f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{i - 1}"/>',
                 f'<w:b/><w:sz w:val="{34 - 4 * i}"/>') for i in range(1, 5)),
        _style("BodyText", "Body Text", '<w:spacing w:after="120"/><w:jc w:val="both"/>', ""),
        _style("Quote", "Quote", '<w:spacing w:after="120"/><w:ind w:left="720" w:right="720"/>', "<w:i/>"),
        _style("ListParagraph", "List Paragraph", '<w:ind w:left="420"/>', ""),
        _style("Caption", "caption", '<w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="18"/>'),
        _style("TableNote", "Table Note", "", '<w:sz w:val="17"/>'),
        _style("BoxTitle", "Box Title", "", "<w:b/>"),
        _style("TOC1", "toc 1", '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="4000"/></w:tabs>', ""),
        *(_style(f"{k}Text", f"{k.lower()} text", "", '<w:sz w:val="18"/>') for k in ("Footnote", "Endnote")),
    ]  # fmt: skip
    raised = "".join(
        f'<w:style w:type="character" w:styleId="{k}Reference"><w:name w:val="{k.lower()} reference"/>'
        f'<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        for k in ("Footnote", "Endnote")
    )
    return f'<w:styles xmlns:w="{W}">{body}{"".join(rows)}{raised}</w:styles>'


def _style(id_: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
