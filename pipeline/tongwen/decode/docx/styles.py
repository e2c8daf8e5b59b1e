"""Styles: what a paragraph or a run inherits (ECMA-376 part 1, section 17.7), and what a style's name says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeVar
from xml.etree.ElementTree import Element

from tongwen.decode.docx.borders import is_drawn, signature
from tongwen.decode.docx.elements import child, children, is_on, name, number, switch, value
from tongwen.lexicon import rows

Role = Literal["heading", "title", "quote", "caption", "plain"]
_T = TypeVar("_T")
_LEVELS = range(1, 10)
_BODY = 9  # the outline level that says: no heading


@dataclass(frozen=True, slots=True)
class Style:
    """``outline``: from 0, 9 for none. None, and "" for ``num_id``: the style does not say."""

    name: str
    base: str
    outline: int | None = None
    num_id: str = ""
    level: int | None = None
    hidden: bool | None = None
    bold: bool | None = None
    border: str | None = None
    drawn: bool | None = None
    first_row: bool | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What a paragraph is by its style: a heading's ``level`` counts from 1."""

    role: Role
    level: int = 0


PLAIN = Part("plain")


@dataclass(slots=True)
class Styles:
    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    chains: dict[str, tuple[Style, ...]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)

    def chain(self, id_: str) -> tuple[Style, ...]:
        """The style and those on which it is based, nearest first."""
        if id_ not in self.chains:
            self.chains[id_] = tuple(self._upwards(id_)) if id_ in self.styles else ()
        return self.chains[id_]

    def _upwards(self, id_: str) -> Iterator[Style]:
        seen: set[str] = set()
        while id_ in self.styles and id_ not in seen:
            seen.add(id_)
            yield self.styles[id_]
            id_ = self.styles[id_].base

    def said(self, id_: str, what: Callable[[Style], _T | None]) -> _T | None:
        """The nearest style's word on something."""
        return next((found for style in self.chain(id_) if (found := what(style)) is not None), None)

    def part(self, id_: str) -> Part:
        if id_ not in self.parts:
            self.parts[id_] = self.said(id_, _part) or PLAIN
        return self.parts[id_]


def _part(style: Style) -> Part | None:
    role, level = _names().get(style.name.lower().replace(" ", ""), ("", 0))
    if role == "heading" and style.outline is None:
        return Part("heading", level)
    if role in ("title", "quote", "caption", "plain"):
        return Part(role)  # type: ignore[arg-type]  # which is one of these
    return None if style.outline is None else outlined(style.outline)


def outlined(level: int) -> Part:
    """What an outline level makes of a paragraph."""
    return Part("heading", level + 1) if 0 <= level < _BODY else PLAIN


@cache
def _names() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for role, named, _ in rows("word_styles.tsv"):
        for level in _LEVELS if "{n}" in named else (0,):
            found[named.replace("{n}", str(level))] = (role, level)
    return found


def read_styles(elements: Iterable[Element]) -> Styles:
    styles = Styles()
    for element in elements:
        if name(element) != "style" or not (id_ := value(element, "styleId")):
            continue
        styles.styles[id_] = _style(element)
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
            styles.default = id_
    return styles


def _style(element: Element) -> Style:
    paragraph, run, table = (child(element, wanted) for wanted in ("pPr", "rPr", "tblPr"))
    conditional = any(value(part, "type") == "firstRow" for part in children(element, "tblStylePr"))
    return Style(
        name=value(child(element, "name")),
        base=value(child(element, "basedOn")),
        outline=number(child(paragraph, "outlineLvl")),
        num_id=value(child(paragraph, "numPr", "numId")),
        level=number(child(paragraph, "numPr", "ilvl")),
        hidden=switch(child(run, "vanish")),
        bold=switch(child(run, "b")),
        border=signature(child(paragraph, "pBdr")),
        drawn=is_drawn(child(table, "tblBorders")),
        first_row=conditional or None,
    )


def is_hidden(properties: Element | None, styles: Styles, paragraph_style: str) -> bool:
    """Whether a run's text is not printed, by its own properties, its style or its paragraph's."""
    own = child(properties, "vanish")
    if own is not None:
        return is_on(own)
    style = value(child(properties, "rStyle")) if properties is not None else ""
    inherited = styles.said(style, _hidden) if style else None
    return bool(styles.said(paragraph_style, _hidden) if inherited is None else inherited)


def _hidden(style: Style) -> bool | None:
    return style.hidden
