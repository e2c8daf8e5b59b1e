"""GB 18030 and Big5 with damage: where a byte was lost or spoilt, the text after it is read in step again.

In these encodings nearly every pair of bytes is a character, so that after one byte too few the codec goes on reading
the second half of one character with the first of the next. Here the whole line is weighed: of all ways to cut it into
characters, the one that costs least (a common character little, a rare one more, a spoilt byte most) is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from tongwen.decode.codecs import MARK, read_marked
from tongwen.decode.plausible import common
from tongwen.lexicon import rows

_COMMON, _RARE, _PRIVATE, _SPOILT = 1.0, 4.0, 7.0, 8.0
_NEXT_SPOILT = 2.5  # with a byte, the rest of its character is lost
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_LONGEST = 65_536  # bytes of a line that are weighed as one
# Bytes below 0x30 are never a part of a longer character.
_PIECE = re.compile(rb"[^\x00-\x2f]*[\x00-\x2f]*")
# What Python's CP950 and Big5-HKSCS read differently: the standard follows HKSCS in these rows.
_HONG_KONG = range(0xC6A1, 0xC8FF)
_HONG_KONG_ONLY = re.compile("[々ぁ-ヿЀ-ӿ①-⑽ⅰ-ⅹ]")

Pairs = Mapping[int, str]
Step = tuple[float, str, int]  # the cost to the end of the line, the character, its width


def read_double(data: bytes, codec: str) -> str:
    """``data`` as text, with a ``MARK`` for each spoilt byte; ``codec`` is "gb18030" or "big5"."""
    whole = _strict(data, codec)
    return whole if whole is not None else "".join(_repaired(piece, codec) for piece in _pieces(data))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        if codec == "gb18030":
            return data.decode("gb18030").translate(_edition_2022())
        text = data.decode("cp950")
    except UnicodeDecodeError:
        return None
    return None if _HONG_KONG_ONLY.search(text) else text


@cache
def _edition_2022() -> dict[int, int]:
    return {int(old[2:], 16): int(new[2:], 16) for old, new, _ in rows("gb18030_2022.tsv")}


def _pieces(data: bytes) -> Iterator[bytes]:
    """The lines; of one too long to be weighed as one, the parts between which no character can reach."""
    for line in data.splitlines(keepends=True):
        if len(line) <= _LONGEST:
            yield line
        else:
            yield from filter(None, _PIECE.findall(line))


def _repaired(piece: bytes, codec: str) -> str:
    strict = _strict(piece, codec)
    if strict is not None:
        return strict
    if len(piece) > _LONGEST:
        return read_marked(piece, "cp950" if codec == "big5" else codec)
    return _cheapest(piece, _pairs(codec), codec == "gb18030")


@cache
def _pairs(codec: str) -> Pairs:
    """Both bytes as one number, to the character."""
    pairs = {}
    for lead in range(0x81, 0xFF):
        for trail in _TRAILS:
            character = _character(bytes((lead, trail)), codec)
            if character:
                pairs[lead << 8 | trail] = character
    return pairs


def _character(pair: bytes, codec: str) -> str:
    if codec == "gb18030":
        return pair.decode(codec, "ignore").translate(_edition_2022())
    first, second = "cp950", "big5hkscs"
    if int.from_bytes(pair, "big") in _HONG_KONG:
        first, second = second, first
    return _one(pair, first) or _one(pair, second)


def _one(pair: bytes, codec: str) -> str:
    try:
        return pair.decode(codec)
    except UnicodeDecodeError:
        return ""


def _cheapest(data: bytes, pairs: Pairs, gb18030: bool) -> str:
    """The cheapest way through ``data`` (Viterbi's algorithm, from the end).

    ``after[n]`` are the costs of what follows a byte that is read (n = 0) or spoilt (n = 1), and the first step.
    """
    end = len(data)
    after: list[list[Step]] = [[(0.0, "", 1)] * (end + 1) for _ in range(2)]
    for at in range(end - 1, -1, -1):
        best = min(_readings(data, at, pairs, gb18030, after[0]), default=(float("inf"), "", 1))
        for spoilt, price in enumerate((_SPOILT, _NEXT_SPOILT)):
            after[spoilt][at] = min(best, (price + after[1][at + 1][0], MARK, 1)) if data[at] > 0x7F else best
    return "".join(_follow(after))


def _readings(data: bytes, at: int, pairs: Pairs, gb18030: bool, after: list[Step]) -> Iterator[Step]:
    """The characters that may begin here: the cost to the end, the character, its width."""
    byte = data[at]
    if byte < 0x80:
        yield (_COMMON if byte >= 0x20 or byte in b"\t\n\r\f" else _PRIVATE) + after[at + 1][0], chr(byte), 1
        return
    if byte == 0x80 and gb18030:
        yield _PRIVATE + after[at + 1][0], "€", 1  # the standard: as Windows' GBK has it
    if at + 1 < len(data):
        for found, width in _longer(data, at, pairs, gb18030):
            yield _price(found) + after[at + width][0], found, width


def _longer(data: bytes, at: int, pairs: Pairs, gb18030: bool) -> Iterator[tuple[str, int]]:
    found = pairs.get(data[at] << 8 | data[at + 1])
    if found:
        yield found, 2
    elif gb18030 and 0x30 <= data[at + 1] <= 0x39:
        four = data[at : at + 4].decode("gb18030", "ignore")
        if len(four) == 1 and ord(four) > 0x7F:
            yield four, 4


def _price(found: str) -> float:
    if found in common():
        return _COMMON
    return _PRIVATE if "\ue000" <= found <= "\uf8ff" else _RARE


def _follow(after: list[list[Step]]) -> Iterator[str]:
    at, spoilt = 0, False
    while at < len(after[0]) - 1:
        _, character, width = after[spoilt][at]
        yield character
        at, spoilt = at + width, character == MARK
