"""A file pasted together from several encodings: a line that another encoding reads well is read in that one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongwen.decode.codecs import MARK, codec_of, read_marked
from tongwen.decode.doublebyte import read_double
from tongwen.decode.plausible import plausibility
from tongwen.model import Problem, Span

_OTHERS = ("utf-8", "gb18030", "big5")
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3}")
_BETTER = 0.5  # plausibility
_LEAST = 4  # bytes beyond ASCII: fewer say nothing about their encoding
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_MOST = 20  # lines that are told one by one


def may_be_mixed(data: bytes, encoding: str) -> bool:
    """Whether it pays to look line by line."""
    if encoding == "utf-8":
        return not _is_valid(data, "utf-8")
    return encoding in ("gbk", "gb18030", "big5") and _UTF8_RUN.search(data) is not None


def read_mixed(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with marks, and a problem for each line that is in another encoding than ``encoding``."""
    pieces: list[str] = []
    foreign: list[tuple[Span, str]] = []
    position = 0
    for line in data.splitlines(keepends=True):
        text, read_as = _line(line, encoding)
        if read_as != encoding:
            foreign.append((Span(position, position + len(text.rstrip())), read_as))
        pieces.append(text)
        position += len(text)
    return "".join(pieces), tuple(_problems(foreign, encoding))


def _line(line: bytes, encoding: str) -> tuple[str, str]:
    text = _read(line, encoding)
    if line.isascii() or (MARK not in text and (encoding == "utf-8" or not _UTF8_RUN.search(line))):
        return text, encoding
    if len(_BEYOND_ASCII.findall(line)) < _LEAST:
        return text, encoding
    others = [
        (_read(line, other), other) for other in _OTHERS if other != encoding and _is_valid(line, codec_of(other))
    ]
    best = max(others, key=lambda found: plausibility(found[0]), default=(text, encoding))
    return best if plausibility(best[0]) > plausibility(text) + _BETTER else (text, encoding)


def _read(line: bytes, encoding: str) -> str:
    codec = codec_of(encoding)
    return read_double(line, codec) if codec in ("gb18030", "big5") else read_marked(line, codec)


def _is_valid(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _problems(foreign: list[tuple[Span, str]], encoding: str) -> Iterator[Problem]:
    hint = "Check the characters; the file was probably put together from several."
    for span, other in foreign[:_MOST]:
        yield Problem("mixed-encoding", f"This line is in {other}, the file in {encoding}.", hint, span)
    if len(foreign) > _MOST:
        yield Problem("mixed-encoding", f"{len(foreign) - _MOST} more lines are in another encoding.", hint)
