"""Lines that belong together, before it is said what they are."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from tongwen.labels import labels
from tongwen.structure.report.printed import DASHED, Printed
from tongwen.structure.report.title import Title


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one heading, item or paragraph; ``title`` where it is a heading."""

    lines: tuple[Printed, ...]
    title: Title | None = None

    @property
    def body(self) -> str:
        return "\n".join(p.body for p in self.lines)

    @property
    def last(self) -> Printed:
        return self.lines[-1]

    @property
    def width(self) -> float:
        """Columns of its lines but the last, as most of them are."""
        return median(p.width for p in self.lines[:-1] or self.lines)

    @property
    def dashed(self) -> int:
        """Length of the dash with which it begins: ——1949年."""
        body = self.lines[0].body
        return len(DASHED) if body.startswith(DASHED) and body[len(DASHED) :].strip("-") else 0

    @property
    def mark(self) -> int:
        """Length of the bullet or number of an item, 0 for a paragraph."""
        first = self.lines[0]
        if first.bullet or self.dashed:
            return first.bullet or self.dashed
        found = next(iter(labels(first.body)), None)
        return 0 if found is None or found.counts else self.marked

    @property
    def marked(self) -> int:
        """The same for a number, though a figure follows: 1、110年 may be two figures."""
        body = self.lines[0].body
        length = next((label.length for label in labels(body)), 0)
        return length + len(body[length:]) - len(body[length:].lstrip()) if length else 0

    @property
    def noted(self) -> bool:
        """Whether it ends in a note, as a quotation does that names its source."""
        return self.last.closed and self.last.source is not None
