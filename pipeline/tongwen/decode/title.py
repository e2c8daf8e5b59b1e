"""A document's title: what the mark-up says, or the line of a plain text that looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tongwen.decode.content import Content
from tongwen.lexicon import rows
from tongwen.model import Span

_SPACE = re.compile(r"\s+")
_CLOSED = re.compile(r"[。！？；：，,;:!?、]$|[。；]")
_RUNNING = re.compile(r"^[ \t]*\d{1,4}[ \t\u3000]{2,}(\S[^\n]{7,80})$", re.M)
_LONGEST = 60
_SHORT = 18  # no paragraph is wrapped at fewer characters
_FIRST_LINES = 12


@cache
def _marks(kind: str) -> tuple[str, ...]:
    return tuple(text for mark, text, _ in rows("title_marks.tsv") if mark == kind)


def title_of(content: Content, name: str) -> str:
    """The best title that ``content`` offers; without one, ``name``."""
    offered = (tidy(title) for title in content.titles)
    return next((title for title in offered if title and not is_label(title)), "") or _printed(content) or name


def tidy(title: str) -> str:
    return _SPACE.sub(" ", title).strip()


def is_label(line: str) -> bool:
    return line.lower() in _marks("label")


def _printed(content: Content) -> str:
    """The title by its place and look: near the top; else as the running head that a page has left in the text."""
    top = list(_top(content))
    strong = (line for line in top if line.lower().endswith(_marks("ending")))
    running = (tidy(match[1]) for match in _RUNNING.finditer(content.text))
    return next(strong, "") or next(iter(top[:1]), "") or next((head for head in running if _may_be(head)), "")


def _top(content: Content) -> Iterator[str]:
    """The lines above the body that stand alone and may be a title."""
    spans = [block.span for block in content.blocks[: _FIRST_LINES + 1]]
    for number, span in enumerate(spans[:_FIRST_LINES]):
        line = tidy(span.of(content.text))
        named = line.lower().endswith(_marks("ending"))
        if is_label(line) or (not named and _wraps(content.text, span, spans[number + 1 :])):
            continue
        if not _may_be(line):
            return
        yield line


def _may_be(line: str) -> bool:
    return len(line) <= _LONGEST and not _CLOSED.search(line) and not line.startswith(_marks("head"))


def _wraps(text: str, span: Span, after: Iterable[Span]) -> bool:
    """Whether the line is one of a paragraph's: the next follows without a gap, is as long or ends a sentence."""
    following = next(iter(after), None)
    if following is None or text.count("\n", span.end, following.start) != 1:
        return False
    return len(span) > _SHORT and (len(following) + 2 >= len(span) or bool(_CLOSED.search(following.of(text))))
