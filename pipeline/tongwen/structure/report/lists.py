"""Items in a row as one list: their levels, and whether there are as many as the text announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tongwen.labels import labels
from tongwen.lexicon import rows
from tongwen.numerals import CHINESE, WORDS, number
from tongwen.structure.report.unit import Unit

INDENT = 2
"""Columns by which an item stands further in than those of its list, at least."""


@dataclass(slots=True)
class Item:
    """``label`` as printed; ``value`` its number, 0 for a bullet; ``end``: its last character; ``level`` from 1."""

    unit: Unit
    label: str
    style: str
    value: int
    end: str
    level: int = 1

    @property
    def introduces(self) -> bool:
        return self.end == ":"


@dataclass(slots=True)
class Nest:
    """Which styles are open, the outermost first: a style, the indent of its items and the number of the last one."""

    open: list[tuple[str, int, int]] = field(default_factory=list)
    running: bool = False

    def closes(self, item: Item) -> None:
        """Ends an inner list whose items end in semicolons, behind the one that ends in a full stop."""
        if len(self.open) > 1 and item.level == len(self.open):
            if self.running and item.end in (".", "。"):
                self.open.pop()
            self.running = item.end in (";", ",")
        else:
            self.running = False

    def place(self, item: Item, indent: int, before: Item | None) -> bool:
        """Gives the item its level; False where it begins another list."""
        at = self._at(item, indent)
        if (
            before is not None
            and before.introduces
            and (at is None or at == len(self.open) - 1)
            and not self._next(item, at)
        ):
            self.open.append((item.style, indent, item.value))
        elif at is None:
            if before is None or self._deeper(item):
                self.open.append((item.style, indent, item.value))
            else:
                return False
        elif item.value and self.open[at][2] + 1 != item.value:
            return False
        else:
            self.open[at:] = [(item.style, indent, item.value)]
        item.level = len(self.open)
        return True

    def _at(self, item: Item, indent: int) -> int | None:
        """The open style that the item goes on in."""
        for at in reversed(range(len(self.open))):
            style, stands, _ = self.open[at]
            if style == item.style and abs(stands - indent) < INDENT:
                return at
        return next(
            (at for at in reversed(range(len(self.open))) if self.open[at][0] == item.style and indent < INDENT), None
        )

    def _next(self, item: Item, at: int | None) -> bool:
        return at is not None and bool(item.value) and self.open[at][2] + 1 == item.value

    def _deeper(self, item: Item) -> bool:
        """A new style below an open one: bullets below a number, or a number that begins at 1."""
        return item.value in (0, 1)


def item_of(unit: Unit, body: str, before: Item | None) -> Item:
    """``body``: the item's key without note markers; ``before``: the item above. ``(i)`` is a letter behind ``(h)`` and
    a Roman numeral otherwise."""
    printed = body[: unit.mark].strip()
    readings = labels(body)
    due = (r for r in readings if before and r.style == before.style and r.value == before.value + 1)
    first = (r for r in readings if r.value == 1)
    found = next(due, None) or next(first, None) or next(iter(readings), None)
    end = body.rstrip(' )"”')[-1:]
    if found and unit.mark:
        return Item(unit, printed, found.style, found.value, end)
    return Item(unit, printed, printed[:1], 0, end)


def lists(items: Sequence[Item], indents: Sequence[int]) -> list[list[Item]]:
    """Items in a row as one list or several, with their levels; those by mark-up keep theirs."""
    out: list[list[Item]] = []
    nest, before = Nest(), None
    for item, indent in zip(items, indents, strict=True):
        if item.unit.depth:
            item.level = item.unit.depth
            out = out or [[]]
            out[-1].append(item)
            continue
        if before is None or not nest.place(item, indent, before):
            nest = Nest()
            nest.place(item, indent, None)
            out.append([])
        out[-1].append(item)
        before = item
        nest.closes(item)
    return out


@cache
def _announced() -> re.Pattern[str]:
    """``n`` is how many; an ordinal matches without it: 第三条, 第三、四条."""
    words = "|".join(word for words, _reason in rows("measure_words.tsv") for word in words.split(" "))
    figure = rf"[0-9{CHINESE}]"
    ordinal = rf"第 ?{figure}+(?:[、至和或-]{figure}+)*"
    return re.compile(rf"{ordinal}|(?<![.0-9{CHINESE}])(?P<n>\d{{1,2}}|[{CHINESE}]{{1,3}}) ?(?:{words})")


@cache
def _english() -> re.Pattern[str]:
    words = "|".join(word for word, value in WORDS.items() if value > 1)
    return re.compile(rf"(?<![\w.])(?P<n>\d{{1,2}}|{words})\b(?= [a-z]\w*(?: \w+){{0,6}}:?$)")


def announced(body: str, anywhere: bool = False) -> int | None:
    """How many items the sentence that introduces a list says there are: 以下九种措施: is 9; ``anywhere``: or any other
    sentence of the paragraph."""
    sentence = body if anywhere else re.split(r"[。;!?]", body.rstrip(" :"))[-1]
    found = [n for m in _announced().finditer(sentence) if m["n"] and (n := number(m["n"]))]
    if found:
        return found[-1]
    match = _english().search(sentence)
    return WORDS.get(match["n"]) or int(match["n"]) if match else None
