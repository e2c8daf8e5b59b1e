"""How much a text, as read in some encoding, looks like one."""

from __future__ import annotations

import re
from functools import cache

from tongwen.decode.codecs import MARK
from tongwen.lexicon import rows

_PUNCTUATION = "、。〈〉《》「」『』【】〔〕・〇　“”‘’—…·–•％！（），．：；？～￥－＋０１２３４５６７８９"
_COMMON, _RARE, _BAD, _LATIN, _OTHER, _ASCII = "crblo."
_ALONE = re.compile(r"(?<![crblo])l(?![crblo])")  # an accented letter stands among plain ones
_WEIGHTS = {_COMMON: 1.0, _RARE: -0.5, _BAD: -2.0, _LATIN: -0.6, _OTHER: -0.2}
_ALONE_BONUS = 1.2
_ASCII_WEIGHT, _ASCII_VALUE = 0.1, 0.05  # little evidence: every encoding in question reads ASCII alike


@cache
def common() -> frozenset[str]:
    """The characters that most texts are made of, of both scripts (lexicon/common_hanzi.tsv), and punctuation."""
    return frozenset(_PUNCTUATION).union(*(hanzi for _, hanzi, _ in rows("common_hanzi.tsv")))


CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""Characters that no text holds: all controls but white space."""


class _Classes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = kind = _class_of(chr(code))
        return kind


def _class_of(character: str) -> str:
    if CONTROL.match(character) or "\ue000" <= character <= "\uf8ff" or character in (MARK, "\ufffd"):
        return _BAD
    if character < "\x80":
        return _ASCII
    if character in common():
        return _COMMON
    if character < "\u0250":
        return _LATIN
    return _RARE if "\u3400" <= character <= "\u9fff" or character > "\U00010000" else _OTHER


@cache
def _classes() -> _Classes:
    return _Classes()


_SURELY = 0.18
"""Among the characters beyond ASCII, the share of those that are not common, up to which a text reads well whatever
they are: each takes at most 2 from the sum of all, which leaves 0.45 for each and more."""


@cache
def _unusual() -> re.Pattern[str]:
    return re.compile(f"[^\t\n\x0c\r -~{re.escape(''.join(sorted(common())))}]")


def is_plausible(text: str) -> bool:
    """Whether a text surely has a plausibility of 0.45 and more, and no controls; found without weighing it."""
    whole = text.encode("utf-8", "surrogatepass")  # half a character, where a sample was cut in one, is a mark
    beyond = (len(whole) - len(text)) / 3  # at least so many, as none takes more than 4 bytes
    unusual = _unusual().findall(text)  # all controls among them
    return len(unusual) <= _SURELY * beyond and not CONTROL.search("".join(unusual))


def plausibility(text: str) -> float:
    """From -2 (nothing can be read) to 1 (common characters only); plain ASCII has 0.5."""
    classes = text.translate(_classes())
    counts = {kind: classes.count(kind) for kind in _WEIGHTS}
    ascii_only = len(classes) - sum(counts.values())
    value = sum(_WEIGHTS[kind] * count for kind, count in counts.items()) + _ASCII_VALUE * ascii_only
    value += _ALONE_BONUS * sum(1 for _ in _ALONE.finditer(classes))
    weight = sum(counts.values()) + _ASCII_WEIGHT * ascii_only
    return value / weight if weight else 0.0
