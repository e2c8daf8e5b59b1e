"""Structure of a text given in a test: its lines as blocks, as the decoder of plain text gives them."""

from __future__ import annotations

import re
from typing import Any

from tongwen.model import Block, Document, Language, Record, Span, Structure
from tongwen.normalise import normalise
from tongwen.structure import structure


def document(text: str, title: str = "", language: Language = "zh-Hant") -> Document:
    blocks = tuple(Block("line", Span(m.start(), m.end())) for m in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text))
    return Document("doc", "doc.txt", "0", "text", title, language, text, blocks)


def read(text: str, title: str = "", language: Language = "zh-Hant") -> Structure:
    return structure(document(text, title, language), normalise(text))


def articles(found: Structure) -> list[Record]:
    return [record for record in found.records if record.kind == "article"]


def provisions(found: Structure) -> list[dict[str, Any]]:
    return [row for record in articles(found) for row in record.fields["provisions"]]  # type: ignore[misc,union-attr]


def outline(found: Structure) -> list[str]:
    """One line a text, to compare with what a case expects: ``12? 1.5 intro 五、 text``."""
    out = []
    for record in articles(found):
        number = f"{record.fields['number']}{'?' if record.fields['inferred'] else ''}"
        out.append(f"{number} = {record.fields['heading'] or '-'}")
        for row in record.fields["provisions"]:  # type: ignore[union-attr]
            path = ".".join(row["path"]) or "-"  # type: ignore[index,call-overload]
            out.append(f"{number} {path} {row['role']} {row['label'] or '-'} {''.join(row['text'].split())}".strip())  # type: ignore[index,call-overload]
    return out
