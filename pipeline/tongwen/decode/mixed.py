"""A file pasted together from several encodings: a line that another encoding reads well is read in that one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongwen.decode.codecs import MARK, codec_of, read_marked
from tongwen.decode.doublebyte import read_double
from tongwen.decode.plausible import plausibility
from tongwen.model import Problem, Span

_OTHERS = ("utf-8", "gb18030", "big5")
_WESTERN = "windows-1252"  # only where UTF-8 fails, and only few letters are accented
_FEW = 0.3  # share of bytes beyond ASCII
_PLAUSIBLE = 0.45  # from which a line is not doubted
_BETTER = 0.5  # plausibility by which another encoding must be better
_CLOSE = 0.3  # plausibility within which the second best may be meant as well
_LEAST = 3  # bytes beyond ASCII: fewer say nothing about their encoding
_LONGEST = 65_536  # bytes: no line that people write is longer, and to doubt one takes time
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_DRAWN = re.compile("[\u2500-\u257f]{2}")  # a table's border, whose bytes are common characters elsewhere
_MOST = 20  # lines that are told one by one


def may_be_mixed(data: bytes, encoding: str) -> bool:
    """Whether it pays to look line by line: valid UTF-8 is never anything else by chance."""
    if encoding == "utf-8":
        return not _is_valid(data, "utf-8")
    return encoding in ("gbk", "gb18030", "big5")


def read_mixed(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with marks, and a problem for each line that is in another encoding than ``encoding``, or may be."""
    pieces: list[str] = []
    foreign: list[tuple[Span, tuple[str, ...]]] = []
    position = 0
    for line in data.splitlines(keepends=True):
        text, read_as = _line(line, encoding)
        if read_as != (encoding,):
            foreign.append((Span(position, position + len(text.rstrip())), read_as))
        pieces.append(text)
        position += len(text)
    return "".join(pieces), tuple(_problems(foreign, encoding))


def _line(line: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The line as the encoding reads it that fits best, and the encodings that fit, the best first."""
    text = _read(line, encoding)
    score = plausibility(text)
    if score >= _PLAUSIBLE or not _is_doubtful(line, text, encoding):
        return text, (encoding,)
    read = [(_read(line, other), other) for other in _others(line, encoding)]
    scored = sorted(((plausibility(found), found, other) for found, other in read), reverse=True)
    best = scored[0][0]
    if best <= score + _BETTER:
        return text, (encoding,)
    return scored[0][1], tuple(other for value, _, other in scored if value > best - _CLOSE)


def _is_doubtful(line: bytes, text: str, encoding: str) -> bool:
    few = len(_BEYOND_ASCII.findall(line)) < _LEAST
    return not (few or _DRAWN.search(text) or len(line) > _LONGEST or (encoding == "utf-8" and MARK not in text))


def _others(line: bytes, encoding: str) -> Iterator[str]:
    yield from (other for other in _OTHERS if codec_of(other) != codec_of(encoding))
    if encoding == "utf-8" and len(_BEYOND_ASCII.findall(line)) < _FEW * len(line):
        yield _WESTERN


def _read(line: bytes, encoding: str) -> str:
    codec = codec_of(encoding)
    return read_double(line, codec) if codec in ("gb18030", "big5") else read_marked(line, codec)


def _is_valid(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _problems(foreign: list[tuple[Span, tuple[str, ...]]], encoding: str) -> Iterator[Problem]:
    hint = "Check the characters; the file was probably put together from several."
    for span, (best, *others) in foreign[:_MOST]:
        or_in = f" (or in {' or '.join(others)}, which fits nearly as well)" if others else ""
        yield Problem("mixed-encoding", f"This line is in {best}{or_in}, the file in {encoding}.", hint, span)
    if len(foreign) > _MOST:
        yield Problem("mixed-encoding", f"{len(foreign) - _MOST} more lines are in another encoding.", hint)
