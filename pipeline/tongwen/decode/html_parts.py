"""What the parts of a page are, as far as the page gives evidence: the document, what a site puts around it, boxes.

When in doubt, a part is kept: none is left out that holds much of the page, its only heading, or a note's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from bs4.element import Tag

from tongwen.decode.html_table import cell_text
from tongwen.decode.html_walk import value
from tongwen.lexicon import rows

_MOST = 0.5  # share of the page's letters that an element must have which is said to be its main part,
_NEARLY_ALL = 0.9  # and of the letters outside links, where only a class says so
_LARGE = 0.4  # share of the page: no furniture has so much
_FEW_LINKS, _ALL_LINKED, _SHORT_LINK = 5, 0.9, 12  # links, share of the letters, letters a link: a list of links
_FOOTER = 1500  # letters
_CAPTION = 300  # letters
_LINK_LISTS = frozenset({"ul", "ol", "div", "p", "center"})


@dataclass(slots=True, eq=False)
class Part:
    """An element: where it begins and ends in the order of elements, its letters, those in links, its links."""

    tag: Tag
    uses: frozenset[str]
    begin: int
    end: int
    letters: int
    linked: int
    links: int
    framed: bool = False  # it has a border on all sides
    tabled: bool = False  # it stands in a table

    def close(self, order: int, letters: int, linked: int, links: int) -> None:
        """From what was counted before the element to what is in it."""
        self.end = order
        self.letters, self.linked, self.links = letters - self.letters, linked - self.linked, links - self.links

    def holds(self, order: int) -> bool:
        return self.begin <= order <= self.end


def main_part(parts: Sequence[Part], whole: Part) -> Part:
    """The smallest element that the page says holds the document; the whole page where it does not."""
    said = [part for part in parts if part.tag.name == "main" or value(part.tag, "role") == "main"]
    said += _article(parts, whole)
    large = [part for part in said if part.letters > _MOST * whole.letters]
    if large:
        return min(large, key=lambda part: part.letters)
    unlinked = whole.letters - whole.linked - sum(part.letters - part.linked for part in _around(parts))
    named = [part for part in parts if "main" in part.uses]
    nearly = [part for part in named if part.letters - part.linked >= _NEARLY_ALL * max(unlinked, 1)]
    return min(nearly, key=lambda part: part.letters, default=whole)


def _article(parts: Sequence[Part], whole: Part) -> list[Part]:
    """The element for a text of its own, where the page has hardly another."""
    articles = sorted(_outermost(part for part in parts if part.tag.name == "article"), key=lambda part: part.letters)
    return articles[-1:] if sum(part.letters for part in articles[:-1]) < whole.letters * (1 - _NEARLY_ALL) else []


def _around(parts: Sequence[Part]) -> list[Part]:
    """The outermost of the parts that a class says are none of the document."""
    return _outermost(part for part in parts if "dropped" in part.uses)


def _outermost(parts: Iterable[Part]) -> list[Part]:
    outer: list[Part] = []
    for part in sorted(parts, key=lambda part: part.begin):
        if not (outer and outer[-1].holds(part.begin)):
            outer.append(part)
    return outer


def furniture(parts: Sequence[Part], whole: Part, main: Part, headings: Sequence[int]) -> set[int]:
    """The elements that are no text of the document; ``headings`` are the places of those of the first level."""
    title = headings[0] if len(headings) == 1 else None
    return {
        id(part.tag)
        for part in parts
        if part.letters <= _LARGE * whole.letters
        and not part.holds(main.begin)
        and not (title is not None and part.holds(title))
        and "notes" not in part.uses
        and _is_furniture(part, whole)
    }


def _is_furniture(part: Part, whole: Part) -> bool:
    if "dropped" in part.uses:
        return True
    mostly_links = part.linked * 2 > part.letters
    if part.tag.name in ("header", "footer", "aside") or "furniture" in part.uses:
        return mostly_links or _is_footer(part)
    if part.tag.name == "center" and part.end == whole.end and not part.tabled:
        return _is_footer(part)  # below the table that holds the page, as sites were built before there was a footer
    return whole.linked < whole.letters and is_link_list(part)


def is_link_list(part: Part) -> bool:
    """Many short links to other pages, and hardly anything else."""
    if part.tag.name not in _LINK_LISTS or part.tabled or part.links < _FEW_LINKS:
        return False
    return part.linked >= _ALL_LINKED * part.letters and part.linked <= _SHORT_LINK * part.links


def _is_footer(part: Part) -> bool:
    if part.letters > _FOOTER or part.tag.name in ("header", "aside"):
        return False
    return bool(_site().search(cell_text(part.tag)))


@cache
def _site() -> re.Pattern[str]:
    return re.compile("|".join(pattern for use, pattern, _ in rows("html_lines.tsv") if use == "footer"), re.I)


def boxes(parts: Iterable[Part], main: Part, dropped: set[int]) -> set[int]:
    """The elements that set a text apart in a frame. Where much of the page would be in frames, they are layout."""
    found = [part for part in parts if _is_box(part) and id(part.tag) not in dropped and main.holds(part.begin)]
    small = [part for part in found if part.tag is not main.tag and 0 < part.letters <= _MOST * main.letters]
    return {id(part.tag) for part in small} if _outer(small) <= _MOST * main.letters else set()


def _is_box(part: Part) -> bool:
    return part.framed or "box" in part.uses or part.tag.name in ("aside", "fieldset", "details")


def quotes(parts: Iterable[Part], main: Part) -> set[int]:
    """The block quotations. Where they hold much of the page, they are there to indent it."""
    found = [part for part in parts if part.tag.name == "blockquote" or "quote" in part.uses]
    return {id(part.tag) for part in found} if _outer(found) <= _LARGE * main.letters else set()


def _outer(parts: Iterable[Part]) -> int:
    """The letters in the parts; what stands in several is counted once."""
    return sum(part.letters for part in _outermost(parts))


def captions(parts: Iterable[Part]) -> set[int]:
    return {
        id(part.tag)
        for part in parts
        if part.tag.name in ("figcaption", "caption") or ("caption" in part.uses and part.letters <= _CAPTION)
    }
