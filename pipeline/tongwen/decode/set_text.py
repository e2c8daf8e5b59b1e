"""Tables that set a statute or a dialogue: a number, and beside it the text that it numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from statistics import median

from tongwen.lexicon import rows

_NUMBER = r"(?:[\d０-９]+|[〇○零一二三四五六七八九十百千]+|[ivxlc]+)"
_HEADING = r"(?: ?[（(【\[][^（(【\[]*[）)】\]])?"
_MOST = 0.5  # share of the rows that must be so
_PROSE = 40  # characters: more than a figure, a name or a date has
_SENTENCE = re.compile(r"[。．.;；:：!！?？][」』”\"’')）]*$")


def are_numbers(texts: Sequence[str]) -> bool:
    """Whether the first column holds the numbers of articles, with their headings or without."""
    return sum(bool(_article().fullmatch(text)) for text in texts) > _MOST * len(texts)


def are_prose(texts: Sequence[str]) -> bool:
    """Whether the second column holds sentences, most of them long."""
    ended = sum(bool(_SENTENCE.search(text)) for text in texts)
    return bool(texts) and median(map(len, texts)) > _PROSE and ended > _MOST * len(texts)


@cache
def _article() -> re.Pattern[str]:
    patterns = "|".join(pattern.replace("{n}", _NUMBER) for pattern, _ in rows("article_numbers.tsv"))
    return re.compile(f"(?:{patterns}){_HEADING}", re.I)
