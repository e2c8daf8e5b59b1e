"""The numbers that a browser prints before the items of an ordered list: HTML standard, section 4.4.5 and 4.4.8."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4.element import Tag

from tongwen.decode.html_walk import elements, value
from tongwen.numerals import to_roman

_LISTS = elements("list")
_LARGEST_ROMAN = 3999
_INTEGER = re.compile(r"[-+]?\d{1,9}", re.ASCII)
_UNSEEN = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.I)
# What a printed text begins with where its author numbers it: (一), 1., 一、, 第一, ①, a)
_NUMBERED = re.compile(
    r"[(（\[〔【]?(?:第? ?[\d０-９〇○零一二三四五六七八九十百]+|[a-z]|[ivxlc]+|[甲乙丙丁戊己庚辛壬癸]) ?"
    r"(?:[-.．]\d+)*(?:[)）\]〕】、:：条條项項款章節节]|[.．](?![\da-z]))|\d+(?:\.\d+)+\s"
    r"|[\u2160-\u217f\u2460-\u249b\u3220-\u3229\u2776-\u2793]|§",
    re.I,
)


@dataclass(slots=True)
class _List:
    style: str | None  # None: nothing is printed
    next: int
    step: int = 1


@dataclass(slots=True)
class Numbers:
    """The lists that are open, from the outermost."""

    open: list[_List] = field(default_factory=list)

    def begin(self, tag: Tag) -> str:
        """Enter a list or one of its items: the number that is printed before the item, "" where there is none."""
        if tag.name in _LISTS:
            self.open.append(_list_of(tag))
        if tag.name != "li" or not self.open:
            return ""
        inner = self.open[-1]
        own = _integer(value(tag, "value"))
        number = inner.next if own is None else own
        inner.next = number + inner.step
        style = None if _UNSEEN.search(value(tag, "style")) else inner.style
        return "" if style is None else f"{_printed(number, _case(tag, 'type') or style)}. "

    def end(self, tag: Tag) -> None:
        if tag.name in _LISTS and self.open:
            self.open.pop()


def is_numbered(printed: str) -> bool:
    """Whether the author has printed a number before the text."""
    return bool(_NUMBERED.match(printed.lstrip()))


def _list_of(tag: Tag) -> _List:
    if tag.name != "ol" or _UNSEEN.search(value(tag, "style")):
        return _List(None, 1)
    down = "reversed" in tag.attrs
    start = _integer(value(tag, "start"))
    if start is None:
        start = len(tag.find_all("li", recursive=False)) if down else 1
    return _List(_case(tag, "type"), start, -1 if down else 1)


def _case(tag: Tag, name: str) -> str:
    """An attribute's value as it is written: a and A are not the same here."""
    return str(tag.attrs.get(name, "")).strip()


def _integer(printed: str) -> int | None:
    match = _INTEGER.match(printed)
    return int(match[0]) if match else None


def _printed(number: int, style: str) -> str:
    if style in ("a", "A") and number > 0:
        return _cased(_letters(number), style)
    if style in ("i", "I") and 0 < number <= _LARGEST_ROMAN:
        return _cased(to_roman(number), style)
    return str(number)


def _cased(printed: str, style: str) -> str:
    return printed.upper() if style.isupper() else printed


def _letters(number: int) -> str:
    """a … z, aa, ab …"""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
