"""Every use of a term in its context: by the term as it is typed and, with a glossary, by all its names.

Where several names begin, or one stands inside another, the longest counts: 管制局 in 国际麻醉品管制局 is no use of its
own. So each use is told once, and none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, NamedTuple

from tongwen.errors import QueryError
from tongwen.model import Json, Span, hull
from tongwen.normalise import fold
from tongwen.search import grams
from tongwen.search.expansion import named
from tongwen.search.finding import Finding
from tongwen.search.highlight import Reading
from tongwen.search.library import Library
from tongwen.search.plan import Wanted, asked
from tongwen.search.query import phrase
from tongwen.search.thesaurus import Thesaurus

LAYOUT = 4  # characters of a text that are looked through for one that is read: the rest may be layout

_WIDE = rf"[{grams.SINGLE}\uff01-\uff65]"
_LAYOUT = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
_BLANKS = re.compile(r"\s+")

Order = Literal["doc", "left", "right", "form"]


@dataclass(frozen=True, slots=True)
class Use:
    """``text`` in a record: as it is written, and what is read ``left`` and ``right`` of it in its passage.

    ``form``: the name that it is, as it was typed or as the glossary has it, and ``entries``: the glossary's ids, none
    of what was typed. ``span`` is of the document's original text.
    """

    doc: str
    record: str
    span: Span
    left: str
    text: str
    right: str
    form: str
    entries: tuple[str, ...] = ()

    def json(self) -> dict[str, Json]:
        return {
            "doc": self.doc,
            "id": self.record,
            "span": [self.span.start, self.span.end],
            "left": self.left,
            "text": self.text,
            "right": self.right,
            "form": self.form,
            "why": [f"glossary:{entry}" for entry in self.entries] or ["exact"],
        }


class Concordance(NamedTuple):
    """``read_as``: by which other names it was looked for too, and by which entries of the glossary."""

    uses: tuple[Use, ...]
    read_as: tuple[str, ...]


def concordance(  # noqa: PLR0913  the options of `tongwen glossary concordance`
    library: Library,
    term: str,
    *,
    doc: str | None = None,
    order: Order = "doc",
    exact_script: bool = False,
    context: int = 40,
    thesaurus: Thesaurus | None = None,
) -> Concordance:
    """``doc``: a shell pattern of document ids. ``order``: by document and place, by the words before or behind, the
    nearest first, or by form. ``context``: code points on each side. Raises ``QueryError`` where no term is given."""
    typed = phrase(term)
    if not typed.tokens:
        raise QueryError("The term is empty.", "Name one, such as: tongwen glossary concordance 去罪化")
    wanted, read_as = ((asked(typed),), ()) if thesaurus is None or exact_script else named(typed, thesaurus)
    uses = _Uses(library, wanted, exact_script, context).all(doc or "*")
    return Concordance(tuple(uses if order == "doc" else sorted(uses, key=_ORDERS[order])), read_as)


class _Form(NamedTuple):
    """``entries``: those of the glossary that it is a name of in the document."""

    wanted: Wanted
    entries: tuple[str, ...]


class _Uses:
    """``context``: code points on each side."""

    def __init__(self, library: Library, wanted: Sequence[Wanted], exact_script: bool, context: int) -> None:
        self._store, self._context = library.store, context
        self._finding = Finding(library, exact_script)
        self._found = [(one, self._finding.find(one)) for one in wanted]

    def all(self, glob: str) -> Iterator[Use]:
        """In the order of documents and places."""
        for doc in sorted({doc for _, found in self._found for doc in found.docs}):
            if fnmatchcase(doc, glob):
                yield from self._of(doc)

    def _of(self, doc: str) -> Iterator[Use]:
        there: dict[int, list[_Form]] = {}
        for wanted, found in self._found:
            form = _Form(wanted, tuple(self._finding.entries(wanted, doc)))
            for key in found.of(doc):
                there.setdefault(key, []).append(form)
        for passage in self._store.passages(sorted(there)):
            reading = Reading.of(doc, passage.pieces, self._store.cut)
            for place, form in self._longest(reading, there[passage.key]):
                yield self._use(doc, passage.record, reading, place, form)

    def _longest(self, reading: Reading, forms: Iterable[_Form]) -> Iterator[tuple[Span, _Form]]:
        places = [(place, form) for form in forms for place in self._finding.places(form.wanted, reading)]
        end = 0
        for place, form in sorted(places, key=lambda found: (found[0].start, -found[0].end)):
            if place.start >= end:
                yield place, form
                end = place.end

    def _use(self, doc: str, record: str, reading: Reading, place: Span, form: _Form) -> Use:
        text, room = reading.text, self._context * LAYOUT
        word = _read(place.of(text))
        before = _read(text[max(0, place.start - room) : place.end])[: -len(word)]
        behind = _read(text[place.start : place.end + room])[len(word) :]
        left, right = before[-self._context :], behind[: self._context]
        return Use(doc, record, hull(reading.placed(place)), left, word, right, form.wanted.typed, form.entries)


def _read(text: str) -> str:
    """As it is read: between Latin words one blank, beside a Chinese character none."""
    return _BLANKS.sub(" ", _LAYOUT.sub("", text))


def _tokens(text: str) -> list[str]:
    """Words and single characters, marks aside, as they are compared."""
    return [token for token in grams.tokens(fold(text)) if token.isalnum()]


_ORDERS: dict[Order, Callable[[Use], Any]] = {
    "left": lambda use: _tokens(use.left)[::-1],
    "right": lambda use: _tokens(use.right),
    "form": lambda use: fold(use.form),
}
