"""Where text is missing: paragraphs that break off or begin inside a sentence, notes without a text. Told, never
filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from tongwen.model import Problem, hull
from tongwen.structure.lines import NEVER_FIRST, ends_sentence
from tongwen.structure.notes import Notes
from tongwen.structure.report.matter import matter
from tongwen.structure.report.unit import Unit

SHORTEST = 20
"""Characters: what is shorter may be a label."""

ELSEWHERE = 2
"""Times that the first two characters must occur elsewhere before what they follow there says something."""

_PAIR = re.compile(r"[\u3400-\u9fff]{2}")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_CLOSED = re.compile(r"[)”》」』】\"]$|[0-9]\.$")


def lacunae(units: Sequence[Unit], key: Callable[[Unit], str]) -> list[Problem]:
    """``key`` reads a unit without note markers."""
    texts = [key(unit) if unit.kind == "paragraph" else "" for unit in units]
    before = _predecessors("\n".join(texts))
    out = []
    for n, (unit, text) in enumerate(zip(units, texts, strict=True)):
        if unit.kind != "paragraph" or unit.part not in ("body", "imprint") or len(text) < SHORTEST:
            continue
        if _begins_inside(text, before):
            out.append(_problem("text-begins-inside", "This paragraph begins inside a sentence.", unit))
        if unit.part == "body" and not _ends(text) and not _introduces(units, n):
            out.append(_problem("text-breaks-off", "This paragraph breaks off inside a sentence.", unit))
    return out


def lost(notes: Notes) -> Iterator[Problem]:
    """Notes that are marked and have no text."""
    marked = [marker for marker in notes.markers if marker.body is None]
    if marked:
        numbers = list(dict.fromkeys(marker.number for marker in marked))
        several = f"{len(numbers)} notes, {numbers[0]} to {numbers[-1]},"
        message = f"The text of {several if len(numbers) > 1 else f'note {numbers[0]}'} is not in the file."
        yield Problem("note-text-missing", message, "Look for it in the original.", marked[0].span)


def _ends(text: str) -> bool:
    """Whether a sentence ends, or a bracket behind which the full stop may have been forgotten, or what has none."""
    return ends_sentence(text) or bool(_CLOSED.search(text)) or matter(text) == "keywords"


def _predecessors(text: str) -> dict[str, Counter[str]]:
    """What stands before each pair of Chinese characters, and how often."""
    out: dict[str, Counter[str]] = {}
    for at in range(1, len(text) - 1):
        pair = text[at : at + 2]
        if _PAIR.match(pair):
            out.setdefault(pair, Counter())[text[at - 1]] += 1
    return out


def _begins_inside(text: str, before: dict[str, Counter[str]]) -> bool:
    """A mark that can only close or go on; or two characters that elsewhere always follow the same one, as 防艾 follows
    预, and that begin no other paragraph."""
    if text.startswith(NEVER_FIRST):
        return True
    found = before.get(text[:2], Counter())
    elsewhere = {character: n for character, n in found.items() if character != "\n"}
    return found["\n"] <= 1 and len(elsewhere) == 1 and _follows(elsewhere)


def _follows(elsewhere: dict[str, int]) -> bool:
    ((character, times),) = elsewhere.items()
    return times >= ELSEWHERE and bool(_HANZI.match(character))


def _introduces(units: Sequence[Unit], n: int) -> bool:
    """Whether a list, a table or a quotation follows."""
    after = units[n + 1] if n + 1 < len(units) else None
    return after is not None and (after.kind in ("item", "table", "figure", "box") or after.part == "quotation")


def _problem(code: str, message: str, unit: Unit) -> Problem:
    return Problem(code, message, "What is missing may stand elsewhere, or is lost.", hull(unit.pieces[:1]))
