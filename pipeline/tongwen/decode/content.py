"""What a format's reader gives: the text, its blocks, and what the mark-up itself says of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongwen.model import Block, Json, Mark, Problem


@dataclass(frozen=True, slots=True)
class Content:
    """``titles`` are what the mark-up offers as the document's title, the most trustworthy first."""

    text: str
    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    metadata: Mapping[str, Json] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    marks: tuple[Mark, ...] = ()
    pages: tuple[int, ...] = ()
