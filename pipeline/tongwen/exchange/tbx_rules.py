"""Whether data categories stand where TBX-Basic lets them and say what it lets them, by ``lexicon/tbx_basic.tsv``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tongwen.errors import InvalidExport
from tongwen.exchange.markup import Element, local
from tongwen.exchange.structure import HINT, near
from tongwen.lexicon import rows

_LEVELS = {"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec"}  # of 2008 by those of 2019
_TYPED = ("descrip", "admin", "termNote", "ref", "transac", "transacNote", "xref")


class Category(NamedTuple):
    """``values``: empty where the text is free."""

    element: str
    levels: frozenset[str]
    values: frozenset[str]


@cache
def categories() -> dict[str, Category]:
    return {
        name: Category(element, frozenset(levels.split()), frozenset(values.split()) - {"-"})
        for name, element, levels, values, *_ in rows("tbx_basic.tsv")
    }


def check_categories(root: Element) -> None:
    """:raises InvalidExport: with the first thing that is wrong"""
    if local(root) == "tbx" and (root.get("type"), root.get("style")) != ("TBX-Basic", "dca"):
        raise InvalidExport("The tbx file was not written: it does not name its dialect TBX-Basic and its style.", HINT)
    for element in root.iter():
        if local(element) in _TYPED:
            for fault in _faults(element):
                raise InvalidExport(f"The {local(root)} file was not written: {fault}{near(element)}.", HINT)


def _faults(element: Element) -> Iterator[str]:
    name, level = element.get("type"), _level(element)
    rule = categories().get(name)
    if rule is None or rule.element != local(element):
        yield f"TBX-Basic has no <{local(element)}> of the type {name}"
        return
    if level not in rule.levels:
        yield f"{name} stands at {level}, and may stand at {', '.join(sorted(rule.levels))} only"
    if rule.values and element.text not in rule.values:
        yield f"{name} cannot say {element.text}"


def _level(element: Element) -> str:
    """A group counts as what it stands in."""
    around = element.getparent()
    name = local(around)
    return _level(around) if name.endswith("Grp") else _LEVELS.get(name, name)
