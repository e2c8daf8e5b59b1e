"""Changes to a text: as a person, a program or an enemy would make them. Bytes alone are left to the fuzzer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

_LINES = re.compile(r"(?<=\n)")
_SIGNS = (
    *"\n\r\t 　\0\f\v\x1b\u2028\u2029\ufeff\u200b\u200d\u202e\u00ad\u0301\ud800\udfff😀𠮷",
    *"0123456789一二三十百千〇零①⑳㈠（）()[]【】《》「」『』“”‘’、，。；：:;,.…—-–_=+*#|&<>\"'`~^%$@!?/\\",
    *"│┌┐└┘├┤┬┴┼─━┃○●△□■•·",
    "\r\n",
    "\n\n\n",
)
_RUNS = (2, 3, 7, 30, 300, 3000)


def changed(data: bytes, words: Sequence[str], other: bytes, largest: int, seed: int) -> bytes:
    """``data`` after a few changes; ``other``: an input from which a part may be taken."""
    random = Random(seed)
    text, beside = (piece.decode("utf-8", "surrogateescape") for piece in (data, other))
    for _ in range(random.choice((1, 1, 2, 3, 5, 8))):
        text = random.choice(_CHANGES)(text, words, beside, random)
    return text.encode("utf-8", "surrogatepass" if _lone(text) else "surrogateescape")[:largest]


def _lone(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" and not "\udc80" <= sign <= "\udcff" for sign in text)


def _span(text: str, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.choice((0, 1, 1, 2, 5, 20, 100, 1000)))


def _cut(text: str, _: Sequence[str], __: str, random: Random) -> str:
    start, end = _span(text, random)
    return text[:start] + text[end:]


def _word(text: str, words: Sequence[str], _: str, random: Random) -> str:
    start, end = _span(text, random) if random.random() < 0.3 else (random.randint(0, len(text)),) * 2
    put = random.choice(words) if words and random.random() < 0.7 else random.choice(_SIGNS)
    return text[:start] + put + text[end:]


def _run(text: str, words: Sequence[str], _: str, random: Random) -> str:
    """The same again and again: what a rule with two ways to read it takes longest with."""
    start, end = _span(text, random)
    unit = random.choice((text[start : min(end, start + 30)], random.choice(_SIGNS), random.choice(words or _SIGNS)))
    return text[:start] + unit * random.choice(_RUNS) + text[start:]


def _copy(text: str, _: Sequence[str], beside: str, random: Random) -> str:
    source = random.choice((text, beside))
    start, end = _span(source, random)
    at = random.randint(0, len(text))
    return text[:at] + source[start:end] + text[at:]


def _lines(text: str, _: Sequence[str], beside: str, random: Random) -> str:
    """Lines in another order, or some of another text between them."""
    lines = _LINES.split(text)
    if random.random() < 0.5:
        a, b = random.randrange(len(lines)), random.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    else:
        others = _LINES.split(beside)
        start = random.randrange(len(others))
        lines[random.randrange(len(lines)) : 0] = others[start : start + random.choice((1, 2, 5, 20))]
    return "".join(lines)


def _number(text: str, _: Sequence[str], __: str, random: Random) -> str:
    """One number as another: none, a negative, a huge one."""
    found = list(re.finditer(r"\d+", text))
    if not found:
        return text
    match = random.choice(found)
    put = random.choice(("0", "1", "-1", "2", "255", "65536", "4294967296", "9" * 40, "9" * 5000, "٣", "²", "1e9"))
    return text[: match.start()] + put + text[match.end() :]


_CHANGES: tuple[Callable[[str, Sequence[str], str, Random], str], ...] = (
    _cut,
    _word,
    _word,
    _run,
    _copy,
    _lines,
    _number,
)
