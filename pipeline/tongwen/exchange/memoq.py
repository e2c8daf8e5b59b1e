"""A termbase as CSV for memoQ: a row for each concept, and columns by the names that memoQ itself writes.

Of each language there are a definition and, for as many terms as some concept has, the term, ``Term_Info`` (how it is
matched, and whether it is forbidden) and ``Term_Example``. memoQ knows Chinese by region alone. It numbers its entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongwen.concept import Concept, Term
from tongwen.exchange.pairs import one_line
from tongwen.exchange.separated import table_text
from tongwen.exchange.table_losses import lost
from tongwen.exchange.tool_languages import tags_by_name, terms_under, without_name
from tongwen.exchange.writing import Written
from tongwen.export.guard import is_formula

_ENTRY = ("Entry_ID", "Entry_Subject", "Entry_Domain", "Entry_Note")
_OF_TERM = ("Term_Info", "Term_Example")
_MATCH = "CasePermissive;HalfPrefix"
_FORBIDDEN = "Forbidden"


def write_memoq(concepts: Sequence[Concept], title: str = "") -> Written:
    """``title`` has no place in the file."""
    columns = _Columns(concepts)
    rows = [columns.row(number, c) for number, c in enumerate(concepts, 1)]
    text = table_text([columns.header, *rows])
    return Written(("\ufeff" + text).encode(), _losses(concepts))


class _Columns:
    """The languages that some concept has, with how many terms at most."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        every = tags_by_name("memoq")
        widths = {name: max((len(_terms(c, tags)) for c in concepts), default=0) for name, tags in every.items()}
        self._languages = [(name, every[name], width) for name, width in widths.items() if width]

    @property
    def header(self) -> list[str]:
        names = [*_ENTRY]
        for name, _, width in self._languages:
            names += [f"{name}_Def", *[name, *_OF_TERM] * width]
        return names

    def row(self, number: int, c: Concept) -> list[str]:
        cells = [str(number), c.subject, "", "; ".join(filter(None, [c.id, *c.notes]))]
        for _, tags, width in self._languages:
            terms = [cell for term in _terms(c, tags) for cell in _of_term(term)]
            cells += [_definition(c, tags), *terms, *[""] * (width * 3 - len(terms))]
        return [one_line(cell) for cell in cells]


def _terms(c: Concept, tags: Sequence[str]) -> list[Term]:
    return [t for t in terms_under(c, tags) if t.text.strip() and not is_formula(t.text)]


def _of_term(t: Term) -> Iterator[str]:
    yield t.text
    yield f"{_MATCH};{_FORBIDDEN}" if t.status == "deprecated" else _MATCH
    yield t.found[0].quote if t.found else ""


def _definition(c: Concept, tags: Sequence[str]) -> str:
    return next((d.text for tag in tags for d in c.definitions if d.language == tag), "")


def _losses(concepts: Sequence[Concept]) -> tuple[str, ...]:
    terms = [t for c in concepts for t in c.terms]
    doubled = sum(t.language == "zh-Hant" for t in terms)
    return (
        *without_name(concepts, "memoq"),
        *lost(sum(is_formula(t.text) for t in terms), "term", "Left out, because a spreadsheet would run it"),
        *lost(doubled, "term", "Told under Taiwan and Hong Kong both, because Traditional has no name of its own"),
        *lost(sum(t.status in ("admitted", "candidate") for t in terms), "term", "Not told that it is not preferred"),
        *lost(sum(bool(t.source or t.note) for t in terms), "term", "Source and note are not told"),
        *lost(len({link for c in concepts for link in c.links}), "link", "Left out"),
        *lost(len(concepts), "concept", "The id is in the note, because entries are numbered"),
    )
