"""A passage as it is read for terms: one run of its key, with the way back to the document's offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from tongwen.lexicon import rows
from tongwen.model import Passage, Span, Text

Place = tuple[int, int]
"""Where something begins and ends in a run."""

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：“”\"'(),.;:]")
_BLANK = re.compile(r"\s+")
_LABEL = re.compile(
    r"(?:第[0-9一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十]+)?|[(]?[一二三四五六七八九十百]+[)、.,]|[(]?[0-9]{1,3}[)、.]"
    r"|[(][a-z]{1,3}[)]|[①-⑳⑴-⒇㈠-㈩]|[甲乙丙丁戊己庚辛壬癸子丑寅卯][、.]|[•·●○■□◆◇▪◦])\s*"
)


@cache
def _caption() -> re.Pattern[str]:
    """What names a box, a figure or a table, with its number."""
    number = r"[0-9]+(?:[.-][0-9]+)*[.:]?"
    return re.compile(
        "|".join(f"(?:{pattern.replace('{n}', number)})" for _kind, pattern, _reason in rows("captions.tsv"))
    )


@dataclass(frozen=True, slots=True)
class Running:
    """``key``: the passage's key without the blanks that only print sets; ``printed``: the same as it is printed;
    ``places``: where each character stands in the document."""

    record: str
    key: str
    printed: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """``[start, end)`` of the key in the document, what interrupts it included; at least one character."""
        places = self.places[start:end]
        return Span(min(places), max(places) + 1)

    @property
    def label(self) -> int:
        """How much of the key the number of an item, an article or a box takes."""
        found = _LABEL.match(self.key) or _caption().match(self.key)
        return found.end() if found else 0


def running(passage: Passage, text: Text) -> Running:
    """Blanks beside a Chinese character or a mark are the print's; between Latin words one stays."""
    places = tuple(chain.from_iterable(range(piece.start, piece.end) for piece in passage.pieces))
    key = "".join(piece.of(text.key) for piece in passage.pieces)
    printed = "".join(piece.of(text.original) for piece in passage.pieces)
    kept = list(_kept(key))
    return Running(
        passage.record,
        "".join(" " if key[start].isspace() else key[start:end] for start, end in kept),
        "".join(" " if key[start].isspace() else printed[start:end] for start, end in kept),
        tuple(chain.from_iterable(places[start:end] for start, end in kept)),
    )


def _kept(key: str) -> Iterator[Place]:
    """The words, and of the blanks between two Latin ones the first."""
    at = 0
    for blank in _BLANK.finditer(key):
        start, end = blank.span()
        if start > at:
            yield at, start
        if start and end < len(key) and not _WIDE.match(key[start - 1]) and not _WIDE.match(key[end]):
            yield start, start + 1
        at = end
    if at < len(key):
        yield at, len(key)
