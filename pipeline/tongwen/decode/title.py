"""A document's title: what the mark-up says, or the line of a plain text that looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tongwen.decode.captions import caption
from tongwen.decode.content import Content
from tongwen.lexicon import rows
from tongwen.model import Block

_SPACE = re.compile(r"\s+")
_CLOSED = re.compile(r"[。！？；：，,;:!?、]$|[。；]")
_RUNNING = re.compile(r"^[ \t]*\d{1,4}[ \t\u3000]{2,}(\S[^\n]{7,80})$", re.M)
_BARE = re.compile(r"^[\W_]+|[\W_]+$")
_LONGEST = 60
_SHORT = 18  # no paragraph is wrapped at fewer characters
_FIRST_LINES = 12


@cache
def _marks(kind: str) -> tuple[str, ...]:
    return tuple(text for mark, text, _ in rows("title_marks.tsv") if mark == kind)


def title_of(content: Content, name: str) -> str:
    """The best title that ``content`` offers; without one, ``name``."""
    offered = (tidy(title) for title in content.titles)
    return next((title for title in offered if _is_name(title)), "") or _printed(content) or name


def _is_name(title: str) -> bool:
    """Whether an offered title says what the document is: no label, and no mere number of a file."""
    return sum(map(str.isalpha, title)) > sum(map(str.isdigit, title)) and not is_label(title)


def tidy(title: str) -> str:
    return _SPACE.sub(" ", title).strip()


def is_label(line: str) -> bool:
    return _BARE.sub("", line).lower() in _marks("label")


@cache
def _masthead() -> re.Pattern[str]:
    """What stands above a title and is none: the symbol of a document, its organ, a convention's number."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in _marks("masthead")), re.IGNORECASE)


@cache
def _field() -> re.Pattern[str]:
    """A line that says that it has the title: 法規名稱：…, 名　　稱：…, 【法规标题】…"""
    name = f"(?:{'|'.join(' ?'.join(map(re.escape, field)) for field in _marks('field'))})"
    before = rf"(?:{name}\s*[:：]|[【\[〔［]\s*{name}\s*[】\]〕］]\s*[:：]?)\s*"
    return re.compile(rf"{before}(?:《(?P<quoted>[^《》]+)》|(?P<title>\S.*))", re.IGNORECASE)


def _printed(content: Content) -> str:
    """The title as a line near the top says it, or by its place and look there; else the running head that a page has
    left in the text."""
    if told := next(_told(content), ""):
        return told
    top = list(_top(content))
    strong = (line for line in top if line.lower().endswith(_marks("ending")))
    running = (tidy(match[1]) for match in _RUNNING.finditer(content.text))
    return next(strong, "") or next(iter(top[:1]), "") or next((head for head in running if _may_be(head)), "")


def _told(content: Content) -> Iterator[str]:
    for block in content.blocks[:_FIRST_LINES]:
        if told := _field().fullmatch(tidy(block.span.of(content.text))):
            title = told["quoted"] or told["title"]
            if len(title) <= 2 * _LONGEST and _is_name(title) and not _CLOSED.search(title):
                yield title


def _top(content: Content) -> Iterator[str]:
    """The lines above the body that stand alone and may be a title."""
    blocks = content.blocks[: _FIRST_LINES + 1]
    for number, block in enumerate(blocks[:_FIRST_LINES]):
        line = tidy(block.span.of(content.text))
        named = line.lower().endswith(_marks("ending"))
        if (
            is_label(line)
            or _masthead().fullmatch(line)
            or (not named and _wraps(content.text, blocks[number : number + 2]))
        ):
            continue
        if not _may_be(line):
            return
        yield _whole(content.text, blocks[number : number + 3], line)


def _whole(text: str, blocks: Sequence[Block], line: str) -> str:
    """A title that is wrapped: its second line stands right below, and a blank one follows."""
    if len(blocks) < 3 or {block.kind for block in blocks[:2]} != {"line"}:
        return line
    first, second, after = (block.span for block in blocks)
    below = tidy(second.of(text))
    near = text.count("\n", first.end, second.start) == 1 and text.count("\n", second.end, after.start) > 1
    whole = line + (" " if line[-1] < "\u2e80" and below[0] < "\u2e80" else "") + below
    near = near and not _masthead().fullmatch(below)
    return whole if near and len(second) < len(first) and _may_be(below) and len(whole) <= 2 * _LONGEST else line


def _may_be(line: str) -> bool:
    named = caption().match(line)
    plain = len(line) <= _LONGEST and not _CLOSED.search(line) and not line.startswith(_marks("head"))
    return plain and not (named and named["set_off"] is not None)


def _wraps(text: str, pair: Sequence[Block]) -> bool:
    """Whether the first is a line of a paragraph: the second follows without a gap, is as long or ends a sentence."""
    if len(pair) < 2 or {block.kind for block in pair} != {"line"}:
        return False
    line, following = pair[0].span, pair[1].span
    if len(line) <= _SHORT or text.count("\n", line.end, following.start) != 1:
        return False
    return len(following) + 2 >= len(line) or bool(_CLOSED.search(following.of(text)))
