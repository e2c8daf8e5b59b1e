"""A glossary as CSV for Google Cloud Translation: an equivalent term set, which serves every direction.

The header names the languages by Google's codes, then ``pos`` (which we do not know) and ``description``. A row has one
term of each language, at least two. A term that names several concepts is in no row, nor one that has its meaning in
one document alone: no machine can know what is meant. The limits are 10 million code points, which are kept as bytes,
and 1,024 bytes for a term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tongwen.concept import Concept, Term
from tongwen.exchange.pairs import one_line
from tongwen.exchange.separated import table_text
from tongwen.exchange.table_losses import lost
from tongwen.exchange.tool_languages import tags_by_name, terms_under, without_name
from tongwen.exchange.writing import Written
from tongwen.export.guard import is_formula

LARGEST = 10_000_000  # bytes, and so no more code points
SIDE = 1_024  # bytes
_MORE = ("pos", "description")


def write_google(concepts: Sequence[Concept], title: str = "") -> Written:
    """``title`` has no place in the file."""
    names = tags_by_name("google")
    best = [[_best(c, tags) for tags in names.values()] for c in concepts]
    counts = [Counter(filter(None, column)) for column in zip(*best, strict=True)]
    rows = [[text if counts[at][text] == 1 else "" for at, text in enumerate(row)] for row in best]
    used = [at for at in range(len(names)) if any(row[at] for row in rows)]
    lines = [[[*names][at] for at in used] + [*_MORE]]
    whole = [(c, row) for c, row in zip(concepts, rows, strict=True) if sum(map(bool, row)) > 1]
    size = 0
    for c, row in whole:
        line = [*(row[at] for at in used), "", _description(c)]
        size += len(table_text([line]).encode())
        if size < LARGEST - SIDE:  # the header needs some room
            lines.append(line)
    twice = sum(number for count in counts for number in count.values() if number > 1)
    losses = (
        *without_name(concepts, "google"),
        *lost(
            _further(concepts),
            "term",
            "Left out, because a row has one term of a language, in use everywhere",
        ),
        *lost(twice, "term", "Left out, because it names several concepts"),
        *lost(len(concepts) - len(whole), "concept", "Left out, because fewer than two languages are left"),
        *lost(len(whole) + 1 - len(lines), "concept", "Left out, because the file would be too large"),
    )
    return Written(table_text(lines).encode(), losses)


def _best(c: Concept, tags: Sequence[str]) -> str:
    return next((one_line(t.text) for t in terms_under(c, tags) if _usable(t)), "")


def _usable(t: Term) -> bool:
    text = one_line(t.text)
    fit = t.status != "deprecated" and not t.scope
    return fit and "\ufffd" not in text and not is_formula(text) and 0 < len(text.encode()) <= SIDE


def _further(concepts: Sequence[Concept]) -> int:
    names = tags_by_name("google").values()
    return sum(max(0, len(terms_under(c, tags)) - bool(_best(c, tags))) for c in concepts for tags in names)


def _description(c: Concept) -> str:
    return one_line(next((d.text for d in c.definitions if d.language == "en"), ""))
