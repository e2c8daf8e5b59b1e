"""A library of two small documents, built by hand: what the command prints is tested without the stages before it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from stored import put
from tongwen.model import Block, Document, Json, Passage, Problem, Record, Span, Structure
from tongwen.store import Store

HANT = (
    "示範公約\r\n第一條　用 語\r\n本公約用語如下:\r\n一、稱“理事會”者,謂\r\n經濟理事會。\r\n"
    "二、\r\n(一)甲;\r\n(二)=乙;\r\n但以必要者為限。\r\n附則在此。"
)
HANS = "一份报告\n没有条文,\t只有一段。\n"


def at(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def edges(span: Span) -> list[Json]:
    return [span.start, span.end]


def row(path: str, label: str, text: str, role: str = "body") -> dict[str, Json]:
    steps: list[Json] = [*path.split(".")] if path else []
    name = f"art_1.{path}" if path else "art_1"
    return {"id": name, "path": steps, "label": label, "text": text, "span": edges(at(HANT, text)), "role": role}


ARTICLE = at(HANT, HANT[HANT.index("第一條") : HANT.index("附則")].rstrip())
FIRST = at(HANT, HANT[HANT.index("一、") : HANT.index("二、")].rstrip())
SECOND = at(HANT, HANT[HANT.index("二、") : HANT.index("附則")].rstrip())
ROWS: list[Json] = [
    row("", "", "本公約用語如下:", "intro"),
    row("1", "一、", "稱“理事會”者,謂\r\n經濟理事會。"),
    row("2", "二、", ""),
    row("2.1", "(一)", "甲;"),
    row("2.2", "(二)", "=乙;"),
    row("2", "", "但以必要者為限。", "wrapup"),
]
TREATY = Structure(
    (
        Record("p_1", "paragraph", at(HANT, "示範公約"), fields={"text": "示範公約"}),
        Record(
            "art_1",
            "article",
            ARTICLE,
            label="第一條",
            fields={"number": "1", "label": "第一條", "heading": "用語", "inferred": False, "provisions": ROWS},
        ),
        Record(
            "art_1.1", "provision", at(HANT, "一、稱“理事會”者,謂\r\n經濟理事會。"), "art_1", "第一條第一項", ("用語",)
        ),
        Record("art_1.2", "provision", SECOND, "art_1", "第一條第二項"),
        Record("art_1.2.2", "provision", at(HANT, "(二)=乙;"), "art_1.2", "第一條第二項(二)款"),
    ),
    (Passage("art_1.1", (at(HANT, "稱“理事會”者,謂\r\n經濟理事會。"),)),),
    (
        Problem("odd-sign", "An equals sign begins the item.", "Probably a typing fault.", at(HANT, "=乙")),
        Problem("no-schedules", "The schedules are absent."),
    ),
)
REPORT = Structure((Record("p_1", "paragraph", at(HANS, "没有条文,\t只有一段。")),), ())


def document(name: str, text: str, language: str, title: str) -> Document:
    digest = sha256(text.encode()).hexdigest()
    lines = re.finditer(r"[^\r\n]+", text)
    blocks = tuple(Block("line", Span(*line.span())) for line in lines)
    return Document(name, f"{name}.txt", digest, "text", title, language, text, blocks, {"date": "2025-01-01"})  # type: ignore[arg-type]


def build(folder: Path) -> None:
    with Store.write(folder) as store:
        put(store, document("hant/treaty", HANT, "zh-Hant", "示範公約"), TREATY)
        put(store, document("hans/report", HANS, "zh-Hans", "一份报告"), REPORT)
