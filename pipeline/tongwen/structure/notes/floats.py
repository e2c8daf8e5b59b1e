"""Captions of tables and figures, which are set where there is room: they stand outside the order of the text."""

from __future__ import annotations

from tongwen.structure.captions import is_caption, is_of_figure
from tongwen.structure.lines import Line

LONGEST = 80
"""Characters of a caption's line."""


def floats(line: Line) -> bool:
    """Whether the line is a caption, and no sentence that begins with the name of a table."""
    short = len(line.key) <= LONGEST and not line.ends_sentence and line.key[-1] != "."
    return short and (is_caption(line.text) or is_of_figure(line.text))
