"""Where a draft uses the names of a glossary, and which concepts each of them may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tongwen.concept import Concept, Glossary, Term
from tongwen.glossary.checking.findings import Run
from tongwen.glossary.checking.forms import plurals
from tongwen.glossary.naming import name_key, spoken
from tongwen.glossary.occurrences import Finder
from tongwen.model import Span

_QUOTED = re.compile(r"[“\"「『‘'][^“”\"「」『』‘’']+[”\"」』’']")
_TITLE = re.compile(r"《[^《》]+》")
_GOES_ON = re.compile(r" [A-Z][a-z]")

Sense = tuple[Concept, Term]
Place = tuple[int, int]


class Use(NamedTuple):
    """``key``: the name's, without the ending of a plural; ``run``: the number of the passage.

    ``mentioned``: the text speaks of the name itself, which stands in quotation marks, or it is a part of a title.
    ``part``: in English, a longer name in capitals goes on behind it: Criminal Investigation Bureau.
    """

    run: int
    span: Span
    key: str
    printed: str
    senses: tuple[Sense, ...]
    mentioned: bool
    part: bool


class Names:
    """All names of a glossary, to be found in texts."""

    def __init__(self, glossary: Glossary) -> None:
        self._senses: dict[str, list[Sense]] = defaultdict(list)
        for concept in glossary.concepts:
            for term in concept.terms:
                if term.status != "candidate" and not term.converted:
                    self._senses[name_key(term.text)].append((concept, term))
        self._bases = {form: key for key in self._senses for form in plurals(key) if form not in self._senses}
        self._finder = Finder((*self._senses, *self._bases))

    def senses(self, text: str) -> tuple[Sense, ...]:
        """The concepts that a writing may mean."""
        key = name_key(text)
        return tuple(s for s in self._senses.get(self._bases.get(key, key), ()) if spoken(s[1].text, text))

    def uses(self, runs: Sequence[Run]) -> Iterator[Use]:
        for number, run in enumerate(runs):
            quoted = [found.span() for found in _QUOTED.finditer(run.printed)]
            titles = [found.span() for found in _TITLE.finditer(run.printed)]
            for match in self._finder.matches(run.key):
                printed = run.printed[match.start : match.end]
                if senses := self.senses(printed):
                    around = match.start - 1, match.end + 1
                    mentioned = around in quoted or any(_within(around, title) for title in titles)
                    key = self._bases.get(match.key, match.key)
                    part = printed[:1].isupper() and _GOES_ON.match(run.printed, match.end) is not None
                    yield Use(number, run.span(match.start, match.end), key, printed, senses, mentioned, part)


def _within(inner: Place, outer: Place) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]
