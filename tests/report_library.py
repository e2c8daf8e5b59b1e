"""A library of one report whose structure is built by hand: a box inside a sentence, a list, a table, notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from little_corpus import write
from tongwen.flow import index, processing
from tongwen.model import Cell, Document, Json, Passage, Record, RecordKind, Span, Structure, Text, hull
from tongwen.structure.tables import content_of, fields_of, passages_of

DOC = "hans/report"
TEXT = """\
研究所
各地的服务1 仍然不
文本1 诊所
诊所每周开放。
多数人步行前来。
够多。2
1.1 服务
7 年度报告
措施有：
1. 门诊
• 夜间
2. 热线
表2 各地的比率
地区	比率
甲地	=1+1
乙地	-3.5
注：按人口计。
图3 比率的变化
"""


def at(part: str, start: int = 0) -> Span:
    found = TEXT.index(part, start)
    return Span(found, found + len(part))


def edges(*spans: Span) -> list[Json]:
    return [[span.start, span.end] for span in spans]


def record(id_: str, kind: RecordKind, span: Span, parent: str | None, label: str = "", **fields: Json) -> Record:
    return Record(id_, kind, span, parent, label, ("1.1 服务",) if parent else (), fields)


def paragraph(id_: str, *pieces: Span, parent: str | None = "sec_1.1", part: str = "body") -> Record:
    text = "".join(piece.of(TEXT) for piece in pieces)
    return record(id_, "paragraph", hull(pieces), parent, text=text, spans=edges(*pieces), part=part)


def note(number: str, mark: Span, text: str | None) -> Record:
    return record(f"fn_{number}", "footnote", mark, "p_2", number=number, anchor=mark.start, text=text)


def item(label: str, text: str, level: int = 1) -> Json:
    return {"label": label, "text": text, "span": edges(at(text))[0], "level": level}


LINES = ("地区\t比率", "甲地\t=1+1", "乙地\t-3.5")
BELOW = TEXT.index("地区\t")
GRID = tuple(tuple(Cell(cell, at(cell, BELOW), row == LINES[0]) for cell in row.split("\t")) for row in LINES)
TABLE = content_of(GRID, "表2 各地的比率", "text", ["注：按人口计。"])
BOX: dict[str, Json] = {"number": "1", "title": "诊所", "text": "诊所每周开放。\n多数人步行前来。", "page": 3}
RECORDS = (
    paragraph("p_1", at("研究所"), parent=None, part="imprint"),
    record("sec_1.1", "section", at("1.1 服务"), None, "1.1 服务", number="1.1", title="服务", level=2),
    paragraph("p_2", at("各地的服务"), at("仍然不"), at("够多。")),
    note("1", at("1 仍"), "见附件。"),
    note("2", at("2\n1.1"), None),
    record("box_1", "box", hull([at("文本1"), at("前来。")]), "sec_1.1", "文本1", **BOX),
    paragraph("p_3", at("诊所每周开放。"), parent="box_1"),
    paragraph("p_4", at("多数人步行前来。"), parent="box_1"),
    paragraph("p_5", at("7 年度报告"), part="page"),
    paragraph("p_6", at("措施有：")),
    record(
        "list_1",
        "list",
        hull([at("1. 门诊"), at("热线")]),
        "sec_1.1",
        items=[item("1.", "门诊"), item("•", "夜间", 2), item("2.", "热线")],
    ),
    record("table_2", "table", hull([at("地区\t"), at("-3.5")]), "sec_1.1", TABLE.label, **fields_of(TABLE), page=3),
    record("fig_3", "figure", at("图3 比率的变化"), "sec_1.1", "图3", number="3", caption="比率的变化"),
)
PASSAGES = (
    *(Passage(r.id, (r.span,)) for r in RECORDS if r.kind in ("section", "footnote", "figure", "list")),
    Passage("p_2", (at("各地的服务"), at("仍然不"), at("够多。"))),
    *(Passage(id_, (at(text),)) for id_, text in (("p_3", "诊所每周开放。"), ("p_4", "多数人步行前来。"))),
    *passages_of("table_2", TABLE),
)


def build(folder: Path) -> Path:
    """An index of the report; its folder."""

    def structure(document: Document, text: Text) -> Structure:
        assert document.text == TEXT
        return Structure(RECORDS, PASSAGES)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processing, "structure", structure)
        index([write(folder / "texts", {f"{DOC}.txt": TEXT})], folder / "index", jobs=1)
    return folder / "index"
