"""A glossary for OmegaT: UTF-8, a line for each pair, ``source<TAB>target<TAB>comment``, no header.

OmegaT's reader knows no quotation: it parts a line at tabs, takes the blanks at the ends of cells away, and passes over
lines that begin with ``#`` and cells that are missing. Its TBX reader keeps of zh-Hant and zh-Hans only zh and mixes
them, so that each script gets a file of its own. It must be named ``.utf8``: ``.tsv`` is read in the system's encoding.
"""

from __future__ import annotations

from collections.abc import Sequence

from tongwen.concept import Concept
from tongwen.exchange.pairs import harmless, pairs, said_of, without_pair
from tongwen.exchange.writing import Written
from tongwen.export.guard import inert


def write_omegat(concepts: Sequence[Concept], source: str, target: str) -> Written:
    kept, unsafe = harmless(pairs(concepts, source, target))
    rows = ((pair.source.text, pair.target.text, inert(said_of(pair, target))) for pair in kept)
    lines = dict.fromkeys("\t".join(row) for row in rows)
    text = "".join(f"{_no_comment(line)}\n" for line in lines)
    return Written(text.encode(), (*without_pair(concepts, source, target), *unsafe))


def _no_comment(line: str) -> str:
    """With a blank, which is taken away again, before a term that would make the line a comment."""
    return f" {line}" if line.startswith("#") else line
