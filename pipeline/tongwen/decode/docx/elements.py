"""Elements of WordprocessingML by their local names: the transitional and the strict namespaces say the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

_OFF = frozenset(("0", "false", "off"))


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]


def name(element: Element) -> str:
    return _local(element.tag)


def children(element: Element, wanted: str) -> Iterator[Element]:
    return (child for child in element if _local(child.tag) == wanted)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names, None where there is none."""
    for wanted in path:
        if element is None:
            return None
        for found in element:  # spelt out, as it is asked a million times in a large document
            if _local(found.tag) == wanted:
                element = found
                break
        else:
            return None
    return element


def value(element: Element | None, attribute: str = "val") -> str:
    """An attribute, "" where it or the element is missing."""
    if element is None:
        return ""
    return next((found for key, found in element.items() if _local(key) == attribute), "")


def number(element: Element | None, attribute: str = "val") -> int | None:
    """An attribute that is a number from -999,999 to 999,999."""
    printed = value(element, attribute).strip()
    digits = printed.removeprefix("-")
    return int(printed) if digits.isascii() and digits.isdecimal() and len(digits) < 7 else None


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and value(element) not in _OFF


def switch(element: Element | None) -> bool | None:
    """The same where what is not said is inherited: None."""
    return None if element is None else is_on(element)
