"""Titles that stand on the line above the number of their article: （目的）⏎第一条 …"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tongwen.labels import ArticleLabel, division_label, labels
from tongwen.structure.lines import Line, ends_sentence
from tongwen.structure.regions import region

FEW = 3
"""Titles above that a text has at least, before they are told from headings of several articles."""

MAJORITY = 0.6
"""Share of the articles that have one."""

DIFFERENT = 0.8
"""Share of titles that do not come again: what stands above many articles (组织, 职权) heads several."""

LONGEST = 40
"""Code points."""

_BRACKETED = re.compile(r"[(【][^()【】第\d]+[)】]")
_OPEN = re.compile(r"[,、:;.=)\]\"-]$")


def titles_above(lines: Sequence[Line], heads: Mapping[int, ArticleLabel]) -> dict[int, int]:
    """The line of the title for each article that has one above, if that is the habit of the text."""
    found = {i: i - 1 for i in heads if _may_be(lines, i - 1, heads)}
    enough = len(found) >= FEW and len(found) >= MAJORITY * len(heads)
    different = len({lines[at].key for at in found.values()}) >= DIFFERENT * len(found)
    return found if enough and different else {}


def _may_be(lines: Sequence[Line], at: int, heads: Mapping[int, ArticleLabel]) -> bool:
    if at < 1 or at in heads or (at - 1 in heads and heads[at - 1].length == len(lines[at - 1].key)):
        return False
    line = lines[at]
    if len(line.key) > LONGEST or line.kind == "item" or line.drawn or labels(line.key) or ends_sentence(line.key):
        return False
    if division_label(line.key) or region(line) or division_untitled(lines[at - 1].key):
        return False
    return bool(_BRACKETED.fullmatch(line.key)) or not _OPEN.search(line.key)


def division_untitled(key: str) -> bool:
    """第一章 alone: the line below is its title."""
    label = division_label(key)
    return label is not None and label.length == len(key)
