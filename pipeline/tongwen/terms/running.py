"""A passage as it is read for terms: one run of its key, with the way back to the document's offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tongwen.lexicon import rows
from tongwen.model import Passage, Span

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：“”\"'(),.;:]")
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
    """``key``: the passage's key without the blanks that only print sets; ``places``: where each character stands."""

    record: str
    key: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """``[start, end)`` of the key in the document; at least one character."""
        return Span(self.places[start], self.places[end - 1] + 1)

    @property
    def label(self) -> int:
        """How much of the key the number of an item, an article or a box takes."""
        found = _LABEL.match(self.key) or _caption().match(self.key)
        return found.end() if found else 0


def running(passage: Passage, key: str) -> Running:
    """Blanks beside a Chinese character or a mark are the print's; between Latin words one stays."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in _characters(passage, key):
        if character.isspace():
            if characters and not _WIDE.match(characters[-1]) and characters[-1] != " ":
                characters.append(" ")
                places.append(place)
            continue
        if characters and characters[-1] == " " and _WIDE.match(character):
            characters.pop()
            places.pop()
        characters.append(character)
        places.append(place)
    return Running(passage.record, "".join(characters), tuple(places))


def _characters(passage: Passage, key: str) -> Iterator[tuple[int, str]]:
    for piece in passage.pieces:
        yield from ((place, key[place]) for place in range(piece.start, piece.end))
