"""Styles: what a paragraph or a run inherits (ECMA-376 part 1, section 17.7), and what a style's name says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal
from xml.etree.ElementTree import Element

from tongwen.decode.docx.borders import is_drawn, signature
from tongwen.decode.docx.elements import child, children, name, number, switch, value
from tongwen.lexicon import rows

Role = Literal["heading", "title", "quote", "caption", "plain"]
_LEVELS = range(1, 10)
_BODY = 9  # the outline level that says: no heading


@dataclass(frozen=True, slots=True)
class Style:
    """``outline``: from 0, 9 for none; ``border`` of paragraphs, ``drawn`` of tables; None: the style does not say."""

    name: str = ""
    base: str = ""
    outline: int | None = None
    num_id: str | None = None
    level: int | None = None
    hidden: bool | None = None
    raised: bool | None = None
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
    resolved: dict[str, Style] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)

    def of(self, id_: str) -> Style:
        """The style with what it inherits; one that says nothing where there is no such style."""
        if id_ not in self.styles:
            return _UNSAID
        if id_ not in self.resolved:
            self.resolved[id_] = _merged(list(self._upwards(id_)))
        return self.resolved[id_]

    def part(self, id_: str) -> Part:
        """What its paragraphs are: the nearest style decides that says it by its name or an outline level."""
        if id_ not in self.parts:
            self.parts[id_] = next((part for style in self._upwards(id_) if (part := _part(style))), PLAIN)
        return self.parts[id_]

    def _upwards(self, id_: str) -> Iterator[Style]:
        """The style and those on which it is based, nearest first."""
        seen: set[str] = set()
        while id_ in self.styles and id_ not in seen:
            seen.add(id_)
            yield self.styles[id_]
            id_ = self.styles[id_].base


_UNSAID = Style()


def _merged(chain: list[Style]) -> Style:
    def said(what: str) -> Any:
        return next((found for style in chain if (found := getattr(style, what)) is not None), None)

    return Style(**{each.name: said(each.name) for each in fields(Style)})


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
        num_id=value(child(paragraph, "numPr", "numId")) or None,
        level=number(child(paragraph, "numPr", "ilvl")),
        hidden=switch(child(run, "vanish")),
        raised=_raised(run),
        bold=switch(child(run, "b")),
        border=signature(child(paragraph, "pBdr")),
        drawn=is_drawn(child(table, "tblBorders")),
        first_row=conditional or None,
    )


def _raised(run: Element | None) -> bool | None:
    aligned = child(run, "vertAlign")
    return None if aligned is None else value(aligned) == "superscript"


def is_hidden(run: Element | None, styles: Styles, paragraph: Style) -> bool:
    """Whether a run's text is not printed: by its own properties, its style or its paragraph's."""
    own = switch(child(run, "vanish"))
    if own is None and run is not None:
        own = styles.of(value(child(run, "rStyle"))).hidden
    return bool(paragraph.hidden if own is None else own)


def is_raised(run: Element | None, styles: Styles) -> bool:
    """Whether it is set high."""
    own = _raised(run)
    return bool(styles.of(value(child(run, "rStyle"))).raised if own is None else own)


def is_bold(run: Element | None, styles: Styles, paragraph: Style) -> bool:
    own = switch(child(run, "b"))
    if own is None and run is not None:
        own = styles.of(value(child(run, "rStyle"))).bold
    return bool(paragraph.bold if own is None else own)
