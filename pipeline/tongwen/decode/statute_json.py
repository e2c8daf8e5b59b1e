"""A statute as the Ministry of Justice publishes it: JSON, one statute a file, read as it is printed.

The text is the name, the history, the preface and then headings and articles, each on lines of its own, wrapped as in
the file: an article is its number on a line and its text below. Chapters are one level below the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tongwen.decode.charset import decode_bytes
from tongwen.decode.content import Content
from tongwen.decode.plain import LINE
from tongwen.decode.statute_fields import Fields, metadata_of, names, parts_of, statute, text_of, title_of
from tongwen.model import Block, Problem, Span

_COUNT = re.compile(r"\d+")
_NUMERAL = re.compile(r"[(（]?[\d一二三四五六七八九十]+[)）、.．]")
_DEEPEST = 5


@dataclass(slots=True)
class _Writer:
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)

    def heading(self, printed: str, level: int) -> None:
        printed = " ".join(printed.split())
        self.blocks.append(Block("heading", Span(self.length, self.length + len(printed)), level))
        self._write(printed)

    def lines(self, printed: str) -> None:
        if printed:
            printed = "\n".join([line.rstrip() for line in printed.splitlines()])
            at = self.length
            self.blocks += [Block("line", Span(at + m.start(), at + m.end())) for m in LINE.finditer(printed)]
            self._write(printed)

    def _write(self, printed: str) -> None:
        self.pieces += (printed, "\n")
        self.length += len(printed) + 1


def read_statute_json(data: bytes, name: str) -> Content:
    """``name`` is the file's.

    :raises UnreadableFile: no JSON, JSON of another shape, or several statutes in one file
    """
    decoded = decode_bytes(data, name, "utf-8")
    law = statute(decoded.text, name)
    writer = _Writer()
    writer.heading(title_of(law), 1)
    writer.lines(text_of(law, "history"))
    writer.lines(text_of(law, "preface"))
    _write(parts_of(law), writer)
    text = "".join(writer.pieces).rstrip("\n")
    metadata = {**metadata_of(law), "encoding": decoded.encoding}
    return Content(text, tuple(writer.blocks), (title_of(law),), metadata, tuple(_told(decoded.problems, text)))


def _write(parts: list[Fields], writer: _Writer) -> None:
    counted = _is_counted(parts)
    for part in parts:
        if heading := text_of(part, "heading"):
            writer.heading(heading, 1 + _level(heading))
        if not counted:
            writer.lines(text_of(part, "number"))
        writer.lines(text_of(part, "body"))


def _is_counted(parts: list[Fields]) -> bool:
    """Whether the numbers merely count the paragraphs, which have numbers of their own or are only one."""
    numbered = [part for part in parts if text_of(part, "number")]
    bare = all(_COUNT.fullmatch(text_of(part, "number")) for part in numbered)
    return bare and (len(numbered) == 1 or any(_NUMERAL.match(text_of(part, "body")) for part in numbered))


def _level(heading: str) -> int:
    levels = (int(level) for pattern, level in names("level").items() if re.match(pattern, heading.strip(), re.I))
    return next(levels, _DEEPEST)


def _told(problems: Iterable[Problem], text: str) -> Iterator[Problem]:
    """The problems of the file, each at its place in the text: damage is the same character in both."""
    places = (match.start() for match in re.finditer("\ufffd", text))
    for problem in problems:
        at = next(places, None) if problem.code == "undecodable-byte" and problem.span else None
        yield Problem(problem.code, problem.message, problem.hint, None if at is None else Span(at, at + 1))
