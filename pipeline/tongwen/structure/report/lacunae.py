"""Where text is missing: paragraphs that break off, or that begin inside a sentence. Told, never filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from tongwen.model import Problem, hull
from tongwen.structure.lines import ends_sentence
from tongwen.structure.report.unit import Unit

SHORTEST = 20
"""Characters: what is shorter may be a label."""

OFTEN = 30
"""Times that a character must occur before it says something that no sentence begins with it."""

_STARTS = re.compile(r"(?:^|[。!?;,、:(“\"《「『])\s*([\u3400-\u9fff])")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_CLOSED = re.compile(r"[)”》」』】\"]$")
_BROKEN = re.compile(r"[,。、;:!?)”》」』]")


def lacunae(units: Sequence[Unit], key: Callable[[Unit], str]) -> list[Problem]:
    """``key`` reads a unit without note markers."""
    texts = [key(unit) if unit.kind == "paragraph" else "" for unit in units]
    total = Counter("".join(texts))
    first = Counter(match for text in texts for match in _STARTS.findall(text))
    out = []
    for n, (unit, text) in enumerate(zip(units, texts, strict=True)):
        if unit.kind != "paragraph" or unit.part not in ("body", "imprint") or len(text) < SHORTEST:
            continue
        if _begins_inside(text, total, first):
            out.append(_problem("text-begins-inside", "This paragraph begins inside a sentence.", unit))
        if unit.part == "body" and not _ends(text) and not _introduces(units, n):
            out.append(_problem("text-breaks-off", "This paragraph breaks off inside a sentence.", unit))
    return out


def _ends(text: str) -> bool:
    """Whether a sentence ends, or a bracket behind which the full stop may have been forgotten."""
    return ends_sentence(text) or bool(_CLOSED.search(text))


def _begins_inside(text: str, total: Counter[str], first: Counter[str]) -> bool:
    """A mark that can only close or go on; or a character that begins no other sentence or clause of the document."""
    if _BROKEN.match(text):
        return True
    return bool(_HANZI.match(text)) and total[text[0]] >= OFTEN and first[text[0]] <= 1


def _introduces(units: Sequence[Unit], n: int) -> bool:
    """Whether a list, a table or a quotation follows."""
    after = units[n + 1] if n + 1 < len(units) else None
    return after is not None and (after.kind in ("item", "table", "figure", "box") or after.part == "quotation")


def _problem(code: str, message: str, unit: Unit) -> Problem:
    return Problem(code, message, "What is missing may stand elsewhere, or is lost.", hull(unit.pieces[:1]))
