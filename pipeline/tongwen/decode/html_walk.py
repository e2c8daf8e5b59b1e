"""Going through a parsed page without recursion, past what is no part of its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Literal

from bs4.element import CData, NavigableString, PageElement, PreformattedString, Tag

from tongwen.lexicon import rows

Event = tuple[Literal["open", "close", "text"], PageElement]


def elements(kind: str) -> frozenset[str]:
    """The names of one kind in lexicon/html_elements.tsv."""
    return frozenset(name for listed, names, _ in rows("html_elements.tsv") if listed == kind for name in names.split())


_DROPPED = elements("dropped")
_ROLES = elements("role")
_NO_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
# Where a line of the source ends between two full-width characters, a space would be seen: CSS Text 3, section 4.1.3.
_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003fffd"
_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")


def is_dropped(tag: Tag) -> bool:
    """Whether a browser shows nothing of it, or it is no part of the text."""
    if tag.name in _DROPPED:
        return True
    if not tag.attrs:
        return False
    return "hidden" in tag.attrs or value(tag, "role") in _ROLES or bool(_UNSEEN.search(value(tag, "style")))


def value(tag: Tag, name: str) -> str:
    """An attribute's value in lower case, "" where there is none."""
    found = tag.attrs.get(name, "")
    return (" ".join(found) if isinstance(found, list) else str(found)).strip().lower()


def uses(tag: Tag) -> frozenset[str]:
    """What its class, its id and its role say that it is: the uses of lexicon/html_classes.tsv."""
    if not tag.attrs:
        return frozenset()
    named = _uses(" ".join(_written(tag, name) for name in ("class", "role", "epub:type")))
    return named | frozenset("furniture" if use == "dropped" else use for use in _uses(_written(tag, "id")))


def _written(tag: Tag, name: str) -> str:
    found = tag.attrs.get(name, "")
    return " ".join(found) if isinstance(found, list) else str(found)


@lru_cache(maxsize=4096)  # a page has few, many times
def _uses(names: str) -> frozenset[str]:
    return frozenset(use for name in names.split() for run in _runs(name) for use in _classes().get(run, ()))


def _runs(name: str) -> Iterator[str]:
    """The name as the table has it, and what it is without the endings that say nothing."""
    words = _NO_WORD.sub("-", _CAMEL.sub("-", name).lower()).strip("-").split("-")
    yield "-".join(words)
    while len(words) > 1 and (words[-1].isdecimal() or "ending" in _classes().get(words[-1], ())):
        words.pop()
        yield "-".join(words)


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for use, words, _ in rows("html_classes.tsv"):
        for word in words.split():
            found[word] = (*found.get(word, ()), use)
    return found


def walk(root: Tag, skip: Callable[[Tag], bool] = is_dropped) -> Iterator[Event]:
    """Every element's begin and end and every text, in order; nothing of the elements that ``skip`` says."""
    open_tags: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.contents))]
    while open_tags:
        tag, rest = open_tags[-1]
        child = next(rest, None)
        if child is None:
            open_tags.pop()
            if open_tags:
                yield "close", tag
        elif isinstance(child, Tag):
            if not skip(child):
                yield "open", child
                open_tags.append((child, iter(child.contents)))
        elif isinstance(child, NavigableString) and (not isinstance(child, PreformattedString) or type(child) is CData):
            yield "text", child


def collapse(text: str) -> str:
    """White space as a browser shows it; U+00A0 and U+3000 are characters like others, a soft hyphen is not seen."""
    return _SPACE.sub(" ", _WRAP.sub("", text.replace("\u00ad", ""))).strip(" ")
