"""The number that Word prints before each paragraph of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tongwen.decode.docx.formats import printed
from tongwen.decode.docx.glyphs import bullet
from tongwen.decode.docx.numbering import LEVELS, Level, List

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Label:
    """``text`` with what stands between it and the paragraph's text.

    ``depth`` counts from 1, ``value`` is the number. ``bullet``: a sign that does not count. ``worded``: what stands
    around the number has letters (第一条, Article 1), so that it is a provision's name rather than an item's number.
    """

    text: str
    depth: int
    value: int
    bullet: bool = False
    worded: bool = False


@dataclass(slots=True)
class Counters:
    """``counts``: by abstract list, the number last printed at each level."""

    lists: Mapping[str, List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def knows(self, num_id: str) -> bool:
        return num_id in self.lists

    def level_of(self, num_id: str, style: str) -> int:
        """The level that belongs to a paragraph style; the first, where none does."""
        levels = self.lists[num_id].levels
        return next((at for at, level in levels.items() if style and level.style == style), 0)

    def count(self, num_id: str, at: int) -> Label | None:
        """Count one paragraph on; None where its level prints nothing."""
        used = self.lists[num_id]
        at = min(max(at, 0), LEVELS - 1)
        level = used.levels.get(at, Level())
        value = self._step(num_id, used, at)
        if level.form == "bullet":
            return Label(bullet(level.text, level.font) + level.suffix, at + 1, value, bullet=True)
        text = _PLACE.sub(lambda match: self._number(used, int(match[1]) - 1, level.legal), level.text)
        worded = any(map(str.isalpha, _PLACE.sub("", level.text)))
        return Label(text + level.suffix, at + 1, value, worded=worded) if text.strip() else None

    def _step(self, num_id: str, used: List, at: int) -> int:
        counts = self.counts.setdefault(used.abstract, {})
        anew = at in used.starts and (num_id, at) not in self.begun
        self.begun.add((num_id, at))
        counts[at] = _start(used, at) if anew or at not in counts else counts[at] + 1
        for deeper in [level for level in counts if level > at]:
            restart = used.levels.get(deeper, Level()).restart
            if restart is None or at < restart:
                del counts[deeper]
        return counts[at]

    def _number(self, used: List, at: int, legal: bool) -> str:
        level = used.levels.get(at, Level())
        value = self.counts[used.abstract].get(at, _start(used, at))
        if level.form in ("none", "bullet"):
            return ""
        return printed(value, "decimal" if legal else level.form)


def _start(used: List, at: int) -> int:
    return used.starts.get(at, used.levels.get(at, Level()).start)
