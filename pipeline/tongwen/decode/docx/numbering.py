"""Automatic numbers as they are defined: ECMA-376 part 1, section 17.9."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tongwen.decode.docx.elements import child, children, is_on, name, number, value

LEVELS = 9
_SUFFIXES = {"": " ", "tab": " ", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``text``: what is printed, ``%1`` for the number of the first level and so on.

    ``restart``: how many of the levels above begin it anew when they count on; None for all. ``style``: the paragraph
    style that belongs to it. ``suffix``: what stands between the number and the text.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = " "
    legal: bool = False
    restart: int | None = None
    style: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True)
class Abstract:
    levels: Mapping[int, Level]
    link: str = ""  # a numbering style that has the levels instead


@dataclass(frozen=True, slots=True)
class List:
    """A use of an abstract list; lists of one ``abstract`` count together."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    abstracts: dict[str, Abstract] = field(default_factory=dict)
    lists: dict[str, List] = field(default_factory=dict)

    def resolve(self, numbers_of_styles: Mapping[str, str]) -> dict[str, List]:
        """The lists with the levels of the lists that they are linked to by a style."""
        return {id_: self._resolved(found, numbers_of_styles) for id_, found in self.lists.items()}

    def _resolved(self, found: List, numbers_of_styles: Mapping[str, str]) -> List:
        abstract = found.abstract
        for _ in self.abstracts:  # no chain of links is longer
            link = self.abstracts[abstract].link if abstract in self.abstracts else ""
            linked = self.lists.get(numbers_of_styles.get(link, ""))
            if not link or linked is None:
                break
            abstract = linked.abstract
        own = self.abstracts[abstract].levels if abstract in self.abstracts else {}
        return List(abstract, {**own, **found.levels}, found.starts)


def read_numbering(elements: Iterable[Element]) -> Numbering:
    numbering = Numbering()
    for element in elements:
        if name(element) == "abstractNum":
            levels = {at: _level(level) for level in children(element, "lvl") if (at := _place(level)) is not None}
            numbering.abstracts[value(element, "abstractNumId")] = Abstract(
                levels, value(child(element, "numStyleLink"))
            )
        elif name(element) == "num":
            numbering.lists[value(element, "numId")] = _list(element)
    return numbering


def _list(element: Element) -> List:
    levels, starts = {}, {}
    for override in children(element, "lvlOverride"):
        at = _place(override)
        if at is None:
            continue
        if (level := child(override, "lvl")) is not None:
            levels[at] = _level(level)
        if (start := number(child(override, "startOverride"))) is not None:
            starts[at] = start
    return List(value(child(element, "abstractNumId")), levels, starts)


def _place(element: Element) -> int | None:
    at = number(element, "ilvl")
    return at if at is not None and 0 <= at < LEVELS else None


def _level(element: Element) -> Level:
    start = number(child(element, "start"))
    return Level(
        start=0 if start is None else start,
        form=_form(element),
        text=value(child(element, "lvlText")),
        suffix=_SUFFIXES.get(value(child(element, "suff")), " "),
        legal=is_on(child(element, "isLgl")),
        restart=number(child(element, "lvlRestart")),
        style=value(child(element, "pStyle")),
        font=value(child(element, "rPr", "rFonts"), "ascii") or value(child(element, "rPr", "rFonts"), "hAnsi"),
    )


def _form(element: Element) -> str:
    """A format that only newer versions know is given as an alternative."""
    plain = child(element, "numFmt")
    if plain is None:
        plain = child(element, "AlternateContent", "Choice", "numFmt")
    if value(plain) == "custom":
        return "decimalZero" if value(plain, "format").startswith("01") else "decimal"
    return value(plain) or "decimal"
