"""Where a report's sentences cite its boxes, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tongwen.model import Json, Record

CITED = ("box", "table", "figure")


def with_mentions(text: str, records: Sequence[Record]) -> list[Record]:
    """Boxes, tables and figures with ``cited``: the spans of the text that name them, their own captions aside."""
    return [_cited(text, record) if record.kind in CITED and record.label else record for record in records]


def _cited(text: str, record: Record) -> Record:
    """Line breaks and blanks may stand inside a mention: 文 / 本10."""
    letters = (re.escape(letter) for letter in record.label if not letter.isspace())
    pattern = re.compile(r"(?<![A-Za-z])" + r"\s*".join(letters) + r"(?![0-9A-Za-z]|[.\-–][0-9])", re.IGNORECASE)
    own = record.span
    spans: list[Json] = [
        [m.start(), m.end()] for m in pattern.finditer(text) if not own.start <= m.start() < own.end and _runs(text, m)
    ]
    return replace(record, fields={**record.fields, "cited": spans})


def _runs(text: str, mention: re.Match[str]) -> bool:
    """Whether it stands in a sentence: a caption begins its line and a title follows."""
    line = text.rfind("\n", 0, mention.start()) + 1
    return bool(text[line : mention.start()].strip()) or text[mention.end() : mention.end() + 1] not in " \u3000:："
