"""Tables that are there for the look of a page: to be read one cell after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from statistics import median
from xml.etree.ElementTree import Element

from tongwen.decode.docx.elements import child, name
from tongwen.decode.docx.grid import Row
from tongwen.lexicon import rows as lexicon_rows

_NUMBER = r"(?:[\d０-９]+|[〇○零一二三四五六七八九十百千]+|[ivxlc]+)"
_MOST = 0.5  # share of the rows that must be so
_PROSE = 40  # characters: more than a figure, a name or a date has
_SENTENCE = re.compile(r"[。．.;；:：!！?？][」』”\"’')）]*$")


def is_layout(rows: list[Row], printed: Callable[[Element], str], lined: bool) -> bool:
    """Whether it is no table of data; ``lined``: lines are drawn around it.

    A table is none that has a table in it, a single row or column, no two cells of a row that hold text, articles'
    numbers beside their texts, or prose in two columns without lines.
    """
    cells = [cell for row in rows for cell in row.cells]
    nested = any(child(cell, "tbl") is not None for cell in cells)
    if nested or len(rows) < 2 or max(len(row.cells) for row in rows) < 2:
        return True
    texts = [[text for cell in row.cells if (text := printed(cell))] for row in rows]
    pairs = [row for row in texts if len(row) == 2]
    if max(map(len, texts)) < 2 or any(row.header for row in rows):
        return max(map(len, texts)) < 2
    if max(map(len, texts)) > 2:
        return False
    return _are_numbered(pairs) or (not lined and _are_prose(pairs))


def printed_in(cell: Element) -> str:
    """What a cell holds, near enough to tell of which sort it is: a number that is counted stands for itself."""
    shown = "".join(element.text or "" for element in cell.iter() if name(element) == "t").strip()
    counted = any(name(element) in ("numPr", "sym", "footnoteReference") for element in cell.iter())
    return shown or ("•" if counted else "")


def _are_numbered(pairs: list[list[str]]) -> bool:
    return sum(bool(_article().fullmatch(first)) for first, _ in pairs) > _MOST * len(pairs)


def _are_prose(pairs: list[list[str]]) -> bool:
    texts = [second for _, second in pairs]
    ended = sum(bool(_SENTENCE.search(text)) for text in texts)
    return bool(texts) and median(map(len, texts)) > _PROSE and ended > _MOST * len(texts)


@cache
def _article() -> re.Pattern[str]:
    patterns = "|".join(pattern.replace("{n}", _NUMBER) for pattern, _ in lexicon_rows("article_numbers.tsv"))
    return re.compile(f"(?:{patterns})", re.I)
