"""Tables that set a statute or a dialogue: a number, and beside it the text that it numbers."""

from __future__ import annotations

import re
from functools import cache
from statistics import median

from bs4.element import Tag

from tongwen.decode.html_table import cell_text
from tongwen.lexicon import rows

_NUMBER = r"(?:[\d０-９]+|[〇○零一二三四五六七八九十百千]+|[ivxlc]+)"
_HEADING = r"(?: ?[（(【\[][^（(【\[]*[）)】\]])?"
_MOST = 0.5  # share of the rows that must be so
_PROSE = 40  # letters: more than a figure, a name or a date has
_SENTENCE = re.compile(r"[。．.;；:：!！?？][」』”\"’')）]*$")


def is_layout(table: list[list[Tag]], letters: list[list[int]]) -> bool:
    """Whether its rows are to be read one cell after the other; ``letters`` say how much each cell holds."""
    filled = [
        [cell for cell, count in zip(row, counts, strict=False) if count]
        for row, counts in zip(table, letters, strict=False)
    ]
    pairs = [row for row in filled if len(row) == 2]
    if not pairs or max(map(len, filled)) > 2 or _has_header(table):
        return False
    return _are_numbered(pairs) or _are_prose(pairs)


def _has_header(table: list[list[Tag]]) -> bool:
    """A row of nothing but header cells stands above data."""
    return any(row and all(cell.name == "th" for cell in row) for row in table)


def _are_numbered(pairs: list[list[Tag]]) -> bool:
    numbered = sum(bool(_article().fullmatch(cell_text(row[0]))) for row in pairs)
    return numbered > _MOST * len(pairs)


def _are_prose(pairs: list[list[Tag]]) -> bool:
    if any(cell.name == "th" for row in pairs for cell in row):
        return False
    texts = [cell_text(row[1]) for row in pairs]
    ended = sum(bool(_SENTENCE.search(text)) for text in texts)
    return median(map(len, texts)) > _PROSE and ended > _MOST * len(texts)


@cache
def _article() -> re.Pattern[str]:
    patterns = "|".join(pattern.replace("{n}", _NUMBER) for pattern, _ in rows("article_numbers.tsv"))
    return re.compile(f"(?:{patterns}){_HEADING}", re.I)
