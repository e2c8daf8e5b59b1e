"""Whether XML is built as its format wants it, by the rows of ``lexicon/xml_structure.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tongwen.errors import InvalidExport
from tongwen.exchange.markup import LANG, Element, children, local
from tongwen.exchange.tags import ID, TAG
from tongwen.lexicon import rows

# What ISO 30042 lets stand at each level beside the terms.
_AUX = "(?:(?:admin|adminGrp|descrip|descripGrp|note|ref|transacGrp|xref) )"
HINT = "This is a fault of Tongwen, not of your termbase; another format may do until it is mended."
ENTRY_HINT = "Mend it in the termbase."


class Shape(NamedTuple):
    """``children``: None of an element that holds text alone."""

    needed: frozenset[str]
    allowed: frozenset[str]
    children: re.Pattern[str] | None


@cache
def shapes(form: str) -> dict[str, Shape]:
    """By the names of the elements of one format: ``tbx``, ``martif``, ``tmx`` or ``mtf``."""
    return {row[1]: _shape(row[2], row[3]) for row in rows("xml_structure.tsv") if row[0] == form}


def _shape(attributes: str, pattern: str) -> Shape:
    names = attributes.split()
    needed = frozenset(name for name in names if not name.endswith("?"))
    within = None if pattern == "-" else re.compile(pattern.replace("(@aux)", _AUX))
    return Shape(needed, frozenset(name.rstrip("?") for name in names), within)


def check_structure(root: Element) -> None:
    """:raises InvalidExport: with the first thing that is wrong"""
    known, ids = shapes(local(root)), frozenset(_ids(root))
    for element in root.iter():
        for fault in _faults(element, known.get(local(element)), ids):
            raise InvalidExport(f"The {local(root)} file was not written: {fault}{near(element)}.", _hint(fault))


def _hint(fault: str) -> str:
    return ENTRY_HINT if fault.startswith("“") else HINT


def _ids(root: Element) -> Iterator[str]:
    """:raises InvalidExport: two elements share an id"""
    seen: set[str] = set()
    for element in root.iter():
        if (key := element.get("id") or element.get("tuid")) is None:
            continue
        if key in seen:
            raise InvalidExport(f"The {local(root)} file was not written: the id “{key}” stands twice.", ENTRY_HINT)
        seen.add(key)
        yield key


def _faults(element: Element, shape: Shape | None, ids: frozenset[str]) -> Iterator[str]:
    name = local(element)
    if shape is None:
        yield f"<{name}> has no place in it"
        return
    has = {"lang" if key == LANG else key for key in element.attrib}
    if has - shape.allowed or shape.needed - has:
        yield f"<{name}> has the attributes {sorted(has)} and should have {sorted(shape.allowed)}"
    within = "".join(f"{local(child)} " for child in children(element))
    if shape.children is None and (within or not (element.text or "").strip(" \t\r\n")):
        yield f"<{name}> should hold text and nothing else"
    if shape.children is not None and not shape.children.fullmatch(within):
        yield f"<{name}> cannot hold “{within.strip()}” in this order"
    yield from _values(element, ids)


def _values(element: Element, ids: frozenset[str]) -> Iterator[str]:
    key, target = element.get("id") or element.get("tuid"), element.get("target")
    language = element.get(LANG) or element.get("lang")
    if key is not None and not ID.fullmatch(key):
        yield f"“{key}” is no id: ASCII letters, digits, '-', '_' and '.', a letter first"
    if language is not None and not TAG.fullmatch(language):
        yield f"“{language}” is no language tag"
    if target is not None and target not in ids:
        yield f"“{target}” is linked and is not in it"


def near(element: Element) -> str:
    """The entry in which ``element`` stands, as the end of a sentence."""
    around = [element, *element.iterancestors()]
    return next((f", in the concept {key}" for e in around if (key := e.get("id") or e.get("tuid"))), "")
