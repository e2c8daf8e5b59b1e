"""From bytes to text, whatever the encoding: what is declared is tried first, then what else it may be.

Sources: WHATWG Encoding Standard (names, byte order marks); the choice among several is by ``plausibility``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tongwen.decode.codecs import codec_of, encoding_of, read_marked
from tongwen.decode.damage import found_damage
from tongwen.decode.doublebyte import read_double
from tongwen.decode.mixed import may_be_mixed, read_mixed
from tongwen.decode.plausible import CONTROL, is_plausible, plausibility
from tongwen.errors import UnreadableFile
from tongwen.model import Problem, Span

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = ("utf-16le", "utf-16be")  # in which a line's end has a NUL
_CANDIDATES = ("utf-8", "gb18030", "big5", "windows-1252", *_WIDE)
_DOUBLE = ("gb18030", "big5")
_SAMPLE = 24_576  # bytes, from the beginning, the middle and the end
_SURE = 0.45  # plausibility from which no other encoding is tried
_MARGIN = 0.1  # by how much another encoding must be better than what is declared
_BINARY = 0.05  # share of control characters from which a file is no text,
_SPOILT_TEXT = 0.25  # unless what stands between them reads well, and up to this share
_NO_TEXT = -0.25  # plausibility: a text in any other language has more
_SHORT = 64  # characters: of fewer, one damaged place may be a large part
_SAFE_CUT = re.compile(rb"[\x00-\x2f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """``encoding`` by its name in the standard."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode_bytes(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """``data`` as text without byte order mark. What cannot be read is one U+FFFD for each damaged place.

    :raises UnreadableFile: the bytes are no text in any encoding; ``name`` is the file's
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    data = data[len(mark) :]
    if encoding in ("", "utf-8") and encoding_of(declared or "utf-8") == "utf-8" and (plain := _plain(data)):
        return Decoded(plain, "utf-8")
    encoding = encoding or _choose(data, encoding_of(declared or ""))
    if _is_binary(data, encoding, certain=bool(mark)):
        raise UnreadableFile(f"{name} is not a text.", "Save its text as TXT, Markdown or HTML.")
    mixed = may_be_mixed(data, encoding)
    text, foreign = read_mixed(data, encoding) if mixed else (_read(data, encoding), ())
    text, damage = found_damage(text)
    if not text.strip():
        raise UnreadableFile(f"{name} is empty.", "Delete it, or put its text into it.")
    return Decoded(text, encoding, (*_unknown(declared), *foreign, *damage, *_controls(text)))


def _plain(data: bytes) -> str:
    """The text of a file as nearly all are: UTF-8 throughout, of common characters, without controls; "" of others.

    All tests below would say the same of it, and each reads the file anew.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    sample = text if len(data) <= 3 * _SAMPLE else _trial(_sample(data, "utf-8"), "utf-8")
    return text if is_plausible(sample) and "\0" not in text and not text.isspace() else ""


def _choose(data: bytes, declared: str | None) -> str:
    """The declared encoding, where it reads well; else the one that reads best."""
    others = _CANDIDATES[: -len(_WIDE)] if data.isascii() and b"\0" not in data else _CANDIDATES
    candidates = (declared, *(name for name in others if name != declared)) if declared else others
    best, best_score = "utf-8", -3.0
    for encoding in candidates:
        score = plausibility(_trial(_without_nuls(_sample(data, encoding), encoding), encoding))
        if score > best_score + (_MARGIN if best == declared else 0):
            best, best_score = encoding, score
        if best == encoding and score >= _SURE and _is_clean(data, encoding):
            break
    return best


def _is_clean(data: bytes, encoding: str) -> bool:
    """Whether the encoding cannot be taken for another one: valid UTF-8 never is by chance."""
    if encoding != "utf-8":
        return not data.isascii()
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _sample(data: bytes, encoding: str) -> bytes:
    """Some of the data, cut where no character can be cut in two."""
    if len(data) <= 3 * _SAMPLE:
        return data
    middle = (len(data) // 2) & ~3
    return b"".join(_cut(data, start, encoding) for start in (0, middle, (len(data) - _SAMPLE) & ~3))


def _cut(data: bytes, start: int, encoding: str) -> bytes:
    part = data[start : start + _SAMPLE]
    if encoding.startswith(("utf-16", "utf-32")):
        return part
    begin = _SAFE_CUT.search(part) if start else None
    ends = [match.start() for match in _SAFE_CUT.finditer(part)]
    return part[begin.start() if begin else 0 : ends[-1] if ends else len(part)]


def _without_nuls(sample: bytes, encoding: str) -> bytes:
    """The sample without a few stray NULs, which say nothing about how the rest is to be read."""
    stray = 0 < sample.count(0) <= _SPOILT_TEXT * len(sample) and not encoding.startswith(("utf-16", "utf-32"))
    return sample.replace(b"\0", b"") if stray else sample


def _trial(sample: bytes, encoding: str) -> str:
    """The sample, read without weighing damage: enough to choose by."""
    codec = codec_of(encoding)
    return read_marked(sample, "big5hkscs" if codec == "big5" else codec)


def _read(data: bytes, encoding: str) -> str:
    codec = codec_of(encoding)
    return read_double(data, codec) if codec in _DOUBLE else read_marked(data, codec)


def _is_binary(data: bytes, encoding: str, certain: bool) -> bool:
    """Whether even the encoding that fits best gives no text."""
    sample = _trial(_sample(data, encoding), encoding)
    controls = len(CONTROL.findall(sample))
    if controls > _BINARY * len(sample) + 1:
        rest = CONTROL.sub("", sample)
        return controls > _SPOILT_TEXT * len(sample) or plausibility(rest) < _SURE
    if certain or len(sample) < _SHORT or (encoding == "utf-8" and _is_clean(data, encoding)):
        return False
    return plausibility(sample) < _NO_TEXT


def _unknown(declared: str | None) -> Iterator[Problem]:
    if declared and encoding_of(declared) is None:
        message = f"The file declares the encoding {declared!r}, which is unknown or not to be read."
        yield Problem("unknown-encoding", message, "It was read in the encoding that fits best.")


def _controls(text: str) -> Iterator[Problem]:
    if count := text.count("\0"):
        message = f"The text holds {count} NUL characters." if count > 1 else "The text holds a NUL character."
        place = text.index("\0")
        yield Problem("control-character", message, "Delete them in the source.", Span(place, place + 1))
